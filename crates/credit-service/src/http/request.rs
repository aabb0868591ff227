//! Reading a request: whose it is, which capture it is about, what it says.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use bearer::Claims;
use serde::de::DeserializeOwned;

use super::Service;
use super::error::ApiError;
use crate::capture::CaptureId;
use crate::store::AccountId;

/// The account of the request's verified token, within its limit of requests.
pub(super) struct Caller(pub(super) AccountId);

impl FromRequestParts<Service> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let claims = claims(parts, service).await?;
        account(&claims, service).map(Self)
    }
}

/// The same, of a person who may export and remove the account.
pub(super) struct Administrator(pub(super) AccountId);

impl FromRequestParts<Service> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let claims = claims(parts, service).await?;
        let account = account(&claims, service)?;
        match service.administrator_role.as_deref() {
            Some(role) if !claims.has_role(role) => Err(ApiError::role_needed(role)),
            _ => Ok(Self(account)),
        }
    }
}

async fn claims(parts: &Parts, service: &Service) -> Result<Claims, ApiError> {
    let value = parts.headers.get(header::AUTHORIZATION);
    let text = value.and_then(|value| value.to_str().ok());
    Ok(service.verifier.verify(text).await?)
}

fn account(claims: &Claims, service: &Service) -> Result<AccountId, ApiError> {
    let named = claims
        .text(&service.account_claim)
        .filter(|id| !id.is_empty());
    let account = AccountId::new(named.unwrap_or(&claims.subject));
    let taken = service
        .rate_limit
        .as_ref()
        .map(|limit| limit.take(&account, service.clock.now()));
    match taken {
        Some(Err(seconds)) => Err(ApiError::too_many(seconds)),
        Some(Ok(())) | None => Ok(account),
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
