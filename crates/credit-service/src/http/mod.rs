//! The API: JSON over HTTP/1.1, for holders of a verified bearer token.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware;
use axum::routing::{get, post};
use bearer::Verifier;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::clock::{Clock, SystemClock};
use crate::store::Store;

mod account;
mod captures;
mod document;
mod error;
mod events;
mod health;
mod limit;
mod metrics;
mod observe;
mod request;
mod stripe;

pub use limit::RateLimit;
pub use metrics::Metrics;
pub use stripe::SigningSecret;

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
    /// The role that a token must carry to export or remove its account; none where everyone of a tenant may.
    pub administrator_role: Option<Arc<str>>,
    /// Below so many available credits an account is told that it is time to add some.
    pub low_balance: i64,
    /// How often an account may ask; as often as it likes where there is none.
    pub rate_limit: Option<Arc<RateLimit>>,
    /// The secrets that Stripe signs its events with; without one there is no such endpoint.
    pub stripe_secrets: Arc<[SigningSecret]>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
}

/// Below so many credits an account is told so, unless another number is set.
pub const LOW_BALANCE: i64 = 10;

impl Service {
    /// A service with the account named by `tid`, without limits and webhook.
    #[must_use]
    pub fn new(store: Store, verifier: Arc<Verifier>) -> Self {
        Self {
            store,
            verifier,
            clock: Arc::new(SystemClock),
            account_claim: "tid".into(),
            administrator_role: None,
            low_balance: LOW_BALANCE,
            rate_limit: None,
            stripe_secrets: Arc::new([]),
            metrics: Arc::default(),
        }
    }
}

type Shared = State<Service>;

/// The routes for clients, and their description.
fn described() -> (Router<Service>, OpenApi) {
    OpenApiRouter::with_openapi(document::frame())
        .routes(routes!(account::account, account::remove))
        .routes(routes!(account::export))
        .routes(routes!(captures::list))
        .routes(routes!(captures::hold))
        .routes(routes!(captures::confirm))
        .routes(routes!(captures::release))
        .routes(routes!(events::count))
        .split_for_parts()
}

/// The description of the API, by its code.
#[must_use]
pub fn openapi() -> OpenApi {
    described().1
}

/// The API's routes: those for clients, and those for the operator and Stripe.
pub fn router(service: Service) -> Router {
    let (mut routes, _) = described();
    routes = routes.layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    if !service.stripe_secrets.is_empty() {
        let limit = DefaultBodyLimit::max(stripe::MAX_EVENT_BYTES);
        routes = routes.route("/v1/stripe/events", post(stripe::receive).layer(limit));
    }
    routes
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(metrics::metrics))
        .fallback(error::unknown_route)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(middleware::from_fn_with_state(
            service.clone(),
            observe::observe,
        ))
        .with_state(service)
}
