//! Credits that were paid, as Stripe tells.

use credit_service::clock::Clock as _;
use credit_service::http::SigningSecret;
use hmac::{Hmac, Mac as _};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use super::scene::{DAY, Reply, Scene};

const SECRET: &str = "whsec_test";

async fn scene() -> Scene {
    let secrets = ["whsec_next", SECRET].map(SigningSecret::new);
    Scene::with(|service| service.stripe_secrets = secrets.into()).await
}

fn signature(secret: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.{body}").as_bytes());
    let bytes = mac.finalize().into_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={hex},v0=00")
}

fn paid(account: &str, event: &str) -> Value {
    json!({
        "id": event, "object": "event", "type": "checkout.session.completed", "livemode": false,
        "data": { "object": {
            "id": "cs_1", "amount_total": 4900, "client_reference_id": account,
            "payment_status": "paid", "metadata": { "credits": "100" },
        } },
    })
}

async fn send(scene: &Scene, body: &str, signature: &str) -> Reply {
    let request = scene.request(Method::POST, "/v1/stripe/events");
    let request = request.header("stripe-signature", signature);
    Reply::of(request.body(body.to_owned())).await
}

async fn deliver(scene: &Scene, event: &Value) -> Reply {
    let body = event.to_string();
    let seconds = scene.clock.now().as_millis() / 1000;
    send(scene, &body, &signature(SECRET, seconds, &body)).await
}

#[tokio::test]
async fn what_was_paid_is_granted_once_however_often_it_is_told() {
    let scene = scene().await;
    let tenant = scene.tenant(0).await;
    for _ in 0..3 {
        let reply = deliver(&scene, &paid(&tenant.id, "evt_1")).await;
        assert_eq!((reply.status, &reply.body["granted"]), (200, &json!(true)));
    }
    assert_eq!(tenant.account().await, [100, 0, 100]);
    deliver(&scene, &paid(&tenant.id, "evt_2")).await;
    assert_eq!(tenant.account().await, [200, 0, 200]);
}

#[tokio::test]
async fn what_is_told_many_times_at_once_is_granted_once() {
    let scene = scene().await;
    let tenant = scene.tenant(0).await;
    let event = paid(&tenant.id, "evt_1");
    let (a, b, c) = tokio::join!(
        deliver(&scene, &event),
        deliver(&scene, &event),
        deliver(&scene, &event)
    );
    assert_eq!([a.status, b.status, c.status], [200; 3]);
    assert_eq!(tenant.account().await, [100, 0, 100]);
}

#[tokio::test]
async fn an_event_that_is_not_signed_now_by_this_endpoints_secret_is_refused() {
    let scene = scene().await;
    let tenant = scene.tenant(0).await;
    let body = paid(&tenant.id, "evt_1").to_string();
    let now = scene.clock.now().as_millis() / 1000;
    let good = signature(SECRET, now, &body);
    let of_another_body = signature(SECRET, now, "{}");
    let elapsed = signature(SECRET, now - 301, &body);
    let ahead = signature(SECRET, now + 301, &body);
    let foreign = signature("whsec_other", now, &body);
    let redated = good.replace(&format!("t={now}"), &format!("t={}", now - 1));
    let old_scheme = good.replace("v1=", "v0=");
    for bad in [
        "",
        "t=,v1=",
        "v1=00",
        "t=1",
        "t=1,v1=zz",
        &of_another_body,
        &elapsed,
        &ahead,
        &foreign,
        &redated,
        &old_scheme,
    ] {
        let reply = send(&scene, &body, bad).await;
        assert_eq!(reply.error(), (400, "invalid_signature"), "{bad}");
    }
    assert_eq!(tenant.account().await, [0, 0, 0]);
    assert_eq!(send(&scene, &body, &good).await.status, 200);
    let within = signature("whsec_next", now - 300, &body);
    assert_eq!(
        send(&scene, &body, &within).await.status,
        200,
        "the next secret serves too"
    );
    scene.clock.advance(DAY);
    assert_eq!(
        send(&scene, &body, &good).await.status,
        400,
        "a recording does not"
    );
}

#[tokio::test]
async fn only_what_is_paid_grants() {
    let scene = scene().await;
    let tenant = scene.tenant(0).await;
    let mut unpaid = paid(&tenant.id, "evt_1");
    unpaid["data"]["object"]["payment_status"] = json!("unpaid");
    let mut other = paid(&tenant.id, "evt_2");
    other["type"] = json!("customer.created");
    for event in [&unpaid, &other] {
        let reply = deliver(&scene, event).await;
        assert_eq!((reply.status, &reply.body["granted"]), (200, &json!(false)));
    }
    assert_eq!(tenant.account().await, [0, 0, 0]);
    let mut later = unpaid;
    later["id"] = json!("evt_3");
    later["type"] = json!("checkout.session.async_payment_succeeded");
    deliver(&scene, &later).await;
    assert_eq!(tenant.account().await, [100, 0, 100]);
}

#[tokio::test]
async fn an_invoice_that_is_paid_grants_what_its_metadata_say() {
    let scene = scene().await;
    let tenant = scene.tenant(0).await;
    let invoice = json!({
        "id": "evt_9", "type": "invoice.paid",
        "data": { "object": { "metadata": { "account": tenant.id, "credits": "7" }, "lines": {} } },
    });
    assert_eq!(deliver(&scene, &invoice).await.status, 200);
    assert_eq!(tenant.account().await, [7, 0, 7]);
}

#[tokio::test]
async fn a_payment_without_account_or_number_is_refused_so_that_stripe_shows_it() {
    let scene = scene().await;
    let id = Uuid::new_v4().to_string();
    for (name, value) in [
        ("client_reference_id", Value::Null),
        ("client_reference_id", json!("")),
        ("metadata", json!({})),
        ("metadata", Value::Null),
        ("metadata", json!({ "credits": "0" })),
        ("metadata", json!({ "credits": "-5" })),
        ("metadata", json!({ "credits": "many" })),
    ] {
        let mut event = paid(&id, "evt_1");
        event["data"]["object"][name] = value.clone();
        let reply = deliver(&scene, &event).await;
        assert_eq!(reply.error(), (422, "unusable_event"), "{name}: {value}");
    }
}

#[tokio::test]
async fn without_a_secret_there_is_no_such_address() {
    let scene = Scene::new().await;
    assert_eq!(send(&scene, "{}", "").await.error(), (404, "unknown_route"));
}

#[test]
fn a_secret_is_not_shown() {
    assert!(!format!("{:?}", SigningSecret::new(SECRET)).contains("test"));
}
