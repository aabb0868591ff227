//! The reader that knows no shop, on pages of no shop.

use std::path::Path;
use std::sync::OnceLock;

use punchout::supplier::{Catalog, Words};
use selectors_cli::fixture::Page;
use selectors_cli::folder::Workshop;
use selectors_cli::report::Report;
use serde_json::Value;

use super::codes;

pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
        Words::new(Workshop::open(&root).unwrap().words)
    })
}

fn read_at(path: &str, title: &str, body: &str) -> Value {
    let page = Page {
        url: format!("https://shop.example{path}"),
        html: format!(
            "<!doctype html><html lang=\"en\"><head><title>{title}</title></head><body>{body}</body></html>"
        ),
    };
    let catalog = Catalog::new(Vec::new(), words().clone());
    let report = Report::of(&page, &catalog).expect("the page is read");
    serde_json::from_str(&report.to_json().unwrap()).unwrap()
}

pub(super) fn cart(body: &str) -> Value {
    read_at("/cart", "Shopping cart", body)
}

/// A line of a table: name, quantity control, unit price, total.
pub(super) fn row(name: &str, quantity: &str, price: &str, total: &str) -> String {
    format!(
        "<tr><td><a href=\"/p/{quantity}\">{name}</a></td><td><input name=qty value=\"{quantity}\"></td>\
         <td>{price}</td><td>{total}</td><td><button>Remove</button></td></tr>"
    )
}

pub(super) fn table(rows: &[String]) -> String {
    format!("<table><tbody>{}</tbody></table>", rows.concat())
}

pub(super) fn two_rows() -> String {
    table(&[
        row("Stapler Onno", "2", "€12.50", "€25.00"),
        row("Hole punch Lotta", "1", "€19.90", "€19.90"),
    ])
}

const TOTALS: &str = "<dl><dt>Subtotal</dt><dd>€44.90</dd><dt>Shipping</dt><dd>€7.10</dd><dt>Total</dt><dd>€52.00</dd></dl>";

fn descriptions(report: &Value) -> Vec<&str> {
    let lines = report["lines"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["description"].as_str().unwrap())
        .collect()
}

#[test]
fn a_table_without_headings_is_read_by_its_arithmetic() {
    let report = cart(&format!("{}{TOTALS}", two_rows()));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["reader"], "generic");
    assert_eq!(descriptions(&report), ["Stapler Onno", "Hole punch Lotta"]);
    assert_eq!(report["lines"][0]["unit_price"], "12.50");
    assert_eq!(report["lines"][0]["line_total"], "25.00");
    assert_eq!(report["totals"]["shipping"], "7.10");
}

#[test]
fn a_cart_of_one_line_is_read() {
    let line = "<li><h3><a href=/p/1>Stapler Onno</a></h3><span>€12.50</span><input type=number value=2>\
                <b>€25.00</b></li>";
    let report = cart(&format!("<ul>{line}</ul><p>Total: <span>€25.00</span></p>"));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"][0]["quantity"], "2");
    assert_eq!(report["lines"][0]["unit_price"], "12.50");
}

#[test]
fn what_is_saved_for_later_or_recommended_is_no_line() {
    let saved = format!(
        "<section><h2>Saved for later</h2>{}</section>",
        table(&[row("Lamp Polara", "3", "€30.00", "€90.00")])
    );
    let offers = format!(
        "<section><h2>You may also like</h2>{}</section>",
        table(&[row("Chair Sessa", "1", "€99.00", "€99.00")])
    );
    let report = cart(&format!("{}{TOTALS}{saved}{offers}", two_rows()));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"].as_array().unwrap().len(), 2);
}

#[test]
fn a_small_cart_in_the_head_of_the_page_counts_once() {
    let small = format!(
        "<header><div class=mini>{}<p>Total: €44.90</p></div></header>",
        two_rows()
    );
    let report = cart(&format!("{small}<main>{}{TOTALS}</main>", two_rows()));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"].as_array().unwrap().len(), 2);
    assert_eq!(report["totals"]["grand_total"], "52.00");
}

#[test]
fn lines_that_are_rendered_twice_count_once() {
    let narrow = format!("<div>{}</div>", two_rows());
    let report = cart(&format!("<div>{}</div>{narrow}{TOTALS}", two_rows()));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"].as_array().unwrap().len(), 2);
}

