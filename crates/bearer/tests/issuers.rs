//! Finding an issuer, following its keys as they change, and outliving its outages.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

use std::sync::Arc;
use std::time::Duration;

use bearer::{DiscoveryError, Reason, Rejection, Settings, Verifier};
use serde_json::json;
use test_issuer::{Issuer, SigningKey};
use tokio::task::JoinSet;

const API: &str = "api://punchout";
const TENANT: &str = "11111111-2222-3333-4444-555555555555";

fn eager(issuer: &Issuer) -> Settings {
    Settings {
        key_refresh_interval: Duration::ZERO,
        ..Settings::new(issuer.url(), API)
    }
}

async fn verdict_on(
    verifier: &Verifier,
    issuer: &Issuer,
    key: &SigningKey,
) -> Result<(), Rejection> {
    let token = key.sign(&key.header(), &issuer.claims(API));
    verifier
        .verify(Some(&format!("Bearer {token}")))
        .await
        .map(drop)
}

#[tokio::test]
async fn a_new_key_is_read_when_its_first_token_comes() {
    let issuer = Issuer::start().await.unwrap();
    let verifier = Verifier::discover(eager(&issuer)).await.unwrap();
    let second = SigningKey::p256("second").unwrap();
    issuer.publish_keys(vec![issuer.key().public.clone(), second.public.clone()]);
    assert_eq!(verdict_on(&verifier, &issuer, &second).await, Ok(()));
    assert_eq!(verdict_on(&verifier, &issuer, issuer.key()).await, Ok(()));
    assert_eq!(issuer.key_reads(), 2);
}

#[tokio::test]
async fn one_request_reads_a_new_key_for_all_that_wait() {
    let issuer = Issuer::start().await.unwrap();
    let verifier = Arc::new(Verifier::discover(eager(&issuer)).await.unwrap());
    let second = SigningKey::p256("second").unwrap();
    issuer.publish_keys(vec![second.public.clone()]);
    let token = second.sign(&second.header(), &issuer.claims(API));
    let requests: JoinSet<_> = (0..10)
        .map(|_| {
            let (verifier, authorization) = (Arc::clone(&verifier), format!("Bearer {token}"));
            async move { verifier.verify(Some(&authorization)).await.is_ok() }
        })
        .collect();
    assert_eq!(requests.join_all().await, [true; 10]);
    assert_eq!(issuer.key_reads(), 2);
}

#[tokio::test]
async fn known_keys_are_not_read_again() {
    let issuer = Issuer::start().await.unwrap();
    let verifier = Verifier::discover(eager(&issuer)).await.unwrap();
    for _ in 0..5 {
        assert_eq!(verdict_on(&verifier, &issuer, issuer.key()).await, Ok(()));
    }
    assert_eq!(issuer.key_reads(), 1);
}

#[tokio::test]
async fn invented_key_ids_do_not_flood_the_issuer() {
    let issuer = Issuer::start().await.unwrap();
    let settings = Settings::new(issuer.url(), API);
    let verifier = Verifier::discover(settings).await.unwrap();
    for number in 0..20 {
        let stranger = SigningKey::p256(&format!("invented-{number}")).unwrap();
        let verdict = verdict_on(&verifier, &issuer, &stranger).await;
        assert_eq!(verdict, Err(Rejection::InvalidToken(Reason::UnknownKey)));
    }
    assert_eq!(issuer.key_reads(), 1);
}

#[tokio::test]
async fn a_withdrawn_key_is_forgotten_when_the_keys_are_read_again() {
    let issuer = Issuer::start().await.unwrap();
    let settings = Settings {
        key_max_age: Duration::from_millis(50),
        ..eager(&issuer)
    };
    let verifier = Verifier::discover(settings).await.unwrap();
    let token = issuer.token(&issuer.claims(API));
    let authorization = format!("Bearer {token}");
    assert!(verifier.verify(Some(&authorization)).await.is_ok());
    issuer.publish_keys(vec![SigningKey::p256("second").unwrap().public]);
    tokio::time::sleep(Duration::from_millis(60)).await;
    // The very token that was good.
    let verdict = verifier.verify(Some(&authorization)).await.map(drop);
    assert_eq!(verdict, Err(Rejection::InvalidToken(Reason::UnknownKey)));
}

#[tokio::test]
async fn known_keys_serve_through_an_outage_but_not_for_ever() {
    let issuer = Issuer::start().await.unwrap();
    let settings = Settings {
        key_max_age: Duration::from_millis(1500),
        ..eager(&issuer)
    };
    let verifier = Verifier::discover(settings).await.unwrap();
    issuer.fail();
    tokio::time::sleep(Duration::from_millis(1510)).await;
    assert_eq!(verdict_on(&verifier, &issuer, issuer.key()).await, Ok(()));
    tokio::time::sleep(Duration::from_millis(1510)).await;
    let verdict = verdict_on(&verifier, &issuer, issuer.key()).await;
    assert_eq!(verdict, Err(Rejection::KeysUnavailable));
}

#[tokio::test]
async fn an_unknown_key_during_an_outage_is_no_verdict_on_the_token() {
    let issuer = Issuer::start().await.unwrap();
    let verifier = Verifier::discover(eager(&issuer)).await.unwrap();
    issuer.fail();
    let second = SigningKey::p256("second").unwrap();
    let rejection = verdict_on(&verifier, &issuer, &second).await.unwrap_err();
    assert_eq!(rejection, Rejection::KeysUnavailable);
    assert_eq!(
        (rejection.status().as_u16(), rejection.challenge()),
        (503, None)
    );
}

