//! Moments that the state waits for, under a clock that may be set.
//!
//! A clock that is set forward makes what is waited for due at once: a try too many, which is harmless. One that is set
//! back would put it off for as long; so a moment further away than any pause counts as come.

use super::step::Turn;
use super::world::Stage;
use crate::timestamp::Timestamp;

/// The longest pause that a server is believed, and half as much again by chance.
const FARTHEST_SECONDS: i64 = 5_400;

/// Whether a moment has come.
pub(super) fn is_due(moment: Timestamp, now: Timestamp) -> bool {
    moment <= now || moment > now.plus_seconds(FARTHEST_SECONDS)
}

impl Turn<'_> {
    /// Brings near what a clock that was set back has put off.
    pub(super) fn mend_moments(&mut self) {
        let now = self.now;
        for delivery in self.world.journal.deliveries.values_mut() {
            if is_due(delivery.next_try, now) {
                delivery.next_try = delivery.next_try.min(now);
            }
            if let Stage::Settling { patience, .. } = &mut delivery.stage {
                patience.mend(now);
            }
        }
        let desk = &mut self.world.desk;
        if is_due(desk.renew_not_before, now) {
            desk.renew_not_before = Timestamp::default();
        }
    }
}
