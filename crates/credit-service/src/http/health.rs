use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::Shared;
use super::error::ApiError;

/// `GET /health`: the process answers; where it does not, it is to be started anew. No token needed.
pub(super) async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /ready`: the database answers too; where it does not, requests are to go elsewhere. No token needed.
pub(super) async fn ready(State(service): Shared) -> Result<Json<Value>, ApiError> {
    service.store.ping().await?;
    Ok(Json(json!({ "status": "ready" })))
}
