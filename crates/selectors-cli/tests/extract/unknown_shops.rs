//! Ways to print a cart that the generic reader meets in shops that nobody has described.

use serde_json::Value;

use super::codes;
use super::generic::{cart, row, table, two_rows};

fn of(report: &Value, line: usize, field: &str) -> String {
    report["lines"][line][field]
        .as_str()
        .unwrap_or("–")
        .to_owned()
}

/// A row of totals.
fn total(label: &str, amount: &str) -> String {
    format!("<tr><td>{label}</td><td>{amount}</td></tr>")
}

fn totals(rows: &[String]) -> String {
    format!("{}{}", two_rows(), table(rows))
}

#[test]
fn a_total_may_stand_before_the_price_that_it_is_made_of() {
    let line = |name: &str, count: &str, sum: &str, price: &str| {
        format!(
            "<tr><td><a href=/p/{count}>{name}</a></td><td><input name=qty value={count}></td>\
             <td><b>{sum}</b><i>{price}</i></td><td><button>Remove</button></td></tr>"
        )
    };
    let rows = [
        line("Kettle Briska", "3", "€90.00", "€30.00"),
        line("Tray Oslo", "2", "€17.00", "€8.50"),
    ];
    let report = cart(&format!("{}<p>Total <b>€107.00</b></p>", table(&rows)));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(of(&report, 0, "unit_price"), "30.00");
    assert_eq!(of(&report, 0, "line_total"), "90.00");
}

#[test]
fn words_beside_an_amount_are_truer_of_it_than_the_heading_of_its_column() {
    let line = |name: &str, count: &str, sum: &str, price: &str| {
        format!(
            "<tr><td><a href=/p/{count}>{name}</a></td><td><input name=qty value={count}></td>\
             <td><div>{sum}</div><div>Unit price: {price}</div></td><td><button>Remove</button></td></tr>"
        )
    };
    let rows = [
        "<tr><th>Article</th><th>Quantity</th><th>Subtotal</th><th></th></tr>".to_owned(),
        line("Kettle Briska", "3", "€90.00", "€30.00"),
        line("Tray Oslo", "1", "€8.50", "€8.50"),
    ];
    let report = cart(&format!("{}<p>Total <b>€98.50</b></p>", table(&rows)));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(of(&report, 0, "unit_price"), "30.00");
    assert_eq!(of(&report, 1, "line_total"), "8.50");
}

#[test]
fn a_regular_price_is_the_price_only_where_the_total_is_made_of_it() {
    let named = |price: &str| format!("<dl><dt>Regular price</dt><dd>{price}</dd></dl>");
    let rows = |price: &str| {
        let rows = [
            row("Scarf Iduna", "2", &named(price), "€48.00"),
            row("Cap Rolf", "3", &named("€10.00"), "€30.00"),
        ];
        cart(&format!("{}<p>Total <b>€78.00</b></p>", table(&rows)))
    };
    let report = rows("€24.00");
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(of(&report, 0, "unit_price"), "24.00");
    // A price before a reduction that the page does not show otherwise is still no price.
    let reduced = rows("€30.00");
    assert_ne!(of(&reduced, 0, "unit_price"), "30.00");
}

#[test]
fn a_currency_sign_can_stand_for_the_decimal_sign() {
    let rows = [
        row("Kettle Briska", "2", "30€15", "60€30"),
        row("Tray Oslo", "1", "8€49", "8€49"),
    ];
    let report = cart(&format!("{}<p>Total <b>68€79</b></p>", table(&rows)));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(of(&report, 0, "unit_price"), "30.15");
    assert_eq!(report["totals"]["grand_total"], "68.79");
}

