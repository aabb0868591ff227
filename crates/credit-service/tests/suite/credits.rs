//! Hold, confirm, release: what each does to the credits, seen through the API.

use credit_service::clock::Clock as _;
use credit_service::store::{AccountId, LedgerLine};
use serde_json::json;
use uuid::Uuid;

use super::scene::{DAY, Scene, metadata, metadata_with};

#[tokio::test]
async fn an_account_first_seen_has_no_credits() {
    let scene = Scene::new().await;
    assert_eq!(scene.tenant(0).await.account().await, [0, 0, 0]);
}

#[tokio::test]
async fn a_hold_takes_a_credit_out_of_the_available_ones_and_leaves_the_balance() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let capture = Uuid::new_v4();
    let reply = tenant.put(capture, &metadata()).await;
    assert_eq!(reply.status, 201);
    assert_eq!(
        reply.body,
        json!({ "id": capture, "state": "held", "available": 4 })
    );
    assert_eq!(tenant.account().await, [5, 1, 4]);
}

#[tokio::test]
async fn a_repeated_hold_with_the_same_metadata_is_answered_again_and_holds_nothing_more() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    assert_eq!(
        tenant.put(capture, &metadata()).await.outcome(),
        (200, "held", 4)
    );
    let same_moment = metadata_with("captured_at", json!("2027-01-15T09:00:00.000+01:00"));
    assert_eq!(
        tenant.put(capture, &same_moment).await.outcome(),
        (200, "held", 4)
    );
    let same_host = metadata_with("vendor_host", json!("Shop.Example"));
    assert_eq!(
        tenant.put(capture, &same_host).await.outcome(),
        (200, "held", 4)
    );
    assert_eq!(tenant.account().await, [5, 1, 4]);
}

#[tokio::test]
async fn a_hold_on_a_confirmed_capture_says_that_it_is_confirmed() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.confirm(capture).await;
    assert_eq!(
        tenant.put(capture, &metadata()).await.outcome(),
        (200, "confirmed", 0)
    );
    assert_eq!(tenant.account().await, [0, 0, 0]);
}

#[tokio::test]
async fn other_metadata_for_a_held_or_confirmed_capture_are_a_conflict() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let capture = Uuid::new_v4();
    let others = [
        metadata_with("captured_at", json!("2027-01-15T08:00:01Z")),
        metadata_with("vendor_host", json!("other.example")),
        metadata_with("line_count", json!(4)),
    ];
    tenant.put(capture, &metadata()).await;
    for other in &others {
        assert_eq!(
            tenant.put(capture, other).await.error(),
            (409, "metadata_mismatch")
        );
    }
    tenant.confirm(capture).await;
    for other in &others {
        assert_eq!(
            tenant.put(capture, other).await.error(),
            (409, "metadata_mismatch")
        );
    }
    assert_eq!(tenant.account().await, [4, 0, 4]);
}

#[tokio::test]
async fn a_released_capture_is_held_anew_and_may_have_other_metadata() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.release(capture).await;
    let other = metadata_with("line_count", json!(9));
    assert_eq!(
        tenant.put(capture, &other).await.outcome(),
        (201, "held", 0)
    );
    assert_eq!(
        tenant.put(capture, &other).await.outcome(),
        (200, "held", 0)
    );
    assert_eq!(
        tenant.put(capture, &metadata()).await.error(),
        (409, "metadata_mismatch")
    );
}

#[tokio::test]
async fn without_a_credit_nothing_is_held_and_nothing_stored() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    tenant.put(Uuid::new_v4(), &metadata()).await;
    let capture = Uuid::new_v4();
    let refused = tenant.put(capture, &metadata()).await;
    assert_eq!(refused.error(), (402, "insufficient_credits"));
    assert_eq!(tenant.account().await, [1, 1, 0]);
    assert_eq!(
        tenant.get("/v1/captures").await.body["captures"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        tenant.confirm(capture).await.error(),
        (404, "unknown_capture")
    );
}

#[tokio::test]
async fn a_confirmation_debits_once_however_often_it_is_sent() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    for _ in 0..3 {
        let reply = tenant.confirm(capture).await;
        assert_eq!(reply.status, 200);
        assert_eq!(
            reply.body,
            json!({ "id": capture, "state": "confirmed", "available": 4 })
        );
    }
    assert_eq!(tenant.account().await, [4, 0, 4]);
}

#[tokio::test]
async fn a_release_gives_the_credit_back_once_however_often_it_is_sent() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    for _ in 0..3 {
        assert_eq!(
            tenant.release(capture).await.outcome(),
            (200, "released", 5)
        );
    }
    assert_eq!(tenant.account().await, [5, 0, 5]);
}

#[tokio::test]
async fn a_confirmed_capture_cannot_be_released() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.confirm(capture).await;
    assert_eq!(
        tenant.release(capture).await.error(),
        (409, "already_confirmed")
    );
    assert_eq!(tenant.account().await, [4, 0, 4]);
}

#[tokio::test]
async fn a_capture_never_held_is_unknown() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    assert_eq!(
        tenant.confirm(Uuid::new_v4()).await.error(),
        (404, "unknown_capture")
    );
    assert_eq!(
        tenant.release(Uuid::new_v4()).await.error(),
        (404, "unknown_capture")
    );
}

