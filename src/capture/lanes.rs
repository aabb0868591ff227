//! Which requests are under way in a worker, and which must wait.
//!
//! Business Central runs five requests of a user at a time and queues the rest; what it queues for too long it refuses.
//! So no more than four are under way, one of them for what the buyer confirmed. What must wait is not remembered: it
//! is derived again from the state after every answer.

use super::effect::{Peer, Task};
use crate::sorted::SortedMap;

/// Most requests to Business Central for lists and look-ups. One more is for captures, which go one after the other, so
/// that no worksheet is written to twice at a time.
const MOST_LOOK_UPS: usize = 3;

/// The lanes of the requests under way; they die with the worker, as the requests do.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    under_way: SortedMap<Task, Task>,
}

impl Lanes {
    /// Takes the lane of a request that is to be sent, or says `false`: then it must not be sent now.
    pub fn enter(&mut self, task: &Task) -> bool {
        let lane = task.lane();
        if self.under_way.contains_key(&lane) || !self.has_room(&lane) {
            return false;
        }
        self.under_way.insert(lane, task.clone());
        true
    }

    /// Frees the lane of a request that was answered, or says `false`: nobody waits for this answer.
    pub fn leave(&mut self, task: &Task) -> bool {
        let lane = task.lane();
        let is_waited_for = self.under_way.get(&lane) == Some(task);
        if is_waited_for {
            self.under_way.remove(&lane);
        }
        is_waited_for
    }

    fn has_room(&self, lane: &Task) -> bool {
        if lane.peer() != Peer::BusinessCentralLookUp {
            return true;
        }
        let look_ups = self.under_way.keys().map(Task::peer);
        look_ups
            .filter(|peer| *peer == Peer::BusinessCentralLookUp)
            .count()
            < MOST_LOOK_UPS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::business_central::CompanyId;
    use crate::capture_id::CaptureId;

    fn company() -> CompanyId {
        CompanyId::try_from("11111111-2222-3333-4444-555555555555".to_owned()).unwrap()
    }

    fn capture(number: u8) -> CaptureId {
        CaptureId::from_random([number; 16])
    }

    #[test]
    fn no_more_than_four_requests_to_business_central_are_under_way() {
        let mut lanes = Lanes::default();
        let look_ups = [
            Task::Companies,
            Task::Environments,
            Task::Worksheets(company()),
            Task::Vendors(company()),
            Task::CatchAllItems(company()),
        ];
        let sent = look_ups.iter().filter(|task| lanes.enter(task)).count();
        assert_eq!(sent, 3);
        assert!(
            lanes.enter(&Task::Post(capture(1))),
            "a lane is kept for captures"
        );
        assert!(
            lanes.enter(&Task::Credits),
            "other servers have their own limits"
        );
        lanes.leave(&Task::Environments);
        assert!(lanes.enter(&Task::Vendors(company())));
    }

    #[test]
    fn captures_go_to_business_central_one_after_the_other() {
        let mut lanes = Lanes::default();
        assert!(lanes.enter(&Task::Post(capture(1))));
        for task in [
            Task::Post(capture(1)),
            Task::Read(capture(1)),
            Task::Post(capture(2)),
            Task::Read(capture(2)),
        ] {
            assert!(!lanes.enter(&task), "{task:?}");
        }
        assert!(!lanes.leave(&Task::Read(capture(1))), "nobody waits for it");
        assert!(lanes.leave(&Task::Post(capture(1))));
        assert!(lanes.enter(&Task::Read(capture(2))));
    }

    #[test]
    fn nothing_is_asked_twice_at_a_time() {
        let mut lanes = Lanes::default();
        let check = |of: &str| Task::Check {
            capture: capture(1),
            of: of.to_owned(),
        };
        assert!(lanes.enter(&check("a")));
        assert!(!lanes.enter(&check("b")), "one dry run of a capture");
        assert!(lanes.enter(&Task::Hold(capture(1))));
        assert!(!lanes.enter(&Task::Hold(capture(1))));
    }
}
