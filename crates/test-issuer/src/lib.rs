//! A token issuer on the loopback interface, for tests: metadata, keys, signed tokens.
//!
//! Its keys are made when it starts, so none is ever stored.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

mod key;

pub use jsonwebtoken::{Algorithm, Header};
pub use key::SigningKey;

/// What the issuer publishes and counts.
#[derive(Debug, Default)]
struct Published {
    issuer: Mutex<String>,
    base: Mutex<String>,
    keys: Mutex<Vec<Value>>,
    key_reads: AtomicUsize,
    out_of_order: AtomicBool,
}

/// A running issuer; its address is also its name.
#[derive(Clone, Debug)]
pub struct Issuer {
    published: Arc<Published>,
    key: SigningKey,
}

impl Issuer {
    /// Starts on a free port with one new P-256 key, `kid` "first".
    ///
    /// # Errors
    /// Where no port can be had or no key be made.
    pub async fn start() -> std::io::Result<Self> {
        Self::start_with(SigningKey::p256("first")?).await
    }

    /// Starts on a free port with the given key.
    ///
    /// # Errors
    /// Where no port can be had.
    pub async fn start_with(key: SigningKey) -> std::io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let published = Arc::new(Published::default());
        set(&published.issuer, base.clone());
        set(&published.base, base);
        set(&published.keys, vec![key.public.clone()]);
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/{tenant}/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .with_state(Arc::clone(&published));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { published, key })
    }

    /// The issuer's address, and its name unless another is published.
    #[must_use]
    pub fn url(&self) -> String {
        value(&self.published.base)
    }

    /// The key that [`token`](Self::token) signs with.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Names another issuer in the metadata.
    pub fn publish_issuer(&self, issuer: &str) {
        set(&self.published.issuer, issuer.to_owned());
    }

    /// Publishes these keys from now on.
    pub fn publish_keys(&self, keys: Vec<Value>) {
        set(&self.published.keys, keys);
    }

    /// From now on the keys are answered with 503.
    pub fn fail(&self) {
        self.published.out_of_order.store(true, Ordering::SeqCst);
    }

    /// How often the keys were read.
    #[must_use]
    pub fn key_reads(&self) -> usize {
        self.published.key_reads.load(Ordering::SeqCst)
    }

    /// Claims of a good token for the audience: this issuer, a subject, valid for an hour.
    #[must_use]
    pub fn claims(&self, audience: &str) -> Value {
        let now = now();
        json!({
            "iss": value(&self.published.issuer), "aud": audience, "sub": "subject-1",
            "iat": now, "nbf": now, "exp": now + 3600,
        })
    }

    /// A token with these claims, signed with the issuer's key.
    #[must_use]
    pub fn token(&self, claims: &Value) -> String {
        self.key.sign(&self.key.header(), claims)
    }
}

/// Now, in seconds since 1970.
#[must_use]
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|since| since.as_secs())
        .unwrap_or_default()
}

async fn metadata(State(published): State<Arc<Published>>) -> Json<Value> {
    let jwks_uri = format!("{}/keys", value(&published.base));
    Json(json!({ "issuer": value(&published.issuer), "jwks_uri": jwks_uri }))
}

async fn keys(State(published): State<Arc<Published>>) -> Result<Json<Value>, StatusCode> {
    published.key_reads.fetch_add(1, Ordering::SeqCst);
    if published.out_of_order.load(Ordering::SeqCst) {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    Ok(Json(json!({ "keys": value(&published.keys) })))
}

fn set<T>(cell: &Mutex<T>, value: T) {
    *cell.lock().unwrap_or_else(PoisonError::into_inner) = value;
}

fn value<T: Clone>(cell: &Mutex<T>) -> T {
    cell.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
