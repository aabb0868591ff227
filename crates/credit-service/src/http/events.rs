use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Shared;
use super::error::{ApiError, ErrorAnswer};
use super::request::{Body, Caller};
use crate::capture::{LineCount, VendorHost};
use crate::store::{Attempt, Event};

/// How captures go at a shop. It is counted by day, and nothing says whose they were.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EventBody {
    /// The shop.
    #[schema(value_type = String, max_length = 253, pattern = r"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$", example = "shop.example.com")]
    vendor_host: VendorHost,
    /// How many captures.
    #[schema(value_type = i64, minimum = 1, maximum = 10000)]
    captures: LineCount,
    /// How they ended.
    outcome: Attempt,
}

/// Counts captures, so that a shop whose definition has broken is noticed.
#[utoipa::path(post, path = "/v1/events", tag = "events", request_body = EventBody, responses(
    (status = 204, description = "Counted"),
    (status = 400, description = "No JSON", body = ErrorAnswer),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope", body = ErrorAnswer),
    (status = 413, description = "More than a kibibyte", body = ErrorAnswer),
    (status = 415, description = "Not said to be JSON", body = ErrorAnswer),
    (status = 422, description = "Other fields, or other values", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn count(
    State(service): Shared,
    Caller(_account): Caller,
    Body(body): Body<EventBody>,
) -> Result<StatusCode, ApiError> {
    let event = Event {
        vendor_host: body.vendor_host,
        outcome: body.outcome,
        captures: body.captures,
    };
    service.store.count(&event, service.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