#[test]
fn a_number_that_touches_a_price_is_not_read_into_it() {
    let price = "<span>30€</span><span>15</span>";
    let rows = [
        row("Kettle Briska", "2", price, "60,00 €"),
        row("Tray Oslo", "1", "<span>8€</span><span>49</span>", "8,00 €"),
    ];
    let report = cart(&format!("{}<p>Total <b>68,00 €</b></p>", table(&rows)));
    assert_eq!(of(&report, 0, "unit_price"), "30");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_reduction_that_is_named_by_its_code_or_by_a_hint_is_a_coupon() {
    let with = |row: String| {
        cart(&totals(&[
            total("Subtotal", "€44.90"),
            row,
            total("Total", "€40.40"),
        ]))
    };
    let hinted = "<tr title=\"Coupon code\"><td>Herbstlaub</td><td>-€4.50</td></tr>".to_owned();
    for row in [total("LAUB-10", "-€4.50"), hinted] {
        let report = with(row.clone());
        assert_eq!(report["verdict"], "reconciled", "{row}");
        assert_eq!(report["totals"]["discount"], "-4.50", "{row}");
    }
    for row in [
        total("Herbstlaub", "-€4.50"),
        total("LAUB", "-€4.50"),
        total("LAUB-10", "€4.50"),
    ] {
        let report = with(row.clone());
        assert_eq!(report["verdict"], "unreconciled", "{row}");
    }
}

#[test]
fn a_sum_of_the_lines_before_and_after_a_reduction_proves_it_without_a_grand_total() {
    let report = cart(&totals(&[
        total("Items (3)", "€44.90"),
        total("Discount", "-€4.90"),
        total("Subtotal", "€40.00"),
    ]));
    assert_eq!(report["verdict"], "explained", "{report}");
    assert_eq!(report["totals"]["discount"], "-4.90");
    let other = cart(&totals(&[
        total("Items (3)", "€44.90"),
        total("Discount", "-€4.90"),
        total("Subtotal", "€41.00"),
    ]));
    assert_eq!(other["verdict"], "unreconciled");
}

#[test]
fn a_charge_that_stands_there_net_and_gross_counts_once() {
    let with = |charge: &str| {
        cart(&totals(&[
            total("Subtotal excl. VAT", "€37.42"),
            total("Subtotal incl. VAT", "€44.90"),
            total("Shipping excl. VAT", "€5.00"),
            total("Shipping incl. VAT", charge),
            total("Order total incl. VAT", "€50.90"),
        ]))
    };
    let report = with("€6.00");
    assert_eq!(report["totals"]["shipping"], "6.00");
    assert_ne!(report["verdict"], "unreconciled", "{report}");
    assert_eq!(with("€7.00")["verdict"], "unreconciled");
}

#[test]
fn a_code_beside_the_total_tells_what_the_sign_of_the_lines_is_for() {
    let with = |sum: &str| {
        let rows = [
            row("Kettle Briska", "2", "$30.00", "$60.00"),
            row("Tray Oslo", "1", "$8.50", "$8.50"),
        ];
        cart(&format!("{}<p>Total <b>{sum}</b></p>", table(&rows)))
    };
    let report = with("$68.50 <small>CAD</small>");
    assert_eq!(report["currency"], "CAD");
    assert_eq!(report["verdict"], "reconciled");
    for sum in ["$68.50", "68.50 <small>EUR</small>"] {
        let report = with(sum);
        assert_eq!(report["currency"], Value::Null, "{sum}");
        assert!(codes(&report).contains(&"currency_unknown"), "{sum}");
    }
}

#[test]
fn a_count_may_stand_between_the_signs_for_less_and_more() {
    let line = |name: &str, count: &str, price: &str, sum: &str| {
        format!(
            "<div><div><a href=/p/{count}>{name}</a></div><div>{price}</div>\
             <div><span>-</span><span>{count}</span><span>+</span></div><div>{sum}</div></div>"
        )
    };
    let lines =
        line("Kettle Briska", "3", "€30.00", "€90.00") + &line("Tray Oslo", "2", "€8.50", "€17.00");
    let report = cart(&format!("<div>{lines}</div><p>Total <b>€107.00</b></p>"));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(
        [of(&report, 0, "quantity"), of(&report, 1, "quantity")],
        ["3", "2"]
    );
}

#[test]
fn the_heading_of_the_prices_may_say_how_many_they_are_for() {
    let line = |name: &str, count: &str, price: &str, sum: &str| {
        format!(
            "<div role=row><span role=cell><a href=/p/{count}>{name}</a></span>\
             <span role=cell><input name=q value={count}></span><span role=cell>{price}</span><span role=cell>{sum}</span></div>"
        )
    };
    let heads = ["Article", "Quantity", "Price per 100 pcs", "Line total"];
    let heads: String = heads
        .iter()
        .map(|head| format!("<span role=columnheader>{head}</span>"))
        .collect();
    let lines =
        line("Bolt M6", "250", "€8.40", "€21.00") + &line("Washer M6", "1000", "€1.10", "€11.00");
    let report = cart(&format!(
        "<div role=table><div role=row>{heads}</div>{lines}</div><p>Total <b>€32.00</b></p>"
    ));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(
        [of(&report, 0, "unit_price"), of(&report, 0, "price_basis")],
        ["8.40", "100"]
    );
}

#[test]
fn a_dash_in_place_of_cents_makes_a_number_a_price() {
    let rows = [
        row("Kettle Briska", "3", "30,-", "90,-"),
        row("Tray Oslo", "2", "8:-", "16:-"),
    ];
    let report = cart(&format!("{}<p>Total <b>106,- EUR</b></p>", table(&rows)));
    assert_eq!(of(&report, 0, "unit_price"), "30", "{report:#}");
    assert_eq!(report["totals"]["grand_total"], "106");
}

#[test]
fn a_total_that_says_gross_is_a_total() {
    let report = cart(&format!("{}<p><b>Gross total: €71.00</b></p>", two_rows()));
    let of_rows = cart(&format!("{}<p><b>Total: €71.00</b></p>", two_rows()));
    assert_eq!(report["totals"], of_rows["totals"]);
}

#[test]
fn the_one_text_of_each_of_several_lines_names_it_and_that_of_one_line_alone_does_not() {
    let line = |name: &str, count: &str, price: &str, sum: &str| {
        format!(
            "<div><i>{name}</i><b>{price}</b><input type=number value={count}><b>{sum}</b></div>"
        )
    };
    let (kettle, tray) = (
        line("Kettle Briska", "3", "€30.00", "€90.00"),
        line("Tray Oslo", "2", "€8.50", "€17.00"),
    );
    let of_two = cart(&format!(
        "<div>{kettle}{tray}</div><p>Total <b>€107.00</b></p>"
    ));
    assert_eq!(of_two["verdict"], "reconciled", "{of_two:#}");
    let of_one = cart(&format!("<div>{kettle}</div><p>Total <b>€90.00</b></p>"));
    assert!(codes(&of_one).contains(&"field_ambiguous"), "{of_one:#}");
    let pictured = kettle.replace("<i>", "<img alt='Another name'><i>");
    let report = cart(&format!(
        "<div>{pictured}{tray}</div><p>Total <b>€107.00</b></p>"
    ));
    assert!(codes(&report).contains(&"field_ambiguous"), "{report:#}");
}

#[test]
fn of_prices_with_and_without_tax_those_without_are_taken() {
    let line = |name: &str, count: &str, [gross, net, gross_sum, net_sum]: [&str; 4]| {
        format!(
            "<tr><td><a href=/p/{count}>{name}</a></td><td><b>{gross}</b> <i>{net}</i></td><td><input name=qty value={count}></td>\
             <td><b>{gross_sum}</b> <i>{net_sum}</i></td></tr>"
        )
    };
    let rows = [
        line(
            "Kettle Briska",
            "3",
            ["£12.00", "£10.00", "£36.00", "£30.00"],
        ),
        line("Tray Oslo", "1", ["£30.00", "£25.00", "£30.00", "£25.00"]),
    ];
    let sums = [
        total("Subtotal (Excl. Tax)", "£55.00"),
        total("Subtotal (Incl. Tax)", "£66.00"),
        total("Shipping Excl. Tax", "£5.00"),
        total("Shipping Incl. Tax", "£6.00"),
        total("Tax", "£12.00"),
        total("Grand Total Incl. Tax", "£72.00"),
    ];
    let report = cart(&format!("{}{}", table(&rows), table(&sums)));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(
        [of(&report, 0, "unit_price"), of(&report, 0, "tax_basis")],
        ["10.00", "net"]
    );
}

#[test]
fn a_heading_names_as_a_whole() {
    let line = |series: &str, name: &str, count: &str, price: &str, sum: &str| {
        format!(
            "<tr><td><h3><span>{series}</span> <a href=/p/{count}>{name}</a></h3></td><td>{price}</td>\
             <td><input name=qty value={count}></td><td>{sum}</td></tr>"
        )
    };
    let rows = [
        line("BRISKA", "Kettle, white", "3", "€30.00", "€90.00"),
        line("OSLO", "Tray", "2", "€8.50", "€17.00"),
    ];
    let report = cart(&format!("{}<p>Total <b>€107.00</b></p>", table(&rows)));
    assert_eq!(
        [of(&report, 0, "description"), of(&report, 1, "description")],
        ["BRISKA Kettle, white", "OSLO Tray"]
    );
}
