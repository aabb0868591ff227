//! What each account may ask, and what the operator sees.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use credit_service::http::RateLimit;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::scene::{Reply, Scene, metadata, with_json};

#[tokio::test]
async fn an_account_that_asks_too_often_is_told_when_to_come_back() {
    let limit = RateLimit::per_minute(NonZeroU32::new(3).unwrap());
    let scene = Scene::with(|service| service.rate_limit = Some(Arc::new(limit))).await;
    let (tenant, other) = (scene.tenant(9).await, scene.tenant(9).await);
    for _ in 0..3 {
        assert_eq!(tenant.get("/v1/account").await.status, 200);
    }
    let refused = tenant.put(Uuid::new_v4(), &metadata()).await;
    assert_eq!(refused.error(), (429, "too_many_requests"));
    let wait = refused.retry_after.unwrap().parse().unwrap();
    assert_eq!(other.get("/v1/account").await.status, 200);
    scene.clock.advance(Duration::from_secs(wait));
    assert_eq!(tenant.get("/v1/account").await.status, 200);
}

#[tokio::test]
async fn metrics_count_requests_by_route_and_name_nobody() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.confirm(capture).await;
    tenant.put(Uuid::new_v4(), &metadata()).await;
    Reply::of(scene.request(Method::GET, "/v1/account")).await;
    Reply::of(scene.request(Method::from_bytes(b"INVENTED").unwrap(), "/nowhere")).await;
    let answer = scene.request(Method::GET, "/metrics").send().await.unwrap();
    let text = answer.text().await.unwrap();
    for line in [
        r#"credit_requests_total{method="PUT",route="/v1/captures/{capture_id}",status="201"} 1"#,
        r#"credit_requests_total{method="PUT",route="/v1/captures/{capture_id}",status="402"} 1"#,
        r#"credit_requests_total{method="GET",route="/v1/account",status="401"} 1"#,
        r#"credit_requests_total{method="other",route="(none)",status="404"} 1"#,
        r#"credit_request_seconds_count{route="/v1/captures/{capture_id}"} 2"#,
        r#"credit_request_seconds_bucket{route="/v1/captures/{capture_id}",le="+Inf"} 2"#,
        "credit_owed_total 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    for secret in [tenant.id.as_str(), &capture.to_string(), "shop.example"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn a_debit_that_is_owed_is_counted() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let (late, prompt) = (Uuid::new_v4(), Uuid::new_v4());
    tenant.put(late, &metadata()).await;
    tenant.release(late).await;
    tenant.put(prompt, &metadata()).await;
    tenant.confirm(prompt).await;
    tenant.confirm(late).await;
    tenant.confirm(late).await;
    let answer = scene.request(Method::GET, "/metrics").send().await.unwrap();
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("credit_owed_total 1\n")
    );
}

#[tokio::test]
async fn events_have_room_for_shop_outcome_and_number_and_nothing_else() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(0).await;
    let event = json!({ "vendor_host": "shop.example", "captures": 2, "outcome": "posted" });
    let send = |body: serde_json::Value| {
        Reply::of(with_json(tenant.request(Method::POST, "/v1/events"), &body))
    };
    assert_eq!(send(event.clone()).await.status, 204);
    assert_eq!(send(event.clone()).await.status, 204);
    let mut more = event.clone();
    more["description"] = json!("a cart's line");
    assert_eq!(send(more).await.error(), (422, "invalid_body"));
    let mut other = event;
    other["outcome"] = json!("lost");
    assert_eq!(send(other).await.error(), (422, "invalid_body"));
    let without = scene.request(Method::POST, "/v1/events").body("{}");
    assert_eq!(Reply::of(without).await.status, 401);
}
