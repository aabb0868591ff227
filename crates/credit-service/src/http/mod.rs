//! The API: JSON over HTTP/1.1, for holders of a verified bearer token.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware;
use axum::routing::{get, post, put};
use bearer::Verifier;

use crate::clock::Clock;
use crate::store::Store;

mod account;
mod captures;
mod error;
mod health;
mod observe;
mod request;

/// More than a body of the three fields can need.
const MAX_BODY_BYTES: usize = 1024;

/// What the API works with.
#[derive(Clone, Debug)]
pub struct Service {
    /// Accounts, captures and the ledger.
    pub store: Store,
    /// The judge of bearer tokens.
    pub verifier: Arc<Verifier>,
    /// Where the present moment comes from.
    pub clock: Arc<dyn Clock>,
    /// The claim whose value is the account's id; `tid` with Microsoft Entra ID.
    pub account_claim: Arc<str>,
}

type Shared = State<Service>;

/// The API's routes.
pub fn router(service: Service) -> Router {
    Router::new()
        .route("/health", get(health::health))
        .route("/v1/account", get(account::account))
        .route("/v1/captures", get(captures::list))
        .route("/v1/captures/{capture_id}", put(captures::hold))
        .route("/v1/captures/{capture_id}/confirm", post(captures::confirm))
        .route("/v1/captures/{capture_id}/release", post(captures::release))
        .fallback(error::unknown_route)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn(observe::observe))
        .with_state(service)
}
