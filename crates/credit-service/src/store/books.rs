//! What a batch of requests comes to, in memory: the rows that were loaded, and those to be written. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::account::{Account, AccountId, Change, Charging, Grant, Granted, Outcome};
use super::{StoreError, Task};
use crate::capture::{CaptureId, Metadata};
use crate::clock::Timestamp;
use crate::rules::{self, Confirmation, HOLD_LIFE, Hold, Record, Refusal, Release, State};

/// A capture of an account.
pub(super) type Key = (AccountId, CaptureId);

/// The end of an account's ledger, and its live holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) balance: i64,
    pub(super) sequence: i64,
    pub(super) held: i64,
}

/// What is known of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Kept(Record),
    /// Its row is older than the history that is kept, but the ledger has its debit.
    DebitedLongAgo,
}

/// A row to be appended to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) account: AccountId,
    pub(super) sequence: i64,
    pub(super) kind: &'static str,
    pub(super) amount: i64,
    pub(super) balance: i64,
    pub(super) reason: String,
    pub(super) capture: Option<CaptureId>,
    pub(super) idempotency_key: Option<String>,
}

/// What a request is answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Capture(Outcome),
    Grant(Granted),
}

/// The rows that a batch is about, and what it does to them.
#[derive(Debug)]
pub(super) struct Books {
    pub(super) charging: Charging,
    /// The moment that all requests of the batch are judged by.
    pub(super) now: Timestamp,
    pub(super) accounts: BTreeMap<AccountId, Standing>,
    pub(super) captures: BTreeMap<Key, Known>,
    /// Grants made before under the keys of this batch: how many credits, and why.
    pub(super) grants: BTreeMap<(AccountId, String), (i64, String)>,
    /// Captures to be written; the record is in `captures`.
    pub(super) changed: Vec<Key>,
    pub(super) entries: Vec<Entry>,
}

