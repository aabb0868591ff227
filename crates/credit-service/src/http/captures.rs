use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::Shared;
use super::error::ApiError;
use super::request::{Body, Caller, Id, Parameters};
use crate::capture::{CaptureId, Metadata};
use crate::rules;
use crate::store::{Change, Listed, Outcome};

const DEFAULT_PAGE: u8 = 50;
const LARGEST_PAGE: u8 = 100;

/// A capture after a transition.
#[derive(Serialize)]
pub(super) struct Answer {
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

/// `PUT /v1/captures/{capture_id}`: holds one credit.
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

/// `POST /v1/captures/{capture_id}/confirm`: debits one credit.
pub(super) async fn confirm(
    State(service): Shared,
    Caller(account): Caller,
    Id(id): Id,
) -> Result<Json<Answer>, ApiError> {
    let outcome = service
        .store
        .confirm((&account, id), service.clock.now())
        .await?;
    Ok(Answer::new(id, outcome))
}

/// `POST /v1/captures/{capture_id}/release`: gives the held credit back.
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
#[derive(Serialize)]
pub(super) struct PageAnswer {
    captures: Vec<ListedAnswer>,
    next: Option<String>,
}

#[derive(Serialize)]
struct ListedAnswer {
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

/// `GET /v1/captures?limit&after`: the account's captures, newest first.
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
