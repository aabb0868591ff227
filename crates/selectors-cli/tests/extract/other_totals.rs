//! Totals whose words stand elsewhere than before them, and totals that say the same twice.

use serde_json::Value;

use super::generic::{cart, row, table};

/// Two lines of 100.00 together.
fn lines() -> String {
    table(&[
        row("Kettle Briska", "3", "€30.00", "€90.00"),
        row("Tray Oslo", "2", "€5.00", "€10.00"),
    ])
}

fn with(totals: &str) -> Value {
    cart(&format!("{}{totals}", lines()))
}

fn read(totals: &str) -> Value {
    let report = with(totals);
    let verdict = report["verdict"].as_str().unwrap_or_default();
    assert!(["reconciled", "explained"].contains(&verdict), "{report:#}");
    report
}

#[test]
fn words_behind_an_amount_are_its_own_and_not_the_next_ones() {
    let report = read(
        "<div><p>Total:</p><div><div><span>€100.00</span><span>without VAT</span></div>\
         <div><span>€120.00</span><span>with VAT</span></div></div></div>",
    );
    assert_eq!(report["totals"]["grand_total"], "100.00");
    assert_eq!(report["totals"]["tax"], Value::Null);
}

#[test]
fn a_total_without_tax_beside_one_with_it_is_the_sum_before() {
    let report = read(
        "<table><tr><th>Total without VAT:</th><td>€83.33</td></tr><tr><th>Delivery:</th><td>€10.00</td></tr>\
         <tr><th>VAT:</th><td>€16.67</td></tr><tr><th>Total with VAT:</th><td>€110.00</td></tr></table>",
    );
    assert_eq!(report["totals"]["subtotal"], "83.33");
    assert_eq!(report["totals"]["grand_total"], "110.00");
    assert_eq!(report["lines"][0]["tax_basis"], "gross");
}

#[test]
fn a_total_that_is_the_sum_of_the_lines_comes_before_one_that_is_less() {
    let report = read(
        "<p>Total: <b>€100.00</b></p><p>Discount: <b>-€20.00</b></p><p>Total to pay: <b>€80.00</b></p>",
    );
    assert_eq!(report["totals"]["subtotal"], "100.00");
    assert_eq!(report["totals"]["grand_total"], "80.00");
}

#[test]
fn what_a_total_is_without_tax_may_stand_in_parentheses_behind_it() {
    let report = read("<p><b>Total:</b>€100.00 (price without VAT: €83.33)</p>");
    assert_eq!(report["totals"]["grand_total"], "100.00");
    assert_eq!(report["totals"]["tax"], Value::Null);
    let other = with("<p><b>Total:</b>€105.00 (price without VAT: €83.33)</p>");
    assert_eq!(other["verdict"], "unreconciled", "{other:#}");
}

#[test]
fn words_and_amounts_may_stand_in_columns_side_by_side() {
    let totals = |sum: &str| {
        format!(
            "<div><div><p>Subtotal</p><p>Friendshipdiscount</p><p>Delivery</p><p>Total</p></div>\
             <div><p>€100.00</p><p>-€25.00</p><p>€5.00</p><p>{sum}</p></div></div>"
        )
    };
    let report = read(&totals("€80.00"));
    assert_eq!(report["totals"]["discount"], "-25.00");
    assert_eq!(report["totals"]["shipping"], "5.00");
    let other = with(&totals("€85.00"));
    assert_eq!(other["verdict"], "unreconciled", "{other:#}");
}

#[test]
fn what_was_saved_and_what_it_was_before_are_no_totals() {
    let report = read(
        "<p>Original price: <b>€112.00</b></p><p>Subtotal: <b>€100.00</b></p>\
         <p>Discount, you save: <b>€12.00</b></p><p>Total: <b>€100.00</b></p>",
    );
    assert_eq!(report["totals"]["discount"], Value::Null);
    let reduced = read(
        "<p>Subtotal: <b>€100.00</b></p><p>Discount, you save: <b>€12.00</b></p><p>Total: <b>€88.00</b></p>",
    );
    assert_eq!(reduced["totals"]["discount"], "-12.00");
}

