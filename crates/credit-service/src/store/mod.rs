//! Accounts, captures and the append-only ledger. Each transition is one transaction that sees no other half done.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::capture::{CaptureId, Metadata};
use crate::clock::Timestamp;
use crate::rules::{self, Confirmation, HOLD_LIFE, Hold, Record, Refusal, Release, State};

mod grant;
mod listing;
mod rows;

pub use grant::{Grant, Granted};
pub use listing::{Cursor, Listed, NotACursor, Page};
use rows::Entry;

/// How long a writer waits for one of another process, for example the command that grants credits.
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);
const READERS: u32 = 4;

/// Whose credits: the tenant, or the subject where the token names no tenant.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccountId(String);

impl AccountId {
    /// The account of this id.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An account may be a person's: it is not shown.
impl std::fmt::Debug for AccountId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("AccountId(…)")
    }
}

/// An account's credits at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Account {
    /// Granted less debited; below zero where a finished post found no credit.
    pub balance: i64,
    /// Credits of live holds.
    pub held: i64,
    /// `balance` less `held`: what new holds can take.
    pub available: i64,
}

/// Whether a request changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It did.
    Made,
    /// It had been made before.
    Stood,
}

/// A capture after a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its state now.
    pub state: State,
    /// The account's available credits now.
    pub available: i64,
    /// Whether this request brought it there.
    pub change: Change,
}

/// Why a request to the store fails.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The same idempotency key stands for another grant.
    #[error("the idempotency key was used for another grant: use a new key for a new grant")]
    GrantMismatch,
    /// The address names no database that can be used.
    #[error("`{0}` is not the address of a SQLite database: write sqlite://PATH")]
    Address(String),
    /// The database's tables could not be brought up to date.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migration(#[from] MigrateError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

/// What to do where the database does not exist yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenMissing {
    /// Make it.
    Create,
    /// Fail.
    Fail,
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    /// One connection: SQLite has one writer at a time, and this queue is fairer than its busy handler.
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Opens the database at `sqlite://PATH` and brings its tables up to date.
    ///
    /// # Errors
    /// Where the address is of another kind, or the database cannot be opened or brought up to date.
    pub async fn open(address: &str, missing: WhenMissing) -> Result<Self, StoreError> {
        let is_sqlite = address.starts_with("sqlite:");
        let options = is_sqlite
            .then(|| SqliteConnectOptions::from_str(address).ok())
            .flatten();
        let options = options.ok_or_else(|| StoreError::Address(address.to_owned()))?;
        let options = options
            .create_if_missing(missing == WhenMissing::Create)
            .journal_mode(SqliteJournalMode::Wal)
            // A debit that was answered must outlive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options)
            .await?;
        Ok(Self { writer, readers })
    }

    /// Waits for what is under way and closes the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
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
        let mut transaction = self.readers.begin().await?;
        Ok(rows::account(&mut transaction, account, now).await?)
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
        let mut transaction = self.write().await?;
        let record = rows::capture(&mut transaction, account, capture).await?;
        let before = rows::account(&mut transaction, account, now).await?;
        if let Hold::Stands(state) = rules::hold(record.as_ref(), metadata, now)? {
            return Ok(Outcome {
                state,
                available: before.available,
                change: Change::Stood,
            });
        }
        if before.available < 1 {
            return Err(Refusal::InsufficientCredits.into());
        }
        let record = Record {
            metadata: metadata.clone(),
            stored: State::Held,
            expires_at: now.after(HOLD_LIFE),
        };
        rows::see_account(&mut transaction, account, now).await?;
        rows::put_capture(&mut transaction, (account, capture), &record, now).await?;
        finish(transaction, account, now, State::Held).await
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
        let mut transaction = self.write().await?;
        let record = rows::capture(&mut transaction, account, capture).await?;
        let before = rows::account(&mut transaction, account, now).await?;
        let entry = match rules::confirm(record.as_ref(), now)? {
            Confirmation::Stands => {
                let state = State::Confirmed;
                return Ok(Outcome {
                    state,
                    available: before.available,
                    change: Change::Stood,
                });
            }
            Confirmation::DebitHeld => Entry::debit(capture),
            Confirmation::DebitLate if before.available > 0 => Entry::late_debit(capture),
            Confirmation::DebitLate => Entry::owed(capture),
        };
        rows::append(&mut transaction, account, &entry, now).await?;
        rows::settle(&mut transaction, (account, capture), State::Confirmed, now).await?;
        finish(transaction, account, now, State::Confirmed).await
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
        let mut transaction = self.write().await?;
        let record = rows::capture(&mut transaction, account, capture).await?;
        if rules::release(record.as_ref())? == Release::GiveBack {
            rows::settle(&mut transaction, (account, capture), State::Released, now).await?;
            return finish(transaction, account, now, State::Released).await;
        }
        let after = rows::account(&mut transaction, account, now).await?;
        Ok(Outcome {
            state: State::Released,
            available: after.available,
            change: Change::Stood,
        })
    }

    /// A transaction that holds the write lock from its start, so that what it reads stays true until it commits.
    async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

async fn finish(
    mut transaction: Transaction<'static, Sqlite>,
    account: &AccountId,
    now: Timestamp,
    state: State,
) -> Result<Outcome, StoreError> {
    let after = rows::account(&mut transaction, account, now).await?;
    transaction.commit().await?;
    Ok(Outcome {
        state,
        available: after.available,
        change: Change::Made,
    })
}
