//! What is too old is deleted, and nothing else.

use std::sync::Arc;

use credit_service::cli::LogFolder;
use credit_service::clock::{Clock as _, Timestamp};
use credit_service::store::Tidied;
use reqwest::Method;
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter as _;
use uuid::Uuid;

use super::scene::{DAY, MovableClock, Reply, Scene, metadata, with_json};

#[tokio::test]
async fn captures_go_after_twelve_months_and_the_ledger_stays() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let (old, new) = (Uuid::new_v4(), Uuid::new_v4());
    tenant.put(old, &metadata()).await;
    tenant.confirm(old).await;
    scene.clock.advance(365 * DAY);
    tenant.put(new, &metadata()).await;
    let tidied = scene.store.tidy(scene.clock.now()).await.unwrap();
    assert_eq!(tidied, Tidied::default());
    scene.clock.advance(DAY);
    let tidied = scene.store.tidy(scene.clock.now()).await.unwrap();
    assert_eq!((tidied.captures, tidied.events), (1, 0));
    assert_eq!(tenant.account().await, [4, 1, 3]);
    let export = tenant.get("/v1/export").await.body;
    assert_eq!(export["captures"].as_array().unwrap().len(), 1);
    assert_eq!(export["ledger"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_capture_whose_history_is_gone_is_not_debited_again() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.confirm(capture).await;
    scene.clock.advance(400 * DAY);
    scene.store.tidy(scene.clock.now()).await.unwrap();
    assert_eq!(
        tenant.put(capture, &metadata()).await.outcome(),
        (200, "confirmed", 4)
    );
    assert_eq!(
        tenant.confirm(capture).await.outcome(),
        (200, "confirmed", 4)
    );
    assert_eq!(
        tenant.release(capture).await.error(),
        (409, "already_confirmed")
    );
}

#[tokio::test]
async fn counts_of_captures_go_after_ninety_days() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(0).await;
    let event = json!({ "vendor_host": "shop.example", "captures": 2, "outcome": "failed" });
    for _ in 0..2 {
        let request = tenant.request(Method::POST, "/v1/events");
        assert_eq!(Reply::of(with_json(request, &event)).await.status, 204);
    }
    scene.clock.advance(90 * DAY);
    assert_eq!(scene.store.tidy(scene.clock.now()).await.unwrap().events, 0);
    scene.clock.advance(DAY);
    assert_eq!(scene.store.tidy(scene.clock.now()).await.unwrap().events, 1);
}

#[test]
fn logs_go_after_ninety_days_and_other_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(MovableClock(1_800_000_000_000_i64.into()));
    let logs = LogFolder::open(folder.path(), clock.clone()).unwrap();
    let write = |line: &str| std::io::Write::write_all(&mut logs.make_writer(), line.as_bytes());
    write("first\n").unwrap();
    clock.advance(DAY);
    write("second\n").unwrap();
    write("third\n").unwrap();
    std::fs::write(folder.path().join("credit-service-notes.log"), "").unwrap();
    std::fs::write(folder.path().join("another"), "").unwrap();
    clock.advance(89 * DAY);
    assert_eq!(logs.tidy().unwrap(), 0);
    clock.advance(DAY);
    assert_eq!(logs.tidy().unwrap(), 1);
    let second = Timestamp::from_millis(1_800_086_400_000).to_string();
    let name = format!("credit-service-{}.log", &second[..10]);
    let left = std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(left, "second\nthird\n");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}
