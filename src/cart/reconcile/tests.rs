//! What reconciling says of carts, one by one.

mod totals;

use super::*;
use crate::cart::{Argument, CartLine, Message, Reader, TotalKind, Verdict};
use crate::money::{Decimal, Price};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn line(quantity: &str, unit_price: &str, line_total: &str) -> CartLine {
    let optional = |text: &str| (!text.is_empty()).then(|| decimal(text));
    CartLine {
        unit_price: optional(unit_price).map(|amount| Price::each(amount, TaxBasis::Unknown)),
        line_total: optional(line_total),
        ..CartLine::new("A thing".to_owned(), decimal(quantity))
    }
}

fn row(kind: TotalKind, amount: &str) -> TotalRow {
    TotalRow::new(kind, format!("{kind:?}"), decimal(amount))
}

fn taxed(kind: TotalKind, amount: &str, rate: &str) -> TotalRow {
    TotalRow::new(kind, format!("VAT {rate} %"), decimal(amount))
}

fn cart(lines: Vec<CartLine>) -> Cart {
    Cart {
        lines,
        ..Cart::new(Reader::Generic)
    }
}

fn checked(lines: Vec<CartLine>, rows: &[TotalRow]) -> Cart {
    let mut cart = cart(lines);
    reconcile(&mut cart, rows);
    cart
}

fn codes(cart: &Cart) -> Vec<FindingCode> {
    cart.findings.iter().map(|finding| finding.code).collect()
}

/// Whether a finding holds this number, in itself or in one of its parts.
fn names(finding: &Finding, number: &str) -> bool {
    fn holds(message: &Message, number: &str) -> bool {
        message.values.iter().any(|value| match value {
            Argument::Number(own) => *own == decimal(number),
            Argument::Message(part) => holds(part, number),
            _ => false,
        })
    }
    holds(&finding.says, number)
}

fn basis(cart: &Cart) -> TaxBasis {
    cart.lines[0].unit_price.as_ref().unwrap().tax
}

#[test]
fn a_cart_without_lines_is_no_cart() {
    assert_eq!(checked(Vec::new(), &[]).verdict, Verdict::NotACart);
}

#[test]
fn lines_that_could_not_be_read_make_a_page_unreconciled_and_never_no_cart() {
    let mut cart = cart(Vec::new());
    cart.findings
        .push(Finding::of_cart(FindingCode::FieldMissing, Key::LineUnread));
    reconcile(&mut cart, &[]);
    assert_eq!(cart.verdict, Verdict::Unreconciled);
}

#[test]
fn lines_without_any_total_are_not_proved() {
    let cart = checked(vec![line("2", "4.50", "9.00")], &[]);
    assert_eq!(cart.verdict, Verdict::Unreconciled);
    assert!(codes(&cart).contains(&FindingCode::NothingToCheckAgainst));
}

#[test]
fn tax_that_is_added_to_the_lines_proves_them_net() {
    let rows = [
        row(TotalKind::Subtotal, "100.00"),
        row(TotalKind::Tax, "8.10"),
        row(TotalKind::GrandTotal, "108.10"),
    ];
    let cart = checked(vec![line("4", "25.00", "100.00")], &rows);
    assert_eq!(
        (cart.verdict, basis(&cart)),
        (Verdict::Reconciled, TaxBasis::Net)
    );
    assert_eq!(codes(&cart), [FindingCode::TaxBasisProven]);
}

#[test]
fn tax_that_the_page_says_the_total_contains_proves_the_lines_gross() {
    let with = |kind| {
        let rows = [
            row(TotalKind::Subtotal, "100.00"),
            row(kind, "7.49"),
            row(TotalKind::GrandTotal, "100.00"),
        ];
        let cart = checked(vec![line("4", "25.00", "100.00")], &rows);
        (cart.verdict, basis(&cart))
    };
    // Without a rate nothing proves the amount of the tax.
    assert_eq!(
        with(TotalKind::IncludedTax),
        (Verdict::Explained, TaxBasis::Gross)
    );
    assert_eq!(
        with(TotalKind::Tax),
        (Verdict::Explained, TaxBasis::Unknown)
    );
}

#[test]
fn a_grand_total_alone_is_enough_to_check_against() {
    let lines = || vec![line("4", "25.00", "100.00")];
    let added = [
        row(TotalKind::Tax, "8.10"),
        row(TotalKind::GrandTotal, "108.10"),
    ];
    let cart = checked(lines(), &added);
    assert_eq!(
        (cart.verdict, basis(&cart)),
        (Verdict::Reconciled, TaxBasis::Net)
    );
    let contained = [
        taxed(TotalKind::IncludedTax, "7.49", "8.1"),
        row(TotalKind::GrandTotal, "100.00"),
    ];
    let cart = checked(lines(), &contained);
    assert_eq!(
        (cart.verdict, basis(&cart)),
        (Verdict::Reconciled, TaxBasis::Gross)
    );
    let wrong = [
        row(TotalKind::Shipping, "5.00"),
        row(TotalKind::GrandTotal, "100.00"),
    ];
    assert_eq!(checked(lines(), &wrong).verdict, Verdict::Unreconciled);
}