#[test]
fn a_price_may_be_printed_over_several_elements_with_a_word_behind_it() {
    let split = |units: &str, cents: &str| {
        format!(
            "<span><span>{units}</span><span>.</span><span>{cents}</span><span> €</span> each</span>"
        )
    };
    let line = |name: &str, count: &str, price: &str| {
        format!("<li><a href=/p/{count}>{name}</a>{price}<input name=quantity value={count}></li>")
    };
    let report = cart(&format!(
        "<ul>{}{}</ul><p>Total <b>€98.60</b></p>",
        line("Skirt Carina", "2", &split("40", "00")),
        line("Belt Petra", "3", &split("6", "20")),
    ));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(report["lines"][1]["unit_price"], "6.20");
}

#[test]
fn a_price_may_stand_before_the_count_that_multiplies_it() {
    let line = |name: &str, count: &str, each: &str, sum: &str| {
        format!(
            "<tr><td><a href=/p/{count}>{name}</a><br><span>{each} x {count}</span></td>\
             <td><input name=quantity value={count}></td><td>{sum}</td></tr>"
        )
    };
    let rows = [
        line("Kettle Briska", "3", "€30.00", "€90.00"),
        line("Tray Oslo", "2", "€5.00", "€10.00"),
    ];
    let report = cart(&format!("{}<p>Total <b>€100.00</b></p>", table(&rows)));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(report["lines"][0]["unit_price"], "30.00");
}

#[test]
fn a_line_may_stand_in_one_link_and_show_its_total_with_and_without_tax() {
    let line = |name: &str, count: &str, gross: &str, net: &str| {
        format!(
            "<div><a href=/p/{count}><div><p class=heading-title>{name}</p><input name=quantity value={count}>\
             <button>Remove</button><div><strong>{gross}</strong><span>excl. VAT: {net}</span></div></div></a></div>"
        )
    };
    let report = cart(&format!(
        "<div>{}{}</div><p>Total <b>€100.00</b></p>",
        line("Kettle Briska", "3", "€90.00", "€75.00"),
        line("Tray Oslo", "2", "€10.00", "€8.33"),
    ));
    assert_eq!(report["verdict"], "explained", "{report:#}");
    assert_eq!(report["lines"][0]["description"], "Kettle Briska");
    assert_eq!(report["lines"][0]["line_total"], "90.00");
}

#[test]
fn a_code_in_an_element_that_is_classed_so_is_the_number_of_the_article() {
    let name = |name: &str, sku: &str| format!("{name}<div class=item-sku>{sku}</div>");
    let rows = [
        row(&name("Kettle Briska", "KB-100"), "3", "€30.00", "€90.00"),
        row(&name("Tray Oslo", "TO-7"), "2", "€5.00", "€10.00"),
    ];
    let report = cart(&format!("{}<p>Total <b>€100.00</b></p>", table(&rows)));
    assert_eq!(report["lines"][0]["supplier_part_id"], "KB-100");
    assert_eq!(report["lines"][1]["supplier_part_id"], "TO-7");
}

#[test]
fn what_is_taken_off_may_be_told_by_its_percentage() {
    let sums = |label: &str, reduction: &str, total: &str| {
        format!(
            "<dl><dt>Subtotal</dt><dd>€100.00</dd><dt>{label}</dt><dd>{reduction}</dd>\
             <dt>Total</dt><dd>{total}</dd></dl>"
        )
    };
    let report = read(&sums("5 % frame agreement", "-€5.00", "€95.00"));
    assert_eq!(report["totals"]["discount"], "-5.00");
    for (label, reduction, total) in [
        ("5 % frame agreement", "-€5.00", "€94.00"),
        ("5 % frame agreement", "-€6.00", "€94.00"),
        ("Frame agreement", "-€5.00", "€95.00"),
    ] {
        let report = with(&sums(label, reduction, total));
        assert_eq!(report["verdict"], "unreconciled", "{label} {reduction}");
    }
}
