//! The real router on a real socket, a loopback issuer that signs real tokens, and a clock that tests move.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bearer::{Settings, Verifier};
use credit_service::clock::{Clock, Timestamp};
use credit_service::http::{Service, router};
use credit_service::store::{AccountId, Charging, Grant, Store, WhenMissing};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use test_issuer::Issuer;
use tokio::net::TcpListener;
use uuid::Uuid;

/// Which database the suite runs on.
#[allow(dead_code, reason = "each crate of the suite has one")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The address of a new, empty database; the folder is the caller's to keep.
pub fn new_database(folder: &std::path::Path) -> String {
    match crate::KIND {
        Kind::Sqlite => format!("sqlite://{}", folder.join("credits.db").display()),
        Kind::Postgres => super::cluster::new_database(),
    }
}

pub const API: &str = "api://punchout-credits";
pub const DAY: Duration = Duration::from_hours(24);

#[derive(Debug)]
pub struct MovableClock(pub AtomicI64);

impl MovableClock {
    pub fn advance(&self, span: Duration) {
        let millis = i64::try_from(span.as_millis()).unwrap();
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

pub struct Scene {
    pub issuer: Issuer,
    pub clock: Arc<MovableClock>,
    pub store: Store,
    pub base: String,
    pub client: Client,
    pub database: String,
    _directory: tempfile::TempDir,
}

impl Scene {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with_account_claim(account_claim: &str) -> Self {
        Self::with(|service| service.account_claim = account_claim.into()).await
    }

    pub async fn with(change: impl FnOnce(&mut Service)) -> Self {
        Self::charging(Charging::Credits, change).await
    }

    pub async fn charging(charging: Charging, change: impl FnOnce(&mut Service)) -> Self {
        let issuer = Issuer::start().await.unwrap();
        let settings = Settings::new(issuer.url(), API);
        let verifier = Arc::new(Verifier::discover(settings).await.unwrap());
        let directory = tempfile::tempdir().unwrap();
        let database = new_database(directory.path());
        let store = Store::open_charging(&database, WhenMissing::Create, charging).await;
        let store = store.unwrap();
        let clock = Arc::new(MovableClock(AtomicI64::new(1_800_000_000_000)));
        let mut service = Service {
            clock: clock.clone(),
            ..Service::new(store.clone(), verifier)
        };
        change(&mut service);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router(service)).await });
        Self {
            issuer,
            clock,
            store,
            base,
            client: Client::new(),
            database,
            _directory: directory,
        }
    }

    /// A user of a new tenant that was granted so many credits.
    pub async fn tenant(&self, credits: u32) -> Tenant<'_> {
        let id = Uuid::new_v4().to_string();
        let token = self.token(&json!({ "tid": id }));
        let tenant = Tenant {
            scene: self,
            id,
            token,
        };
        tenant.grant(credits).await;
        tenant
    }

    pub fn token(&self, changes: &Value) -> String {
        let mut claims = self.issuer.claims(API);
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        self.issuer.token(&claims)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }
}

pub struct Tenant<'a> {
    pub scene: &'a Scene,
    pub id: String,
    pub token: String,
}

impl Tenant<'_> {
    pub async fn grant(&self, credits: u32) {
        let Some(credits) = NonZeroU32::new(credits) else {
            return;
        };
        let grant = Grant {
            credits,
            reason: "test".to_owned(),
            idempotency_key: None,
        };
        let account = AccountId::new(&self.id);
        self.scene
            .store
            .grant(&account, &grant, self.scene.clock.now())
            .await
            .unwrap();
    }

    pub async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request(Method::GET, path)).await
    }

    pub fn put_request(&self, capture: Uuid, body: &str) -> RequestBuilder {
        let request = self.request(Method::PUT, &format!("/v1/captures/{capture}"));
        request
            .header("content-type", "application/json")
            .body(body.to_owned())
    }

    pub fn confirm_request(&self, capture: Uuid) -> RequestBuilder {
        self.request(Method::POST, &format!("/v1/captures/{capture}/confirm"))
    }

    pub fn release_request(&self, capture: Uuid) -> RequestBuilder {
        self.request(Method::POST, &format!("/v1/captures/{capture}/release"))
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.scene.request(method, path).bearer_auth(&self.token)
    }

    pub async fn put(&self, capture: Uuid, body: &Value) -> Reply {
        self.put_text(capture, &body.to_string()).await
    }

    pub async fn put_text(&self, capture: Uuid, body: &str) -> Reply {
        Reply::of(self.put_request(capture, body)).await
    }

    pub async fn confirm(&self, capture: Uuid) -> Reply {
        Reply::of(self.confirm_request(capture)).await
    }

    pub async fn release(&self, capture: Uuid) -> Reply {
        Reply::of(self.release_request(capture)).await
    }

    /// Balance, held, available.
    pub async fn account(&self) -> [i64; 3] {
        let reply = self.get("/v1/account").await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        assert_eq!(reply.body.as_object().unwrap().len(), 4);
        assert!(reply.body["low_balance"].is_boolean());
        ["balance", "held", "available"].map(|name| reply.body[name].as_i64().unwrap())
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub challenge: Option<String>,
    pub cache_control: Option<String>,
    pub retry_after: Option<String>,
    pub body: Value,
}

impl Reply {
    pub async fn of(request: RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .map(|v| v.to_str().unwrap().to_owned())
        };
        Self {
            status: answer.status().as_u16(),
            challenge: header("www-authenticate"),
            cache_control: header("cache-control"),
            retry_after: header("retry-after"),
            body: body(&answer.text().await.unwrap()),
        }
    }

    /// Status and error code.
    pub fn error(&self) -> (u16, &str) {
        assert!(
            !self.body["error"]["message"].as_str().unwrap().is_empty(),
            "{self:?}"
        );
        (self.status, self.body["error"]["code"].as_str().unwrap())
    }

    /// Status, state and available credits.
    pub fn outcome(&self) -> (u16, &str, i64) {
        let state = self.body["state"].as_str();
        (
            self.status,
            state.unwrap_or("(an error)"),
            self.body["available"].as_i64().unwrap(),
        )
    }
}

fn body(text: &str) -> Value {
    match text {
        "" => Value::Null,
        text => serde_json::from_str(text).unwrap(),
    }
}

/// A request with a JSON body.
pub fn with_json(request: RequestBuilder, body: &Value) -> RequestBuilder {
    let request = request.header("content-type", "application/json");
    request.body(body.to_string())
}

/// Metadata that are right.
pub fn metadata() -> Value {
    json!({ "captured_at": "2027-01-15T08:00:00Z", "vendor_host": "shop.example", "line_count": 3 })
}

/// The same with one field replaced or added.
pub fn metadata_with(name: &str, value: Value) -> Value {
    let mut metadata = metadata();
    metadata[name] = value;
    metadata
}
