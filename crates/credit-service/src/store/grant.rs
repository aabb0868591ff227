use std::num::NonZeroU32;

use super::rows::{self, Entry};
use super::{Account, AccountId, Change, Store, StoreError};
use crate::clock::Timestamp;

/// Credits to be added to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// How many.
    pub credits: NonZeroU32,
    /// Why, for whoever reads the ledger.
    pub reason: String,
    /// The same key on the same account adds the credits once, however often it is sent.
    pub idempotency_key: Option<String>,
}

/// An account after a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The account's credits now.
    pub account: Account,
    /// Whether this request added them, or one before it with the same key.
    pub change: Change,
}

impl Store {
    /// Adds credits to an account, which need not have been seen before.
    ///
    /// # Errors
    /// [`StoreError::GrantMismatch`] where the key stands for another number or reason, or where the database fails.
    pub async fn grant(
        &self,
        account: &AccountId,
        grant: &Grant,
        now: Timestamp,
    ) -> Result<Granted, StoreError> {
        let mut transaction = self.write().await?;
        let earlier: Option<(i64, String)> = sqlx::query_as(
            "SELECT amount, reason FROM ledger_entries \
             WHERE account_id = $1 AND idempotency_key = $2",
        )
        .bind(account.as_str())
        .bind(grant.idempotency_key.as_deref())
        .fetch_optional(&mut *transaction)
        .await?;
        let amount = i64::from(grant.credits.get());
        let change = match earlier {
            None => Change::Made,
            Some(earlier) if earlier == (amount, grant.reason.clone()) => Change::Stood,
            Some(_) => return Err(StoreError::GrantMismatch),
        };
        if change == Change::Made {
            rows::see_account(&mut transaction, account, now).await?;
            let entry = Entry {
                kind: "grant",
                amount,
                reason: &grant.reason,
                capture: None,
                idempotency_key: grant.idempotency_key.as_deref(),
            };
            rows::append(&mut transaction, account, &entry, now).await?;
        }
        let account = rows::account(&mut transaction, account, now).await?;
        transaction.commit().await?;
        Ok(Granted { account, change })
    }
}
