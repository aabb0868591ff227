//! The promise: whatever happens, a capture is in Business Central at most once, and debited exactly if it is there.

use simulation::explore;
use simulation::given::Ground;
use simulation::guard::Guard;
use simulation::schedule::Schedule;
use simulation::simulation::{Mornings, Trace};

#[test]
fn every_story_ends_well_with_a_crash_at_each_point() {
    let report = explore::crash_points(&Mornings::new(&Ground::open()), None);
    assert_eq!(report.broken, None);
    assert!(
        report.schedules > 3_000,
        "only {} were tried",
        report.schedules
    );
}

#[test]
fn a_thousand_schedules_by_chance_end_well() {
    let mornings = Mornings::new(&Ground::open());
    for seed in 0..1_000 {
        let schedule = Schedule::Random(seed);
        let outcome = mornings.run(schedule, None, Trace::Dropped);
        assert_eq!(outcome.broken, None, "replay {schedule}");
    }
}

/// Schedules that once broke the promise, each with what was mended.
#[test]
fn what_was_mended_stays_mended() {
    let mornings = Mornings::new(&Ground::open());
    let found = [
        // A token renewed for one person was taken for the next one's.
        "102070",
        // A wait for a late post was cut short by "try now".
        "late-post-after-a-refusal-tried-now",
        // The same by a clock that was set forward.
        "clock-set-forward-while-a-late-post-is-waited-for",
        // An answer heard twice was taken for one to a later question.
        "1978",
    ];
    for schedule in found {
        let schedule: Schedule = schedule.parse().unwrap();
        let outcome = mornings.run(schedule, None, Trace::Dropped);
        assert_eq!(outcome.broken, None, "replay {schedule}");
    }
}

#[test]
fn a_schedule_repeats_exactly() {
    let mornings = Mornings::new(&Ground::open());
    for schedule in ["7", "102070", "plain@9", "late-post-after-a-refusal"] {
        let schedule: Schedule = schedule.parse().unwrap();
        let missing = Some(Guard::WaitForLatePosts);
        let one = mornings.run(schedule, missing, Trace::Kept);
        let other = mornings.run(schedule, missing, Trace::Kept);
        assert_eq!((one.trace, one.broken), (other.trace, other.broken));
    }
}
