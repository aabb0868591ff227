//! What the numbers of a page say about each other.

use serde_json::Value;

use super::{SHOP, codes, line, read};

/// The shop of these tests, with a row for what is to be paid.
fn with_total(language: &str, body: &str) -> Value {
    let toml =
        format!("{SHOP}[[totals]]\nkind = \"grand_total\"\neach = \".total\"\namount = [{{}}]\n");
    read(
        &[&toml],
        &format!("<!doctype html><html lang=\"{language}\"><body>{body}</body></html>"),
    )
}

fn first(report: &Value, field: &str) -> Value {
    report["lines"][0][field].clone()
}

#[test]
fn one_price_without_decimals_is_settled_by_what_is_to_be_paid() {
    for (language, price, expected, currency) in [
        ("da", "1.299 kr.", "1299", "DKK"),
        ("ja", "¥12,800", "12800", "JPY"),
        ("de", "1.299 €", "1299", "EUR"),
    ] {
        let body = line("Chair", "1", price, price) + &format!("<b class=total>{price}</b>");
        let report = with_total(language, &body);
        assert_eq!(first(&report, "unit_price"), expected, "{report:#}");
        assert_eq!(report["currency"], currency, "{report:#}");
        assert_eq!(report["verdict"], "reconciled", "{report:#}");
    }
}

#[test]
fn one_price_that_nothing_settles_is_refused() {
    let body = line("Screw", "1", "1.299 €", "1.299 €") + "<b class=subtotal>1.299 €</b>";
    let report = with_total("de", &body);
    assert!(codes(&report).contains(&"number_unreadable"), "{report:#}");
    assert_eq!(report["verdict"], "unreconciled");
    assert_eq!(first(&report, "unit_price"), Value::Null);
}

#[test]
fn other_numbers_of_the_page_settle_a_price() {
    let body = line("Screw", "100", "0,125 €", "12,50 €")
        + &line("Machine", "1", "1.299 €", "1.299 €")
        + "<b class=subtotal>1.311,50 €</b>";
    let report = with_total("de", &body);
    assert_eq!(report["lines"][1]["unit_price"], "1299");
    assert_eq!(report["lines"][0]["unit_price"], "0.125");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
}

#[test]
fn a_quantity_and_a_price_in_two_cells_are_no_number() {
    let cells = "<div class=line><a class=name href=\"/p/1\">Chair</a><input value=3>\
                 <div class=price><span>3</span> <span>120.00 €</span></div>\
                 <span class=sum>360.00 €</span></div><b class=subtotal>360.00 €</b>";
    let report = with_total("de", cells);
    assert_eq!(first(&report, "unit_price"), Value::Null, "{report:#}");
    assert!(codes(&report).contains(&"number_unreadable"));
}
