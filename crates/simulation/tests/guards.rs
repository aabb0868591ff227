//! Each guard is needed: without it, a schedule that is named here breaks the promise.

use clap::ValueEnum;
use simulation::given::Ground;
use simulation::guard::Guard;
use simulation::schedule::Schedule;
use simulation::simulation::{Mornings, Trace};

/// The schedules that notice, as `simulation guards` finds them.
const NOTICED_BY: [(Guard, &str); 19] = [
    (Guard::IdempotentId, "everything-twice"),
    (Guard::StoreBeforeEffect, "disk-full-on-the-way"),
    (Guard::StepOnlyIfStored, "disk-full"),
    (Guard::SingleInFlight, "plain"),
    (Guard::ReadBeforeRepeat, "answer-lost-then-vendor-blocked"),
    (Guard::UnknownIsNoRefusal, "answer-lost-then-vendor-blocked"),
    (Guard::WaitForLatePosts, "late-post-after-a-refusal"),
    (
        Guard::LateAnswersAreIgnored,
        "vendor-blocked-then-corrected@7",
    ),
    (Guard::OneHoldForACapture, "answers-lost"),
    (Guard::OneDebitForACapture, "answers-lost"),
    (
        Guard::LateConfirmationDebits,
        "asleep-until-the-hold-expired",
    ),
    (Guard::HoldsExpire, "profile-lost-after-the-hold"),
    (Guard::RefusedIsReleased, "given-up"),
    (Guard::ConfirmedUntilAnswered, "requests-lost"),
    (Guard::TextIsDeleted, "plain"),
    (Guard::TokensStayOffTheDisk, "plain"),
    (Guard::OwnAccountOnly, "another-account"),
    (Guard::AlarmIsSet, "requests-lost"),
    (Guard::RefusedTokenIsForgotten, "access-revoked"),
];

#[test]
fn without_any_one_guard_the_promise_is_broken() {
    let mornings = Mornings::new(&Ground::open());
    for (guard, schedule) in NOTICED_BY {
        let schedule: Schedule = schedule.parse().unwrap();
        let without = mornings.run(schedule, Some(guard), Trace::Dropped);
        assert!(
            without.broken.is_some(),
            "{schedule} does not miss {guard:?}"
        );
        let with = mornings.run(schedule, None, Trace::Dropped);
        assert_eq!(with.broken, None, "{schedule}");
    }
}

#[test]
fn every_guard_is_tried() {
    for guard in Guard::value_variants() {
        assert!(
            NOTICED_BY.iter().any(|(tried, _)| tried == guard),
            "{guard:?}"
        );
    }
}
