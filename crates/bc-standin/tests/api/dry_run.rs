//! `captureChecks`: codeunit "PUN Capture Check" of the app.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::world::{BUYER, World, capture, id, item, note, with};

async fn checked(world: &World, sent: &Value) -> Answer {
    world.post_to("captureChecks", BUYER, sent).await
}

fn problems(answer: &Answer) -> Value {
    serde_json::from_str(answer.body["problems"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_good_capture_has_no_problems_and_nothing_is_stored() {
    let world = World::start().await;
    let sent = capture(1, &json!([item(), note()]));
    let answer = checked(&world, &sent).await;
    assert_eq!(
        (answer.status, &answer.body["problems"]),
        (201, &json!("[]"))
    );
    for property in [
        "id",
        "supplierHost",
        "capturedAt",
        "lineCount",
        "linesSha256",
    ] {
        assert_eq!(answer.body[property], sent[property], "{property}");
    }
    assert_eq!(
        answer.body["lines"], "",
        "the text of the cart does not go out again"
    );
    assert!(world.lines().await.is_empty());
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 404);
    assert_eq!(world.post(&sent).await.status, 201, "its id is still free");
}

#[tokio::test]
async fn every_problem_of_every_line_is_named_with_its_line() {
    let world = World::start().await;
    let bad = with(with(item(), "quantity", "0"), "currencyCode", "QQQ");
    let lines = json!([bad, item(), with(item(), "number", "9999")]);
    let answer = checked(&world, &capture(1, &lines)).await;
    assert_eq!(
        problems(&answer),
        json!([
            { "line": 1, "message": "Quantity must be greater than 0." },
            { "line": 1, "message": "The Currency 'QQQ' does not exist." },
            { "line": 3, "message": "The Item '9999' does not exist." },
        ])
    );
}

#[tokio::test]
async fn what_concerns_the_whole_capture_is_an_error_as_it_is_for_captures() {
    let world = World::start().await;
    for (property, value) in [
        ("journalBatchName", "NOWHERE"),
        ("journalBatchName", "APPROVAL"),
        ("linesSha256", "0"),
        ("supplierHost", ""),
        ("lines", ""),
    ] {
        let mut sent = capture(1, &json!([item()]));
        sent[property] = json!(value);
        let (dry, wet) = (checked(&world, &sent).await, world.post(&sent).await);
        assert_eq!(
            (dry.status, dry.code(), dry.message()),
            (wet.status, wet.code(), wet.message()),
            "{property}"
        );
        assert_eq!(dry.status, 400, "{property}");
    }
}

#[tokio::test]
async fn team_member_cannot_insert_requisition_lines_and_the_dry_run_says_so_for_each_line() {
    let world = World::start().await;
    let sent = capture(1, &json!([item(), note()]));
    let answer = world
        .post_to("captureChecks", "tom.team@example.test", &sent)
        .await;
    let found = problems(&answer);
    assert_eq!(found.as_array().unwrap().len(), 2);
    let message = found[1]["message"].as_str().unwrap();
    assert!(message.contains("Requisition Line Insert"), "{message}");
    let refused = world.post_as("tom.team@example.test", &sent).await;
    assert_eq!(
        (refused.status, refused.code()),
        (403, "Internal_ServerError")
    );
}

#[tokio::test]
async fn checks_are_not_kept() {
    let world = World::start().await;
    checked(&world, &capture(1, &json!([item()]))).await;
    assert_eq!(world.get("captureChecks").await.body["value"], json!([]));
}
