use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::Shared;
use super::error::ApiError;

/// `GET /health`: whether the service and its database answer; no token needed.
pub(super) async fn health(State(service): Shared) -> Result<Json<Value>, ApiError> {
    service.store.ping().await?;
    Ok(Json(json!({ "status": "ok" })))
}
