//! A batch on SQLite: one transaction that holds the write lock from its start, so that what it reads stays true.

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::books::{Books, Known, Standing};
use super::database::{CaptureRow, capture_text, settled_at, state_name};
use super::{AccountId, Wanted};
use crate::capture::CaptureId;

/// A transaction that is rolled back when it is dropped.
pub(super) type Open = Transaction<'static, Sqlite>;

pub(super) async fn begin(pool: &SqlitePool) -> Result<Open, sqlx::Error> {
    pool.begin_with("BEGIN IMMEDIATE").await
}

/// Loads what the batch is about.
pub(super) async fn load(
    connection: &mut SqliteConnection,
    wanted: &Wanted,
    books: &mut Books,
) -> Result<(), sqlx::Error> {
    for account in &wanted.accounts {
        let standing = standing(connection, account, books.now.as_millis()).await?;
        books.accounts.insert(account.clone(), standing);
    }
    for (account, capture) in &wanted.captures {
        if let Some(known) = known(connection, account, *capture).await? {
            books.captures.insert((account.clone(), *capture), known);
        }
    }
    for (account, key) in &wanted.grants {
        let earlier: Option<(i64, String)> = sqlx::query_as(
            "SELECT amount, reason FROM ledger_entries WHERE account_id = $1 AND idempotency_key = $2",
        )
        .bind(account.as_str())
        .bind(key)
        .fetch_optional(&mut *connection)
        .await?;
        let place = (account.clone(), key.clone());
        books.grants.extend(earlier.map(|earlier| (place, earlier)));
    }
    Ok(())
}

async fn standing(
    connection: &mut SqliteConnection,
    account: &AccountId,
    now: i64,
) -> Result<Standing, sqlx::Error> {
    let last: Option<(i64, i64)> = sqlx::query_as(
        "SELECT balance, sequence FROM ledger_entries WHERE account_id = $1 \
         ORDER BY sequence DESC LIMIT 1",
    )
    .bind(account.as_str())
    .fetch_optional(&mut *connection)
    .await?;
    let held = sqlx::query_scalar(
        "SELECT COUNT(*) FROM captures WHERE account_id = $1 AND state = 'held' AND expires_at > $2",
    )
    .bind(account.as_str())
    .bind(now)
    .fetch_one(connection)
    .await?;
    let (balance, sequence) = last.unwrap_or_default();
    Ok(Standing {
        balance,
        sequence,
        held,
    })
}

async fn known(
    connection: &mut SqliteConnection,
    account: &AccountId,
    capture: CaptureId,
) -> Result<Option<Known>, sqlx::Error> {
    let row: Option<CaptureRow> = sqlx::query_as(
        "SELECT account_id, capture_id, captured_at, vendor_host, line_count, state, expires_at \
         FROM captures WHERE account_id = $1 AND capture_id = $2",
    )
    .bind(account.as_str())
    .bind(capture.to_string())
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(row) = row {
        return Ok(Some(Known::Kept(row.record()?)));
    }
    let debited: Option<i64> = sqlx::query_scalar(
        "SELECT sequence FROM ledger_entries WHERE account_id = $1 AND capture_id = $2",
    )
    .bind(account.as_str())
    .bind(capture.to_string())
    .fetch_optional(connection)
    .await?;
    Ok(debited.map(|_| Known::DebitedLongAgo))
}

/// Writes what the batch came to.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    books: &Books,
) -> Result<(), sqlx::Error> {
    for account in books.named() {
        sqlx::query(
            "INSERT INTO accounts (account_id, first_seen_at) VALUES ($1, $2) \
             ON CONFLICT (account_id) DO NOTHING",
        )
        .bind(account.as_str())
        .bind(books.now.as_millis())
        .execute(&mut *connection)
        .await?;
    }
    write_captures(connection, books).await?;
    for entry in &books.entries {
        sqlx::query(
            "INSERT INTO ledger_entries (account_id, sequence, kind, amount, balance, reason, \
             capture_id, idempotency_key, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(entry.account.as_str())
        .bind(entry.sequence)
        .bind(entry.kind)
        .bind(entry.amount)
        .bind(entry.balance)
        .bind(&entry.reason)
        .bind(capture_text(entry))
        .bind(&entry.idempotency_key)
        .bind(books.now.as_millis())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// `created_at` stays that of the first time.
async fn write_captures(
    connection: &mut SqliteConnection,
    books: &Books,
) -> Result<(), sqlx::Error> {
    for ((account, capture), record) in books.changes() {
        sqlx::query(
            "INSERT INTO captures (account_id, capture_id, captured_at, vendor_host, line_count, \
             state, expires_at, created_at, settled_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (account_id, capture_id) DO UPDATE SET captured_at = excluded.captured_at, \
             vendor_host = excluded.vendor_host, line_count = excluded.line_count, \
             state = excluded.state, expires_at = excluded.expires_at, settled_at = excluded.settled_at",
        )
        .bind(account.as_str())
        .bind(capture.to_string())
        .bind(record.metadata.captured_at.0.as_millis())
        .bind(record.metadata.vendor_host.as_str())
        .bind(i64::from(record.metadata.line_count))
        .bind(state_name(record.stored))
        .bind(record.expires_at.as_millis())
        .bind(books.now.as_millis())
        .bind(settled_at(record, books.now))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
