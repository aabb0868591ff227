//! What is modelled here agrees with what it stands for, on the same traces.

use std::num::NonZeroU32;

use axum::http::Method;
use credit_service::clock::Timestamp;
use credit_service::rules::Refusal;
use credit_service::store::{AccountId, Grant, Outcome, Store, StoreError, WhenMissing};
use punchout::http::{Method as Asks, Request};
use serde_json::{Value, json};
use simulation::given::{BUYER, Ground, MORNING};
use simulation::outside::business_central::BusinessCentral;
use simulation::outside::credit_service::CreditService;
use simulation::random::Random;

const DAY: i64 = 86_400_000;

fn status(outcome: Result<Outcome, StoreError>) -> u16 {
    match outcome {
        Ok(_) => 200,
        Err(StoreError::Refused(Refusal::InsufficientCredits)) => 402,
        Err(StoreError::Refused(Refusal::UnknownCapture)) => 404,
        Err(StoreError::Refused(_)) => 409,
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_credit_service_comes_to_the_same_whatever_it_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!(
        "sqlite://{}",
        folder.path().join("credits.sqlite").display()
    );
    let store = Store::open(&address, WhenMissing::Create).await.unwrap();
    for round in 0..12 {
        let mut random = Random::new(round);
        let account = AccountId::new(format!("account {round}"));
        let mut now = MORNING;
        let grant = Grant {
            credits: NonZeroU32::new(3).unwrap(),
            reason: "test".to_owned(),
            idempotency_key: None,
        };
        let moment = Timestamp::from_millis;
        store.grant(&account, &grant, moment(now)).await.unwrap();
        let mut model = CreditService {
            granted: 3,
            ..CreditService::default()
        };
        for _ in 0..40 {
            now += *random.pick(&[1_000, 60_000, DAY, 31 * DAY]);
            let id = uuid::Uuid::from_u128(1 + u128::from(random.below(5)));
            let lines = random.between(1, 2);
            let body = json!({"captured_at": "2026-11-22T10:15:00Z", "vendor_host": "shop.test", "line_count": lines});
            let key = (&account, id);
            let (method, path, outcome) = match random.below(3) {
                0 => {
                    let metadata = serde_json::from_value(body.clone()).unwrap();
                    let outcome = store.hold(key, &metadata, moment(now)).await;
                    (Asks::Put, format!("/v1/captures/{id}"), outcome)
                }
                1 => (
                    Asks::Post,
                    format!("/v1/captures/{id}/confirm"),
                    store.confirm(key, moment(now)).await,
                ),
                _ => (
                    Asks::Post,
                    format!("/v1/captures/{id}/release"),
                    store.release(key, moment(now)).await,
                ),
            };
            let answer = model.act(method, &path, &body.to_string(), now);
            assert_eq!(answer.status, status(outcome), "{path} in round {round}");
            let account = store.account(&account, moment(now)).await.unwrap();
            let told = model.act(Asks::Get, "/v1/account", "", now);
            let told: Value = serde_json::from_str(&told.body).unwrap();
            assert_eq!(told, serde_json::to_value(account).unwrap());
        }
    }
    store.close().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn business_central_comes_to_the_same_whatever_is_posted() {
    let ground = Ground::open();
    let mut model = BusinessCentral {
        ground: ground.clone(),
        captures: Vec::new(),
        lines: Vec::new(),
        refuses_known_ids: true,
    };
    let captures = "https://bc.test/v2.0/production/api/punchout/procurement/v1.0/companies(a1b2c3d4-0001-4000-8000-000000000001)/captures";
    let good = r#"[{"kind":"G/L Account","number":"6500","vendorNumber":"V10010","description":"Staples","quantity":"2","directUnitCost":"12.90","currencyCode":"CHF"}]"#;
    let bad = good.replace("V10010", "V404");
    for (id, batch, lines) in [
        (1, "DEFAULT", good),
        (1, "DEFAULT", good),
        (1, "GONE", bad.as_str()),
        (2, "GONE", good),
        (2, "OFFICE", bad.as_str()),
        (2, "OFFICE", good),
        (3, "OFFICE", "[]"),
    ] {
        let posted = body(id, batch, lines);
        let real = ground.lists.ask(Method::POST, captures, &posted);
        let request = Request::new(Asks::Post, captures.to_owned()).json(posted);
        assert_eq!(answer(&mut model, &request), plain(real), "{id} {batch}");
    }
    for id in 1..4_u128 {
        let address = format!("{captures}({})", uuid::Uuid::from_u128(id));
        let (status, _) = ground.lists.ask(Method::GET, &address, "");
        let request = Request::new(Asks::Get, address);
        assert_eq!(answer(&mut model, &request).0, status, "{id}");
    }
}

fn body(id: u128, batch: &str, lines: &str) -> String {
    let hash = punchout_hash(lines);
    let count = serde_json::from_str::<Vec<Value>>(lines).unwrap().len();
    json!({
        "id": uuid::Uuid::from_u128(id), "worksheetTemplateName": "REQ.", "journalBatchName": batch,
        "supplierHost": "papeterie.test", "capturedAt": "2026-11-22T10:15:00Z",
        "lineCount": count.max(1), "linesSha256": hash, "lines": lines,
    })
    .to_string()
}

fn punchout_hash(lines: &str) -> String {
    use sha2::Digest;
    format!("{:x}", sha2::Sha256::digest(lines.as_bytes()))
}

fn answer(model: &mut BusinessCentral, request: &Request) -> (u16, Value) {
    let answer = model.act(request, BUYER);
    plain((answer.status, serde_json::from_str(&answer.body).unwrap()))
}

/// Addresses differ from place to place.
fn plain((status, mut body): (u16, Value)) -> (u16, Value) {
    if let Value::Object(properties) = &mut body {
        properties.retain(|name, _| !name.contains('@') && name != "worksheetUrl");
    }
    (status, body)
}