#[tokio::test]
async fn a_hold_expires_after_thirty_days_and_not_before() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    scene
        .clock
        .advance(30 * DAY - std::time::Duration::from_millis(1));
    assert_eq!(tenant.account().await, [1, 1, 0]);
    assert_eq!(
        tenant.put(capture, &metadata()).await.outcome(),
        (200, "held", 0)
    );
    scene.clock.advance(std::time::Duration::from_millis(1));
    assert_eq!(tenant.account().await, [1, 0, 1]);
    assert_eq!(
        tenant.get("/v1/captures").await.body["captures"][0]["state"],
        "released"
    );
}

#[tokio::test]
async fn an_expired_hold_is_held_anew_for_another_thirty_days_and_may_have_other_metadata() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    scene.clock.advance(31 * DAY);
    let other = metadata_with("vendor_host", json!("other.example"));
    assert_eq!(
        tenant.put(capture, &other).await.outcome(),
        (201, "held", 0)
    );
    scene.clock.advance(29 * DAY);
    assert_eq!(tenant.account().await, [1, 1, 0]);
}

#[tokio::test]
async fn an_expired_hold_can_be_released() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    scene.clock.advance(31 * DAY);
    assert_eq!(
        tenant.release(capture).await.outcome(),
        (200, "released", 1)
    );
}

#[tokio::test]
async fn a_confirmation_after_the_hold_expired_still_debits() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(2).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    scene.clock.advance(31 * DAY);
    assert_eq!(
        tenant.confirm(capture).await.outcome(),
        (200, "confirmed", 1)
    );
    assert_eq!(
        tenant.confirm(capture).await.outcome(),
        (200, "confirmed", 1)
    );
    assert_eq!(kinds(&scene, &tenant.id).await, ["grant", "debit"]);
}

#[tokio::test]
async fn a_confirmation_after_a_release_still_debits() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(2).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.release(capture).await;
    assert_eq!(
        tenant.confirm(capture).await.outcome(),
        (200, "confirmed", 1)
    );
}

#[tokio::test]
async fn a_late_confirmation_without_credits_goes_below_zero_and_is_recorded_as_owed() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let (late, prompt) = (Uuid::new_v4(), Uuid::new_v4());
    tenant.put(late, &metadata()).await;
    scene.clock.advance(31 * DAY);
    tenant.put(prompt, &metadata()).await;
    tenant.confirm(prompt).await;
    assert_eq!(tenant.confirm(late).await.outcome(), (200, "confirmed", -1));
    assert_eq!(tenant.account().await, [-1, 0, -1]);
    assert_eq!(kinds(&scene, &tenant.id).await, ["grant", "debit", "owed"]);
}

#[tokio::test]
async fn what_is_owed_is_paid_by_the_next_grant() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(1).await;
    let (late, prompt) = (Uuid::new_v4(), Uuid::new_v4());
    tenant.put(late, &metadata()).await;
    tenant.release(late).await;
    tenant.put(prompt, &metadata()).await;
    tenant.confirm(prompt).await;
    tenant.confirm(late).await;
    tenant.grant(1).await;
    assert_eq!(
        tenant.put(Uuid::new_v4(), &metadata()).await.error(),
        (402, "insufficient_credits")
    );
    tenant.grant(1).await;
    assert_eq!(
        tenant.put(Uuid::new_v4(), &metadata()).await.outcome(),
        (201, "held", 0)
    );
}

#[tokio::test]
async fn the_credits_of_a_tenant_are_shared_by_its_people_and_by_nobody_else() {
    let scene = Scene::new().await;
    let mut tenant = scene.tenant(2).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    tenant.token = scene.token(&json!({ "tid": tenant.id, "sub": "a colleague" }));
    assert_eq!(
        tenant.confirm(capture).await.outcome(),
        (200, "confirmed", 1)
    );
    let stranger = scene.tenant(1).await;
    assert_eq!(
        stranger.release(capture).await.error(),
        (404, "unknown_capture")
    );
    assert_eq!(
        stranger.put(capture, &metadata()).await.outcome(),
        (201, "held", 0)
    );
    assert_eq!(
        stranger.get("/v1/captures").await.body["captures"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn earlier_rows_of_the_ledger_never_change() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(3).await;
    let mut before = ledger(&scene, &tenant.id).await;
    for _ in 0..3 {
        let capture = Uuid::new_v4();
        tenant.put(capture, &metadata()).await;
        tenant.confirm(capture).await;
        tenant.release(capture).await;
        tenant.grant(1).await;
        let after = ledger(&scene, &tenant.id).await;
        assert_eq!(after[..before.len()], before[..]);
        assert_eq!(after.len(), before.len() + 2);
        before = after;
    }
}

async fn kinds(scene: &Scene, account: &str) -> Vec<String> {
    ledger(scene, account)
        .await
        .into_iter()
        .map(|line| line.kind)
        .collect()
}

async fn ledger(scene: &Scene, account: &str) -> Vec<LedgerLine> {
    let account = AccountId::new(account);
    let export = scene.store.export(&account, scene.clock.now()).await;
    export.unwrap().ledger
}