#[test]
fn a_line_with_a_quantity_of_zero_is_not_ordered() {
    let rows = table(&[
        row("Stapler Onno", "2", "€12.50", "€25.00"),
        row("Ink pad Mira", "0", "€5.00", "€0.00"),
    ]);
    let report = cart(&format!("{rows}<p>Total <b>€25.00</b></p>"));
    assert_eq!(descriptions(&report), ["Stapler Onno"]);
}

#[test]
fn a_struck_price_and_a_saving_are_no_prices() {
    let line = "<tr><td><a href=/p/1>Stapler Onno</a></td><td><del>€15.00</del> <b>€12.50</b> <i>You save €2.50</i></td>\
                <td><input name=qty value=2></td><td>€25.00</td></tr>";
    let report = cart(&format!("<table>{line}</table><p>Total: €25.00</p>"));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"][0]["unit_price"], "12.50");
}

#[test]
fn a_price_column_that_contradicts_the_totals_column_is_not_left_out() {
    let rows = table(&[row("Stapler Onno", "1", "€12.50", "€25.00")]);
    let report = cart(&format!("{rows}<p>Total: €25.00</p>"));
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"line_mismatch"));
}

#[test]
fn a_line_that_is_missing_from_the_page_leaves_a_named_difference() {
    let rows = table(&[row("Stapler Onno", "2", "€12.50", "€25.00")]);
    let report = cart(&format!("{rows}{TOTALS}"));
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"total_mismatch"));
}

#[test]
fn a_second_total_that_nothing_explains_is_told() {
    let other = "<div><p>Order total</p><p>€61.00</p></div>";
    let report = cart(&format!("<div>{}{TOTALS}</div>{other}", two_rows()));
    assert_eq!(report["verdict"], "unreconciled");
}

#[test]
fn a_way_of_delivery_that_is_not_chosen_costs_nothing() {
    let ways = "<tr><td>Shipping</td><td><label><input type=radio checked>Post €7.10</label>\
                <label><input type=radio>Courier €19.00</label></td></tr>";
    let totals = format!(
        "<table><tr><td>Subtotal</td><td>€44.90</td></tr>{ways}<tr><td>Total</td><td>€52.00</td></tr></table>"
    );
    let report = cart(&format!("{}{totals}", two_rows()));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["totals"]["shipping"], "7.10");
}

#[test]
fn sums_without_a_known_currency_prove_nothing() {
    let rows = table(&[row("Stapler Onno", "2", "$12.50", "$25.00")]);
    let report = cart(&format!("{rows}<p>Total: $25.00</p>"));
    assert_eq!(report["currency"], Value::Null);
    assert_eq!(report["verdict"], "unreconciled");
}

#[test]
fn pages_that_only_look_like_a_cart_are_none() {
    let offered = |name: &str| {
        format!(
            "<li><a href=/p/1>{name}</a><b>€12.50</b><input name=qty value=1><button>Add to cart</button></li>"
        )
    };
    let grid = format!(
        "<ul>{}{}</ul>",
        offered("Stapler Onno"),
        offered("Lamp Polara")
    );
    let product = "<h1>Stapler Onno</h1><b>€12.50</b><input name=quantity value=1><button>Add to cart</button>";
    let order = "<h1>Order history</h1><table><tr><td>Stapler Onno</td><td>2</td><td>€12.50</td><td>€25.00</td></tr></table><p>Total €25.00</p>";
    let address = "<h1>Checkout</h1><form><input name=street><input name=zip value=8000></form>\
                   <ul><li>2 × Stapler Onno <b>€25.00</b></li></ul><p>Total €25.00</p><button>Place order</button>";
    for (path, title, body) in [
        ("/office", "Office", grid.as_str()),
        ("/p/1", "Stapler Onno", product),
        ("/orders/17", "Your order", order),
        ("/checkout/address", "Checkout", address),
    ] {
        let report = read_at(path, title, body);
        assert_eq!(report["verdict"], "not_a_cart", "{path}");
    }
}

