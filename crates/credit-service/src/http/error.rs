//! Errors as answers: `{"error":{"code","message"}}`.

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bearer::Rejection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::rules::Refusal;
use crate::store::StoreError;

/// An error as it is answered.
#[derive(Serialize, ToSchema)]
pub(super) struct ErrorAnswer {
    error: ErrorBody,
}

#[derive(Serialize, ToSchema)]
struct ErrorBody {
    /// What a program goes by.
    code: &'static str,
    /// What a person can do.
    message: String,
}

/// An error to be answered. The message says what the client's person or programmer can do.
#[derive(Debug)]
pub(super) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    header: Option<(HeaderName, String)>,
}

impl ApiError {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            header: None,
        }
    }
}

impl ApiError {
    /// The account has asked too often.
    pub(super) fn too_many(seconds: i64) -> Self {
        let message = format!("this account has asked too often: wait {seconds} s");
        Self {
            header: Some((header::RETRY_AFTER, seconds.to_string())),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message)
        }
    }

    /// The token's person may not do this.
    pub(super) fn role_needed(role: &str) -> Self {
        let message = format!("this needs the role `{role}`: ask your administrator");
        Self::new(StatusCode::FORBIDDEN, "role_needed", message)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Self { code, message, .. } = self;
        let error = ErrorBody { code, message };
        let mut answer = (self.status, Json(ErrorAnswer { error })).into_response();
        if let Some((name, Ok(value))) = self.header.map(|(name, text)| (name, text.try_into())) {
            answer.headers_mut().insert(name, value);
        }
        answer
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        Self {
            header: rejection
                .challenge()
                .map(|challenge| (header::WWW_AUTHENTICATE, challenge)),
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
        match error {
            StoreError::Refused(refusal) => return refusal.into(),
            StoreError::GrantMismatch => {
                return Self::new(StatusCode::CONFLICT, "grant_mismatch", error.to_string());
            }
            _ => {}
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
