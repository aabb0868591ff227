//! The data: one SQLite database, on disk or in memory.

mod items;
mod orders;
mod postings;
mod records;
mod seed;
mod sow;
mod tables;

use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::{Sqlite, Transaction};

pub use items::CreatedItem;
pub use orders::{CarriedOut, PurchaseOrder};
pub use postings::{LINE_NO_STEP, NewPosting, next_line_no, write_line};
pub use records::{
    Approval, CarryOut, Company, GlAccount, Item, ItemMatch, ItemTemplate, MasterData,
    RequisitionLine, Rights, StoredCapture, SupplierSetup, User, Vendor, Worksheet,
};
pub use seed::{DEMO_SEED, Seed, SeedError};

/// The database of a stand-in.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
}

/// A database that cannot be opened, brought up to date or filled.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused; the path or its rights are the usual cause.
    #[error("the database {database} cannot be used: {cause}")]
    Database {
        /// As given on the command line.
        database: String,
        /// What SQLite says.
        cause: sqlx::Error,
    },
    /// The tables could not be made.
    #[error("the tables of {database} cannot be brought up to date: {cause}")]
    Tables {
        /// As given on the command line.
        database: String,
        /// What the migration says.
        cause: sqlx::migrate::MigrateError,
    },
    /// The seed is not usable.
    #[error(transparent)]
    Seed(#[from] SeedError),
}

/// What becomes of a database that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    Create,
    Refuse,
}

impl Store {
    /// Opens `memory` or `sqlite://PATH`, makes the tables, and seeds a database without companies.
    ///
    /// # Errors
    /// Where the database cannot be opened or the seed contradicts itself.
    pub async fn open(database: &str, seed: &Seed) -> Result<Self, StoreError> {
        let store = Self::connect(database, Missing::Create).await?;
        store.seed(seed).await?;
        Ok(store)
    }

    /// Opens a database that is there, without seeding it.
    ///
    /// # Errors
    /// Where the database does not exist or cannot be opened.
    pub async fn existing(database: &str) -> Result<Self, StoreError> {
        Self::connect(database, Missing::Refuse).await
    }

    async fn connect(database: &str, missing: Missing) -> Result<Self, StoreError> {
        let failed = |cause| StoreError::Database {
            database: database.to_owned(),
            cause,
        };
        let (options, connections) = match database {
            "memory" => (SqliteConnectOptions::from_str("sqlite::memory:"), 1),
            path => (SqliteConnectOptions::from_str(path), 4),
        };
        let options = options
            .map_err(failed)?
            .create_if_missing(missing == Missing::Create)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(Duration::from_secs(30));
        // A memory database lives and dies with its only connection.
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await
            .map_err(failed)?;
        sqlx::migrate!()
            .run(&pool)
            .await
            .map_err(|cause| StoreError::Tables {
                database: database.to_owned(),
                cause,
            })?;
        Ok(Self { pool })
    }

    /// Begins a transaction that holds the only right to write, as AL's `LockTable` would.
    ///
    /// # Errors
    /// Where the lock cannot be had within half a minute.
    pub async fn lock(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.pool.begin_with("BEGIN IMMEDIATE").await
    }

    /// Closes the database after what is under way.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
