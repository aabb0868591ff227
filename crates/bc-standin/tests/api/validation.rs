//! Table 246, `RequisitionLine.Table.al`: what the validation of a field does to the others, and how the app's order of
//! fields holds against it. Each test is named after the object that it comes from.

use serde_json::{Value, json};

use crate::world::{World, capture, item, note, with, worksheet};

const PAPER: [(&str, &str); 3] = [
    ("Type", "Item"),
    ("Order Date", "2026-11-22"),
    ("No.", "1020"),
];

async fn entered(fields: &[(&str, &str)]) -> Value {
    let world = World::start().await;
    let answer = world.enter(fields).await;
    assert_eq!(answer.status, 201, "{:?}", answer.body);
    answer.body
}

#[tokio::test]
async fn table_246_vendor_no_blanks_an_unknown_vendor_that_code_sets() {
    let line = entered(&[PAPER.as_slice(), &[("Vendor No.", "V99999")]].concat()).await;
    assert_eq!(line["vendorNo"], "", "and nobody is told");
}

#[tokio::test]
async fn table_246_vendor_no_refuses_an_unknown_vendor_that_a_person_enters() {
    let world = World::start().await;
    let fields = [PAPER.as_slice(), &[("Vendor No.", "V99999")]].concat();
    let line = json!({ "worksheet": worksheet(), "by": "person", "fields": fields });
    let answer = world.admin("POST", "/requisition-lines", &line).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body["error"], "The Vendor 'V99999' does not exist.");
}

#[tokio::test]
async fn table_246_type_empties_the_line() {
    let fields = [PAPER.as_slice(), &[("Type", "G/L Account")]].concat();
    let line = entered(&fields).await;
    assert_eq!(
        (&line["no"], &line["description"]),
        (&json!(""), &json!(""))
    );
}

#[tokio::test]
async fn table_246_no_brings_vendor_price_unit_and_acceptance() {
    let line = entered(&PAPER).await;
    assert_eq!(line["vendorNo"], "V10010");
    assert_eq!(line["directUnitCost"], "5.95");
    assert_eq!(line["unitOfMeasureCode"], "PACK");
    assert_eq!(line["acceptActionMessage"], true);
}

#[tokio::test]
async fn table_246_a_g_l_account_is_not_accepted_by_itself() {
    let line = entered(&[("Type", "G/L Account"), ("No.", "6500")]).await;
    assert_eq!(line["acceptActionMessage"], false);
}

#[tokio::test]
async fn table_246_vendor_no_replaces_currency_and_descriptions() {
    let fields = [
        PAPER.as_slice(),
        &[
            ("Description", "Paper as in the cart"),
            ("Vendor No.", "V10000"),
        ],
    ];
    let line = entered(&fields.concat()).await;
    assert_eq!(line["currencyCode"], "EUR");
    assert_eq!(line["description"], "Copy paper A4 80 g");
}

#[tokio::test]
async fn codeunit_7025_overwrites_a_price_that_is_set_too_early() {
    for later in [
        ("Vendor No.", "V10010"),
        ("Quantity", "3"),
        ("Unit of Measure Code", "BOX"),
        ("Order Date", "2026-11-23"),
        ("Currency Code", ""),
        ("Location Code", "MAIN"),
    ] {
        let fields = [PAPER.as_slice(), &[("Direct Unit Cost", "4.2"), later]].concat();
        let line = entered(&fields).await;
        assert_eq!(line["directUnitCost"], "5.95", "after {later:?}");
    }
}

#[tokio::test]
async fn codeunit_7025_takes_the_last_direct_cost_without_a_price_list_unless_quantity_asks() {
    let cable = [
        ("Type", "Item"),
        ("No.", "1030"),
        ("Direct Unit Cost", "0.5"),
    ];
    let line = entered(&[cable.as_slice(), &[("Quantity", "3")]].concat()).await;
    assert_eq!(line["directUnitCost"], "0.5");
    let line = entered(&[cable.as_slice(), &[("Vendor No.", "V10030")]].concat()).await;
    assert_eq!(line["directUnitCost"], "0.77");
}

#[tokio::test]
async fn table_246_currency_code_needs_an_exchange_rate_on_the_order_date() {
    let world = World::start().await;
    let answer = world
        .enter(&[PAPER.as_slice(), &[("Currency Code", "DKK")]].concat())
        .await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn the_captured_price_stands_against_price_list_vendor_currency_and_last_cost() {
    let world = World::start().await;
    let paper = with(with(item(), "number", "1020"), "unitOfMeasureCode", "PACK");
    let paper = with(
        with(paper, "vendorNumber", "V10010"),
        "directUnitCost",
        "4.2",
    );
    let lines = json!([
        with(paper.clone(), "currencyCode", "CHF"),
        with(with(paper, "vendorNumber", "V10000"), "currencyCode", "USD"),
    ]);
    let answer = world.post(&capture(1, &lines)).await;
    assert_eq!(answer.status, 201, "{:?}", answer.body);
    let stored = world.lines().await;
    for (line, currency) in stored.iter().zip(["", "USD"]) {
        assert_eq!(line["directUnitCost"], "4.2");
        assert_eq!(line["currencyCode"], currency);
        assert_eq!(line["description"], "Whiteboard marker, blue");
        assert_eq!(line["vendorItemNo"], "TS-77/b");
    }
}

#[tokio::test]
async fn what_carry_out_would_stop_at_is_refused_before() {
    let world = World::start().await;
    for (line, words) in [
        (
            with(item(), "number", "1060"),
            "Purchasing Blocked must be equal to 'No'",
        ),
        (
            with(item(), "number", "1070"),
            "can only be ordered with a variant",
        ),
        (
            with(item(), "vendorNumber", "V10090"),
            "is blocked for privacy",
        ),
        (
            with(with(item(), "kind", "G/L Account"), "number", "6000"),
            "is not a posting account",
        ),
    ] {
        let answer = world.post(&capture(1, &json!([line]))).await;
        assert_eq!(answer.code(), "Application_DialogException");
        assert!(answer.message().contains(words), "{}", answer.message());
    }
}

#[tokio::test]
async fn a_planning_worksheet_is_no_requisition_worksheet() {
    let world = World::start().await;
    let mut sent = capture(1, &json!([note()]));
    sent["worksheetTemplateName"] = json!("PLANNING");
    let answer = world.post(&sent).await;
    assert_eq!(
        answer.message(),
        "The worksheet PLANNING DEFAULT is not a requisition worksheet. Choose one that is."
    );
}
