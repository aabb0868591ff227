use std::time::Duration;

use bearer::Settings;
use serde_json::{Value, json};
use test_issuer::{Issuer, now};

use crate::http::Call;
use crate::world::{AUDIENCE, BUYER, COMPANY, ROUTE, World, capture, id, item};

async fn refused(world: &World, authorization: Option<String>) {
    let call = Call {
        method: "GET",
        target: format!("{ROUTE}/companies"),
        headers: authorization
            .map(|value| ("Authorization", value))
            .into_iter()
            .collect(),
        body: String::new(),
    };
    let answer = world.send(&call).await;
    assert_eq!(
        (answer.status, answer.code()),
        (401, "Authentication_InvalidCredentials")
    );
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

fn claims(world: &World) -> Value {
    let mut claims = world.issuer.claims(AUDIENCE);
    claims["preferred_username"] = json!(BUYER);
    claims
}

#[tokio::test]
async fn without_a_token_nothing_is_read() {
    let world = World::start().await;
    refused(&world, None).await;
    refused(&world, Some("Basic YW5uYTpzZWNyZXQ=".to_owned())).await;
    refused(&world, Some("Bearer not.a.token".to_owned())).await;
}

#[tokio::test]
async fn a_token_for_another_audience_is_refused() {
    let world = World::start().await;
    let mut claims = claims(&world);
    claims["aud"] = json!("https://credits.example.test");
    refused(
        &world,
        Some(format!("Bearer {}", world.issuer.token(&claims))),
    )
    .await;
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    let world = World::start().await;
    let other = Issuer::start().await.unwrap();
    let mut claims = other.claims(AUDIENCE);
    claims["preferred_username"] = json!(BUYER);
    refused(&world, Some(format!("Bearer {}", other.token(&claims)))).await;
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let world = World::start().await;
    let mut claims = claims(&world);
    claims["exp"] = json!(now() - 3_600);
    refused(
        &world,
        Some(format!("Bearer {}", world.issuer.token(&claims))),
    )
    .await;
}

#[tokio::test]
async fn a_user_without_a_licence_is_refused() {
    let world = World::start().await;
    let token = world.token_of("nina.nolicence@example.test");
    refused(&world, Some(format!("Bearer {token}"))).await;
}

#[tokio::test]
async fn a_user_that_the_tenant_does_not_know_is_refused() {
    let world = World::start().await;
    let token = world.token_of("stranger@example.test");
    refused(&world, Some(format!("Bearer {token}"))).await;
}

#[tokio::test]
async fn a_reader_reads_but_cannot_post() {
    let world = World::start().await;
    let reader = "rolf.reader@example.test";
    let answer = world.post_as(reader, &capture(1, &json!([item()]))).await;
    assert_eq!(
        (answer.status, answer.code()),
        (403, "Internal_ServerError")
    );
    assert_eq!(
        answer.message(),
        "Sorry, the current permissions prevented the action. \
         (TableData 246 Requisition Line Insert: Base Application)"
    );
    assert!(world.lines().await.is_empty());
    let missing = world.get(&format!("captures({})", id(1))).await;
    assert_eq!(missing.status, 404, "nothing of the capture is kept");

    let mut call = world.call("GET", format!("{ROUTE}/companies({COMPANY})/vendors"));
    call.headers[0].1 = format!("Bearer {}", world.token_of(reader));
    assert_eq!(world.send(&call).await.status, 200);
}

#[tokio::test]
async fn rights_change_while_it_runs() {
    let world = World::start().await;
    let user = json!({ "login": "Rolf.Reader@example.test", "userName": "ROLF", "rights": "full" });
    assert_eq!(world.admin("POST", "/users", &user).await.status, 204);
    let answer = world
        .post_as("rolf.reader@example.test", &capture(1, &json!([item()])))
        .await;
    assert_eq!(answer.status, 201);
    assert_eq!(world.lines().await[0]["requesterId"], "ROLF");
}

#[tokio::test]
async fn a_user_may_be_known_by_subject() {
    let world = World::start().await;
    let user = json!({ "login": "subject-1", "userName": "SUBJECT", "rights": "full" });
    assert_eq!(world.admin("POST", "/users", &user).await.status, 204);
    let mut call = world.call("GET", format!("{ROUTE}/companies"));
    let token = world.issuer.token(&world.issuer.claims(AUDIENCE));
    call.headers[0].1 = format!("Bearer {token}");
    assert_eq!(world.send(&call).await.status, 200);
}

#[tokio::test]
async fn while_the_issuers_keys_cannot_be_read_the_answer_is_later() {
    let world = World::start_trusting("memory", 100, |settings| Settings {
        key_max_age: Duration::ZERO,
        key_refresh_interval: Duration::ZERO,
        ..settings
    })
    .await;
    world.issuer.fail();
    let answer = world
        .send(&world.call("GET", format!("{ROUTE}/companies")))
        .await;
    assert_eq!(answer.status, 503, "{:?}", answer.body);
}
