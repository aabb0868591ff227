//! What makes a token good, and what every bad one is told.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

use bearer::{Claims, Reason, Rejection, Settings, Verifier};
use serde_json::{Value, json};
use test_issuer::{Algorithm, Issuer, SigningKey, now};

const API: &str = "api://punchout";
const TENANT: &str = "11111111-2222-3333-4444-555555555555";

struct Scene {
    issuer: Issuer,
    verifier: Verifier,
}

impl Scene {
    async fn new() -> Self {
        let issuer = Issuer::start().await.unwrap();
        let verifier = Verifier::discover(Settings::new(issuer.url(), API))
            .await
            .unwrap();
        Self { issuer, verifier }
    }

    fn claims_with(&self, changes: Value) -> Value {
        let mut claims = self.issuer.claims(API);
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    async fn verdict(&self, token: &str) -> Result<Claims, Rejection> {
        self.verifier.verify(Some(&format!("Bearer {token}"))).await
    }

    async fn verdict_with(&self, changes: Value) -> Result<Claims, Rejection> {
        self.verdict(&self.issuer.token(&self.claims_with(changes)))
            .await
    }
}

fn invalid(reason: Reason) -> Rejection {
    Rejection::InvalidToken(reason)
}

#[tokio::test]
async fn a_good_token_yields_its_claims() {
    let scene = Scene::new().await;
    let extra = json!({ "tid": TENANT, "scp": "Credits.Use other", "azp": "client-7" });
    let claims = scene.verdict_with(extra).await.unwrap();
    assert_eq!(claims.subject, "subject-1");
    assert_eq!(claims.tenant.as_deref(), Some(TENANT));
    assert_eq!(claims.scopes, ["Credits.Use", "other"]);
    assert_eq!(claims.text("azp"), Some("client-7"));
}

#[tokio::test]
async fn rsa_tokens_are_accepted_under_both_paddings() {
    let issuer = Issuer::start_with(SigningKey::rsa("rsa", 2048).unwrap())
        .await
        .unwrap();
    let verifier = Verifier::discover(Settings::new(issuer.url(), API))
        .await
        .unwrap();
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        let mut header = issuer.key().header();
        header.alg = algorithm;
        let token = issuer.key().sign(&header, &issuer.claims(API));
        let verdict = verifier.verify(Some(&format!("Bearer {token}"))).await;
        assert!(verdict.is_ok(), "{algorithm:?}: {verdict:?}");
    }
    let mut header = issuer.key().header();
    header.alg = Algorithm::RS512;
    let token = issuer.key().sign(&header, &issuer.claims(API));
    let verdict = verifier.verify(Some(&format!("Bearer {token}"))).await;
    assert_eq!(verdict, Err(invalid(Reason::Algorithm)));
}

#[tokio::test]
async fn an_rsa_key_below_2048_bits_is_not_used() {
    let issuer = Issuer::start_with(SigningKey::rsa("weak", 1024).unwrap())
        .await
        .unwrap();
    let error = Verifier::discover(Settings::new(issuer.url(), API))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("no RSA or P-256 key"), "{error}");
}

#[tokio::test]
async fn a_request_without_a_bearer_token_is_asked_for_one() {
    let scene = Scene::new().await;
    for header in [
        None,
        Some(""),
        Some("Bearer"),
        Some("Bearer "),
        Some("Basic YTpi"),
    ] {
        assert_eq!(
            scene.verifier.verify(header).await,
            Err(Rejection::Missing),
            "{header:?}"
        );
    }
    assert_eq!(Rejection::Missing.challenge().as_deref(), Some("Bearer"));
}

