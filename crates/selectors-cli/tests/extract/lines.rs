//! Which lines a cart has, and what is taken as their values.

use punchout::supplier::Catalog;
use serde_json::Value;

use super::generic::words;
use super::{SHOP, codes, definition, line, read, read_with, shop};

#[test]
fn a_cart_that_adds_up_is_reconciled() {
    let report =
        shop(&(line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"][0]["line_total"], "21.00");
    assert_eq!(report["currency"], "EUR");
}

#[test]
fn a_place_with_two_prices_gives_none_of_them() {
    let two = "€ 10.50</span> <span class=price>€ 9.50";
    let report = shop(&(line("Chair", "2", two, "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["unit_price"], Value::Null);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"field_ambiguous"));
}

#[test]
fn the_same_price_for_two_screens_is_one_price() {
    let twice = "€ 10.50</span> <span class=price>10.50 €";
    let report = shop(&(line("Chair", "2", twice, "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["unit_price"], "10.50");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_struck_price_is_no_price() {
    let struck = "€ 10.50</span><del><span class=price>€ 12.00</span></del><span>";
    let report = shop(&(line("Chair", "2", struck, "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["unit_price"], "10.50");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn decimals_in_an_element_of_their_own_never_join_the_digits() {
    let split = "€ 14<span>98</span>";
    let report = shop(&(line("Chair", "1", split, "") + "<b class=subtotal>€ 14.98</b>"));
    assert_eq!(report["lines"][0]["unit_price"], Value::Null);
    assert_eq!(report["verdict"], "unreconciled");
}

#[test]
fn hidden_lines_and_saved_lines_are_not_ordered() {
    let hidden = format!(
        "<div hidden>{}</div>",
        line("Hidden", "1", "€ 5.00", "€ 5.00")
    );
    let saved = format!(
        "<div class=saved>{}</div>",
        line("Saved", "1", "€ 6.00", "€ 6.00")
    );
    let report = shop(
        &(line("Chair", "2", "€ 10.50", "€ 21.00")
            + &hidden
            + &saved
            + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"].as_array().unwrap().len(), 1);
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_line_that_cannot_be_read_is_said_and_the_cart_is_not_proved() {
    let broken = "<div class=line><a class=name>Table</a><span class=price>€ 5.00</span></div>";
    let report = shop(
        &(line("Chair", "2", "€ 10.50", "€ 21.00") + broken + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"].as_array().unwrap().len(), 1);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"field_missing"));
}

#[test]
fn a_row_of_the_names_of_columns_is_no_line() {
    let catalog = Catalog::new(vec![definition(SHOP)], words().clone());
    let with = |heading: &str| {
        let heading = format!("<div class=line>{heading}</div>");
        let line = line("Chair", "2", "€ 10.50", "€ 21.00");
        let html = format!("{heading}{line}<b class=subtotal>€ 21.00</b>");
        read_with(&catalog, &html)
    };
    let report = with("<b>Product</b><b>Quantity</b><b>Total</b>");
    assert_eq!(report["reader"], "supplier:shop", "{report:#}");
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    let gift = with("<b>Product</b><b>A cup as a gift</b>");
    assert_eq!(gift["verdict"], "unreconciled", "{gift:#}");
}

#[test]
fn a_page_whose_lines_all_fail_is_not_said_to_be_no_cart() {
    let report = shop("<div class=line><a class=name>Table</a></div>");
    assert_eq!(report["verdict"], "unreconciled");
}

#[test]
fn an_ambiguous_number_is_read_as_the_other_numbers_of_the_page_are_written() {
    let with = |subtotal: &str| {
        shop(
            &(line("Chair", "1", "1.234 €", "1.234 €")
                + &format!("<b class=subtotal>{subtotal}</b>")),
        )
    };
    assert_eq!(with("1.234,00 €")["lines"][0]["unit_price"], "1234");
    assert_eq!(with("1.234,00 €")["verdict"], "reconciled");
    let alone = with("1.234 €");
    assert_eq!(alone["lines"][0]["unit_price"], Value::Null);
    assert_eq!(alone["verdict"], "unreconciled");
    assert!(codes(&alone).contains(&"number_unreadable"));
}

#[test]
fn sums_tell_what_an_ambiguous_number_means() {
    let body = line("Chair", "1", "€ 1,249", "€ 1,249") + &line("Lamp", "1", "€ 87", "€ 87");
    let report = shop(&(body + "<b class=subtotal>€ 1,336</b>"));
    assert_eq!(report["lines"][0]["unit_price"], "1249");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_price_for_a_hundred_pieces_keeps_its_basis() {
    let report = shop(
        &(line("Screws", "500", "€ 12.90 / 100 pcs", "€ 64.50") + "<b class=subtotal>€ 64.50</b>"),
    );
    assert_eq!(report["lines"][0]["unit_price"], "12.90");
    assert_eq!(report["lines"][0]["price_basis"], "100");
    assert_eq!(report["lines"][0]["unit_of_measure"], "pcs");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn an_empty_cart_is_told_from_a_page_that_is_none() {
    let empty = shop("<p class=nothing>Your cart is empty</p>");
    assert_eq!(empty["verdict"], "not_a_cart");
    assert_eq!(codes(&empty), ["cart_empty"]);
    let other = shop("<p>Welcome</p>");
    assert_eq!(other["verdict"], "not_a_cart");
    assert_eq!(codes(&other), Vec::<&str>::new());
}

#[test]
fn links_that_run_scripts_are_left_out() {
    let html = line("Chair", "2", "€ 10.50", "€ 21.00").replace("/p/1", "javascript:alert(1)");
    let report = shop(&(html + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["url"], Value::Null);
}

#[test]
fn more_lines_than_a_capture_holds_are_cut_and_said() {
    let body: String = (0..2001)
        .map(|_| line("Chair", "1", "€ 1.00", "€ 1.00"))
        .collect();
    let report = shop(&(body + "<b class=subtotal>€ 2001.00</b>"));
    assert_eq!(report["lines"].as_array().unwrap().len(), 2000);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"limit_exceeded"));
}

#[test]
fn subtotals_that_contradict_each_other_prove_nothing() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00");
    let report =
        shop(&(body.clone() + "<b class=subtotal>€ 21.00</b><b class=subtotal>€ 20.00</b>"));
    assert_eq!(report["verdict"], "unreconciled");
    assert_eq!(report["totals"]["subtotal"], Value::Null);
    let twice = shop(&(body + "<b class=subtotal>€ 21.00</b><b class=subtotal>€ 21.00</b>"));
    assert_eq!(twice["verdict"], "reconciled");
}

#[test]
fn a_line_of_quantity_zero_is_not_ordered() {
    let report = shop(
        &(line("Chair", "2", "€ 10.50", "€ 21.00")
            + &line("Grid", "0", "€ 3.00", "")
            + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"].as_array().unwrap().len(), 1);
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn characters_that_hide_or_turn_text_are_left_out_and_said() {
    let report = shop(
        &(line("Ch\u{200b}air \u{202e}x", "2", "€ 10.50", "€ 21.00")
            + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"][0]["description"], "Chair x");
    assert!(codes(&report).contains(&"text_cleaned"));
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_unit_price_that_the_page_does_not_show_is_derived_only_exactly() {
    let toml = SHOP.replace(
        "[{ select = \".price\" }]",
        "[{ derive = \"line_total_by_quantity\" }]",
    );
    let with = |sum: &str| {
        let body = line("Chair", "4", "", sum) + &format!("<b class=subtotal>{sum}</b>");
        read(&[&toml], &body)["lines"][0]["unit_price"].clone()
    };
    assert_eq!(with("€ 58.28"), "14.57");
    assert_eq!(with("€ 58.29"), "14.5725");
    let thirds = line("Chair", "3", "", "€ 10.00") + "<b class=subtotal>€ 10.00</b>";
    assert_eq!(
        read(&[&toml], &thirds)["lines"][0]["unit_price"],
        Value::Null
    );
}

#[test]
fn a_label_and_a_mark_within_a_text_can_be_left_out() {
    let toml = SHOP
        .replace(
            "[{ select = \".name\" }]",
            "[{ select = \".name\", without = \".mark\" }]",
        )
        .replace(
            "[{ select = \".sum\" }]",
            "[{ select = \".sum\", without = \".each\" }]",
        );
    let body = line(
        "Chair<sup class=mark>***</sup>",
        "2",
        "€ 10.50",
        "€ 21.00 <i class=each>€ 10.50 each</i>",
    ) + "<b class=subtotal>€ 21.00</b>";
    let report = read(&[&toml], &body);
    assert_eq!(report["lines"][0]["description"], "Chair");
    assert_eq!(report["lines"][0]["line_total"], "21.00");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_mark_on_the_page_tells_the_tax_basis_and_two_marks_tell_none() {
    let toml = SHOP.replace(
        "outside = \".saved\"",
        "net = [\".without-tax\"]\ngross = [\".with-tax\"]",
    );
    let basis = |marks: &str| {
        let line = line("Chair", "2", "€ 10.50", "€ 21.00");
        let body = format!("{marks}{line}<b class=subtotal>€ 21.00</b>");
        read(&[&toml], &body)["lines"][0]["tax_basis"].clone()
    };
    assert_eq!(basis("<p class=without-tax>x</p>"), "net");
    assert_eq!(basis("<p class=with-tax>x</p>"), "gross");
    assert_eq!(
        basis("<p class=with-tax>x</p><p class=without-tax>x</p>"),
        "unknown"
    );
    assert_eq!(basis("<p class=without-tax hidden>x</p>"), "unknown");
}
