//! `$batch` and deep inserts: why the app takes a whole capture in one property of one POST. Each test is named after
//! the source of the trap.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::world::{COMPANY, ROUTE, World, capture, id, item, with};

fn operation(number: u128, capture: &Value) -> Value {
    json!({
        "id": number.to_string(), "method": "POST", "url": format!("companies({COMPANY})/captures"),
        "headers": { "Content-Type": "application/json" }, "body": capture,
    })
}

fn good(number: u128) -> Value {
    operation(number, &capture(number, &json!([item()])))
}

fn bad(number: u128) -> Value {
    let line = with(item(), "vendorNumber", "V99999");
    operation(number, &capture(number, &json!([line])))
}

async fn batch(world: &World, header: (&'static str, &str), operations: &[Value]) -> Answer {
    let mut call = world.call("POST", format!("{ROUTE}/$batch"));
    call.headers.push((header.0, header.1.to_owned()));
    call.body = json!({ "requests": operations }).to_string();
    world.send(&call).await
}

const ALONE: (&str, &str) = ("Accept", "application/json");
const SNAPSHOT: (&str, &str) = ("Isolation", "snapshot");

fn statuses(answer: &Answer) -> Vec<u64> {
    let responses = answer.body["responses"].as_array().unwrap();
    responses
        .iter()
        .map(|response| response["status"].as_u64().unwrap())
        .collect()
}

async fn is_stored(world: &World, number: u128) -> bool {
    world.get(&format!("captures({})", id(number))).await.status == 200
}

#[tokio::test]
async fn use_odata_batch_stops_at_the_first_failure_and_keeps_what_came_before() {
    let world = World::start().await;
    let answer = batch(&world, ALONE, &[good(1), bad(2), good(3)]).await;
    assert_eq!((answer.status, statuses(&answer)), (200, vec![201, 400]));
    assert!(is_stored(&world, 1).await && !is_stored(&world, 3).await);
}

#[tokio::test]
async fn use_odata_batch_goes_on_after_an_error_where_asked_to() {
    let world = World::start().await;
    let prefer = ("Prefer", "odata.continue-on-error");
    let answer = batch(&world, prefer, &[bad(1), good(2)]).await;
    assert_eq!(statuses(&answer), [400, 201]);
    assert!(is_stored(&world, 2).await);
}

#[tokio::test]
async fn memberjunction_a_rolled_back_operation_still_answers_201() {
    let world = World::start().await;
    let answer = batch(&world, SNAPSHOT, &[good(1), bad(2), good(3)]).await;
    assert_eq!(
        (answer.status, statuses(&answer)),
        (200, vec![201, 400, 201])
    );
    assert_eq!(
        answer.body["responses"][0]["body"]["id"],
        id(1),
        "with a real id"
    );
    assert!(!is_stored(&world, 1).await && !is_stored(&world, 3).await);
    assert!(world.lines().await.is_empty());
}

#[tokio::test]
async fn memberjunction_a_failure_of_the_first_operation_gives_one_answer() {
    let world = World::start().await;
    let answer = batch(&world, SNAPSHOT, &[bad(1), good(2)]).await;
    assert_eq!(statuses(&answer), [400]);
    assert!(!is_stored(&world, 2).await);
}

#[tokio::test]
async fn daniels_notes_a_type_error_takes_nothing_back() {
    let world = World::start().await;
    let mut malformed = capture(2, &json!([item()]));
    malformed["lineCount"] = json!("one");
    let answer = batch(&world, SNAPSHOT, &[good(1), operation(2, &malformed)]).await;
    assert_eq!(statuses(&answer), [201, 400]);
    assert!(is_stored(&world, 1).await, "in spite of the snapshot");
}

#[tokio::test]
async fn demiliani_a_batch_of_101_operations_is_refused_as_a_whole() {
    let world = World::start().await;
    let operations: Vec<Value> = (1..=101).map(good).collect();
    let answer = batch(&world, ALONE, &operations).await;
    assert_eq!((answer.status, answer.code()), (500, "Unknown"));
    assert!(world.lines().await.is_empty());
}

/// A repeated deep insert with a known header can answer 201 and append its lines. `lines` is a text here, so that there
/// is nothing to append to.
#[tokio::test]
async fn community_26cf77ee_a_repeated_post_appends_no_lines() {
    let world = World::start().await;
    let sent = capture(1, &json!([item(), item()]));
    world.post(&sent).await;
    let again = world.post(&sent).await;
    assert_eq!(
        (again.status, again.code()),
        (400, "Internal_EntityWithSameKeyExists")
    );
    assert_eq!(world.lines().await.len(), 2);
    let mut deep = capture(2, &json!([item()]));
    deep["lines"] = json!([item()]);
    assert_eq!(world.post(&deep).await.code(), "BadRequest");
    assert_eq!(world.lines().await.len(), 2);
}