impl Books {
    pub(super) fn new(charging: Charging, now: Timestamp) -> Self {
        Self {
            charging,
            now,
            accounts: BTreeMap::new(),
            captures: BTreeMap::new(),
            grants: BTreeMap::new(),
            changed: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Carries one request out.
    pub(super) fn apply(&mut self, account: &AccountId, task: &Task) -> Result<Answer, StoreError> {
        Ok(match task {
            Task::Hold(capture, metadata) => {
                Answer::Capture(self.hold((account.clone(), *capture), metadata)?)
            }
            Task::Confirm(capture) => Answer::Capture(self.confirm((account.clone(), *capture))?),
            Task::Release(capture) => Answer::Capture(self.release((account.clone(), *capture))?),
            Task::Grant(grant) => Answer::Grant(self.grant(account, grant)?),
        })
    }

    fn hold(&mut self, key: Key, metadata: &Metadata) -> Result<Outcome, Refusal> {
        let known = self.captures.get(&key);
        if known == Some(&Known::DebitedLongAgo) {
            return Ok(self.outcome(&key.0, State::Confirmed, Change::Stood));
        }
        if let Hold::Stands(state) = rules::hold(record(known), metadata, self.now)? {
            return Ok(self.outcome(&key.0, state, Change::Stood));
        }
        if self.account(&key.0).available < 1 {
            return Err(Refusal::InsufficientCredits);
        }
        let record = Record {
            metadata: metadata.clone(),
            stored: State::Held,
            expires_at: self.now.after(HOLD_LIFE),
        };
        self.standing(&key.0).held += 1;
        Ok(self.put(key, record))
    }

    fn confirm(&mut self, key: Key) -> Result<Outcome, Refusal> {
        let known = self.captures.get(&key);
        if known == Some(&Known::DebitedLongAgo) {
            return Ok(self.outcome(&key.0, State::Confirmed, Change::Stood));
        }
        let confirmation = rules::confirm(record(known), self.now)?;
        let record = record(known).ok_or(Refusal::UnknownCapture)?.clone();
        let covered = match confirmation {
            Confirmation::Stands => {
                return Ok(self.outcome(&key.0, State::Confirmed, Change::Stood));
            }
            Confirmation::DebitHeld => {
                self.standing(&key.0).held -= 1;
                self.standing(&key.0).balance > 0
            }
            Confirmation::DebitLate => self.account(&key.0).available > 0,
        };
        if self.charging == Charging::Credits {
            let (kind, reason) = match (confirmation, covered) {
                (Confirmation::DebitHeld, true) => ("debit", "capture"),
                (_, true) => ("debit", "capture confirmed after its hold"),
                (_, false) => ("owed", "capture confirmed without credits"),
            };
            let capture = Some(key.1);
            self.append(&key.0, (kind, -1, reason), (capture, None));
        }
        let stored = State::Confirmed;
        Ok(self.put(key, Record { stored, ..record }))
    }

    fn release(&mut self, key: Key) -> Result<Outcome, Refusal> {
        let known = self.captures.get(&key);
        if known == Some(&Known::DebitedLongAgo) {
            return Err(Refusal::AlreadyConfirmed);
        }
        if rules::release(record(known))? == Release::Stands {
            return Ok(self.outcome(&key.0, State::Released, Change::Stood));
        }
        let record = record(known).ok_or(Refusal::UnknownCapture)?.clone();
        if record.state(self.now) == State::Held {
            self.standing(&key.0).held -= 1;
        }
        let stored = State::Released;
        Ok(self.put(key, Record { stored, ..record }))
    }

    fn grant(&mut self, account: &AccountId, grant: &Grant) -> Result<Granted, StoreError> {
        let credits = i64::from(grant.credits.get());
        let wanted = (credits, grant.reason.clone());
        let key = grant.idempotency_key.clone();
        let place = key.clone().map(|key| (account.clone(), key));
        let earlier = place.as_ref().and_then(|place| self.grants.get(place));
        let change = match earlier {
            None => Change::Made,
            Some(earlier) if *earlier == wanted => Change::Stood,
            Some(_) => return Err(StoreError::GrantMismatch),
        };
        if change == Change::Made {
            self.append(account, ("grant", credits, &grant.reason), (None, key));
            self.grants.extend(place.map(|place| (place, wanted)));
        }
        let account = self.account(account);
        Ok(Granted { account, change })
    }

    fn put(&mut self, key: Key, record: Record) -> Outcome {
        let outcome = self.outcome(&key.0, record.stored, Change::Made);
        self.captures.insert(key.clone(), Known::Kept(record));
        if !self.changed.contains(&key) {
            self.changed.push(key);
        }
        outcome
    }

    fn append(
        &mut self,
        account: &AccountId,
        (kind, amount, reason): (&'static str, i64, &str),
        (capture, idempotency_key): (Option<CaptureId>, Option<String>),
    ) {
        let standing = self.standing(account);
        standing.balance += amount;
        standing.sequence += 1;
        let Standing {
            balance, sequence, ..
        } = *standing;
        self.entries.push(Entry {
            account: account.clone(),
            sequence,
            kind,
            amount,
            balance,
            reason: reason.to_owned(),
            capture,
            idempotency_key,
        });
    }

    fn outcome(&self, account: &AccountId, state: State, change: Change) -> Outcome {
        let available = self.account(account).available;
        Outcome {
            state,
            available,
            change,
        }
    }

    fn account(&self, account: &AccountId) -> Account {
        let standing = self.accounts.get(account).copied().unwrap_or_default();
        Account::new(standing.balance, standing.held, self.charging)
    }

    fn standing(&mut self, account: &AccountId) -> &mut Standing {
        self.accounts.entry(account.clone()).or_default()
    }

    /// The accounts that something is written of.
    pub(super) fn named(&self) -> BTreeSet<&AccountId> {
        let changed = self.changed.iter().map(|(account, _)| account);
        let entered = self.entries.iter().map(|entry| &entry.account);
        changed.chain(entered).collect()
    }

    /// The captures to be written, with their records.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&Key, &Record)> {
        self.changed
            .iter()
            .filter_map(|key| Some((key, record(self.captures.get(key))?)))
    }
}

fn record(known: Option<&Known>) -> Option<&Record> {
    match known {
        Some(Known::Kept(record)) => Some(record),
        Some(Known::DebitedLongAgo) | None => None,
    }
}
