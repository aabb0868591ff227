//! Requests at the same moment neither overspend nor debit twice.

use std::collections::BTreeMap;

use credit_service::capture::Metadata;
use credit_service::clock::Clock as _;
use credit_service::rules::Refusal;
use credit_service::store::{AccountId, Store, StoreError, WhenMissing};
use reqwest::RequestBuilder;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::scene::{Reply, Scene, metadata};

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

/// Both processes wait for each other: neither fails, as it would if it read before it took the write lock.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_on_one_database_wait_for_each_other_and_do_not_overspend() {
    let scene = Scene::new().await;
    let tenant = scene.tenant(40).await;
    let other = Store::open(&scene.database, WhenMissing::Fail)
        .await
        .unwrap();
    let (account, body) = (AccountId::new(&tenant.id), metadata().to_string());
    let parsed: Metadata = serde_json::from_str(&body).unwrap();
    let here = all((0..60).map(|_| tenant.put_request(Uuid::new_v4(), &body)));
    let there = async {
        let mut held = 0;
        for _ in 0..60 {
            match other
                .hold((&account, Uuid::new_v4()), &parsed, scene.clock.now())
                .await
            {
                Ok(_) => held += 1,
                Err(StoreError::Refused(Refusal::InsufficientCredits)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        held
    };
    let (here, there) = tokio::join!(here, there);
    let mut tally = tally(&here);
    let held = tally.remove(&201).unwrap_or_default() + there;
    tally.remove(&402);
    assert_eq!((held, tally), (40, BTreeMap::new()));
    assert_eq!(tenant.account().await, [40, 40, 0]);
}
