//! Requests at the same moment neither overspend nor debit twice.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod scene;

use std::collections::BTreeMap;

use reqwest::RequestBuilder;
use tokio::task::JoinSet;
use uuid::Uuid;

use scene::{Reply, Scene, metadata};

/// How often each status came.
fn tally(replies: &[Reply]) -> BTreeMap<u16, usize> {
    replies.iter().fold(BTreeMap::new(), |mut tally, reply| {
        *tally.entry(reply.status).or_default() += 1;
        tally
    })
}

async fn all(requests: impl IntoIterator<Item = RequestBuilder>) -> Vec<Reply> {
    let tasks: JoinSet<Reply> = requests.into_iter().map(Reply::of).collect();
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_holds_at_once_take_no_more_credits_than_there_are() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(7).await;
    let body = metadata().to_string();
    let replies = all((0..80).map(|_| tenant.put_request(Uuid::new_v4(), &body))).await;
    assert_eq!(tally(&replies), BTreeMap::from([(201, 7), (402, 73)]));
    assert_eq!(tenant.account().await, [7, 7, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_capture_sent_many_times_at_once_is_held_once() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(3).await;
    let (capture, body) = (Uuid::new_v4(), metadata().to_string());
    let replies = all((0..40).map(|_| tenant.put_request(capture, &body))).await;
    assert_eq!(tally(&replies), BTreeMap::from([(200, 39), (201, 1)]));
    assert_eq!(tenant.account().await, [3, 1, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn confirmations_at_once_debit_once() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(3).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    let replies = all((0..40).map(|_| tenant.confirm_request(capture))).await;
    assert_eq!(tally(&replies), BTreeMap::from([(200, 40)]));
    assert_eq!(tenant.account().await, [2, 0, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_confirmation_and_releases_at_once_end_in_one_debit() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(3).await;
    let capture = Uuid::new_v4();
    tenant.put(capture, &metadata()).await;
    let releases = all((0..20).map(|_| tenant.release_request(capture)));
    let (confirmed, released) = tokio::join!(tenant.confirm(capture), releases);
    assert_eq!(confirmed.outcome(), (200, "confirmed", 2));
    assert!(
        released
            .iter()
            .all(|reply| matches!(reply.status, 200 | 409)),
        "{released:?}"
    );
    assert_eq!(tenant.account().await, [2, 0, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_second_process_on_the_same_database_does_not_overspend_either() {
    use credit_service::clock::Clock as _;
    use credit_service::store::{AccountId, Store, WhenMissing};

    let scene = Scene::new().await;
    let tenant = scene.tenant(5).await;
    let other = Store::open(&scene.database, WhenMissing::Fail)
        .await
        .unwrap();
    let (account, body) = (AccountId::new(&tenant.id), metadata().to_string());
    let parsed: credit_service::capture::Metadata = serde_json::from_str(&body).unwrap();
    let here = all((0..20).map(|_| tenant.put_request(Uuid::new_v4(), &body)));
    let there = async {
        let mut held = 0;
        for _ in 0..20 {
            let now = scene.clock.now();
            held += usize::from(
                other
                    .hold((&account, Uuid::new_v4()), &parsed, now)
                    .await
                    .is_ok(),
            );
        }
        held
    };
    let (here, there) = tokio::join!(here, there);
    assert_eq!(
        here.iter().filter(|reply| reply.status == 201).count() + there,
        5
    );
    assert_eq!(tenant.account().await, [5, 5, 0]);
}
