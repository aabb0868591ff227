//! What a request may be, who may send it, and how it is refused.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::scene::{API, Reply, Scene, metadata, metadata_with};

#[tokio::test]
async fn a_field_too_many_is_refused_and_nothing_stored() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    for field in ["lines", "cart", "url", "total", "Captured_at"] {
        let body = metadata_with(field, json!("x"));
        assert_eq!(
            tenant.put(Uuid::new_v4(), &body).await.error(),
            (422, "invalid_body"),
            "{field}"
        );
    }
    assert_eq!(tenant.account().await, [1, 0, 1]);
}

#[tokio::test]
async fn a_field_too_few_is_refused() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    for field in ["captured_at", "vendor_host", "line_count"] {
        let mut body = metadata();
        body.as_object_mut().unwrap().remove(field);
        assert_eq!(
            tenant.put(Uuid::new_v4(), &body).await.error(),
            (422, "invalid_body"),
            "{field}"
        );
    }
}

#[tokio::test]
async fn a_field_twice_is_refused() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let body = metadata().to_string().replace('{', r#"{"line_count":1,"#);
    assert_eq!(
        tenant.put_text(Uuid::new_v4(), &body).await.error(),
        (422, "invalid_body")
    );
}

#[tokio::test]
async fn a_capture_has_from_one_to_ten_thousand_lines() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(9).await;
    for count in [json!(1), json!(10_000)] {
        let reply = tenant
            .put(Uuid::new_v4(), &metadata_with("line_count", count))
            .await;
        assert_eq!(reply.status, 201);
    }
    for count in [
        json!(0),
        json!(10_001),
        json!(-1),
        json!(1.5),
        json!("3"),
        json!(u64::MAX),
        Value::Null,
    ] {
        let reply = tenant
            .put(Uuid::new_v4(), &metadata_with("line_count", count.clone()))
            .await;
        assert_eq!(reply.error(), (422, "invalid_body"), "{count}");
    }
}

#[tokio::test]
async fn captured_at_is_a_moment_as_in_rfc_3339() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    for moment in [
        json!("yesterday"),
        json!("2027-01-15"),
        json!("2027-01-15T08:00:00"),
        json!(0),
    ] {
        let reply = tenant
            .put(
                Uuid::new_v4(),
                &metadata_with("captured_at", moment.clone()),
            )
            .await;
        assert_eq!(reply.error(), (422, "invalid_body"), "{moment}");
    }
}

#[tokio::test]
async fn vendor_host_is_a_host_name_alone() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    for host in [
        "",
        "https://shop.example",
        "shop.example/cart",
        "shop.example:8443",
        "10 x drill",
    ] {
        let reply = tenant
            .put(Uuid::new_v4(), &metadata_with("vendor_host", json!(host)))
            .await;
        assert_eq!(reply.error(), (422, "invalid_body"), "{host}");
        assert!(
            reply.body["error"]["message"]
                .as_str()
                .unwrap()
                .contains("host name"),
            "{reply:?}"
        );
    }
}

#[tokio::test]
async fn a_body_beyond_one_kibibyte_is_refused() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(2).await;
    let padded = |length: usize| {
        let body = metadata().to_string();
        body.replacen('{', &format!("{{{}", " ".repeat(length - body.len())), 1)
    };
    assert_eq!(
        tenant.put_text(Uuid::new_v4(), &padded(1024)).await.status,
        201
    );
    let reply = tenant.put_text(Uuid::new_v4(), &padded(1025)).await;
    assert_eq!(reply.error(), (413, "body_too_large"));
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    assert_eq!(
        tenant.put_text(Uuid::new_v4(), "{").await.error(),
        (400, "invalid_json")
    );
    assert_eq!(
        tenant.put_text(Uuid::new_v4(), "[]").await.error(),
        (422, "invalid_body")
    );
    let path = format!("/v1/captures/{}", Uuid::new_v4());
    let form = tenant
        .request(Method::PUT, &path)
        .body(metadata().to_string());
    assert_eq!(Reply::of(form).await.error(), (415, "json_expected"));
}

#[tokio::test]
async fn a_capture_id_is_a_uuid_in_any_case() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let reply = Reply::of(tenant.request(Method::POST, "/v1/captures/1/confirm")).await;
    assert_eq!(reply.error(), (400, "invalid_capture_id"));
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    let path = format!(
        "/v1/captures/{}/confirm",
        capture.to_string().to_uppercase()
    );
    let reply = Reply::of(tenant.request(Method::POST, &path)).await;
    assert_eq!(reply.body["id"], json!(capture));
}

#[tokio::test]
async fn every_route_but_health_needs_a_token() {
    let scene = Scene::new().await;
    let capture = Uuid::new_v4();
    for (method, path) in [
        (Method::GET, "/v1/account".to_owned()),
        (Method::GET, "/v1/captures".to_owned()),
        (Method::PUT, format!("/v1/captures/{capture}")),
        (Method::POST, format!("/v1/captures/{capture}/confirm")),
        (Method::POST, format!("/v1/captures/{capture}/release")),
    ] {
        let reply = Reply::of(scene.request(method.clone(), &path)).await;
        assert_eq!(reply.error(), (401, "invalid_token"), "{method} {path}");
        assert_eq!(
            reply.challenge.as_deref(),
            Some("Bearer"),
            "{method} {path}"
        );
    }
    let health = Reply::of(scene.request(Method::GET, "/health")).await;
    assert_eq!(
        (health.status, health.body),
        (200, json!({ "status": "ok" }))
    );
}