#[test]
fn a_checkout_whose_lines_can_be_changed_and_taken_out_is_the_cart_too() {
    let line = |name: &str, count: &str, sum: &str| {
        format!(
            "<li><a href=/p/1>{name}</a><input name='item[{count}][quantity]' value={count}>\
             <b>€12.50</b><b>{sum}</b><button name=remove_item title=Remove></button></li>"
        )
    };
    let lines = [
        line("Stapler Onno", "2", "€25.00"),
        line("Hole punch Lotta", "3", "€37.50"),
    ];
    let body = format!(
        "<h2>Items</h2><ul>{}</ul><p>Subtotal <b>€62.50</b></p><h2>Customer</h2><input name=city>\
         <p>Payment due <b>€62.50</b></p><button>Confirm</button>",
        lines.concat()
    );
    let report = read_at("/checkout", "Checkout", &body);
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["totals"]["grand_total"], "62.50");
}

#[test]
fn buttons_for_less_and_more_around_a_number_say_the_quantity() {
    let line = |name: &str, count: &str, each: &str, sum: &str| {
        format!(
            "<article><a href=/p/{count}>{name}</a><p>{each}</p><div><button>−</button><span>{count}</span>\
             <button>+</button></div><p>{sum}</p><button>Remove</button></article>"
        )
    };
    let lines = [
        line("Stapler Onno", "2", "€12.50", "€25.00"),
        line("Hole punch Lotta", "3", "€10.00", "€30.00"),
    ];
    let report = cart(&format!(
        "<div>{}</div><p>Total <b>€55.00</b></p>",
        lines.concat()
    ));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"][1]["quantity"], "3");
}

#[test]
fn a_count_and_a_price_in_one_text_are_a_quantity_and_a_unit_price() {
    let line = |name: &str, text: &str, sum: &str| {
        format!(
            "<li><a href=/p/{name}>{name}</a><p>{text}</p><b>{sum}</b><a href=/remove>Remove</a></li>"
        )
    };
    let lines = line("Stapler", "2 × €12.50", "€25.00") + &line("Punch", "1 × €19.90", "€19.90");
    let report = cart(&format!("<ul>{lines}</ul>{TOTALS}"));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"][0]["quantity"], "2");
    assert_eq!(report["lines"][0]["unit_price"], "12.50");
}

#[test]
fn a_number_beside_a_price_is_its_basis_only_where_the_sum_of_the_line_says_so() {
    let row = |name: &str, count: &str, each: &str, per: &str, sum: &str| {
        format!(
            "<tr><td><a href=/p/{count}>{name}</a></td><td><input name=qty value={count}></td><td>{each}</td>\
             <td>{per}</td><td>{sum}</td><td><button>Remove</button></td></tr>"
        )
    };
    let rows = [
        row("Resistor", "300", "€12.90", "100", "€38.70"),
        row("Terminal", "2", "€3.10", "100", "€6.20"),
    ];
    let report = cart(&format!("{}<p>Total <b>€44.90</b></p>", table(&rows)));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"][0]["price_basis"], "100");
    assert_eq!(report["lines"][1]["price_basis"], "1");
}

#[test]
fn words_of_the_row_before_do_not_name_an_amount() {
    let totals = "<table><tr><td>Subtotal</td><td>€44.90</td></tr>\
                  <tr><td>Shipping</td><td><label>Courier: <b>€7.10</b> <small>(ex. VAT)</small></label></td></tr>\
                  <tr><td>Cutting to size</td><td>€4.00</td></tr><tr><td>Total</td><td>€56.00</td></tr></table>";
    let report = cart(&format!("{}{totals}", two_rows()));
    assert_eq!(report["verdict"], "unreconciled");
    assert_eq!(report["totals"]["tax"], Value::Null);
    assert!(codes(&report).contains(&"total_unrecognised"));
}

#[test]
fn a_charge_without_tax_beside_its_amount_is_no_tax() {
    let charge = "<td>€7.10 <small>(ex. VAT)</small></td>";
    let in_table = format!(
        "<table><tr><th>Subtotal</th><td>€44.90</td></tr><tr><th>Shipping</th>{charge}</tr>\
         <tr><th>VAT 20%</th><td>€10.40</td></tr><tr><th>Total</th><td>€62.40</td></tr></table>"
    );
    let in_list = in_table
        .replace("table>", "dl>")
        .replace("<tr>", "")
        .replace("</tr>", "")
        .replace("th>", "dt>")
        .replace("td>", "dd>");
    for totals in [in_table, in_list] {
        let report = cart(&format!("{}{totals}", two_rows()));
        assert_eq!(report["verdict"], "reconciled", "{totals}");
        assert_eq!(report["totals"]["shipping"], "7.10", "{totals}");
        assert_eq!(report["totals"]["tax"], "10.40", "{totals}");
    }
}
