//! Shops that changed after their definition was written.

use punchout::supplier::Catalog;
use serde_json::Value;

use super::generic::words;
use super::{SHOP, codes, definition, line, read_with, shop};

/// Read with the words of all languages, so that the generic reader can help.
fn changed(body: &str) -> Value {
    let catalog = Catalog::new(vec![definition(SHOP)], words().clone());
    let html = format!(
        "<!doctype html><html lang=\"en\"><title>Cart</title><body><h1>Cart</h1>{body}</body></html>"
    );
    read_with(&catalog, &html)
}

#[test]
fn a_quantity_whose_field_became_a_menu_or_a_stepper_is_still_read() {
    let with = |control: &str| {
        shop(&format!(
            "<div class=line><a class=name href=\"/p/1\">Chair</a>{control}<span class=price>€ 10.50</span>\
             <span class=sum>€ 31.50</span></div><b class=subtotal>€ 31.50</b>"
        ))
    };
    let menu = "<select><option>1<option selected>3</select>";
    let stepper = "<span><button>−</button><span><i>3</i></span><button>+</button></span>";
    for control in [menu, stepper] {
        let report = with(control);
        assert_eq!(report["verdict"], "reconciled", "{control}");
        assert_eq!(report["lines"][0]["quantity"], "3", "{control}");
    }
    let two = format!("{menu}<select><option>5</select>");
    assert_eq!(with(&two)["verdict"], "unreconciled");
}

#[test]
fn a_number_that_took_the_place_of_the_description_is_none() {
    let line = "<div class=line><a class=name>411020</a><i class=sku>411020</i><input value=2>\
                <span class=price>€ 10.50</span><span class=sum>€ 21.00</span></div>";
    let report = shop(&format!("{line}<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"field_missing"));
}

#[test]
fn lines_of_the_definition_are_held_against_totals_that_only_the_page_names() {
    let lines = line("Chair", "2", "€ 10.50", "€ 21.00") + &line("Desk", "1", "€ 90.00", "€ 90.00");
    let report = changed(&format!("{lines}<p>Total: <b>€ 111.00</b></p>"));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["totals"]["grand_total"], "111.00");
    assert_eq!(report["lines"].as_array().unwrap().len(), 2);
}

#[test]
fn fewer_lines_than_the_definition_saw_are_not_the_cart() {
    let gift =
        "<div class=line><a class=name href=\"/p/2\">Mug</a><input value=1><b>Free gift</b></div>";
    let lines = line("Chair", "2", "€ 10.50", "€ 21.00") + gift;
    let report = changed(&format!("{lines}<p>Total: <b>€ 21.00</b></p>"));
    assert_eq!(report["verdict"], "unreconciled");
    assert_eq!(report["lines"].as_array().unwrap().len(), 2);
}

#[test]
fn a_definition_whose_lines_are_gone_still_names_their_numbers() {
    let moved = |name: &str, sku: &str, count: &str, each: &str, sum: &str| {
        format!(
            "<tr><td><a href=\"/p/{sku}\">{name}</a> <i class=sku>{sku}</i></td><td><input name=qty value={count}></td>\
             <td>{each}</td><td>{sum}</td><td><button>Remove</button></td></tr>"
        )
    };
    let rows = moved("Chair", "A-1", "2", "€ 10.50", "€ 21.00")
        + &moved("Desk", "B-2", "1", "€ 90.00", "€ 90.00");
    let report = changed(&format!(
        "<table>{rows}</table><p>Total: <b>€ 111.00</b></p>"
    ));
    assert_eq!(
        (&report["reader"], &report["verdict"]),
        (&"generic".into(), &"reconciled".into())
    );
    assert_eq!(report["lines"][0]["supplier_part_id"], "A-1");
    assert_eq!(report["lines"][1]["supplier_part_id"], "B-2");
}
