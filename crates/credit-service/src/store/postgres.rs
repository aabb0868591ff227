//! A batch on PostgreSQL: one transaction that first locks the rows of its accounts, in order. Each statement carries
//! the whole batch in arrays, so a batch costs as many round trips as a single request.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::books::{Books, Known, Standing};
use super::database::{CaptureRow, capture_text, settled_at, state_name};
use super::{AccountId, Wanted};

/// A transaction that is rolled back when it is dropped.
pub(super) type Open = Transaction<'static, Postgres>;

/// In one round trip. A prepared statement's plan is made when the tables are small and kept when they have grown, so
/// reading a whole table must not look cheap: every statement of a batch looks rows up by their keys.
const BEGIN: &str = "BEGIN; SET LOCAL enable_seqscan = off";

pub(super) async fn begin(pool: &PgPool) -> Result<Open, sqlx::Error> {
    pool.begin_with(BEGIN).await
}

/// Locks the accounts and loads what the batch is about. The lock is a statement of its own: a statement that waits
/// for a lock goes on reading what was there before it waited.
pub(super) async fn load(
    connection: &mut PgConnection,
    wanted: &Wanted,
    books: &mut Books,
) -> Result<(), sqlx::Error> {
    let accounts: Vec<&str> = wanted.accounts.iter().map(AccountId::as_str).collect();
    let founders: Vec<&str> = wanted.founders.iter().map(AccountId::as_str).collect();
    if !founders.is_empty() {
        sqlx::query(
            "INSERT INTO accounts (account_id, first_seen_at) SELECT id, $2 FROM unnest($1::text[]) AS id \
             ORDER BY id ON CONFLICT (account_id) DO NOTHING",
        )
        .bind(&founders)
        .bind(books.now.as_millis())
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "SELECT 1 FROM accounts WHERE account_id = ANY($1::text[]) ORDER BY account_id FOR UPDATE",
    )
    .bind(&accounts)
    .execute(&mut *connection)
    .await?;
    load_standings(connection, &accounts, books).await?;
    if !wanted.captures.is_empty() {
        load_captures(connection, wanted, books).await?;
    }
    if !wanted.grants.is_empty() {
        load_grants(connection, wanted, books).await?;
    }
    Ok(())
}

async fn load_standings(
    connection: &mut PgConnection,
    accounts: &[&str],
    books: &mut Books,
) -> Result<(), sqlx::Error> {
    let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
        "SELECT wanted.id, COALESCE(last.balance, 0), COALESCE(last.sequence, 0), \
         (SELECT COUNT(*) FROM captures WHERE captures.account_id = wanted.id \
          AND state = 'held' AND expires_at > $2) \
         FROM unnest($1::text[]) AS wanted (id) LEFT JOIN LATERAL (\
         SELECT balance, sequence FROM ledger_entries WHERE account_id = wanted.id \
         ORDER BY sequence DESC LIMIT 1) AS last ON TRUE",
    )
    .bind(accounts)
    .bind(books.now.as_millis())
    .fetch_all(connection)
    .await?;
    for (account, balance, sequence, held) in rows {
        let standing = Standing {
            balance,
            sequence,
            held,
        };
        books.accounts.insert(AccountId::new(account), standing);
    }
    Ok(())
}

