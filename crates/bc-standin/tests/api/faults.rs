use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::http::send;
use crate::world::{World, capture, id, item};

fn on_post(fault: Value) -> Value {
    json!({ "match": { "method": "POST", "path_contains": "captures" }, "fault": fault })
}

#[tokio::test]
async fn cut_before_commit_gives_no_answer_and_stores_nothing() {
    let world = World::start().await;
    world
        .fault(on_post(json!({ "cut": "before_commit" })))
        .await;
    let call = world.posting(&capture(1, &json!([item()])));
    assert!(send(world.standin.api, &call).await.is_none());
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 404);
}

#[tokio::test]
async fn cut_after_commit_gives_no_answer_and_the_capture_is_there() {
    let world = World::start().await;
    world.fault(on_post(json!({ "cut": "after_commit" }))).await;
    let call = world.posting(&capture(1, &json!([item()])));
    assert!(send(world.standin.api, &call).await.is_none());
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 200);
    let again = world.send(&call).await;
    assert_eq!(again.code(), "Internal_EntityWithSameKeyExists");
    assert_eq!(world.lines().await.len(), 1);
}

#[tokio::test]
async fn a_cut_closes_even_a_connection_that_would_be_kept() {
    let world = World::start().await;
    world.fault(on_post(json!({ "cut": "after_commit" }))).await;
    let mut call = world.posting(&capture(1, &json!([item()])));
    call.headers.push(("Connection", "keep-alive".to_owned()));
    assert!(send(world.standin.api, &call).await.is_none());
}

#[tokio::test]
async fn an_idle_connection_does_not_keep_the_stand_in_from_stopping() {
    let world = World::start().await;
    let idle = TcpStream::connect(world.standin.api).await.unwrap();
    assert_eq!(world.get("vendors").await.status, 200);
    world.standin.stop().await.unwrap();
    drop(idle);
}

#[tokio::test]
async fn a_status_comes_with_code_message_and_retry_after() {
    let world = World::start().await;
    let fault = json!({
        "status": 429, "code": "Application_TooManyRequests", "message": "Slow down.",
        "retry_after": 7,
    });
    world.fault(json!({ "fault": fault })).await;
    let answer = world.get("vendors").await;
    assert_eq!(
        (answer.status, answer.code()),
        (429, "Application_TooManyRequests")
    );
    assert_eq!(answer.message(), "Slow down.");
    assert_eq!(answer.header("retry-after"), Some("7"));
    assert_eq!(world.get("vendors").await.status, 200, "once is once");
}

#[tokio::test]
async fn a_gateway_time_out_can_hide_a_commit() {
    let world = World::start().await;
    let fault = json!({
        "status": 504, "code": "Unknown", "message": "Gateway time-out.", "when": "after_commit",
    });
    world.fault(on_post(fault)).await;
    assert_eq!(world.post(&capture(1, &json!([item()]))).await.status, 504);
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 200);
}

#[tokio::test]
async fn a_client_that_leaves_during_a_delay_has_still_posted() {
    let world = World::start().await;
    world
        .fault(on_post(json!({ "delay_ms": 100, "when": "before" })))
        .await;
    let call = world.posting(&capture(1, &json!([item()])));
    let mut stream = TcpStream::connect(world.standin.api).await.unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\n{}: {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{}",
        call.target,
        call.headers[0].0,
        call.headers[0].1,
        call.body.len(),
        call.body
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The rule is used up once the request has been taken; only then does the client leave.
    while world.admin("GET", "/faults", &Value::Null).await.body != json!([]) {
        tokio::task::yield_now().await;
    }
    drop(stream);
    while world.lines().await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.get(&format!("captures({})", id(1))).await.status, 200);
}

#[tokio::test]
async fn a_delay_after_commit_answers_in_the_end() {
    let world = World::start().await;
    world
        .fault(on_post(json!({ "delay_ms": 50, "when": "after_commit" })))
        .await;
    assert_eq!(world.post(&capture(1, &json!([item()]))).await.status, 201);
}

#[tokio::test]
async fn a_slow_body_arrives_whole() {
    let world = World::start().await;
    let fault = json!({ "slow_body": { "chunk_bytes": 64, "pause_ms": 1 } });
    world.fault(json!({ "fault": fault })).await;
    let answer = world.get("vendors").await;
    assert!(
        answer
            .head
            .to_lowercase()
            .contains("transfer-encoding: chunked")
    );
    assert_eq!(answer.column("number").len(), 10);
}

#[tokio::test]
async fn without_the_extension_its_route_is_unknown() {
    let world = World::start().await;
    world
        .fault(json!({ "times": "forever", "fault": { "extension": "not_installed" } }))
        .await;
    for _ in 0..2 {
        let answer = world.get("worksheets").await;
        assert_eq!(
            (answer.status, answer.code()),
            (404, "BadRequest_ResourceNotFound")
        );
        assert_eq!(
            answer.message(),
            "Resource not found for the segment 'punchout'."
        );
    }
    let environments = world.send(&world.call("GET", "/environments/v1.2")).await;
    assert_eq!(environments.status, 200);
    assert_eq!(
        world.admin("DELETE", "/faults", &Value::Null).await.status,
        204
    );
    assert_eq!(world.get("worksheets").await.status, 200);
}

#[tokio::test]
async fn a_fault_strikes_only_what_it_matches_and_only_so_often() {
    let world = World::start().await;
    let fault = json!({ "status": 503, "code": "Internal_TenantUnavailable", "message": "Later." });
    let rule = json!({
        "match": { "method": "GET", "path_contains": "/items" }, "times": 2, "fault": fault,
    });
    world.fault(rule).await;
    assert_eq!(world.get("vendors").await.status, 200);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(world.get("items").await.status);
    }
    assert_eq!(statuses, [503, 503, 200]);
}

#[tokio::test]
async fn a_fault_that_is_not_understood_is_refused_with_the_forms_there_are() {
    let world = World::start().await;
    let answer = world
        .admin(
            "POST",
            "/faults",
            &json!([{ "fault": { "explode": true } }]),
        )
        .await;
    assert_eq!(answer.status, 400);
    let error = answer.body["error"].as_str().unwrap();
    assert!(
        error.contains("{cut: before_commit|after_commit}"),
        "{error}"
    );
}

#[tokio::test]
async fn requests_are_logged_without_queries_and_bodies() {
    let world = World::start().await;
    world
        .fault(on_post(json!({ "cut": "before_commit" })))
        .await;
    let call = world.posting(&capture(1, &json!([item()])));
    assert!(send(world.standin.api, &call).await.is_none());
    world.get("vendors?$filter=number%20eq%20'secret'").await;
    let log = world.admin("GET", "/requests", &Value::Null).await.body;
    assert_eq!(
        log[0]["status"],
        Value::Null,
        "a cut connection has no status"
    );
    assert_eq!(
        (&log[1]["method"], &log[1]["status"]),
        (&json!("GET"), &json!(200))
    );
    let text = log.to_string();
    assert!(
        !text.contains("secret") && !text.contains("Whiteboard"),
        "{text}"
    );
}

#[tokio::test]
async fn captures_keep_their_lines_for_the_administrator() {
    let world = World::start().await;
    let sent = capture(1, &json!([item()]));
    world.post(&sent).await;
    let captures = world.admin("GET", "/captures", &Value::Null).await.body;
    assert_eq!(captures[0]["capture"]["lines"], sent["lines"]);
    assert_eq!(captures[0]["userName"], "ANNA.BUYER");
}
