//! Codeunit 333, `ReqWkshMakeOrder.Codeunit.al`: from accepted lines to purchase orders. Each test is named after the
//! object that it comes from.

use serde_json::{Value, json};

use crate::world::{World, account, capture, id, item, note, with, worksheet};

const PAPER: [(&str, &str); 4] = [
    ("Type", "Item"),
    ("Order Date", "2026-11-22"),
    ("No.", "1020"),
    ("Quantity", "2"),
];

fn of<'a>(order: &'a Value, name: &str) -> Vec<&'a Value> {
    let lines = order["lines"].as_array().unwrap();
    lines.iter().map(|line| &line[name]).collect()
}

#[tokio::test]
async fn codeunit_333_splits_orders_by_vendor_currency_and_location() {
    let world = World::start().await;
    let other_vendor = with(item(), "vendorNumber", "V10030");
    let other_currency = with(item(), "currencyCode", "USD");
    let lines = json!([item(), other_vendor, other_currency, account()]);
    world.post(&capture(1, &lines)).await;
    let elsewhere = [
        PAPER.as_slice(),
        &[("Vendor No.", "V10060"), ("Location Code", "EAST")],
    ];
    world.enter(&elsewhere.concat()).await;
    let done = world.carry_out().await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    let orders = world.orders().await;
    let heads: Vec<_> = orders
        .iter()
        .map(|order| {
            [
                &order["vendorNo"],
                &order["currencyCode"],
                &order["locationCode"],
            ]
        })
        .collect();
    assert_eq!(
        json!(heads),
        json!([
            ["V10030", "EUR", ""],
            ["V10060", "", "EAST"],
            ["V10060", "EUR", ""],
            ["V10060", "USD", ""],
        ])
    );
    assert_eq!(
        json!(of(&orders[2], "type")),
        json!(["Item", "G/L Account"])
    );
    assert!(world.lines().await.is_empty());
}

#[tokio::test]
async fn codeunit_333_carries_a_line_over_in_every_field() {
    let world = World::start().await;
    world.post(&capture(1, &json!([note(), item()]))).await;
    world.carry_out().await;
    let expected = json!([{
        "documentNo": "106001", "lineNo": 10000, "type": "Item", "no": "MISC-TEST",
        "description": "Whiteboard marker, blue", "description2": "Box of 10", "locationCode": "",
        "unitOfMeasureCode": "PCS", "quantity": "2", "directUnitCost": "12.9", "lineAmount": "25.8",
        "vendorItemNo": "TS-77/b", "expectedReceiptDate": "2026-12-01",
        "supplierHost": "shop.test", "captureId": id(1), "captureLineNo": 2,
    }]);
    assert_eq!(world.orders().await[0]["lines"], expected);
}

#[tokio::test]
async fn codeunit_333_leaves_lines_that_are_not_accepted() {
    let world = World::start().await;
    let not_now = [PAPER.as_slice(), &[("Accept Action Message", "false")]].concat();
    world.enter(&not_now).await;
    world.post(&capture(1, &json!([item(), note()]))).await;
    let done = world.carry_out().await;
    assert_eq!(done.body["deletedLineNumbers"], json!([20000]));
    assert_eq!(
        world.lines().await.len(),
        2,
        "the undecided line and the note stay"
    );
}

#[tokio::test]
async fn codeunit_333_is_blocked_as_a_whole_by_an_accepted_text_with_a_quantity() {
    let world = World::start().await;
    world.post(&capture(1, &json!([item()]))).await;
    world
        .enter(&[
            ("Description", "Something"),
            ("Quantity", "1"),
            ("Accept Action Message", "true"),
        ])
        .await;
    let done = world.carry_out().await;
    assert_eq!(done.status, 400);
    let message = done.body["error"].as_str().unwrap();
    assert!(
        message.starts_with("No. must have a value in Requisition Line")
            && message.contains("Line No.=20000"),
        "{message}"
    );
    assert!(
        world.orders().await.is_empty(),
        "not even the good line was ordered"
    );
    assert_eq!(world.lines().await.len(), 2);
}

#[tokio::test]
async fn codeunit_333_is_blocked_by_a_vendor_that_validation_has_blanked() {
    let world = World::start().await;
    world
        .enter(&[PAPER.as_slice(), &[("Vendor No.", "V99999")]].concat())
        .await;
    let message = world.carry_out().await.body["error"].to_string();
    assert!(
        message.contains("Vendor No. must have a value"),
        "{message}"
    );
}

#[tokio::test]
async fn codeunit_333_deletes_an_accepted_text_once_there_is_an_order() {
    let world = World::start().await;
    world
        .enter(&[
            ("Description", "Ring twice"),
            ("Accept Action Message", "true"),
        ])
        .await;
    let alone = world.carry_out().await;
    assert_eq!(
        alone.body,
        json!({ "orderNumbers": [], "deletedLineNumbers": [] })
    );
    world.post(&capture(1, &json!([item()]))).await;
    world.carry_out().await;
    assert!(world.lines().await.is_empty(), "the text is lost");
    let order = world.orders().await.remove(0);
    assert_eq!(json!(of(&order, "no")), json!(["MISC-TEST"]));
}

#[tokio::test]
async fn codeunit_333_puts_the_list_price_in_place_of_an_entered_one() {
    let world = World::start().await;
    world
        .enter(&[PAPER.as_slice(), &[("Direct Unit Cost", "4.2")]].concat())
        .await;
    world.carry_out().await;
    assert_eq!(
        world.orders().await[0]["lines"][0]["directUnitCost"],
        "5.95"
    );
}

#[tokio::test]
async fn pun_origin_carry_over_keeps_the_captured_price_against_the_list() {
    let world = World::start().await;
    let paper = json!({
        "kind": "Item", "number": "1020", "vendorNumber": "V10010", "quantity": "3",
        "directUnitCost": "4.2", "currencyCode": "CHF",
    });
    world.post(&capture(1, &json!([paper]))).await;
    world.carry_out().await;
    let order = world.orders().await.remove(0);
    assert_eq!(order["lines"][0]["directUnitCost"], "4.2");
    assert_eq!(order["lines"][0]["lineAmount"], "12.6");
}

#[tokio::test]
async fn codeunit_333_adds_vat_for_a_vendor_with_prices_including_vat() {
    let world = World::start().await;
    let line = with(
        with(item(), "vendorNumber", "V10070"),
        "directUnitCost",
        "100",
    );
    world.post(&capture(1, &json!([line]))).await;
    world.carry_out().await;
    let order = world.orders().await.remove(0);
    assert_eq!(order["pricesIncludingVat"], true);
    assert_eq!(order["lines"][0]["directUnitCost"], "108.1");
}

#[tokio::test]
async fn table_39_rounds_each_line_to_the_amount_rounding_precision() {
    let world = World::start().await;
    let line = with(with(item(), "quantity", "3"), "directUnitCost", "0.12345");
    world.post(&capture(1, &json!([line]))).await;
    world.carry_out().await;
    let order = world.orders().await.remove(0);
    assert_eq!(order["lines"][0]["directUnitCost"], "0.12345");
    assert_eq!(order["lines"][0]["lineAmount"], "0.37");
}

#[tokio::test]
async fn codeunit_333_leaves_the_other_worksheets_alone() {
    let world = World::start().await;
    world.post(&capture(1, &json!([item()]))).await;
    let mut other = worksheet();
    other["journalBatchName"] = json!("OFFICE");
    let done = world.admin("POST", "/carry-out", &other).await;
    assert_eq!(done.body["orderNumbers"], json!([]));
    assert_eq!(world.lines().await.len(), 1);
}