#[test]
fn without_tax_in_the_totals_the_basis_stays_unknown() {
    let rows = [
        row(TotalKind::Subtotal, "9.00"),
        row(TotalKind::Tax, "0.00"),
        row(TotalKind::GrandTotal, "9.00"),
    ];
    let cart = checked(vec![line("2", "4.50", "9.00")], &rows);
    assert_eq!(
        (cart.verdict, basis(&cart)),
        (Verdict::Reconciled, TaxBasis::Unknown)
    );
    assert_eq!(codes(&cart), [FindingCode::TaxBasisUnknown]);
}

#[test]
fn gross_lines_over_a_net_subtotal_are_explained_by_the_tax() {
    let rows = [
        row(TotalKind::Subtotal, "100.00"),
        row(TotalKind::Shipping, "10.00"),
        row(TotalKind::Tax, "22.00"),
        row(TotalKind::GrandTotal, "132.00"),
    ];
    let cart = checked(vec![line("2", "60.00", "120.00")], &rows);
    assert_eq!(
        (cart.verdict, basis(&cart)),
        (Verdict::Explained, TaxBasis::Gross)
    );
    assert!(codes(&cart).contains(&FindingCode::NetAndGross));
}

#[test]
fn lines_known_to_be_net_under_a_gross_subtotal_are_explained_by_the_tax() {
    let rows = [
        row(TotalKind::Subtotal, "119.00"),
        row(TotalKind::IncludedTax, "19.00"),
        row(TotalKind::GrandTotal, "119.00"),
    ];
    let with = |tax| {
        let mut line = line("4", "25.00", "100.00");
        line.unit_price.as_mut().unwrap().tax = tax;
        let cart = checked(vec![line], &rows);
        (cart.verdict, basis(&cart))
    };
    assert_eq!(with(TaxBasis::Net), (Verdict::Explained, TaxBasis::Net));
    assert_eq!(with(TaxBasis::Unknown).0, Verdict::Unreconciled);
}

#[test]
fn a_lost_line_is_not_taken_for_the_tax_that_it_happens_to_equal() {
    let rows = [
        row(TotalKind::Subtotal, "120.00"),
        row(TotalKind::Tax, "24.00"),
        row(TotalKind::GrandTotal, "144.00"),
    ];
    let cart = checked(vec![line("4", "24.00", "96.00")], &rows);
    assert_eq!(cart.verdict, Verdict::Unreconciled);
}

#[test]
fn a_fee_of_the_totals_does_not_excuse_a_line_it_does_not_fit() {
    let rows = [
        row(TotalKind::Subtotal, "70.00"),
        row(TotalKind::Fee, "14.00"),
        row(TotalKind::Tax, "14.00"),
        row(TotalKind::GrandTotal, "98.00"),
    ];
    let fits = checked(
        vec![
            line("4", "14.00", "50.00"),
            line("1", "26.00", "26.00"),
            line("2", "8.00", "14.00"),
        ],
        &rows,
    );
    assert_eq!(fits.verdict, Verdict::Explained);
    let changed = checked(
        vec![
            line("4", "14.00", "49.00"),
            line("1", "26.00", "26.00"),
            line("2", "8.00", "14.00"),
        ],
        &rows,
    );
    assert_eq!(changed.verdict, Verdict::Unreconciled);
    assert!(codes(&changed).contains(&FindingCode::LineMismatch));
}

#[test]
fn a_fee_that_makes_the_sums_fit_but_not_the_lines_explains_nothing() {
    // With 1.00 per piece the sums would fit, but the lines lack 2.00 per piece.
    let rows = [
        row(TotalKind::Subtotal, "73.00"),
        row(TotalKind::Fee, "7.00"),
        row(TotalKind::Tax, "14.00"),
        row(TotalKind::GrandTotal, "94.00"),
    ];
    let lines = vec![
        line("4", "14.00", "50.00"),
        line("1", "26.00", "26.00"),
        line("2", "8.00", "14.00"),
    ];
    assert_eq!(checked(lines, &rows).verdict, Verdict::Unreconciled);
}

#[test]
fn rounding_explains_as_much_as_the_unit_price_can_hide_and_no_more() {
    let with = |total: &str| {
        checked(
            vec![line("3", "87.42", total)],
            &[row(TotalKind::Subtotal, total)],
        )
    };
    assert_eq!(with("262.26").verdict, Verdict::Reconciled);
    assert_eq!(codes(&with("262.24"))[0], FindingCode::LineRounding);
    assert_eq!(with("262.24").verdict, Verdict::Explained);
    assert_eq!(codes(&with("262.23"))[0], FindingCode::LineMismatch);
    assert_eq!(with("262.23").verdict, Verdict::Unreconciled);
}

