use super::database::{Database, writing};
use super::{AccountId, Store, StoreError};

/// Whether there was anything to remove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// The account and all that was its own.
    Everything,
    /// Nothing: no such account.
    Nothing,
}

/// In the order in which the rows refer to each other.
const STEPS: [&str; 4] = [
    "UPDATE accounts SET closing = 1 WHERE account_id = $1",
    "DELETE FROM captures WHERE account_id = $1",
    "DELETE FROM ledger_entries WHERE account_id = $1",
    "DELETE FROM accounts WHERE account_id = $1",
];

impl Store {
    /// Removes an account with its captures and its ledger, credits that are left included.
    ///
    /// # Errors
    /// Where the database fails; nothing is removed then.
    pub async fn remove(&self, account: &AccountId) -> Result<Removed, StoreError> {
        let rows = writing!(&self.database, pool => {
            let mut transaction = pool.begin().await?;
            let mut rows = 0;
            for step in STEPS {
                let query = sqlx::query(step).bind(account.as_str());
                rows = query.execute(&mut *transaction).await?.rows_affected();
            }
            transaction.commit().await?;
            rows
        });
        self.forget().await?;
        Ok(match rows {
            0 => Removed::Nothing,
            _ => Removed::Everything,
        })
    }

    /// Overwrites what deleted rows leave behind: on SQLite the write-ahead log, on PostgreSQL the dead rows.
    async fn forget(&self) -> Result<(), StoreError> {
        match &self.database {
            Database::Sqlite { writer, .. } => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                    .execute(writer)
                    .await?;
            }
            Database::Postgres(pool) => {
                sqlx::query("VACUUM accounts, captures, ledger_entries")
                    .execute(pool)
                    .await?;
            }
        }
        Ok(())
    }
}
