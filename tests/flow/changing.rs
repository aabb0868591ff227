//! What the buyer changes about the lines before they are sent: removes, restores, edits, undoes.

use punchout::business_central::Mapping;
use punchout::capture::{Action, EditField, Event, Review, Sources};
use punchout::cart::{LineField, Reader, Source};
use punchout::money::{NumberStyle, Price};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::given::a_reviewed_cart;
use crate::outside::{Does, Fault};
use crate::reviewing::{item, posted_lines, review};

/// A reviewed cart whose page shows the lines' totals.
fn a_cart() -> Browser {
    let mut browser = a_reviewed_cart(5);
    for line in &mut review(&mut browser).cart.lines {
        line.line_total = Some("25.80".parse().unwrap());
    }
    browser.hear(Event::Woken);
    browser
}

fn edit(browser: &mut Browser, line: u32, field: EditField, text: &str) {
    let text = text.to_owned();
    browser.act(Action::EditLine {
        line,
        field,
        text,
        style: NumberStyle::Dot,
    });
}

fn shown(browser: &mut Browser, line: usize) -> Value {
    browser.review()["lines"][line].take()
}

fn posted(browser: &mut Browser) -> Vec<Value> {
    browser.act(Action::Confirm);
    posted_lines(browser)
}

#[test]
fn a_removed_line_stays_in_view_and_nothing_of_it_is_posted() {
    let mut browser = a_cart();
    browser.act(Action::RemoveLine { line: 0 });
    let line = shown(&mut browser, 0);
    assert_eq!(line["description"], "Staples");
    assert_eq!(
        (&line["removed"], &line["mapping"]),
        (&json!(true), &Value::Null)
    );
    let lines = posted(&mut browser);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["vendorItemNumber"], "B-2");
    let delivery = browser.world.journal.deliveries.values().next().unwrap();
    assert_eq!(delivery.line_count, 1, "the credit service counts the same");
}

#[test]
fn a_restored_line_is_as_it_was() {
    let mut browser = a_cart();
    let before = browser.review();
    browser.act(Action::RemoveLine { line: 1 });
    browser.act(Action::RemoveLine { line: 1 });
    browser.act(Action::RestoreLine { line: 1 });
    assert_eq!(browser.review(), before);
}

#[test]
fn nothing_is_asked_for_a_removed_line() {
    let mut browser = a_cart();
    review(&mut browser).cart.lines[0].unit_of_measure = Some("Karton".to_owned());
    let mapping = Some(item("1000"));
    browser.act(Action::ChooseLine { line: 0, mapping });
    assert_eq!(browser.waiting(), ["units"]);
    browser.act(Action::RemoveLine { line: 0 });
    assert_eq!(browser.review()["can_confirm"], true);
    assert_eq!(browser.review()["units"], json!([]));
}

#[test]
fn an_item_is_not_made_for_a_line_that_was_removed_meanwhile() {
    let mut browser = a_cart();
    let (path, does) = ("/newItems", Does::LosesTheRequest);
    browser.outside.faults = vec![Fault { path, does }];
    let template = "GOODS".to_owned();
    browser.act(Action::CreateItem { line: 0, template });
    browser.act(Action::RemoveLine { line: 0 });
    browser.wait();
    assert!(browser.outside.made.is_empty());
    assert_eq!(browser.review()["can_confirm"], true);
}

#[test]
fn a_cart_of_which_every_line_is_removed_or_a_note_orders_nothing() {
    let mut browser = a_cart();
    browser.act(Action::RemoveLine { line: 0 });
    let mapping = Some(Mapping::Note);
    browser.act(Action::ChooseLine { line: 1, mapping });
    assert_eq!(browser.waiting(), ["nothing_to_order"]);
    browser.act(Action::RemoveLine { line: 1 });
    assert_eq!(browser.waiting(), ["nothing_to_order"]);
}

