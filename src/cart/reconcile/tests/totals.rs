//! Every total that a page may show, and what may stand between it and the lines.

use super::*;

fn verdict_of(lines: &[[&str; 3]], rows: &[TotalRow]) -> (Verdict, Vec<FindingCode>) {
    let lines = lines
        .iter()
        .map(|[quantity, price, total]| line(quantity, price, total))
        .collect();
    let cart = checked(lines, rows);
    let mut found = codes(&cart);
    found.retain(|code| {
        !matches!(
            code,
            FindingCode::TaxBasisProven | FindingCode::TaxBasisUnknown
        )
    });
    (cart.verdict, found)
}

fn swiss(lines: Vec<CartLine>, rows: &[TotalRow]) -> Cart {
    let mut cart = cart(lines);
    cart.currency = "CHF".parse().ok();
    reconcile(&mut cart, rows);
    cart
}

const HUNDRED: [[&str; 3]; 1] = [["4", "25.00", "100.00"]];

#[test]
fn a_contained_tax_is_held_against_its_rate() {
    let with = |tax: &str| {
        let rows = [
            row(TotalKind::Subtotal, "100.00"),
            taxed(TotalKind::IncludedTax, tax, "8.1"),
            row(TotalKind::GrandTotal, "100.00"),
        ];
        verdict_of(&HUNDRED, &rows)
    };
    assert_eq!(with("7.49"), (Verdict::Reconciled, vec![]));
    assert_eq!(with("8.10").0, Verdict::Unreconciled);
    assert_eq!(with("7.40").0, Verdict::Unreconciled);
}

#[test]
fn a_rate_proves_that_the_total_holds_a_tax_of_which_the_page_does_not_say_so() {
    let rows = [
        row(TotalKind::Subtotal, "100.00"),
        taxed(TotalKind::Tax, "7.49", "8.1"),
        row(TotalKind::GrandTotal, "100.00"),
    ];
    let cart = checked(vec![line("4", "25.00", "100.00")], &rows);
    assert_eq!(
        (cart.verdict, basis(&cart)),
        (Verdict::Reconciled, TaxBasis::Gross)
    );
}

#[test]
fn several_contained_taxes_at_their_rates_make_the_whole_total() {
    let with = |reduced: &str| {
        let rows = [
            row(TotalKind::Subtotal, "210.70"),
            taxed(TotalKind::IncludedTax, "8.10", "8.1"),
            taxed(TotalKind::IncludedTax, reduced, "2.6"),
            row(TotalKind::GrandTotal, "210.70"),
        ];
        verdict_of(
            &[["1", "108.10", "108.10"], ["1", "102.60", "102.60"]],
            &rows,
        )
        .0
    };
    assert_eq!(with("2.60"), Verdict::Reconciled);
    assert_eq!(with("3.60"), Verdict::Unreconciled);
}

#[test]
fn a_contained_tax_may_leave_out_the_delivery_and_that_is_said() {
    let rows = [
        row(TotalKind::Subtotal, "120.00"),
        row(TotalKind::Shipping, "10.00"),
        taxed(TotalKind::IncludedTax, "20.00", "20"),
        row(TotalKind::GrandTotal, "130.00"),
    ];
    assert_eq!(
        verdict_of(&[["1", "120.00", "120.00"]], &rows),
        (Verdict::Explained, vec![FindingCode::TaxOnPart])
    );
}

#[test]
fn several_taxes_are_added_and_their_sum_beside_them_is_no_other_tax() {
    let rows = |total: &[TotalRow]| {
        let mut rows = vec![
            row(TotalKind::Subtotal, "100.00"),
            taxed(TotalKind::Tax, "5.00", "5"),
            taxed(TotalKind::Tax, "9.98", "9.975"),
        ];
        rows.extend_from_slice(total);
        rows.push(row(TotalKind::GrandTotal, "114.98"));
        rows
    };
    assert_eq!(verdict_of(&HUNDRED, &rows(&[])).0, Verdict::Reconciled);
    let total = [row(TotalKind::Tax, "14.98")];
    assert_eq!(verdict_of(&HUNDRED, &rows(&total)).0, Verdict::Reconciled);
    let other = [row(TotalKind::Tax, "14.00")];
    assert_eq!(verdict_of(&HUNDRED, &rows(&other)).0, Verdict::Unreconciled);
}

