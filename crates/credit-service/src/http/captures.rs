use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Shared;
use super::error::{ApiError, ErrorAnswer};
use super::request::{Body, Caller, Id, Parameters};
use crate::capture::{CaptureId, Metadata};
use crate::rules;
use crate::store::{Change, Listed, Outcome};

const DEFAULT_PAGE: u8 = 50;
const LARGEST_PAGE: u8 = 100;

/// A capture after a transition.
#[derive(Serialize, ToSchema)]
pub(super) struct Answer {
    #[schema(value_type = String, format = Uuid)]
    id: CaptureId,
    state: rules::State,
    available: i64,
}

impl Answer {
    fn new(id: CaptureId, outcome: Outcome) -> Json<Self> {
        Json(Self {
            id,
            state: outcome.state,
            available: outcome.available,
        })
    }
}

/// Holds one credit.
#[utoipa::path(put, path = "/v1/captures/{capture_id}", tag = "captures", request_body = Metadata,
    params(("capture_id" = Uuid, Path, description = "Made by the client; unique within an account")), responses(
    (status = 200, description = "Held or confirmed before", body = Answer),
    (status = 201, description = "Held", body = Answer),
    (status = 400, description = "No JSON, or no UUID", body = ErrorAnswer),
    (status = 402, description = "No credit is available", body = ErrorAnswer),
    (status = 409, description = "Held or confirmed with other metadata", body = ErrorAnswer),
    (status = 413, description = "More than a kibibyte", body = ErrorAnswer),
    (status = 415, description = "Not said to be JSON", body = ErrorAnswer),
    (status = 422, description = "Other fields, or other values", body = ErrorAnswer),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn hold(
    State(service): Shared,
    Caller(account): Caller,
    Id(id): Id,
    Body(metadata): Body<Metadata>,
) -> Result<(StatusCode, Json<Answer>), ApiError> {
    let outcome = service
        .store
        .hold((&account, id), &metadata, service.clock.now())
        .await?;
    let status = match outcome.change {
        Change::Made => StatusCode::CREATED,
        Change::Stood => StatusCode::OK,
    };
    Ok((status, Answer::new(id, outcome)))
}

/// Debits the credit, once.
#[utoipa::path(post, path = "/v1/captures/{capture_id}/confirm", tag = "captures",
    params(("capture_id" = Uuid, Path, description = "Made by the client; unique within an account")), responses(
    (status = 200, description = "Confirmed, now or before", body = Answer),
    (status = 400, description = "No UUID", body = ErrorAnswer),
    (status = 404, description = "Never held", body = ErrorAnswer),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn confirm(
    State(service): Shared,
    Caller(account): Caller,
    Id(id): Id,
) -> Result<Json<Answer>, ApiError> {
    let outcome = service
        .store
        .confirm((&account, id), service.clock.now())
        .await?;
    if outcome.change == Change::Made && outcome.available < 0 {
        service.metrics.owed();
    }
    Ok(Answer::new(id, outcome))
}

/// Gives the held credit back.
#[utoipa::path(post, path = "/v1/captures/{capture_id}/release", tag = "captures",
    params(("capture_id" = Uuid, Path, description = "Made by the client; unique within an account")), responses(
    (status = 200, description = "Released, now or before", body = Answer),
    (status = 400, description = "No UUID", body = ErrorAnswer),
    (status = 404, description = "Never held", body = ErrorAnswer),
    (status = 409, description = "Confirmed, so it cannot be given back", body = ErrorAnswer),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn release(
    State(service): Shared,
    Caller(account): Caller,
    Id(id): Id,
) -> Result<Json<Answer>, ApiError> {
    let outcome = service
        .store
        .release((&account, id), service.clock.now())
        .await?;
    Ok(Answer::new(id, outcome))
}

/// The query of a list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listing {
    limit: Option<u8>,
    after: Option<String>,
}

/// A part of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct PageAnswer {
    captures: Vec<ListedAnswer>,
    /// What to ask for with `after`, where there is more.
    next: Option<String>,
}

/// A capture of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct ListedAnswer {
    #[schema(value_type = String, format = Uuid)]
    id: CaptureId,
    captured_at: String,
    vendor_host: String,
    line_count: i64,
    state: rules::State,
}

impl From<Listed> for ListedAnswer {
    fn from(listed: Listed) -> Self {
        Self {
            id: listed.capture,
            captured_at: listed.metadata.captured_at.into(),
            vendor_host: listed.metadata.vendor_host.into(),
            line_count: listed.metadata.line_count.into(),
            state: listed.state,
        }
    }
}

/// The account's captures of the last twelve months, newest first.
#[utoipa::path(get, path = "/v1/captures", tag = "captures", params(
    ("limit" = Option<u8>, Query, description = "How many captures; 50 where nothing is said", minimum = 1, maximum = 100),
    ("after" = Option<String>, Query, description = "The `next` of the page before"),
), responses(
    (status = 200, description = "A page", body = PageAnswer),
    (status = 400, description = "A parameter that means nothing", body = ErrorAnswer),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn list(
    State(service): Shared,
    Caller(account): Caller,
    Parameters(listing): Parameters<Listing>,
) -> Result<Json<PageAnswer>, ApiError> {
    let invalid =
        |message: String| ApiError::new(StatusCode::BAD_REQUEST, "invalid_query", message);
    let limit = listing.limit.unwrap_or(DEFAULT_PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(invalid(format!("`limit` must be from 1 to {LARGEST_PAGE}")));
    }
    let after = listing.after.map(|after| after.parse()).transpose();
    let after = after.map_err(|error: crate::store::NotACursor| invalid(error.to_string()))?;
    let page = service
        .store
        .captures(&account, (after, limit), service.clock.now())
        .await?;
    Ok(Json(PageAnswer {
        captures: page.captures.into_iter().map(ListedAnswer::from).collect(),
        next: page.next.map(|place| place.to_string()),
    }))
}
