//! The description of the API says what the code says.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use serde_json::Value;

#[test]
fn the_description_in_the_repository_is_the_codes() {
    let written: Value = serde_json::from_str(include_str!("../openapi.json")).unwrap();
    let own = serde_json::to_value(credit_service::http::openapi()).unwrap();
    let remedy = "write it anew: cargo run -p credit-service -- openapi > crates/credit-service/openapi.json";
    assert!(written == own, "{remedy}");
}

#[test]
fn every_body_that_is_sent_refuses_fields_it_does_not_know() {
    let own = serde_json::to_value(credit_service::http::openapi()).unwrap();
    for body in ["Metadata", "EventBody"] {
        let more = own.pointer(&format!("/components/schemas/{body}/additionalProperties"));
        assert_eq!(more, Some(&Value::Bool(false)), "{body}");
    }
}