#[test]
fn a_delivery_that_the_total_does_not_add_is_said() {
    let rows = [
        row(TotalKind::Subtotal, "100.00"),
        row(TotalKind::Shipping, "6.90"),
        row(TotalKind::GrandTotal, "100.00"),
    ];
    assert_eq!(
        verdict_of(&HUNDRED, &rows),
        (Verdict::Explained, vec![FindingCode::ChargeNotAdded])
    );
}

#[test]
fn a_free_delivery_changes_nothing() {
    let rows = [
        row(TotalKind::Subtotal, "100.00"),
        row(TotalKind::Shipping, "0"),
        row(TotalKind::GrandTotal, "100.00"),
    ];
    assert_eq!(verdict_of(&HUNDRED, &rows), (Verdict::Reconciled, vec![]));
}

#[test]
fn a_subtotal_after_the_discount_is_told_from_one_before_it() {
    let with = |subtotal: &str, total: &str| {
        let rows = [
            row(TotalKind::Subtotal, subtotal),
            row(TotalKind::Discount, "-15.00"),
            row(TotalKind::Shipping, "5.00"),
            row(TotalKind::GrandTotal, total),
        ];
        verdict_of(&HUNDRED, &rows)
    };
    assert_eq!(with("100.00", "90.00"), (Verdict::Reconciled, vec![]));
    assert_eq!(
        with("85.00", "90.00"),
        (Verdict::Explained, vec![FindingCode::DiscountContained])
    );
    assert_eq!(with("85.00", "75.00").0, Verdict::Unreconciled);
}

#[test]
fn subtotals_on_the_way_to_the_total_follow_from_the_rows_above_them() {
    let with = |second: &str| {
        let rows = [
            row(TotalKind::Subtotal, "100.00"),
            row(TotalKind::Discount, "-15.00"),
            row(TotalKind::Subtotal, second),
            row(TotalKind::Shipping, "5.00"),
            row(TotalKind::GrandTotal, "90.00"),
        ];
        verdict_of(&HUNDRED, &rows).0
    };
    assert_eq!(with("85.00"), Verdict::Reconciled);
    assert_eq!(with("86.00"), Verdict::Unreconciled);
}

#[test]
fn a_page_may_show_every_total_without_and_with_tax() {
    let with = |gross: &str, total: &str| {
        let rows = [
            row(TotalKind::Subtotal, "100.00"),
            row(TotalKind::Subtotal, gross),
            row(TotalKind::GrandTotal, "100.00"),
            row(TotalKind::Tax, "8.10"),
            row(TotalKind::GrandTotal, total),
        ];
        checked(vec![line("4", "25.00", "100.00")], &rows)
    };
    let cart = with("108.10", "108.10");
    assert_eq!(
        (cart.verdict, basis(&cart)),
        (Verdict::Reconciled, TaxBasis::Net)
    );
    assert_eq!(cart.totals.subtotal, Some(decimal("100.00")));
    assert_eq!(cart.totals.grand_total, Some(decimal("108.10")));
    assert_eq!(cart.rows[4].tax, TaxBasis::Gross);
    assert_eq!(cart.rows[2].tax, TaxBasis::Net);
    assert_eq!(with("108.00", "108.10").verdict, Verdict::Unreconciled);
    assert_eq!(with("108.10", "108.00").verdict, Verdict::Unreconciled);
    assert_eq!(with("108.10", "108.00").totals.grand_total, None);
}

#[test]
fn what_is_printed_beside_a_total_forbids_the_other_way() {
    let rows = |tax| {
        let mut rows = [
            row(TotalKind::Subtotal, "100.00"),
            row(TotalKind::Tax, "8.10"),
            row(TotalKind::GrandTotal, "108.10"),
        ];
        rows[0].tax = tax;
        rows
    };
    let verdict = |tax| verdict_of(&HUNDRED, &rows(tax)).0;
    assert_eq!(verdict(TaxBasis::Net), Verdict::Reconciled);
    assert_eq!(verdict(TaxBasis::Gross), Verdict::Unreconciled);
}

