use std::time::Duration;

use super::database::writing;
use super::events::day;
use super::{Store, StoreError};
use crate::clock::Timestamp;

/// How long a capture's time, shop and number of lines are kept: twelve months.
pub const HISTORY_LIFE: Duration = Duration::from_hours(365 * 24);

/// How long counts of captures, and logs, are kept.
pub const EVENT_LIFE: Duration = Duration::from_hours(90 * 24);

/// What was too old, and is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Captures deleted.
    pub captures: u64,
    /// Counts of captures deleted.
    pub events: u64,
}

impl Store {
    /// Deletes what is older than it may become. The ledger keeps its entries, which name no shop.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn tidy(&self, now: Timestamp) -> Result<Tidied, StoreError> {
        let history = now.before(HISTORY_LIFE).as_millis();
        // A live hold is younger than this by eleven months.
        let captures = writing!(&self.database, pool => sqlx::query(
            "DELETE FROM captures WHERE created_at < $1 AND expires_at < $2",
        )
        .bind(history)
        .bind(now.as_millis())
        .execute(pool)
        .await
        .map(|done| done.rows_affected()))?;
        let events = writing!(&self.database, pool => sqlx::query(
            "DELETE FROM events WHERE day < $1",
        )
        .bind(day(now.before(EVENT_LIFE)))
        .execute(pool)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(Tidied { captures, events })
    }
}
