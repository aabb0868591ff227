//! The credit service: its own rules, over records in memory.

use std::collections::BTreeMap;

use credit_service::capture::Metadata;
use credit_service::clock::Timestamp;
use credit_service::rules::{self, Confirmation, HOLD_LIFE, Hold, Record, Refusal, Release, State};
use punchout::http::{Answer, Method};
use serde_json::json;

use super::answer;
use crate::guard::Guard;

/// One account of the service.
#[derive(Clone, Debug, Default)]
pub struct CreditService {
    /// Granted credits.
    pub granted: i64,
    /// Captures by id.
    pub records: BTreeMap<String, Record>,
    /// Debits in their order, by capture.
    pub debits: Vec<String>,
    /// Holds beyond the first of a capture; none where each guard is in place.
    pub surplus_holds: i64,
    /// The guard that is missing.
    pub missing: Option<Guard>,
}

impl CreditService {
    /// Answers a request.
    pub fn act(&mut self, method: Method, path: &str, body: &str, now: i64) -> Answer {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        let now = Timestamp::from_millis(now);
        let outcome = match (method, parts.as_slice()) {
            (Method::Get, ["account"]) => return self.account(now),
            (Method::Put, ["captures", id]) => {
                let Ok(metadata) = serde_json::from_str(body) else {
                    return answer(400, &json!({"error": {"code": "invalid_body"}}));
                };
                self.hold(id, &metadata, now)
            }
            (Method::Post, ["captures", id, "confirm"]) => self.confirm(id, now),
            (Method::Post, ["captures", id, "release"]) => self.release(id),
            _ => panic!("the credit service has no {path}"),
        };
        match outcome {
            Ok(()) => answer(200, &json!({})),
            Err(refused) => {
                let (status, code) = status_and_code(refused);
                answer(status, &json!({"error": {"code": code}}))
            }
        }
    }

    /// How many holds live.
    #[must_use]
    pub fn held(&self, now: Timestamp) -> i64 {
        let live = self.records.values();
        let live = live.filter(|record| self.state(record, now) == State::Held);
        i64::try_from(live.count()).expect("few") + self.surplus_holds
    }

    /// Whether a credit is held for a capture.
    #[must_use]
    pub fn holds(&self, id: &str, now: i64) -> bool {
        let now = Timestamp::from_millis(now);
        let record = self.records.get(id);
        record.is_some_and(|record| self.state(record, now) == State::Held)
    }

    /// How often a capture was debited: 0 or 1.
    #[must_use]
    pub fn debits_of(&self, id: &str) -> usize {
        self.debits.iter().filter(|debited| *debited == id).count()
    }

    fn state(&self, record: &Record, now: Timestamp) -> State {
        if self.missing == Some(Guard::HoldsExpire) {
            return record.stored;
        }
        record.state(now)
    }

    fn available(&self, now: Timestamp) -> i64 {
        self.granted - i64::try_from(self.debits.len()).expect("few") - self.held(now)
    }

    fn account(&self, now: Timestamp) -> Answer {
        let (held, available) = (self.held(now), self.available(now));
        answer(
            200,
            &json!({"balance": available + held, "held": held, "available": available}),
        )
    }

    fn hold(&mut self, id: &str, metadata: &Metadata, now: Timestamp) -> Result<(), Refusal> {
        let record = self.records.get(id);
        if let Hold::Stands(_) = rules::hold(record, metadata, now)? {
            if self.missing == Some(Guard::OneHoldForACapture) {
                self.surplus_holds += 1;
            }
            return Ok(());
        }
        if self.available(now) < 1 {
            return Err(Refusal::InsufficientCredits);
        }
        let record = Record {
            metadata: metadata.clone(),
            stored: State::Held,
            expires_at: now.after(HOLD_LIFE),
        };
        self.records.insert(id.to_owned(), record);
        Ok(())
    }

    fn confirm(&mut self, id: &str, now: Timestamp) -> Result<(), Refusal> {
        let again = self.missing == Some(Guard::OneDebitForACapture);
        match rules::confirm(self.records.get(id), now)? {
            Confirmation::Stands if again => {}
            Confirmation::Stands => return Ok(()),
            Confirmation::DebitLate if self.missing == Some(Guard::LateConfirmationDebits) => {
                return Ok(());
            }
            Confirmation::DebitHeld | Confirmation::DebitLate => {}
        }
        self.debits.push(id.to_owned());
        self.settle(id, State::Confirmed);
        Ok(())
    }

    fn release(&mut self, id: &str) -> Result<(), Refusal> {
        if rules::release(self.records.get(id))? == Release::GiveBack {
            self.settle(id, State::Released);
        }
        Ok(())
    }

    fn settle(&mut self, id: &str, state: State) {
        if let Some(record) = self.records.get_mut(id) {
            record.stored = state;
        }
    }
}

/// As `credit_service::http` answers them.
fn status_and_code(refusal: Refusal) -> (u16, &'static str) {
    match refusal {
        Refusal::InsufficientCredits => (402, "insufficient_credits"),
        Refusal::MetadataMismatch => (409, "metadata_mismatch"),
        Refusal::UnknownCapture => (404, "unknown_capture"),
        Refusal::AlreadyConfirmed => (409, "already_confirmed"),
    }
}
