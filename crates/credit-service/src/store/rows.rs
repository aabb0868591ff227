//! The statements, in the SQL that SQLite and PostgreSQL share.

use sqlx::SqliteConnection;

use super::{Account, AccountId};
use crate::capture::{CaptureId, CapturedAt, LineCount, Metadata, VendorHost};
use crate::clock::Timestamp;
use crate::rules::{Record, State};

/// A row of the ledger.
pub(super) struct Entry<'a> {
    pub(super) kind: &'static str,
    pub(super) amount: i64,
    pub(super) reason: &'a str,
    pub(super) capture: Option<CaptureId>,
    pub(super) idempotency_key: Option<&'a str>,
}

impl Entry<'_> {
    pub(super) fn debit(capture: CaptureId) -> Self {
        Self::for_capture("debit", "capture", capture)
    }

    pub(super) fn late_debit(capture: CaptureId) -> Self {
        Self::for_capture("debit", "capture confirmed after its hold", capture)
    }

    pub(super) fn owed(capture: CaptureId) -> Self {
        Self::for_capture(
            "owed",
            "capture confirmed after its hold, without credits",
            capture,
        )
    }

    fn for_capture(kind: &'static str, reason: &'static str, capture: CaptureId) -> Self {
        Self {
            kind,
            amount: -1,
            reason,
            capture: Some(capture),
            idempotency_key: None,
        }
    }
}

pub(super) type CaptureRow = (i64, String, i64, String, i64);

/// The record of a row of `captured_at, vendor_host, line_count, state, expires_at`.
pub(super) fn record(row: CaptureRow) -> Result<Record, sqlx::Error> {
    let (captured_at, vendor_host, line_count, state, expires_at) = row;
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| sqlx::Error::Decode(error);
    Ok(Record {
        metadata: Metadata {
            captured_at: CapturedAt(Timestamp::from_millis(captured_at)),
            vendor_host: VendorHost::try_from(vendor_host).map_err(|e| unreadable(e.into()))?,
            line_count: LineCount::try_from(line_count).map_err(|e| unreadable(e.into()))?,
        },
        stored: match state.as_str() {
            "held" => State::Held,
            "confirmed" => State::Confirmed,
            "released" => State::Released,
            _ => return Err(unreadable("a capture's state is none of the three".into())),
        },
        expires_at: Timestamp::from_millis(expires_at),
    })
}

fn name(state: State) -> &'static str {
    match state {
        State::Held => "held",
        State::Confirmed => "confirmed",
        State::Released => "released",
    }
}

pub(super) async fn account(
    connection: &mut SqliteConnection,
    account: &AccountId,
    now: Timestamp,
) -> Result<Account, sqlx::Error> {
    let balance: i64 = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_entries WHERE account_id = $1",
    )
    .bind(account.as_str())
    .fetch_one(&mut *connection)
    .await?;
    let held: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM captures WHERE account_id = $1 AND state = 'held' AND expires_at > $2",
    )
    .bind(account.as_str())
    .bind(now.as_millis())
    .fetch_one(connection)
    .await?;
    Ok(Account {
        balance,
        held,
        available: balance.saturating_sub(held),
    })
}

pub(super) async fn see_account(
    connection: &mut SqliteConnection,
    account: &AccountId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO accounts (account_id, first_seen_at) VALUES ($1, $2) \
         ON CONFLICT (account_id) DO NOTHING",
    )
    .bind(account.as_str())
    .bind(now.as_millis())
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn capture(
    connection: &mut SqliteConnection,
    account: &AccountId,
    capture: CaptureId,
) -> Result<Option<Record>, sqlx::Error> {
    let row: Option<CaptureRow> = sqlx::query_as(
        "SELECT captured_at, vendor_host, line_count, state, expires_at \
         FROM captures WHERE account_id = $1 AND capture_id = $2",
    )
    .bind(account.as_str())
    .bind(capture.to_string())
    .fetch_optional(connection)
    .await?;
    row.map(record).transpose()
}

/// Stores a capture that is new, or held anew; `created_at` stays that of the first time.
pub(super) async fn put_capture(
    connection: &mut SqliteConnection,
    (account, capture): (&AccountId, CaptureId),
    record: &Record,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO captures (account_id, capture_id, captured_at, vendor_host, line_count, \
         state, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (account_id, capture_id) DO UPDATE SET captured_at = excluded.captured_at, \
         vendor_host = excluded.vendor_host, line_count = excluded.line_count, \
         state = excluded.state, expires_at = excluded.expires_at, settled_at = NULL",
    )
    .bind(account.as_str())
    .bind(capture.to_string())
    .bind(record.metadata.captured_at.0.as_millis())
    .bind(record.metadata.vendor_host.as_str())
    .bind(i64::from(record.metadata.line_count))
    .bind(name(record.stored))
    .bind(record.expires_at.as_millis())
    .bind(now.as_millis())
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn settle(
    connection: &mut SqliteConnection,
    (account, capture): (&AccountId, CaptureId),
    state: State,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE captures SET state = $3, settled_at = $4 WHERE account_id = $1 AND capture_id = $2",
    )
    .bind(account.as_str())
    .bind(capture.to_string())
    .bind(name(state))
    .bind(now.as_millis())
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn append(
    connection: &mut SqliteConnection,
    account: &AccountId,
    entry: &Entry<'_>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO ledger_entries (entry_id, account_id, kind, amount, reason, capture_id, \
         idempotency_key, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(uuid::Uuid::new_v4().to_string())
    .bind(account.as_str())
    .bind(entry.kind)
    .bind(entry.amount)
    .bind(entry.reason)
    .bind(entry.capture.map(|id| id.to_string()))
    .bind(entry.idempotency_key)
    .bind(now.as_millis())
    .execute(connection)
    .await?;
    Ok(())
}
