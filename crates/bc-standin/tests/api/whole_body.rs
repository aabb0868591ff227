//! What the platform refuses before any business logic runs.

use serde_json::{Value, json};

use crate::world::{World, capture, item};

async fn refusal(change: impl FnOnce(&mut Value)) -> (u16, String, String) {
    let world = World::start().await;
    let mut sent = capture(1, &json!([item()]));
    change(&mut sent);
    let answer = world.post(&sent).await;
    assert!(world.lines().await.is_empty());
    (
        answer.status,
        answer.code().to_owned(),
        answer.message().to_owned(),
    )
}

#[tokio::test]
async fn a_value_that_is_too_long_is_refused_and_not_cut() {
    let (status, code, message) =
        refusal(|sent| sent["journalBatchName"] = json!("ELEVEN-CHAR")).await;
    assert_eq!(
        (status, code.as_str()),
        (400, "Application_StringExceededLength")
    );
    assert_eq!(
        message,
        "The length of the string is 11, but it must be less than or equal to 10 characters. \
         Value: ELEVEN-CHAR"
    );
}

#[tokio::test]
async fn a_value_of_another_type_is_a_bad_request() {
    for (name, value) in [
        ("lineCount", json!("1")),
        ("lineCount", json!(1.5)),
        ("lines", json!([])),
        ("id", json!("not-a-guid")),
        ("capturedAt", json!("yesterday")),
        ("supplierHost", json!(null)),
    ] {
        let (status, code, message) = refusal(|sent| sent[name] = value).await;
        assert_eq!((status, code.as_str()), (400, "BadRequest"), "{name}");
        assert!(message.contains(name), "{message}");
    }
}

#[tokio::test]
async fn an_unknown_property_is_a_bad_request_and_a_kept_one_is_read_only() {
    let (_, code, message) = refusal(|sent| sent["lineTotal"] = json!(1)).await;
    assert_eq!(code, "BadRequest");
    assert!(
        message.contains("The property 'lineTotal' does not exist"),
        "{message}"
    );
    let (_, code, message) = refusal(|sent| sent["status"] = json!("Posted")).await;
    assert_eq!(code, "BadRequest_InvalidOperation");
    assert_eq!(message, "Control 'status' is read-only.");
}

#[tokio::test]
async fn a_mandatory_property_must_have_a_value() {
    for name in [
        "id",
        "worksheetTemplateName",
        "journalBatchName",
        "supplierHost",
        "capturedAt",
        "lineCount",
        "linesSha256",
    ] {
        let (status, code, _) = refusal(|sent| {
            sent.as_object_mut().unwrap().remove(name);
        })
        .await;
        assert_eq!(
            (status, code.as_str()),
            (400, "Application_FieldValidationException"),
            "{name}"
        );
    }
}

/// `lines` is no field of a table, so that no TestField can ask for it.
#[tokio::test]
async fn lines_must_have_a_value_too() {
    let (status, code, message) = refusal(|sent| sent["lines"] = json!("")).await;
    assert_eq!(
        (status, code.as_str()),
        (400, "Application_DialogException")
    );
    assert!(
        message.starts_with("Lines must have a value in Punchout Capture"),
        "{message}"
    );
}

#[tokio::test]
async fn lines_that_differ_from_their_digest_or_count_are_refused() {
    let (_, code, message) = refusal(|sent| {
        sent["lines"] = json!(sent["lines"].as_str().unwrap().replace("12.9", "12.8"));
    })
    .await;
    assert_eq!(code, "Application_DialogException");
    assert!(message.contains("SHA-256"), "{message}");
    let (_, code, message) = refusal(|sent| sent["lineCount"] = json!(2)).await;
    assert_eq!(code, "Application_DialogException");
    assert_eq!(message, "The capture has 1 lines, but lineCount is 2.");
}

#[tokio::test]
async fn the_digest_is_of_the_text_as_it_was_sent() {
    let world = World::start().await;
    let spaced = "[ {\"kind\":\"Note\", \"description\":\"Grüezi \\u2713\"} ]";
    let mut sent = capture(1, &json!([]));
    sent["lines"] = json!(spaced);
    sent["lineCount"] = json!(1);
    sent["linesSha256"] = json!("0".repeat(64));
    assert_eq!(world.post(&sent).await.status, 400);
    let digest = <sha2::Sha256 as sha2::Digest>::digest(spaced);
    sent["linesSha256"] = json!(format!("{digest:x}"));
    assert_eq!(world.post(&sent).await.status, 201);
}

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_a_bad_request() {
    let world = World::start().await;
    for body in ["", "{", "[]", "\"capture\""] {
        let mut call = world.posting(&Value::Null);
        call.body = body.to_owned();
        let answer = world.send(&call).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "BadRequest"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_body_of_another_content_type_is_a_bad_request() {
    let world = World::start().await;
    let mut call = world.posting(&capture(1, &json!([item()])));
    call.headers[1].1 = "text/plain".to_owned();
    assert_eq!(world.send(&call).await.code(), "BadRequest");
    call.headers[1].1 = "application/json; charset=utf-8".to_owned();
    assert_eq!(world.send(&call).await.status, 201);
}

#[tokio::test]
async fn a_read_only_intent_cannot_post() {
    let world = World::start().await;
    let mut call = world.posting(&capture(1, &json!([item()])));
    call.headers
        .push(("Data-Access-Intent", "ReadOnly".to_owned()));
    assert_eq!(world.send(&call).await.code(), "BadRequest");
}