async fn load_captures(
    connection: &mut PgConnection,
    wanted: &Wanted,
    books: &mut Books,
) -> Result<(), sqlx::Error> {
    let accounts: Vec<&str> = wanted.captures.iter().map(|(a, _)| a.as_str()).collect();
    let ids: Vec<String> = wanted.captures.iter().map(|(_, c)| c.to_string()).collect();
    let rows: Vec<CaptureRow> = sqlx::query_as(
        "SELECT found.* FROM unnest($1::text[], $2::text[]) AS wanted (account, capture), LATERAL (\
         SELECT account_id, capture_id, captured_at, vendor_host, line_count, state, expires_at \
         FROM captures WHERE account_id = account AND capture_id = capture LIMIT 1) AS found",
    )
    .bind(&accounts)
    .bind(&ids)
    .fetch_all(&mut *connection)
    .await?;
    for row in rows {
        let key = (AccountId::new(row.account_id.clone()), row.id()?);
        books.captures.insert(key, Known::Kept(row.record()?));
    }
    let missing = |key: &&super::books::Key| !books.captures.contains_key(*key);
    let missing: Vec<_> = wanted.captures.iter().filter(missing).collect();
    let accounts: Vec<&str> = missing.iter().map(|(a, _)| a.as_str()).collect();
    let ids: Vec<String> = missing.iter().map(|(_, c)| c.to_string()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let debited: Vec<(String, String)> = sqlx::query_as(
        "SELECT found.* FROM unnest($1::text[], $2::text[]) AS wanted (account, capture), LATERAL (\
         SELECT account_id, capture_id FROM ledger_entries \
         WHERE account_id = account AND capture_id = capture LIMIT 1) AS found",
    )
    .bind(&accounts)
    .bind(&ids)
    .fetch_all(connection)
    .await?;
    for (account, capture) in debited {
        let id = capture.parse().map_err(|_| sqlx::Error::RowNotFound)?;
        let key = (AccountId::new(account), id);
        books.captures.insert(key, Known::DebitedLongAgo);
    }
    Ok(())
}

async fn load_grants(
    connection: &mut PgConnection,
    wanted: &Wanted,
    books: &mut Books,
) -> Result<(), sqlx::Error> {
    let accounts: Vec<&str> = wanted.grants.iter().map(|(a, _)| a.as_str()).collect();
    let keys: Vec<&str> = wanted.grants.iter().map(|(_, k)| k.as_str()).collect();
    let rows: Vec<(String, String, i64, String)> = sqlx::query_as(
        "SELECT found.* FROM unnest($1::text[], $2::text[]) AS wanted (account, key), LATERAL (\
         SELECT account_id, idempotency_key, amount, reason FROM ledger_entries \
         WHERE account_id = account AND idempotency_key = key LIMIT 1) AS found",
    )
    .bind(&accounts)
    .bind(&keys)
    .fetch_all(connection)
    .await?;
    for (account, key, amount, reason) in rows {
        let place = (AccountId::new(account), key);
        books.grants.insert(place, (amount, reason));
    }
    Ok(())
}

/// Writes what the batch came to.
pub(super) async fn write(connection: &mut PgConnection, books: &Books) -> Result<(), sqlx::Error> {
    if !books.changed.is_empty() {
        write_captures(connection, books).await?;
    }
    if !books.entries.is_empty() {
        write_entries(connection, books).await?;
    }
    Ok(())
}

/// `created_at` stays that of the first time.
async fn write_captures(connection: &mut PgConnection, books: &Books) -> Result<(), sqlx::Error> {
    let column = |read: fn(&crate::rules::Record) -> i64| -> Vec<i64> {
        books.changes().map(|(_, record)| read(record)).collect()
    };
    let accounts: Vec<&str> = books.changes().map(|((a, _), _)| a.as_str()).collect();
    let ids: Vec<String> = books.changes().map(|((_, c), _)| c.to_string()).collect();
    let hosts: Vec<&str> = books
        .changes()
        .map(|(_, record)| record.metadata.vendor_host.as_str())
        .collect();
    let states: Vec<&str> = books
        .changes()
        .map(|(_, record)| state_name(record.stored))
        .collect();
    let settled: Vec<Option<i64>> = books
        .changes()
        .map(|(_, record)| settled_at(record, books.now))
        .collect();
    sqlx::query(
        "INSERT INTO captures (account_id, capture_id, captured_at, vendor_host, line_count, \
         state, expires_at, settled_at, created_at) \
         SELECT *, $9 FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], \
         $6::text[], $7::bigint[], $8::bigint[]) \
         ON CONFLICT (account_id, capture_id) DO UPDATE SET captured_at = excluded.captured_at, \
         vendor_host = excluded.vendor_host, line_count = excluded.line_count, \
         state = excluded.state, expires_at = excluded.expires_at, settled_at = excluded.settled_at",
    )
    .bind(&accounts)
    .bind(&ids)
    .bind(column(|record| record.metadata.captured_at.0.as_millis()))
    .bind(&hosts)
    .bind(column(|record| i64::from(record.metadata.line_count)))
    .bind(&states)
    .bind(column(|record| record.expires_at.as_millis()))
    .bind(&settled)
    .bind(books.now.as_millis())
    .execute(connection)
    .await?;
    Ok(())
}

async fn write_entries(connection: &mut PgConnection, books: &Books) -> Result<(), sqlx::Error> {
    let entries = &books.entries;
    let numbers =
        |read: fn(&super::books::Entry) -> i64| -> Vec<i64> { entries.iter().map(read).collect() };
    let accounts: Vec<&str> = entries.iter().map(|e| e.account.as_str()).collect();
    let kinds: Vec<&str> = entries.iter().map(|e| e.kind).collect();
    let reasons: Vec<&str> = entries.iter().map(|e| e.reason.as_str()).collect();
    let captures: Vec<Option<String>> = entries.iter().map(capture_text).collect();
    let keys: Vec<Option<&str>> = entries
        .iter()
        .map(|e| e.idempotency_key.as_deref())
        .collect();
    sqlx::query(
        "INSERT INTO ledger_entries (account_id, sequence, kind, amount, balance, reason, \
         capture_id, idempotency_key, entered_at) \
         SELECT *, $9 FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], \
         $6::text[], $7::text[], $8::text[])",
    )
    .bind(&accounts)
    .bind(numbers(|e| e.sequence))
    .bind(&kinds)
    .bind(numbers(|e| e.amount))
    .bind(numbers(|e| e.balance))
    .bind(&reasons)
    .bind(&captures)
    .bind(&keys)
    .bind(books.now.as_millis())
    .execute(connection)
    .await?;
    Ok(())
}
