use super::database::writing;
use super::{Store, StoreError};
use crate::capture::{LineCount, VendorHost};
use crate::clock::Timestamp;

/// How captures at a shop ended.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Attempt {
    /// They are in Business Central.
    Posted,
    /// They are not.
    Failed,
}

/// How captures go at a shop; nothing says whose they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The shop.
    pub vendor_host: VendorHost,
    /// How they ended.
    pub outcome: Attempt,
    /// How many.
    pub captures: LineCount,
}

const MILLIS_OF_A_DAY: i64 = 24 * 60 * 60 * 1000;

/// The day of a moment, counted from 1970-01-01.
pub(super) fn day(now: Timestamp) -> i64 {
    now.as_millis().div_euclid(MILLIS_OF_A_DAY)
}

impl Store {
    /// Counts captures by day, shop and outcome.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count(&self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        let outcome = match event.outcome {
            Attempt::Posted => "posted",
            Attempt::Failed => "failed",
        };
        writing!(&self.database, pool => sqlx::query(
            "INSERT INTO events (day, vendor_host, outcome, captures) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (day, vendor_host, outcome) \
             DO UPDATE SET captures = events.captures + excluded.captures",
        )
        .bind(day(now))
        .bind(event.vendor_host.as_str())
        .bind(outcome)
        .bind(i64::from(event.captures))
        .execute(pool)
        .await
        .map(drop))?;
        Ok(())
    }
}