#[test]
fn charges_without_a_grand_total_are_not_proved() {
    let rows = [
        row(TotalKind::Subtotal, "100.00"),
        row(TotalKind::Shipping, "5.00"),
    ];
    assert_eq!(
        verdict_of(&HUNDRED, &rows),
        (Verdict::Explained, vec![FindingCode::AmountUnproved])
    );
}

#[test]
fn a_line_is_its_price_with_the_discount_beside_it_once_or_for_each_unit() {
    let with = |total: &str, discount: &str| {
        let mut line = line("4", "25.00", total);
        line.discount = Some(decimal(discount));
        checked(vec![line], &[row(TotalKind::Subtotal, total)]).verdict
    };
    assert_eq!(with("90.00", "-10.00"), Verdict::Reconciled);
    assert_eq!(with("90.00", "-2.50"), Verdict::Reconciled);
    assert_eq!(with("100.00", "-10.00"), Verdict::Reconciled);
    assert_eq!(with("91.00", "-10.00"), Verdict::Unreconciled);
}

#[test]
fn a_discount_of_the_totals_that_the_lines_contain_is_not_taken_off_again() {
    let with = |of_line: &str| {
        let mut line = line("4", "25.00", "90.00");
        line.discount = Some(decimal(of_line));
        let rows = [
            row(TotalKind::Subtotal, "90.00"),
            row(TotalKind::Discount, "-10.00"),
            row(TotalKind::GrandTotal, "90.00"),
        ];
        checked(vec![line], &rows)
    };
    let cart = with("-10.00");
    assert_eq!(cart.verdict, Verdict::Explained);
    assert!(codes(&cart).contains(&FindingCode::DiscountContained));
    assert_eq!(cart.totals.discount, Some(decimal("-10.00")));
}

#[test]
fn errors_of_two_lines_that_cancel_each_other_out_do_not_reconcile() {
    let rows = [row(TotalKind::Subtotal, "30.00")];
    let right = [["1", "10.00", "10.00"], ["2", "10.00", "20.00"]];
    let wrong = [["1", "10.00", "12.00"], ["2", "10.00", "18.00"]];
    assert_eq!(verdict_of(&right, &rows).0, Verdict::Reconciled);
    assert_eq!(verdict_of(&wrong, &rows).0, Verdict::Unreconciled);
}

#[test]
fn a_lost_line_is_no_unknown_charge_of_a_grand_total() {
    let rows = [row(TotalKind::GrandTotal, "112.00")];
    let cart = checked(vec![line("4", "25.00", "100.00")], &rows);
    assert_eq!(cart.verdict, Verdict::Unreconciled);
    assert!(cart.findings.iter().any(|finding| names(finding, "12.00")));
}

#[test]
fn a_cheap_line_does_not_hide_in_the_rounding_of_many() {
    let lines = || {
        (0..400)
            .map(|_| line("1", "1.10", "1.10"))
            .collect::<Vec<_>>()
    };
    let with = |subtotal: &str| checked(lines(), &[row(TotalKind::Subtotal, subtotal)]).verdict;
    assert_eq!(with("440.00"), Verdict::Reconciled);
    assert_eq!(with("440.20"), Verdict::Explained);
    assert_eq!(with("440.50"), Verdict::Unreconciled);
}

#[test]
fn rounding_to_coins_is_named_with_its_bound_and_goes_no_further() {
    let with = |total: &str| {
        let rows = [
            row(TotalKind::Subtotal, "9.03"),
            row(TotalKind::GrandTotal, total),
        ];
        swiss(vec![line("3", "3.01", "9.03")], &rows)
    };
    let cart = with("9.05");
    assert_eq!(cart.verdict, Verdict::Explained);
    let named = |finding: &&Finding| finding.code == FindingCode::CashRounding;
    let finding = cart.findings.iter().find(named).unwrap();
    assert!(names(finding, "0.02") && names(finding, "0.025"));
    assert_eq!(with("9.10").verdict, Verdict::Unreconciled);
    assert_eq!(with("8.95").verdict, Verdict::Unreconciled);
}