#[test]
fn rounding_explains_half_a_cent_of_the_subtotal_for_each_line_and_no_more() {
    let lines = || {
        vec![
            line("1", "1.10", "1.10"),
            line("1", "2.20", "2.20"),
            line("1", "3.30", "3.30"),
        ]
    };
    let with = |subtotal: &str| checked(lines(), &[row(TotalKind::Subtotal, subtotal)]).verdict;
    assert_eq!(with("6.60"), Verdict::Reconciled);
    assert_eq!(with("6.61"), Verdict::Explained);
    assert_eq!(with("6.62"), Verdict::Unreconciled);
}

#[test]
fn a_charge_that_nothing_names_is_explained_only_as_unrecognised() {
    let rows = [
        row(TotalKind::Subtotal, "9.00"),
        row(TotalKind::Unrecognised, "1.00"),
        row(TotalKind::GrandTotal, "10.00"),
    ];
    let cart = checked(vec![line("2", "4.50", "9.00")], &rows);
    assert_eq!(cart.verdict, Verdict::Explained);
    assert!(codes(&cart).contains(&FindingCode::TotalUnrecognised));
}

#[test]
fn swiss_totals_are_rounded_to_five_centimes() {
    let rows = [
        row(TotalKind::Subtotal, "9.03"),
        row(TotalKind::GrandTotal, "9.05"),
    ];
    let mut swiss = cart(vec![line("3", "3.01", "9.03")]);
    swiss.currency = "CHF".parse().ok();
    reconcile(&mut swiss, &rows);
    assert_eq!(swiss.verdict, Verdict::Explained);
    assert_eq!(
        checked(vec![line("3", "3.01", "9.03")], &rows).verdict,
        Verdict::Unreconciled
    );
}

#[test]
fn a_price_for_a_hundred_is_divided() {
    let mut screws = line("500", "12.90", "64.50");
    screws.unit_price.as_mut().unwrap().basis = decimal("100");
    let cart = checked(vec![screws], &[row(TotalKind::Subtotal, "64.50")]);
    assert_eq!(cart.verdict, Verdict::Reconciled);
}

#[test]
fn an_ambiguous_amount_leaves_the_cart_unproved_and_an_ambiguous_name_does_not() {
    let rows = [row(TotalKind::Subtotal, "9.00")];
    let with = |line: CartLine| {
        let mut cart = cart(vec![line]);
        cart.findings.push(Finding::of_line(
            FindingCode::FieldAmbiguous,
            0,
            Key::DescriptionUnsure,
        ));
        reconcile(&mut cart, &rows);
        cart.verdict
    };
    assert_eq!(with(line("2", "", "9.00")), Verdict::Unreconciled);
    assert_eq!(with(line("2", "4.50", "9.00")), Verdict::Reconciled);
}

#[test]
fn amounts_beyond_reason_are_refused_and_never_overflow() {
    let huge = Decimal::MAX.to_string();
    let cart = checked(
        vec![line(&huge, &huge, &huge)],
        &[row(TotalKind::Subtotal, &huge)],
    );
    assert_eq!(cart.verdict, Verdict::Unreconciled);
    assert_eq!(codes(&cart), [FindingCode::LimitExceeded]);
}

#[test]
fn a_charge_without_tax_is_paid_with_the_tax_below_it_beside_sums_that_contain_theirs() {
    let mut shipping = row(TotalKind::Shipping, "5.00");
    shipping.tax = TaxBasis::Net;
    let rows = |shipping: &TotalRow| {
        [
            row(TotalKind::Subtotal, "119.00"),
            taxed(TotalKind::IncludedTax, "19.00", "19"),
            shipping.clone(),
            taxed(TotalKind::Tax, "0.95", "19"),
            row(TotalKind::GrandTotal, "124.95"),
        ]
    };
    let lines = || vec![line("1", "119.00", "119.00")];
    let cart = checked(lines(), &rows(&shipping));
    assert_eq!(cart.verdict, Verdict::Explained);
    assert_eq!(
        codes(&cart),
        [FindingCode::TaxOnPart, FindingCode::TaxBasisProven]
    );
    assert_eq!(cart.totals.shipping, Some(decimal("5.00")));
}

#[test]
fn of_several_totals_the_one_that_does_not_follow_is_told() {
    let rows = [
        row(TotalKind::GrandTotal, "85.00"),
        row(TotalKind::Shipping, "7.90"),
        row(TotalKind::Discount, "-15.00"),
        row(TotalKind::GrandTotal, "92.90"),
    ];
    let cart = checked(vec![line("4", "25.00", "100.00")], &rows);
    assert_eq!(cart.verdict, Verdict::Unreconciled);
    let finding = cart
        .findings
        .iter()
        .find(|finding| finding.code == FindingCode::TotalMismatch)
        .unwrap();
    assert!(
        names(finding, "85.00") && names(finding, "7.90"),
        "{finding:?}"
    );
}
