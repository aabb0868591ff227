use serde::Serialize;
use utoipa::ToSchema;

use super::database::reading;
use super::listing::ListedRow;
use super::{Account, AccountId, Listed, Store, StoreError};
use crate::clock::Timestamp;

/// An entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, sqlx::FromRow)]
pub struct LedgerLine {
    /// Its number within the account, from 1.
    pub sequence: i64,
    /// `grant`, `debit`, or `owed`: a debit that no credit covered.
    pub kind: String,
    /// Credits added, or -1.
    pub amount: i64,
    /// The sum up to and with this entry.
    pub balance: i64,
    /// Why.
    pub reason: String,
    /// The capture that was debited.
    pub capture_id: Option<String>,
    /// The key that makes a grant unique.
    pub idempotency_key: Option<String>,
    /// When, in milliseconds since 1970-01-01T00:00:00Z.
    pub entered_at: i64,
}

/// Credits that came together. They do not expire; the oldest are used first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lot {
    /// The number of the ledger's entry that opened it.
    pub sequence: i64,
    /// When, in milliseconds since 1970-01-01T00:00:00Z.
    pub granted_at: i64,
    /// How many credits came.
    pub credits: i64,
    /// How many of them are left.
    pub left: i64,
    /// Why they came.
    pub reason: String,
}

/// All that is kept of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its credits.
    pub account: Account,
    /// The ledger, oldest first.
    pub ledger: Vec<LedgerLine>,
    /// Its captures, newest first.
    pub captures: Vec<Listed>,
}

impl Export {
    /// The lots, oldest first.
    #[must_use]
    pub fn lots(&self) -> Vec<Lot> {
        lots(&self.ledger)
    }
}

/// First in, first out: all debits together use up the lots from the oldest on.
fn lots(ledger: &[LedgerLine]) -> Vec<Lot> {
    let spent = ledger.iter().filter(|line| line.kind != "grant");
    let mut spent: i64 = spent.map(|line| -line.amount).sum();
    let grants = ledger.iter().filter(|line| line.kind == "grant");
    let lot = |line: &LedgerLine| {
        let used = spent.min(line.amount);
        spent -= used;
        Lot {
            sequence: line.sequence,
            granted_at: line.entered_at,
            credits: line.amount,
            left: line.amount - used,
            reason: line.reason.clone(),
        }
    };
    grants.map(lot).collect()
}

impl Store {
    /// All that is kept of an account.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn export(&self, account: &AccountId, now: Timestamp) -> Result<Export, StoreError> {
        let ledger = reading!(&self.database, pool => sqlx::query_as(
            "SELECT sequence, kind, amount, balance, reason, capture_id, idempotency_key, entered_at \
             FROM ledger_entries WHERE account_id = $1 ORDER BY sequence",
        )
        .bind(account.as_str())
        .fetch_all(pool)
        .await)?;
        let rows: Vec<ListedRow> = reading!(&self.database, pool => sqlx::query_as(
            "SELECT account_id, capture_id, created_at, captured_at, vendor_host, line_count, \
             state, expires_at FROM captures WHERE account_id = $1 \
             ORDER BY created_at DESC, capture_id DESC",
        )
        .bind(account.as_str())
        .fetch_all(pool)
        .await)?;
        let captures = rows
            .into_iter()
            .map(|row| row.read(now).map(|(_, listed)| listed))
            .collect::<Result<Vec<_>, sqlx::Error>>()?;
        Ok(Export {
            account: self.account(account, now).await?,
            ledger,
            captures,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sequence: i64, kind: &str, amount: i64) -> LedgerLine {
        LedgerLine {
            sequence,
            kind: kind.to_owned(),
            amount,
            balance: 0,
            reason: String::new(),
            capture_id: None,
            idempotency_key: None,
            entered_at: 0,
        }
    }

    fn left(ledger: &[LedgerLine]) -> Vec<i64> {
        lots(ledger).iter().map(|lot| lot.left).collect()
    }

    #[test]
    fn the_oldest_lot_is_used_first() {
        let mut ledger = vec![line(1, "grant", 2), line(2, "grant", 3)];
        assert_eq!(left(&ledger), [2, 3]);
        ledger.push(line(3, "debit", -1));
        assert_eq!(left(&ledger), [1, 3]);
        ledger.extend([line(4, "debit", -1), line(5, "debit", -1)]);
        assert_eq!(left(&ledger), [0, 2]);
    }

    #[test]
    fn what_is_owed_is_taken_from_the_next_lot() {
        let ledger = [
            line(1, "grant", 1),
            line(2, "debit", -1),
            line(3, "owed", -1),
            line(4, "grant", 5),
        ];
        assert_eq!(left(&ledger), [0, 4]);
    }
}