#[test]
fn a_note_is_posted_and_a_removed_line_is_not_and_neither_is_ordered() {
    let mut browser = a_cart();
    let third = review(&mut browser).cart.lines[0].clone();
    review(&mut browser).cart.lines.push(third);
    browser.act(Action::RemoveLine { line: 0 });
    let mapping = Some(Mapping::Note);
    browser.act(Action::ChooseLine { line: 1, mapping });
    let changes = browser.review()["changes"].take();
    assert_eq!(
        changes,
        json!({"edited": 0, "removed": 1, "ordered": "25.80", "page": "77.40"})
    );
    let kinds: Vec<Value> = posted(&mut browser)
        .iter_mut()
        .map(|line| line["kind"].take())
        .collect();
    assert_eq!(kinds, ["Note", "Item"]);
}

#[test]
fn what_business_central_says_of_a_line_stands_at_that_line_also_after_a_removal() {
    let mut browser = a_cart();
    let problems = json!([{"line": 1, "message": "The item is blocked."}]);
    browser.outside.problems = Some(problems.to_string());
    browser.act(Action::RemoveLine { line: 0 });
    let troubles = |browser: &mut Browser, line: usize| shown(browser, line)["troubles"].take();
    assert_eq!(troubles(&mut browser, 0), json!([]));
    assert_eq!(troubles(&mut browser, 1), json!(["The item is blocked."]));
}

#[test]
fn the_verdict_stays_about_the_page_and_the_sums_say_what_is_ordered() {
    let mut browser = a_cart();
    assert_eq!(browser.review()["changes"], Value::Null);
    edit(&mut browser, 0, EditField::Quantity, "3");
    browser.act(Action::RemoveLine { line: 1 });
    let review = browser.review();
    assert_eq!(review["verdict"], "reconciled");
    assert_eq!(
        review["changes"],
        json!({"edited": 1, "removed": 1, "ordered": "38.70", "page": "51.60"})
    );
}

#[test]
fn an_edited_line_is_what_business_central_gets() {
    let mut browser = a_cart();
    edit(&mut browser, 0, EditField::Description, "Staples, 26/6");
    edit(&mut browser, 0, EditField::SupplierPartId, "A-9");
    edit(&mut browser, 0, EditField::Quantity, "250");
    edit(&mut browser, 0, EditField::UnitPrice, "12,50 / 100");
    let lines = posted(&mut browser);
    let first = &lines[0];
    assert_eq!(first["description"], "Staples, 26/6");
    assert_eq!(first["vendorItemNumber"], "A-9");
    assert_eq!(first["quantity"], "250");
    assert_eq!(first["directUnitCost"], "0.125");
    assert_eq!(
        lines[1]["directUnitCost"], "12.90",
        "the other is as it was"
    );
}

#[test]
fn what_the_page_shows_stays_beside_an_edit_and_its_total_is_computed() {
    let mut browser = a_cart();
    edit(&mut browser, 0, EditField::UnitPrice, "12.90 / 100");
    let line = shown(&mut browser, 0);
    assert_eq!(line["line_total"], "0.26", "as fine as the page's amounts");
    assert_eq!(
        line["edits"],
        json!([{"field": "unit_price", "page": "12.90"}, {"field": "line_total", "page": "25.80"}])
    );
    edit(&mut browser, 0, EditField::SupplierPartId, " ");
    let line = shown(&mut browser, 0);
    assert_eq!(line["supplier_part_id"], Value::Null);
    let first = json!({"field": "supplier_part_id", "page": "A-1"});
    assert_eq!(line["edits"][0], first);
}

