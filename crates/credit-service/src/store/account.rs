//! Whose credits, how many, and what a request did to them.

use std::num::NonZeroU32;

use crate::rules::State;

/// Whose credits: the tenant, or the subject where the token names no tenant.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(String);

impl AccountId {
    /// The account of this id.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An account may be a person's: it is not shown.
impl std::fmt::Debug for AccountId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("AccountId(…)")
    }
}

/// Whether captures cost credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charging {
    /// One credit each.
    Credits,
    /// Nothing: the service keeps the history and refuses no hold, for those who host it for themselves.
    Off,
}

/// What [`Account::available`] says where captures cost nothing.
pub const WITHOUT_CHARGE: i64 = 1_000_000;

/// An account's credits at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Account {
    /// Granted less debited; below zero where a finished post found no credit.
    pub balance: i64,
    /// Credits of live holds.
    pub held: i64,
    /// What new holds can take: `balance` less `held`, or [`WITHOUT_CHARGE`].
    pub available: i64,
}

impl Account {
    pub(super) fn new(balance: i64, held: i64, charging: Charging) -> Self {
        let available = match charging {
            Charging::Credits => balance.saturating_sub(held),
            Charging::Off => WITHOUT_CHARGE,
        };
        Self {
            balance,
            held,
            available,
        }
    }
}

/// Whether a request changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It did.
    Made,
    /// It had been made before.
    Stood,
}

/// A capture after a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its state now.
    pub state: State,
    /// The account's available credits now.
    pub available: i64,
    /// Whether this request brought it there.
    pub change: Change,
}

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
