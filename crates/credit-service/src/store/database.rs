//! The two databases, and what they share.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, SqlitePool};

use super::StoreError;
use super::books::Entry;
use crate::capture::{CaptureId, CapturedAt, LineCount, Metadata, VendorHost};
use crate::clock::Timestamp;
use crate::rules::{Record, State};

/// How long a writer waits for one of another process, for example the command that grants credits.
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const SQLITE_READERS: u32 = 4;
/// How many batches are written to PostgreSQL at once.
pub(super) const POSTGRES_LANES: usize = 4;
const POSTGRES_CONNECTIONS: u32 = 10;

/// What to do where the database does not exist yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenMissing {
    /// Make it; a database of PostgreSQL must exist, its tables are made.
    Create,
    /// Fail.
    Fail,
}

/// The pools of connections.
#[derive(Clone, Debug)]
pub(super) enum Database {
    Sqlite {
        /// One connection: SQLite has one writer at a time, and this queue is fairer than its busy handler.
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// One statement in the SQL that both databases share, on a pool that reads.
macro_rules! reading {
    ($database:expr, $pool:ident => $query:expr) => {
        match $database {
            $crate::store::database::Database::Sqlite { readers: $pool, .. } => $query,
            $crate::store::database::Database::Postgres($pool) => $query,
        }
    };
}

/// Statements in the SQL that both databases share, on a pool that writes.
macro_rules! writing {
    ($database:expr, $pool:ident => $query:expr) => {
        match $database {
            $crate::store::database::Database::Sqlite { writer: $pool, .. } => $query,
            $crate::store::database::Database::Postgres($pool) => $query,
        }
    };
}

pub(super) use {reading, writing};

impl Database {
    pub(super) async fn open(address: &str, missing: WhenMissing) -> Result<Self, StoreError> {
        if address.starts_with("sqlite:") {
            open_sqlite(address, missing).await
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            open_postgres(address).await
        } else {
            Err(StoreError::Address)
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(address: &str, missing: WhenMissing) -> Result<Database, StoreError> {
    let options = SqliteConnectOptions::from_str(address).map_err(|_| StoreError::Address)?;
    let options = options
        .create_if_missing(missing == WhenMissing::Create)
        .journal_mode(SqliteJournalMode::Wal)
        // A debit that was answered must outlive a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten, so that the file does not name it any more.
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY_TIMEOUT);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await?;
    sqlx::migrate!("./migrations/sqlite").run(&writer).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .connect_with(options)
        .await?;
    Ok(Database::Sqlite { writer, readers })
}

async fn open_postgres(address: &str) -> Result<Database, StoreError> {
    let options = PgConnectOptions::from_str(address).map_err(|_| StoreError::Address)?;
    // Statements may be logged with what they are bound to; requests are logged by their routes.
    let options = options
        .application_name("credit-service")
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A batch that meets a broken connection is tried again; asking first would cost each batch a round trip.
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    sqlx::migrate!("./migrations/postgres").run(&pool).await?;
    Ok(Database::Postgres(pool))
}

/// A row of `captures`, as far as the rules need it.
#[derive(sqlx::FromRow)]
pub(super) struct CaptureRow {
    pub(super) account_id: String,
    pub(super) capture_id: String,
    captured_at: i64,
    vendor_host: String,
    line_count: i64,
    state: String,
    expires_at: i64,
}

impl CaptureRow {
    pub(super) fn id(&self) -> Result<CaptureId, sqlx::Error> {
        self.capture_id.parse().map_err(|_| unreadable("id"))
    }

    pub(super) fn record(self) -> Result<Record, sqlx::Error> {
        Ok(Record {
            metadata: Metadata {
                captured_at: CapturedAt(Timestamp::from_millis(self.captured_at)),
                vendor_host: VendorHost::try_from(self.vendor_host)
                    .map_err(|_| unreadable("host"))?,
                line_count: LineCount::try_from(self.line_count)
                    .map_err(|_| unreadable("line count"))?,
            },
            stored: match self.state.as_str() {
                "held" => State::Held,
                "confirmed" => State::Confirmed,
                "released" => State::Released,
                _ => return Err(unreadable("state")),
            },
            expires_at: Timestamp::from_millis(self.expires_at),
        })
    }
}

fn unreadable(what: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a stored capture's {what} cannot be read").into())
}

pub(super) fn state_name(state: State) -> &'static str {
    match state {
        State::Held => "held",
        State::Confirmed => "confirmed",
        State::Released => "released",
    }
}

/// When a record's credit was debited or given back.
pub(super) fn settled_at(record: &Record, now: Timestamp) -> Option<i64> {
    (record.stored != State::Held).then(|| now.as_millis())
}

pub(super) fn capture_text(entry: &Entry) -> Option<String> {
    entry.capture.map(|id| id.to_string())
}