#[test]
fn a_discount_that_an_edit_drops_is_named_and_comes_back_with_it() {
    let mut browser = a_cart();
    let line = &mut review(&mut browser).cart.lines[0];
    line.discount = Some("0.80".parse().unwrap());
    line.line_total = Some("25.00".parse().unwrap());
    edit(&mut browser, 0, EditField::Quantity, "3");
    let line = shown(&mut browser, 0);
    assert_eq!(line["line_total"], "38.70");
    let dropped = json!({"field": "discount", "page": "0.80"});
    assert!(
        line["edits"].as_array().unwrap().contains(&dropped),
        "{line}"
    );
    let field = EditField::Quantity;
    browser.act(Action::UndoEdit { line: 0, field });
    let line = shown(&mut browser, 0);
    assert_eq!(line["edits"], json!([]));
    assert_eq!(line["line_total"], "25.00");
}

#[test]
fn an_edit_that_is_undone_leaves_nothing_behind() {
    let mut browser = a_cart();
    let before = browser.review();
    for (field, text) in [
        (EditField::Description, "Clips"),
        (EditField::SupplierPartId, "C-3"),
        (EditField::Quantity, "7"),
        (EditField::UnitOfMeasure, "Karton"),
        (EditField::UnitPrice, "1.10"),
        (EditField::UnitPrice, "what it costs"),
    ] {
        edit(&mut browser, 0, field, text);
        assert_ne!(browser.review(), before, "{field:?}");
        browser.act(Action::UndoEdit { line: 0, field });
        browser.hear(Event::Woken);
    }
    assert_eq!(browser.review(), before);
    edit(&mut browser, 0, EditField::Quantity, "2.0");
    assert_eq!(
        browser.review()["changes"],
        Value::Null,
        "the same number is no edit"
    );
}

#[test]
fn what_cannot_be_read_is_kept_as_typed_and_holds_the_cart_back() {
    for (text, problem) in [
        ("1,234", "ambiguous"),
        ("three", "not_a_number"),
        ("0", "not_positive"),
    ] {
        let mut browser = a_cart();
        edit(&mut browser, 1, EditField::Quantity, text);
        let line = shown(&mut browser, 1);
        let refused = json!([{"line": 1, "field": "quantity", "text": text, "problem": problem}]);
        assert_eq!(line["refused"], refused);
        assert_eq!(line["quantity"], "2", "the last that could be read");
        assert_eq!(browser.waiting(), ["edits"]);
        browser.act(Action::Confirm);
        assert!(browser.world.journal.deliveries.is_empty());
        edit(&mut browser, 1, EditField::Quantity, "1234");
        assert_eq!(shown(&mut browser, 1)["refused"], json!([]));
        assert_eq!(posted(&mut browser)[1]["quantity"], "1234");
    }
}

#[test]
fn what_cannot_be_read_of_a_removed_line_holds_nobody_back() {
    let mut browser = a_cart();
    edit(&mut browser, 1, EditField::Quantity, "many");
    browser.act(Action::RemoveLine { line: 1 });
    assert_eq!(browser.review()["can_confirm"], true);
}

#[test]
fn an_edited_number_is_looked_up_and_remembered_under_itself() {
    let mut browser = a_cart();
    browser.outside.matches = vec![json!({
        "vendorNumber": "V1", "supplierPartId": "A-9", "itemNumber": "1009", "matchedBy": "ItemReference"
    })];
    edit(&mut browser, 0, EditField::SupplierPartId, "A-9");
    assert_eq!(shown(&mut browser, 0)["mapping"]["number"], "1009");
    let mapping = Some(item("4711"));
    browser.act(Action::ChooseLine { line: 0, mapping });
    browser.act(Action::Confirm);
    let items = &browser.world.journal.preferences.items;
    let remembered = items.get("V1").unwrap();
    assert!(remembered.contains_key("A-9") && !remembered.contains_key("A-1"));
}

