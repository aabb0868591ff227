//! Errors as answers: `{"error":{"code","message"}}`.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bearer::Rejection;
use serde_json::json;

use crate::rules::Refusal;
use crate::store::StoreError;

/// An error to be answered. The message says what the client's person or programmer can do.
#[derive(Debug)]
pub(super) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    challenge: Option<String>,
}

impl ApiError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            challenge: None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": { "code": self.code, "message": self.message } }));
        match self.challenge {
            Some(challenge) => {
                (self.status, [(header::WWW_AUTHENTICATE, challenge)], body).into_response()
            }
            None => (self.status, body).into_response(),
        }
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        Self {
            challenge: rejection.challenge(),
            ..Self::new(rejection.status(), rejection.code(), rejection.to_string())
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let (status, code) = match refusal {
            Refusal::InsufficientCredits => (StatusCode::PAYMENT_REQUIRED, "insufficient_credits"),
            Refusal::MetadataMismatch => (StatusCode::CONFLICT, "metadata_mismatch"),
            Refusal::UnknownCapture => (StatusCode::NOT_FOUND, "unknown_capture"),
            Refusal::AlreadyConfirmed => (StatusCode::CONFLICT, "already_confirmed"),
        };
        Self::new(status, code, refusal.to_string())
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if let StoreError::Refused(refusal) = error {
            return refusal.into();
        }
        tracing::error!(%error, "a request to the store failed");
        let message = "the service's database is out of order: try again later";
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "temporarily_unavailable",
            message,
        )
    }
}

pub(super) async fn unknown_route() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "unknown_route",
        "there is nothing at this address",
    )
}

pub(super) async fn method_not_allowed() -> ApiError {
    let message = "this address does not have this method";
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        message,
    )
}
