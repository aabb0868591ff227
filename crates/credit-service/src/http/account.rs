use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::Shared;
use super::captures::ListedAnswer;
use super::error::{ApiError, ErrorAnswer};
use super::request::{Administrator, Caller};
use crate::store::{Account, Charging, LedgerLine, Lot, Removed};

/// An account's credits.
#[derive(Serialize, ToSchema)]
pub(super) struct AccountAnswer {
    /// Granted less debited; below zero where a finished post found no credit.
    balance: i64,
    /// Credits of live holds.
    held: i64,
    /// What new holds can take.
    available: i64,
    /// Whether it is time to add credits.
    low_balance: bool,
}

impl AccountAnswer {
    fn new(account: Account, service: &super::Service) -> Self {
        let counts = service.store.charging() == Charging::Credits;
        Self {
            balance: account.balance,
            held: account.held,
            available: account.available,
            low_balance: counts && account.available < service.low_balance,
        }
    }
}

/// The account's credits.
#[utoipa::path(get, path = "/v1/account", tag = "account", responses(
    (status = 200, description = "The credits", body = AccountAnswer),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn account(
    State(service): Shared,
    Caller(account): Caller,
) -> Result<Json<AccountAnswer>, ApiError> {
    let credits = service.store.account(&account, service.clock.now()).await?;
    Ok(Json(AccountAnswer::new(credits, &service)))
}

/// All that is kept of an account.
#[derive(Serialize, ToSchema)]
pub(super) struct ExportAnswer {
    /// The account's id.
    account_id: String,
    credits: AccountAnswer,
    /// Credits as they came, oldest first, and what is left of each.
    lots: Vec<Lot>,
    /// Every grant and debit, oldest first.
    ledger: Vec<LedgerLine>,
    /// The captures of the last twelve months, newest first.
    captures: Vec<ListedAnswer>,
}

/// All that is kept of the account.
#[utoipa::path(get, path = "/v1/export", tag = "account", responses(
    (status = 200, description = "All that is kept", body = ExportAnswer),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope, or the administrator's role", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn export(
    State(service): Shared,
    Administrator(account): Administrator,
) -> Result<Json<ExportAnswer>, ApiError> {
    let export = service.store.export(&account, service.clock.now()).await?;
    Ok(Json(ExportAnswer {
        account_id: account.as_str().to_owned(),
        credits: AccountAnswer::new(export.account, &service),
        lots: export.lots(),
        captures: export
            .captures
            .into_iter()
            .map(ListedAnswer::from)
            .collect(),
        ledger: export.ledger,
    }))
}

/// Removes the account, its captures, its ledger and the credits that are left.
#[utoipa::path(delete, path = "/v1/account", tag = "account", responses(
    (status = 204, description = "Removed, or never there"),
    (status = 401, description = "No good token", body = ErrorAnswer),
    (status = 403, description = "The token lacks a scope, or the administrator's role", body = ErrorAnswer),
    (status = 429, description = "Too many requests of the account", body = ErrorAnswer),
    (status = 503, description = "Out of order: try again later", body = ErrorAnswer),
))]
pub(super) async fn remove(
    State(service): Shared,
    Administrator(account): Administrator,
) -> Result<StatusCode, ApiError> {
    match service.store.remove(&account).await? {
        Removed::Everything => tracing::info!("an account was removed at its owner's wish"),
        Removed::Nothing => {}
    }
    Ok(StatusCode::NO_CONTENT)
}