#[test]
fn a_line_without_a_price_can_be_given_one() {
    let mut browser = a_cart();
    review(&mut browser).cart.lines[0].unit_price = None;
    review(&mut browser).cart.lines[0].line_total = None;
    assert_eq!(shown(&mut browser, 0)["problem"], "no_price");
    edit(&mut browser, 0, EditField::UnitPrice, "4.50");
    let line = shown(&mut browser, 0);
    assert_eq!(line["problem"], Value::Null);
    assert_eq!(
        line["unit_price"],
        json!({"amount": "4.50", "basis": "1", "tax": "net"})
    );
    let price = json!({"field": "unit_price", "page": null});
    assert_eq!(line["edits"][0], price);
    assert_eq!(browser.review()["changes"]["page"], Value::Null);
    assert_eq!(posted(&mut browser)[0]["directUnitCost"], "4.50");
}

#[test]
fn the_other_vendors_items_leave_the_edits_as_they_are() {
    let mut browser = a_cart();
    edit(&mut browser, 0, EditField::Quantity, "3");
    browser.act(Action::RemoveLine { line: 1 });
    let number = "V2".to_owned();
    browser.act(Action::ChooseVendor { number });
    let changes = browser.review()["changes"].take();
    assert_eq!(
        (&changes["edited"], &changes["removed"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn changes_survive_a_capture_that_comes_back() {
    let mut browser = a_cart();
    edit(&mut browser, 0, EditField::Quantity, "3");
    browser.act(Action::RemoveLine { line: 1 });
    let (path, does) = (
        "POST https://bc",
        Does::Refuses(400, "Application_DialogException"),
    );
    browser.outside.faults = vec![Fault { path, does }];
    browser.act(Action::Confirm);
    browser.wait();
    let capture = review_of_delivery(&browser).capture.clone();
    browser.act(Action::Correct { capture });
    let review = browser.review();
    assert_eq!(review["lines"][0]["quantity"], "3");
    assert_eq!(review["lines"][1]["removed"], true);
}

#[test]
fn changes_survive_the_worker() {
    let mut browser = a_cart();
    edit(&mut browser, 0, EditField::Quantity, "3");
    edit(&mut browser, 0, EditField::UnitPrice, "1,234");
    browser.act(Action::RemoveLine { line: 1 });
    let before = browser.review();
    browser.hear(Event::Started);
    assert_eq!(browser.review(), before);
}

fn review_of_delivery(browser: &Browser) -> &Review {
    let delivery = browser.world.journal.deliveries.values().next().unwrap();
    &delivery.cargo.as_ref().expect("it came back").review
}

#[test]
fn places_that_the_cart_does_not_have_change_nothing() {
    let mut browser = a_cart();
    let before = browser.review();
    browser.act(Action::RemoveLine { line: 2 });
    edit(&mut browser, 2, EditField::Quantity, "3");
    let field = EditField::Quantity;
    browser.act(Action::UndoEdit { line: 2, field });
    assert_eq!(browser.review(), before);
}

#[test]
fn a_traced_line_says_where_each_value_of_the_page_comes_from() {
    let mut browser = a_cart();
    let source = Source {
        reader: Reader::Platform("fabrikam".to_owned()),
        locator: ".qty@value".to_owned(),
    };
    let Review { cart, details, .. } = review(&mut browser);
    cart.lines[0].provenance.insert(LineField::Quantity, source);
    details.sources = Sources::taken_from(cart);
    assert_eq!(shown(&mut browser, 0)["sources"], Value::Null);
    edit(&mut browser, 0, EditField::Quantity, "3");
    browser.act(Action::Trace { line: Some(0) });
    let sources = json!({"quantity": {"reader": "platform:fabrikam", "locator": ".qty@value"}});
    assert_eq!(shown(&mut browser, 0)["sources"], sources);
    assert_eq!(shown(&mut browser, 1)["sources"], Value::Null);
    let (_, ordered) = review(&mut browser).ordered_lines().next().unwrap();
    assert_eq!(ordered.unit_price, Some(price("12.90")));
    browser.act(Action::Trace { line: None });
    assert_eq!(shown(&mut browser, 0)["sources"], Value::Null);
}

fn price(amount: &str) -> Price {
    Price::each(amount.parse().unwrap(), punchout::money::TaxBasis::Net)
}
