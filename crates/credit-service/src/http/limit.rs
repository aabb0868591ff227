//! How often an account may ask: the generic cell rate algorithm, one number per account.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};

use crate::clock::Timestamp;
use crate::store::AccountId;

const MICROS_OF_A_MINUTE: i64 = 60_000_000;
/// Above so many accounts those are forgotten that have asked for nothing lately.
const REMEMBERED: usize = 10_000;

/// The limit, and how much of it each account has used. Each replica counts for itself.
#[derive(Debug)]
pub struct RateLimit {
    /// The time that one request stands for.
    interval: i64,
    /// When each account has asked so little that nothing is counted against it any more.
    clear_at: Mutex<BTreeMap<AccountId, i64>>,
}

impl RateLimit {
    /// So many requests a minute, which may all come at once.
    #[must_use]
    pub fn per_minute(requests: NonZeroU32) -> Self {
        Self {
            interval: MICROS_OF_A_MINUTE.div_euclid(i64::from(requests.get())),
            clear_at: Mutex::default(),
        }
    }

    /// Counts a request, or says how many seconds to wait.
    ///
    /// # Errors
    /// The seconds, at least one.
    pub fn take(&self, account: &AccountId, now: Timestamp) -> Result<(), i64> {
        let now = now.as_millis().saturating_mul(1000);
        let mut accounts = self.clear_at.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() > REMEMBERED {
            accounts.retain(|_, clear_at| *clear_at > now);
        }
        let before = accounts.get(account).copied().unwrap_or(now).max(now);
        let after = before.saturating_add(self.interval);
        let excess = after - now - MICROS_OF_A_MINUTE;
        if excess > 0 {
            return Err(excess.div_euclid(1_000_000) + 1);
        }
        accounts.insert(account.clone(), after);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_requests_may_come_at_once_and_then_one_by_one() {
        let limit = RateLimit::per_minute(NonZeroU32::new(6).unwrap());
        let (one, other) = (AccountId::new("one"), AccountId::new("other"));
        let at = Timestamp::from_millis;
        for _ in 0..6 {
            assert_eq!(limit.take(&one, at(0)), Ok(()));
        }
        assert_eq!(limit.take(&one, at(0)), Err(11));
        assert_eq!(limit.take(&other, at(0)), Ok(()));
        assert_eq!(limit.take(&one, at(9_000)), Err(2));
        assert_eq!(limit.take(&one, at(10_000)), Ok(()));
        assert_eq!(limit.take(&one, at(10_000)), Err(11));
    }

    #[test]
    fn a_clock_that_goes_back_does_not_shut_an_account_out_for_longer_than_it_went_back() {
        let limit = RateLimit::per_minute(NonZeroU32::new(1).unwrap());
        let account = AccountId::new("one");
        assert_eq!(limit.take(&account, Timestamp::from_millis(60_000)), Ok(()));
        let wait = limit.take(&account, Timestamp::from_millis(0)).unwrap_err();
        assert!((60..=121).contains(&wait), "{wait}");
    }
}
