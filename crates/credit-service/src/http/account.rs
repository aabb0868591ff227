use axum::Json;
use axum::extract::State;

use super::Shared;
use super::error::ApiError;
use super::request::Caller;
use crate::store::Account;

/// `GET /v1/account`
pub(super) async fn account(
    State(service): Shared,
    Caller(account): Caller,
) -> Result<Json<Account>, ApiError> {
    Ok(Json(
        service.store.account(&account, service.clock.now()).await?,
    ))
}