#[tokio::test]
async fn a_token_that_is_not_good_is_refused_with_its_reason() {
    let scene = Scene::new().await;
    let expired = scene.token(&json!({ "exp": 1 }));
    let elsewhere = scene.token(&json!({ "aud": "api://other" }));
    let forger = test_issuer::SigningKey::p256("first").unwrap();
    let forged = forger.sign(&forger.header(), &scene.issuer.claims(API));
    for (token, reason) in [
        (expired, "the token has expired"),
        (elsewhere, "the token is for another audience"),
        (forged, "the token's signature is not valid"),
    ] {
        let reply = Reply::of(scene.request(Method::GET, "/v1/account").bearer_auth(token)).await;
        assert_eq!(reply.error(), (401, "invalid_token"));
        let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{reason}\"");
        assert_eq!(reply.challenge, Some(challenge));
    }
}

#[tokio::test]
async fn a_token_without_a_tenant_has_its_subjects_account() {
    let scene = Scene::new().await;
    let mut person = scene.tenant(0).await;
    person.id = "a-person".to_owned();
    person.token = scene.token(&json!({ "sub": "a-person" }));
    person.grant(4).await;
    assert_eq!(person.account().await, [4, 0, 4]);
    person.token = scene.token(&json!({ "sub": "another-person" }));
    assert_eq!(person.account().await, [0, 0, 0]);
}

#[tokio::test]
async fn the_accounts_claim_can_be_configured() {
    let scene = Scene::with_account_claim("organisation").await;
    let mut tenant = scene.tenant(3).await;
    tenant.token = scene.token(&json!({ "organisation": tenant.id, "tid": "something else" }));
    assert_eq!(tenant.account().await, [3, 0, 3]);
}

#[tokio::test]
async fn captures_are_listed_newest_first_with_nothing_but_metadata() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(2).await;
    let (older, newer) = (Uuid::new_v4(), Uuid::new_v4());
    tenant.put(older, &metadata()).await;
    scene.clock.advance(std::time::Duration::from_secs(1));
    tenant
        .put(newer, &metadata_with("line_count", json!(7)))
        .await;
    tenant.confirm(older).await;
    let expected = json!({ "captures": [
        { "id": newer, "captured_at": "2027-01-15T08:00:00Z", "vendor_host": "shop.example",
          "line_count": 7, "state": "held" },
        { "id": older, "captured_at": "2027-01-15T08:00:00Z", "vendor_host": "shop.example",
          "line_count": 3, "state": "confirmed" },
    ], "next": null });
    assert_eq!(tenant.get("/v1/captures").await.body, expected);
}

#[tokio::test]
async fn pages_hold_every_capture_once_even_those_of_one_moment() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(7).await;
    let mut put = Vec::new();
    for number in 0..7 {
        let capture = Uuid::new_v4();
        tenant.put(capture, &metadata()).await;
        put.push(capture.to_string());
        if number == 3 {
            scene.clock.advance(std::time::Duration::from_secs(1));
        }
    }
    let (mut listed, mut path) = (Vec::new(), "/v1/captures?limit=3".to_owned());
    let mut pages = 0;
    loop {
        let page = tenant.get(&path).await.body;
        pages += 1;
        let ids = page["captures"].as_array().unwrap().iter();
        listed.extend(ids.map(|capture| capture["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/captures?limit=3&after={next}");
    }
    assert_eq!(pages, 3);
    let newest: std::collections::BTreeSet<_> = put.split_off(4).into_iter().collect();
    assert_eq!(
        listed[..3]
            .iter()
            .cloned()
            .collect::<std::collections::BTreeSet<_>>(),
        newest
    );
    listed[3..].sort();
    put.sort();
    assert_eq!(listed[3..], put[..]);
}

#[tokio::test]
async fn a_query_that_means_nothing_is_refused() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(0).await;
    for query in [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "after=x",
        "after=1.x",
        "page=2",
    ] {
        let reply = tenant.get(&format!("/v1/captures?{query}")).await;
        assert_eq!(reply.error(), (400, "invalid_query"), "{query}");
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_answered_as_errors() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(0).await;
    assert_eq!(
        tenant.get("/v2/account").await.error(),
        (404, "unknown_route")
    );
    let reply = Reply::of(tenant.request(Method::DELETE, "/health")).await;
    assert_eq!(reply.error(), (405, "method_not_allowed"));
}

#[tokio::test]
async fn answers_are_never_cached() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(0).await;
    for path in ["/v1/account", "/v1/captures", "/v1/nothing"] {
        assert_eq!(
            tenant.get(path).await.cache_control.as_deref(),
            Some("no-store"),
            "{path}"
        );
    }
}