#[tokio::test]
async fn unknown_keys_get_no_verdict_until_the_issuer_has_answered_again() {
    let issuer = Issuer::start().await.unwrap();
    let settings = Settings {
        key_refresh_interval: Duration::from_millis(300),
        ..Settings::new(issuer.url(), API)
    };
    let verifier = Verifier::discover(settings).await.unwrap();
    issuer.fail();
    let second = SigningKey::p256("second").unwrap();
    tokio::time::sleep(Duration::from_millis(310)).await;
    for _ in 0..3 {
        let verdict = verdict_on(&verifier, &issuer, &second).await;
        assert_eq!(verdict, Err(Rejection::KeysUnavailable));
    }
    assert_eq!(verdict_on(&verifier, &issuer, issuer.key()).await, Ok(()));
}

#[tokio::test]
async fn an_empty_key_set_does_not_take_the_place_of_a_good_one() {
    let issuer = Issuer::start().await.unwrap();
    let verifier = Verifier::discover(eager(&issuer)).await.unwrap();
    let unusable = json!({ "kty": "oct", "kid": "first", "k": "AAAA" });
    for published in [vec![], vec![unusable]] {
        issuer.publish_keys(published);
        let stranger = SigningKey::p256("stranger").unwrap();
        let verdict = verdict_on(&verifier, &issuer, &stranger).await;
        assert_eq!(verdict, Err(Rejection::KeysUnavailable));
        assert_eq!(verdict_on(&verifier, &issuer, issuer.key()).await, Ok(()));
    }
}

#[tokio::test]
async fn a_multi_tenant_issuer_accepts_each_tenant_under_its_own_name() {
    let issuer = Issuer::start().await.unwrap();
    issuer.publish_issuer(&format!("{}/{{tenantid}}", issuer.url()));
    let configured = format!("{}/organizations", issuer.url());
    let verifier = Verifier::discover(Settings::new(configured, API))
        .await
        .unwrap();
    let verdict = async |iss: String, tid: &str| {
        let mut claims = issuer.claims(API);
        claims["iss"] = json!(iss);
        claims["tid"] = json!(tid);
        verifier
            .verify(Some(&format!("Bearer {}", issuer.token(&claims))))
            .await
    };
    let claims = verdict(format!("{}/{TENANT}", issuer.url()), TENANT)
        .await
        .unwrap();
    assert_eq!(claims.tenant.as_deref(), Some(TENANT));
    let other_tenant = "99999999-2222-3333-4444-555555555555";
    for (iss, tid) in [
        (format!("{}/{TENANT}", issuer.url()), other_tenant),
        (format!("{}/organizations", issuer.url()), "organizations"),
        (format!("{}/{{tenantid}}", issuer.url()), TENANT),
        (format!("https://evil.example/{TENANT}"), TENANT),
    ] {
        let verdict = verdict(iss.clone(), tid).await;
        assert_eq!(
            verdict,
            Err(Rejection::InvalidToken(Reason::Issuer)),
            "{iss} {tid}"
        );
    }
}

#[tokio::test]
async fn a_key_that_is_reserved_for_another_issuer_signs_nothing_here() {
    let issuer = Issuer::start().await.unwrap();
    let mut public = issuer.key().public.clone();
    public["issuer"] = json!("https://login.example/consumers/v2.0");
    issuer.publish_keys(vec![public]);
    let verifier = Verifier::discover(Settings::new(issuer.url(), API))
        .await
        .unwrap();
    let verdict = verdict_on(&verifier, &issuer, issuer.key()).await;
    assert_eq!(verdict, Err(Rejection::InvalidToken(Reason::Issuer)));
}

#[tokio::test]
async fn metadata_of_another_issuer_are_refused() {
    let issuer = Issuer::start().await.unwrap();
    issuer.publish_issuer("https://other.example");
    let error = Verifier::discover(Settings::new(issuer.url(), API))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DiscoveryError::OtherIssuer { .. }),
        "{error}"
    );
}

#[tokio::test]
async fn an_issuer_out_of_reach_is_named_in_the_error() {
    let nobody = "http://127.0.0.1:1";
    let error = Verifier::discover(Settings::new(nobody, API))
        .await
        .unwrap_err();
    assert!(error.to_string().contains(nobody), "{error}");
}

#[tokio::test]
async fn keys_that_cannot_be_read_stop_discovery() {
    let issuer = Issuer::start().await.unwrap();
    issuer.fail();
    let error = Verifier::discover(Settings::new(issuer.url(), API))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("503"), "{error}");
}

#[tokio::test]
async fn keys_of_no_use_are_passed_over() {
    let issuer = Issuer::start().await.unwrap();
    let mut encrypting = SigningKey::p256("encrypting").unwrap().public;
    encrypting["use"] = json!("enc");
    let octets = json!({ "kty": "oct", "kid": "shared", "k": "c2VjcmV0" });
    let odd = json!({ "kty": "new-type", "kid": "odd" });
    issuer.publish_keys(vec![
        encrypting,
        octets,
        odd,
        json!(7),
        issuer.key().public.clone(),
    ]);
    let verifier = Verifier::discover(eager(&issuer)).await.unwrap();
    assert_eq!(verdict_on(&verifier, &issuer, issuer.key()).await, Ok(()));
}
