//! Reading a request: whose it is, which capture it is about, what it says.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

use super::Service;
use super::error::ApiError;
use crate::capture::CaptureId;
use crate::store::AccountId;

/// The account of the request's verified token.
pub(super) struct Caller(pub(super) AccountId);

impl FromRequestParts<Service> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let value = parts.headers.get(header::AUTHORIZATION);
        let claims = service
            .verifier
            .verify(value.and_then(|value| value.to_str().ok()))
            .await?;
        let account = claims
            .text(&service.account_claim)
            .filter(|id| !id.is_empty());
        Ok(Self(AccountId::new(account.unwrap_or(&claims.subject))))
    }
}

/// The capture's id in the path.
pub(super) struct Id(pub(super) CaptureId);

impl FromRequestParts<Service> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let path = Path::<CaptureId>::from_request_parts(parts, service).await;
        path.map(|Path(id)| Self(id)).map_err(|_| {
            let message = "a capture's id must be a UUID";
            ApiError::new(StatusCode::BAD_REQUEST, "invalid_capture_id", message)
        })
    }
}

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Service> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, service: &Service) -> Result<Self, ApiError> {
        let body = Json::<T>::from_request(request, service).await;
        body.map(|Json(body)| Self(body)).map_err(|rejection| {
            let code = match &rejection {
                JsonRejection::JsonDataError(_) => "invalid_body",
                JsonRejection::JsonSyntaxError(_) => "invalid_json",
                JsonRejection::MissingJsonContentType(_) => "json_expected",
                _ if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
                _ => "unreadable_body",
            };
            ApiError::new(rejection.status(), code, rejection.body_text())
        })
    }
}

/// The query of the address.
pub(super) struct Parameters<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Service> for Parameters<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let query = Query::<T>::from_request_parts(parts, service).await;
        query
            .map(|Query(query)| Self(query))
            .map_err(|rejection: QueryRejection| {
                ApiError::new(
                    StatusCode::BAD_REQUEST,
                    "invalid_query",
                    rejection.body_text(),
                )
            })
    }
}
