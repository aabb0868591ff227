//! What the generic reader learns from beside a value: its product, its label, the picture's name.

use serde_json::Value;

use super::generic::{cart, row, table};

fn of(report: &Value, line: usize, field: &str) -> String {
    report["lines"][line][field]
        .as_str()
        .unwrap_or("–")
        .to_owned()
}

#[test]
fn a_count_of_1_000_is_what_its_line_multiplies_out_with() {
    let line = |name: &str, count: &str, price: &str, sum: &str| {
        format!(
            "<tr><td><a href=/p/{count}>{name}</a></td><td><input name=menge value={count}></td>\
             <td>{price}</td><td>{sum}</td></tr>"
        )
    };
    let of_count = |count: &str, sum: &str, total: &str| {
        let rows = [
            line("Washer M8", count, "0,21 €", sum),
            line("Threaded rod", "5", "2,35 €", "11,75 €"),
        ];
        cart(&format!("{}<p>Total <b>{total}</b></p>", table(&rows)))
    };
    let thousand = of_count("1.000", "210,00 €", "221,75 €");
    assert_eq!(thousand["verdict"], "reconciled", "{thousand:#}");
    assert_eq!(of(&thousand, 0, "quantity"), "1000");
    let one = of_count("1.000", "0,21 €", "11,96 €");
    assert_eq!(one["verdict"], "reconciled", "{one:#}");
    assert_eq!(of(&one, 0, "quantity"), "1.000");
    let neither = of_count("1.000", "21,00 €", "32,75 €");
    assert_eq!(neither["verdict"], "unreconciled", "{neither:#}");
}

#[test]
fn tax_that_is_added_may_be_named_in_the_element_of_its_amount() {
    let rows = [
        row("Kettle Briska", "3", "€30.00", "€90.00"),
        row("Tray Oslo", "2", "€5.00", "€10.00"),
    ];
    let sums = "<div>Net value <b>€100.00</b></div><div>plus VAT 20% <b>€20.00</b></div>\
                <div>Grand total <b>€120.00</b></div>";
    let report = cart(&format!("{}{sums}", table(&rows)));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(report["totals"]["tax"], "20.00");
    assert_eq!(of(&report, 0, "tax_basis"), "net");
}

#[test]
fn prices_with_and_without_tax_may_be_lines_of_one_cell() {
    let both = |net: &str, gross: &str| {
        format!("{net} <small>ex VAT</small><br>{gross} <small>inc VAT</small>")
    };
    let rows = [
        row(
            "Safety boots",
            "2",
            &both("£45.00", "£54.00"),
            &both("£90.00", "£108.00"),
        ),
        row(
            "Vest, yellow",
            "10",
            &both("£3.50", "£4.20"),
            &both("£35.00", "£42.00"),
        ),
    ];
    let sums = "<p>Goods (ex VAT) <b>£125.00</b></p><p>VAT @ 20% <b>£25.00</b></p>\
                <p>Order total (inc VAT) <b>£150.00</b></p>";
    let report = cart(&format!("{}{sums}", table(&rows)));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(
        [of(&report, 0, "unit_price"), of(&report, 1, "tax_basis")],
        ["45.00", "net"]
    );
}

#[test]
fn a_text_that_the_picture_or_a_button_is_called_by_is_the_name() {
    let line = |alt: &str, name: &str, count: &str, sum: &str, remove: &str| {
        format!(
            "<div class=c1><img alt='{alt}'><div><span>{name}</span><span>In stock today</span></div>\
             <input name=qty value={count}><b>{sum}</b><button aria-label='{remove}'>×</button></div>"
        )
    };
    let report = cart(&format!(
        "<div class=l>{}{}</div><p>Total <b>€107.00</b></p>",
        line("Acme Kettle Briska", "Kettle Briska", "1", "€90.00", ""),
        line("", "Tray Oslo", "1", "€17.00", "Remove Tray Oslo from cart"),
    ));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(
        [of(&report, 0, "description"), of(&report, 1, "description")],
        ["Kettle Briska", "Tray Oslo"]
    );
}