#[test]
fn totals_are_rounded_to_the_coins_of_their_currency_alone() {
    let with = |currency: &str, sum: &str, total: &str| {
        let mut cart = cart(vec![line("1", sum, sum)]);
        cart.currency = currency.parse().ok();
        let rows = [
            row(TotalKind::Subtotal, sum),
            row(TotalKind::GrandTotal, total),
        ];
        reconcile(&mut cart, &rows);
        cart.verdict
    };
    for (currency, sum, total) in [
        ("CHF", "9.03", "9.05"),
        ("HUF", "1003", "1005"),
        ("CZK", "99.60", "100.00"),
        ("SEK", "99.60", "100.00"),
        ("NOK", "99.60", "100.00"),
        ("DKK", "99.60", "99.50"),
    ] {
        assert_eq!(with(currency, sum, total), Verdict::Explained, "{currency}");
        assert_eq!(with("EUR", sum, total), Verdict::Unreconciled, "{currency}");
    }
}

#[test]
fn swiss_lines_are_rounded_to_five_centimes_too() {
    let cart = swiss(
        vec![line("1", "3.33", "3.35")],
        &[row(TotalKind::Subtotal, "3.35")],
    );
    assert_eq!(cart.verdict, Verdict::Explained);
    assert!(codes(&cart).contains(&FindingCode::LineRounding));
}

#[test]
fn a_quantity_beyond_reason_is_named_with_its_line() {
    let rows = [row(TotalKind::Subtotal, "1000000000.00")];
    let cart = checked(vec![line("1000000000", "1.00", "1000000000.00")], &rows);
    assert_eq!(cart.verdict, Verdict::Unreconciled);
    assert_eq!(codes(&cart), [FindingCode::LimitExceeded]);
    assert_eq!(cart.findings[0].line, Some(0));
    assert!(names(&cart.findings[0], "1000000000"));
}

#[test]
fn a_lost_line_as_dear_as_the_tax_is_not_taken_for_the_tax() {
    let twenty = ["1", "20.00", "20.00"];
    let five = [twenty; 5];
    let contained = [
        row(TotalKind::Subtotal, "120.00"),
        taxed(TotalKind::IncludedTax, "20.00", "20"),
        row(TotalKind::GrandTotal, "120.00"),
    ];
    assert_eq!(verdict_of(&[twenty; 6], &contained).0, Verdict::Reconciled);
    assert_eq!(verdict_of(&five, &contained).0, Verdict::Unreconciled);
    let unsaid = [
        taxed(TotalKind::Tax, "20.00", "20"),
        row(TotalKind::GrandTotal, "120.00"),
    ];
    assert_eq!(verdict_of(&[twenty; 6], &unsaid).0, Verdict::Reconciled);
    assert_eq!(verdict_of(&five, &unsaid).0, Verdict::Unreconciled);
}

#[test]
fn a_doubled_line_as_dear_as_the_tax_is_not_taken_for_gross_lines() {
    let rows = [
        row(TotalKind::Subtotal, "100.00"),
        taxed(TotalKind::Tax, "20.00", "20"),
        row(TotalKind::GrandTotal, "120.00"),
    ];
    let twenty = ["1", "20.00", "20.00"];
    assert_eq!(verdict_of(&[twenty; 5], &rows).0, Verdict::Reconciled);
    assert_eq!(verdict_of(&[twenty; 6], &rows).0, Verdict::Unreconciled);
}

#[test]
fn quantities_without_a_unit_price_are_not_proved() {
    let rows = [row(TotalKind::Subtotal, "100.00")];
    assert_eq!(
        verdict_of(&[["4", "", "100.00"]], &rows),
        (Verdict::Explained, vec![FindingCode::AmountUnproved])
    );
}

#[test]
fn a_row_of_rounding_is_held_against_what_coins_can_make() {
    let with = |rounding: &str, total: &str| {
        let rows = [
            row(TotalKind::Subtotal, "100.00"),
            row(TotalKind::Rounding, rounding),
            row(TotalKind::GrandTotal, total),
        ];
        verdict_of(&HUNDRED, &rows)
    };
    let (explained, mismatch) = (Verdict::Explained, Verdict::Unreconciled);
    assert_eq!(
        with("0.02", "100.02"),
        (explained, vec![FindingCode::CashRounding])
    );
    assert_eq!(
        with("2.00", "102.00"),
        (explained, vec![FindingCode::TotalUnrecognised])
    );
    assert_eq!(with("0.02", "100.00").0, mismatch);
}
