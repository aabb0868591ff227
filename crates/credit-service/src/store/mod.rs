//! Accounts, captures and the append-only ledger, in SQLite or PostgreSQL. Each transition is done in one transaction
//! that sees no other half done.

use sqlx::migrate::MigrateError;

use crate::capture::{CaptureId, Metadata};
use crate::clock::Timestamp;
use crate::rules::Refusal;

mod account;
mod books;
mod database;
mod events;
mod export;
mod lanes;
mod listing;
mod postgres;
mod removal;
mod retention;
mod sqlite;

pub use account::{Account, AccountId, Change, Charging, Grant, Granted, Outcome, WITHOUT_CHARGE};
use books::Answer;
pub use database::WhenMissing;
use database::{Database, reading};
pub use events::{Attempt, Event};
pub use export::{Export, LedgerLine, Lot};
use lanes::{Lanes, Wanted};
pub use listing::{Cursor, Listed, NotACursor, Page};
pub use removal::Removed;
pub use retention::{EVENT_LIFE, HISTORY_LIFE, Tidied};

/// Why a request to the store fails.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The same idempotency key stands for another grant.
    #[error("the idempotency key was used for another grant: use a new key for a new grant")]
    GrantMismatch,
    /// The address names no database that can be used. It may hold a password, so it is not shown.
    #[error(
        "the database's address cannot be used: write sqlite://PATH or postgres://USER@HOST/DATABASE"
    )]
    Address,
    /// The database's tables could not be brought up to date.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migration(#[from] MigrateError),
    /// The database failed.
    #[error("the database failed: {}", described(.0))]
    Database(#[from] sqlx::Error),
    /// The store is closed or closing.
    #[error("the database is closed")]
    Stopped,
}

/// What a database says, without the row's values that PostgreSQL adds as detail.
fn described(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        other => other.to_string(),
    }
}

/// What is asked of an account.
#[derive(Clone, Debug)]
enum Task {
    Hold(CaptureId, Metadata),
    Confirm(CaptureId),
    Release(CaptureId),
    Grant(Grant),
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    lanes: Lanes,
    charging: Charging,
}

impl Store {
    /// Opens the database at `sqlite://PATH` or `postgres://…` and brings its tables up to date.
    ///
    /// # Errors
    /// Where the address is of another kind, or the database cannot be opened or brought up to date.
    pub async fn open(address: &str, missing: WhenMissing) -> Result<Self, StoreError> {
        Self::open_charging(address, missing, Charging::Credits).await
    }

    /// The same, for captures that cost credits or not.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_charging(
        address: &str,
        missing: WhenMissing,
        charging: Charging,
    ) -> Result<Self, StoreError> {
        let database = Database::open(address, missing).await?;
        let lanes = Lanes::start(&database, charging);
        Ok(Self {
            database,
            lanes,
            charging,
        })
    }

    /// Waits for what is under way and closes the database.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// Whether captures cost credits.
    #[must_use]
    pub fn charging(&self) -> Charging {
        self.charging
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        reading!(&self.database, pool => sqlx::query("SELECT 1").execute(pool).await.map(drop))?;
        Ok(())
    }

    /// An account's credits; an account never seen has none.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account(
        &self,
        account: &AccountId,
        now: Timestamp,
    ) -> Result<Account, StoreError> {
        let (balance, held): (i64, i64) = reading!(&self.database, pool => sqlx::query_as(
            "SELECT COALESCE((SELECT balance FROM ledger_entries WHERE account_id = $1 \
             ORDER BY sequence DESC LIMIT 1), 0), \
             (SELECT COUNT(*) FROM captures WHERE account_id = $1 AND state = 'held' \
             AND expires_at > $2)",
        )
        .bind(account.as_str())
        .bind(now.as_millis())
        .fetch_one(pool)
        .await)?;
        Ok(Account::new(balance, held, self.charging))
    }

    /// Holds one credit for a capture.
    ///
    /// # Errors
    /// [`Refusal::MetadataMismatch`], [`Refusal::InsufficientCredits`], or where the database fails.
    pub async fn hold(
        &self,
        (account, capture): (&AccountId, CaptureId),
        metadata: &Metadata,
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        let task = Task::Hold(capture, metadata.clone());
        self.transition(account, task, now).await
    }

    /// Debits a capture's credit, once.
    ///
    /// # Errors
    /// [`Refusal::UnknownCapture`], or where the database fails.
    pub async fn confirm(
        &self,
        (account, capture): (&AccountId, CaptureId),
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        self.transition(account, Task::Confirm(capture), now).await
    }

    /// Gives a capture's credit back.
    ///
    /// # Errors
    /// [`Refusal::UnknownCapture`], [`Refusal::AlreadyConfirmed`], or where the database fails.
    pub async fn release(
        &self,
        (account, capture): (&AccountId, CaptureId),
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        self.transition(account, Task::Release(capture), now).await
    }

    async fn transition(
        &self,
        account: &AccountId,
        task: Task,
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        match self.lanes.perform(account, task, now).await? {
            Answer::Capture(outcome) => Ok(outcome),
            Answer::Grant(_) => Err(StoreError::Stopped),
        }
    }

    /// Adds credits to an account, which need not have been seen before.
    ///
    /// # Errors
    /// [`StoreError::GrantMismatch`] where the key stands for another number or reason, or where the database fails.
    pub async fn grant(
        &self,
        account: &AccountId,
        grant: &Grant,
        now: Timestamp,
    ) -> Result<Granted, StoreError> {
        let mut grant = grant.clone();
        // A batch that failed is tried again, so each grant needs a key.
        grant
            .idempotency_key
            .get_or_insert_with(|| uuid::Uuid::new_v4().to_string());
        let task = Task::Grant(grant);
        match self.lanes.perform(account, task, now).await? {
            Answer::Grant(granted) => Ok(granted),
            Answer::Capture(_) => Err(StoreError::Stopped),
        }
    }
}