#[tokio::test]
async fn the_schemes_case_does_not_matter() {
    let scene = Scene::new().await;
    let token = scene.issuer.token(&scene.issuer.claims(API));
    assert!(
        scene
            .verifier
            .verify(Some(&format!("bearer {token}")))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn text_that_is_no_jwt_is_refused() {
    let scene = Scene::new().await;
    let long = "a".repeat(20_000);
    for token in ["x", "a.b", "a.b.c", "..", "a.b.c.d", long.as_str()] {
        assert_eq!(
            scene.verdict(token).await,
            Err(invalid(Reason::NotASignedJwt)),
            "{token}"
        );
    }
}

#[tokio::test]
async fn an_unsigned_token_is_refused() {
    let scene = Scene::new().await;
    let signed = scene.issuer.token(&scene.issuer.claims(API));
    let payload = signed.split('.').nth(1).unwrap();
    for header in [
        r#"{"alg":"none","kid":"first"}"#,
        r#"{"alg":"None"}"#,
        r#"{"typ":"JWT"}"#,
    ] {
        let token = format!("{}.{payload}.", base64url(header));
        assert_eq!(
            scene.verdict(&token).await,
            Err(invalid(Reason::NotASignedJwt)),
            "{header}"
        );
    }
    let stripped = signed.rsplit_once('.').unwrap().0;
    assert_eq!(
        scene.verdict(&format!("{stripped}.")).await,
        Err(invalid(Reason::Signature))
    );
}

#[tokio::test]
async fn a_published_key_does_not_serve_as_a_shared_secret() {
    let scene = Scene::new().await;
    let public = scene.issuer.key().public.to_string();
    let secret = jsonwebtoken::EncodingKey::from_secret(public.as_bytes());
    let mut header = scene.issuer.key().header();
    header.alg = Algorithm::HS256;
    let token = jsonwebtoken::encode(&header, &scene.issuer.claims(API), &secret).unwrap();
    assert_eq!(scene.verdict(&token).await, Err(invalid(Reason::Algorithm)));
}

#[tokio::test]
async fn a_key_serves_no_algorithm_of_another_family() {
    let scene = Scene::new().await;
    let rsa = SigningKey::rsa("first", 2048).unwrap();
    let token = rsa.sign(&rsa.header(), &scene.issuer.claims(API));
    assert_eq!(
        scene.verdict(&token).await,
        Err(invalid(Reason::UnknownKey))
    );
}

#[tokio::test]
async fn a_key_that_names_its_algorithm_serves_no_other() {
    let key = SigningKey::rsa("rsa", 2048).unwrap();
    let issuer = Issuer::start_with(key.clone()).await.unwrap();
    let mut public = key.public.clone();
    public["alg"] = json!("PS256");
    issuer.publish_keys(vec![public]);
    let verifier = Verifier::discover(Settings::new(issuer.url(), API))
        .await
        .unwrap();
    let token = issuer.token(&issuer.claims(API));
    let verdict = verifier.verify(Some(&format!("Bearer {token}"))).await;
    assert_eq!(verdict, Err(invalid(Reason::UnknownKey)));
}

#[tokio::test]
async fn a_forged_signature_is_refused() {
    let scene = Scene::new().await;
    let forger = SigningKey::p256("first").unwrap();
    let token = forger.sign(&forger.header(), &scene.issuer.claims(API));
    assert_eq!(scene.verdict(&token).await, Err(invalid(Reason::Signature)));
}

#[tokio::test]
async fn a_changed_payload_is_refused() {
    let scene = Scene::new().await;
    let token = scene.issuer.token(&scene.issuer.claims(API));
    let other = scene
        .issuer
        .token(&scene.claims_with(json!({ "sub": "someone else" })));
    let (head, signature) = (
        token.split('.').next().unwrap(),
        token.rsplit('.').next().unwrap(),
    );
    let spliced = format!("{head}.{}.{signature}", other.split('.').nth(1).unwrap());
    assert_eq!(
        scene.verdict(&spliced).await,
        Err(invalid(Reason::Signature))
    );
}

#[tokio::test]
async fn a_key_sent_in_the_tokens_own_header_is_ignored() {
    let scene = Scene::new().await;
    let own = SigningKey::p256("own").unwrap();
    let mut header = own.header();
    header.jwk = Some(serde_json::from_value(own.public.clone()).unwrap());
    header.jku = Some("http://127.0.0.1:9/keys".to_owned());
    let token = own.sign(&header, &scene.issuer.claims(API));
    assert_eq!(
        scene.verdict(&token).await,
        Err(invalid(Reason::UnknownKey))
    );
}

#[tokio::test]
async fn another_issuer_is_refused() {
    let scene = Scene::new().await;
    let slash = format!("{}/", scene.issuer.url());
    let listed = json!([scene.issuer.url()]);
    for iss in [
        json!("https://other.example"),
        json!(slash),
        listed,
        json!(7),
        Value::Null,
    ] {
        let verdict = scene.verdict_with(json!({ "iss": iss })).await;
        assert_eq!(verdict, Err(invalid(Reason::Issuer)), "{iss}");
    }
}

#[tokio::test]
async fn another_audience_is_refused_and_a_list_with_ours_accepted() {
    let scene = Scene::new().await;
    for aud in [
        json!("api://other"),
        json!([]),
        json!("api://punchout/"),
        json!(["a", "b"]),
    ] {
        let verdict = scene.verdict_with(json!({ "aud": aud })).await;
        assert_eq!(verdict, Err(invalid(Reason::Audience)), "{aud}");
    }
    let verdict = scene.verdict_with(json!({ "aud": Value::Null })).await;
    assert_eq!(verdict, Err(invalid(Reason::Audience)));
    assert!(
        scene
            .verdict_with(json!({ "aud": ["a", API] }))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_token_lives_from_nbf_to_exp_with_a_minute_of_leeway() {
    let scene = Scene::new().await;
    let now = now();
    assert!(scene.verdict_with(json!({ "exp": now - 20 })).await.is_ok());
    assert!(scene.verdict_with(json!({ "nbf": now + 20 })).await.is_ok());
    let late = scene.verdict_with(json!({ "exp": now - 120 })).await;
    assert_eq!(late, Err(invalid(Reason::Expired)));
    let early = scene.verdict_with(json!({ "nbf": now + 120 })).await;
    assert_eq!(early, Err(invalid(Reason::NotYetValid)));
}

#[tokio::test]
async fn a_token_without_an_end_or_a_subject_is_refused() {
    let scene = Scene::new().await;
    for changes in [
        json!({ "exp": null }),
        json!({ "exp": "soon" }),
        json!({ "nbf": "now" }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
        json!({ "sub": 7 }),
    ] {
        let verdict = scene.verdict_with(changes.clone()).await;
        assert_eq!(verdict, Err(invalid(Reason::Claims)), "{changes}");
    }
}

#[tokio::test]
async fn other_kinds_of_token_are_refused() {
    let scene = Scene::new().await;
    for (kind, good) in [
        ("at+jwt", true),
        ("application/at+JWT", true),
        ("logout+jwt", false),
    ] {
        let mut header = scene.issuer.key().header();
        header.typ = Some(kind.to_owned());
        let token = scene.issuer.key().sign(&header, &scene.issuer.claims(API));
        assert_eq!(scene.verdict(&token).await.is_ok(), good, "{kind}");
    }
}

#[tokio::test]
async fn a_critical_extension_is_refused() {
    let scene = Scene::new().await;
    let mut header = scene.issuer.key().header();
    header.crit = Some(vec!["exp".to_owned()]);
    let token = scene.issuer.key().sign(&header, &scene.issuer.claims(API));
    assert_eq!(
        scene.verdict(&token).await,
        Err(invalid(Reason::CriticalExtension))
    );
}

#[tokio::test]
async fn a_missing_scope_is_forbidden_rather_than_unauthorized() {
    let issuer = Issuer::start().await.unwrap();
    let settings = Settings {
        required_scope: Some("Credits.Use".to_owned()),
        ..Settings::new(issuer.url(), API)
    };
    let verifier = Verifier::discover(settings).await.unwrap();
    let mut claims = issuer.claims(API);
    for good in [
        json!("Credits.Use"),
        json!("a Credits.Use"),
        json!(["Credits.Use"]),
    ] {
        claims["scp"] = good;
        assert!(
            verifier
                .verify(Some(&format!("Bearer {}", issuer.token(&claims))))
                .await
                .is_ok()
        );
    }
    claims["scp"] = json!("credits.use Credits.UseMore");
    let rejection = verifier
        .verify(Some(&format!("Bearer {}", issuer.token(&claims))))
        .await
        .unwrap_err();
    assert_eq!(rejection.status(), 403);
    assert_eq!(
        rejection.challenge().as_deref(),
        Some(r#"Bearer error="insufficient_scope", scope="Credits.Use""#)
    );
}

#[tokio::test]
async fn a_refusal_names_its_reason_and_nothing_of_the_token() {
    let scene = Scene::new().await;
    let token = scene
        .issuer
        .token(&scene.claims_with(json!({ "exp": 1, "name": "Jane Doe" })));
    let rejection = scene.verdict(&token).await.unwrap_err();
    assert_eq!(rejection.status(), 401);
    assert_eq!(
        rejection.challenge().as_deref(),
        Some(r#"Bearer error="invalid_token", error_description="the token has expired""#)
    );
    let good = scene
        .verdict_with(json!({ "name": "Jane Doe" }))
        .await
        .unwrap();
    let shown = format!("{rejection:?} {rejection} {good:?} {:?}", scene.verifier);
    for secret in token.split('.').chain(["Jane", "subject-1"]) {
        assert!(!shown.contains(secret), "{shown}");
    }
}

fn base64url(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

#[tokio::test]
async fn a_token_that_was_good_is_judged_again_when_it_has_expired() {
    let issuer = Issuer::start().await.unwrap();
    let settings = Settings {
        leeway: std::time::Duration::ZERO,
        ..Settings::new(issuer.url(), API)
    };
    let verifier = Verifier::discover(settings).await.unwrap();
    let scene = Scene { issuer, verifier };
    let token = scene
        .issuer
        .token(&scene.claims_with(json!({ "exp": now() + 2 })));
    assert!(scene.verdict(&token).await.is_ok());
    assert!(scene.verdict(&token).await.is_ok());
    tokio::time::sleep(std::time::Duration::from_millis(3100)).await;
    assert_eq!(scene.verdict(&token).await, Err(invalid(Reason::Expired)));
}

#[tokio::test]
async fn a_good_token_with_another_signature_or_another_claim_is_another_token() {
    let scene = Scene::new().await;
    let token = scene.issuer.token(&scene.claims_with(json!({})));
    let other = scene
        .issuer
        .token(&scene.claims_with(json!({ "tid": TENANT })));
    assert!(scene.verdict(&token).await.is_ok());
    let (claims, _) = token.rsplit_once('.').unwrap();
    let (other_claims, other_signature) = other.rsplit_once('.').unwrap();
    let signature = token.rsplit_once('.').unwrap().1;
    for forged in [
        format!("{claims}.{other_signature}"),
        format!("{other_claims}.{signature}"),
    ] {
        let verdict = scene.verdict(&forged).await;
        assert_eq!(verdict, Err(invalid(Reason::Signature)));
    }
    assert!(scene.verdict(&token).await.is_ok());
}
