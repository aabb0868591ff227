use std::fmt;
use std::str::FromStr;

use super::database::{CaptureRow, reading};
use super::{AccountId, Store, StoreError};
use crate::capture::{CaptureId, Metadata};
use crate::clock::Timestamp;
use crate::rules::State;

/// A place in an account's captures; what lies after it is older. A client passes it on as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    created_at: Timestamp,
    capture: CaptureId,
}

/// A text that no page's `next` was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`after` must be the `next` of an earlier page")]
pub struct NotACursor;

impl fmt::Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.created_at.as_millis(), self.capture)
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (millis, capture) = text.split_once('.').ok_or(NotACursor)?;
        Ok(Self {
            created_at: Timestamp::from_millis(millis.parse().map_err(|_| NotACursor)?),
            capture: capture.parse().map_err(|_| NotACursor)?,
        })
    }
}

/// One capture of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub capture: CaptureId,
    /// What the client said of it.
    pub metadata: Metadata,
    /// Its state at the moment of the request.
    pub state: State,
}

/// A part of an account's captures, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The captures.
    pub captures: Vec<Listed>,
    /// Where the next page starts, or `None` where there is none.
    pub next: Option<Cursor>,
}

impl Store {
    /// Up to `limit` of an account's captures, newest first, after a place in the list.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn captures(
        &self,
        account: &AccountId,
        (after, limit): (Option<Cursor>, u8),
        now: Timestamp,
    ) -> Result<Page, StoreError> {
        // No capture is as new as this, so the first page is a page like any other.
        let start = Cursor {
            created_at: Timestamp::from_millis(i64::MAX),
            capture: CaptureId::max(),
        };
        let after = after.unwrap_or(start);
        let rows: Vec<ListedRow> = reading!(&self.database, pool => sqlx::query_as(
            "SELECT account_id, capture_id, created_at, captured_at, vendor_host, line_count, \
             state, expires_at FROM captures WHERE account_id = $1 \
             AND (created_at < $2 OR (created_at = $2 AND capture_id < $3)) \
             ORDER BY created_at DESC, capture_id DESC LIMIT $4",
        )
        .bind(account.as_str())
        .bind(after.created_at.as_millis())
        .bind(after.capture.to_string())
        .bind(i64::from(limit) + 1)
        .fetch_all(pool)
        .await)?;
        let more = rows.len() > usize::from(limit);
        let rows = rows.into_iter().take(limit.into());
        let listed = rows
            .map(|row| row.read(now))
            .collect::<Result<Vec<_>, sqlx::Error>>()?;
        let next = listed.last().filter(|_| more).map(|(place, _)| *place);
        Ok(Page {
            captures: listed.into_iter().map(|(_, capture)| capture).collect(),
            next,
        })
    }
}

/// A capture with its place in the list.
#[derive(sqlx::FromRow)]
pub(super) struct ListedRow {
    created_at: i64,
    #[sqlx(flatten)]
    row: CaptureRow,
}

impl ListedRow {
    pub(super) fn read(self, now: Timestamp) -> Result<(Cursor, Listed), sqlx::Error> {
        let capture = self.row.id()?;
        let record = self.row.record()?;
        let created_at = Timestamp::from_millis(self.created_at);
        let place = Cursor {
            created_at,
            capture,
        };
        let state = record.state(now);
        let metadata = record.metadata;
        let listed = Listed {
            capture,
            metadata,
            state,
        };
        Ok((place, listed))
    }
}
