//! `itemTemplates` and `newItems`: codeunit "PUN Item Creation" of the app.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::world::{BUYER, World, capture, item, with};

const IRIS: &str = "iris.items@example.test";

fn cable() -> Value {
    json!({
        "templateCode": "goods", "description": "Patch cable 2 m", "vendorNumber": "V10060",
        "vendorItemNumber": "pc-2m",
    })
}

async fn make(world: &World, body: &Value) -> Answer {
    world.post_to("newItems", IRIS, body).await
}

#[tokio::test]
async fn templates_are_listed_with_their_unit() {
    let world = World::start().await;
    let answer = world.get("itemTemplates").await;
    assert_eq!(answer.column("code"), ["GOODS", "OFFICE", "SPECIAL"]);
    assert_eq!(
        answer.column("baseUnitOfMeasureCode"),
        ["PCS", "PCS", "PCS"]
    );
}

#[tokio::test]
async fn a_template_makes_an_item_with_the_next_number_of_its_series() {
    let world = World::start().await;
    let answer = make(&world, &cable()).await;
    assert_eq!(answer.status, 201, "{:?}", answer.body);
    assert_eq!(answer.body["itemNumber"], "N0009");
    assert_eq!(answer.body["created"], true);
    assert!(answer.body["id"].as_str().is_some_and(|id| id.len() == 36));
    let mut other = cable();
    other["vendorItemNumber"] = json!("pc-5m");
    assert_eq!(make(&world, &other).await.body["itemNumber"], "N0010");
    let line = with(item(), "number", "N0009");
    assert_eq!(world.post(&capture(1, &json!([line]))).await.status, 201);
}

#[tokio::test]
async fn item_reference_5777_makes_a_repeat_find_the_first_item() {
    let world = World::start().await;
    make(&world, &cable()).await;
    let mut repeated = cable();
    repeated["vendorItemNumber"] = json!("PC-2M");
    let answer = make(&world, &repeated).await;
    assert_eq!(
        (answer.status, &answer.body["created"]),
        (201, &json!(false))
    );
    assert_eq!(answer.body["itemNumber"], "N0009");
    let matches = world
        .filter(
            "itemMatches",
            "vendorNumber eq 'V10060' and supplierPartId eq 'pc-2m'",
        )
        .await;
    assert_eq!(
        matches.column("matchedBy"),
        ["ItemReference", "VendorItemNo"]
    );
}

#[tokio::test]
async fn without_the_permission_set_for_items_the_page_is_refused() {
    let world = World::start().await;
    let answer = world.post_to("newItems", BUYER, &cable()).await;
    assert_eq!(
        (answer.status, answer.code()),
        (403, "Internal_ServerError")
    );
    assert!(answer.message().contains("Page 50108"), "{:?}", answer.body);
}

#[tokio::test]
async fn what_cannot_be_made_says_why() {
    let world = World::start().await;
    for (property, value, code) in [
        ("templateCode", "", "Application_FieldValidationException"),
        ("description", " ", "Application_FieldValidationException"),
        ("vendorNumber", "V99999", "Internal_RecordNotFound"),
        ("templateCode", "NOTHING", "Internal_RecordNotFound"),
        ("templateCode", "SPECIAL", "Application_DialogException"),
        ("itemNumber", "1", "BadRequest_InvalidOperation"),
    ] {
        let mut sent = cable();
        sent[property] = json!(value);
        let answer = make(&world, &sent).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, code),
            "{property}={value}"
        );
    }
}