#[test]
fn a_price_over_several_elements_is_what_their_label_spells() {
    let split = |whole: &str, cents: &str, label: &str| {
        format!("<div aria-label='{label}'><i>€</i><b>{whole}</b><u>{cents}</u></div>")
    };
    let of_labels = |first: &str| {
        let rows = [
            row("Kettle Briska", "1", &split("30", "50", first), ""),
            row("Tray Oslo", "1", &split("8", "50", "Price €8.50"), ""),
        ];
        cart(&format!("{}<p>Total <b>€39.00</b></p>", table(&rows)))
    };
    let spelled = of_labels("Price €30.50");
    assert_eq!(spelled["verdict"], "reconciled", "{spelled:#}");
    assert_eq!(of(&spelled, 0, "unit_price"), "30.50");
    let of_other = of_labels("Price €31.50");
    assert_ne!(of_other["verdict"], "reconciled", "{of_other:#}");
}

#[test]
fn a_number_beside_the_word_for_quantities_is_one() {
    let line = |name: &str, count: &str, price: &str, sum: &str| {
        format!(
            "<li><h3>{name}</h3><div>Quantity <output>{count}</output> <button>+</button></div>\
             <div>{price}</div><div>{sum}</div></li>"
        )
    };
    let lines = [
        line("Kettle Briska", "3", "€30.00", "€90.00"),
        line("Tray Oslo", "2", "€8.50", "€17.00"),
    ];
    let report = cart(&format!(
        "<ul>{}</ul><p>Total <b>€107.00</b></p>",
        lines.concat()
    ));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(of(&report, 1, "quantity"), "2");
}

#[test]
fn a_box_for_gift_wrapping_leaves_no_line_out() {
    let line = |name: &str, count: &str, price: &str, sum: &str, ticked: &str| {
        let wrap = format!(
            "{name}</a> <label><input type=checkbox {ticked}> Gift wrap (€4.50)</label><a>"
        );
        row(&wrap, count, price, sum)
    };
    let rows = [
        line("Kettle Briska", "3", "€30.00", "€90.00", "checked"),
        line("Tray Oslo", "2", "€8.50", "€17.00", ""),
    ];
    let sums = "<p>Gift wrapping <b>€4.50</b></p><p>Total <b>€111.50</b></p>";
    let report = cart(&format!("{}{sums}", table(&rows)));
    assert_eq!(
        report["lines"].as_array().map(Vec::len),
        Some(2),
        "{report:#}"
    );
}

#[test]
fn a_value_ends_where_the_next_label_begins() {
    let name = "Impact wrench Onno<dl><dt>Manufacturer no.:</dt><dd>DTW300</dd><dt>Order unit:</dt><dd>piece</dd></dl>";
    let rows = [
        row(name, "3", "€30.00", "€90.00"),
        row("Tray Oslo", "2", "€5.00", "€10.00"),
    ];
    let report = cart(&format!("{}<p>Total <b>€100.00</b></p>", table(&rows)));
    assert_eq!(
        of(&report, 0, "manufacturer_part_id"),
        "DTW300",
        "{report:#}"
    );
}

#[test]
fn buttons_for_less_and_more_may_be_boxes_with_a_sign() {
    let line = |name: &str, count: &str, price: &str| {
        format!(
            "<li><a href=/p/{count}>{name}</a> <p>{price}</p><input class=quantity-change value='-' readonly>\
             <input class=quantity-change name='qty[1]' value={count}><input class=quantity-change value='+' readonly></li>"
        )
    };
    let lines = [
        line("Moka pot for six", "2", "€29.90"),
        line("Television 43", "1", "€399.00"),
    ];
    let report = cart(&format!(
        "<ul>{}</ul><p>Total <b>€458.80</b></p>",
        lines.concat()
    ));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(of(&report, 0, "quantity"), "2");
}

#[test]
fn a_size_in_the_name_of_a_link_is_no_price() {
    let rows = [
        row("Steel bottle 0.75 l", "2", "€24.50", "€49.00"),
        row("Merino socks", "3", "€18.90", "€56.70"),
    ];
    let report = cart(&format!("{}<p>Total <b>€105.70</b></p>", table(&rows)));
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(of(&report, 0, "description"), "Steel bottle 0.75 l");
}
