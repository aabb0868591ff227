//! The story of a capture, from the buyer's confirmation to the debited credit, told on the real state machine.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by failing"
)]

#[path = "flow/browser.rs"]
mod browser;
#[path = "flow/changing.rs"]
mod changing;
#[path = "flow/currencies.rs"]
mod currencies;
#[path = "flow/duplicates.rs"]
mod duplicates;
#[path = "flow/exporting.rs"]
mod exporting;
#[path = "flow/first_run.rs"]
mod first_run;
#[path = "flow/given.rs"]
mod given;
#[path = "flow/journal.rs"]
mod journal;
#[path = "flow/outside.rs"]
mod outside;
#[path = "flow/rereading.rs"]
mod rereading;
#[path = "flow/reviewing.rs"]
mod reviewing;
#[path = "flow/searching.rs"]
mod searching;
#[path = "flow/sellers.rs"]
mod sellers;
#[path = "flow/signing_in.rs"]
mod signing_in;
#[path = "flow/together.rs"]
mod together;

use browser::{Browser, Stop, WINDOW};
use given::a_reviewed_cart;
use outside::{Does, Fault};
use punchout::capture::{Action, Event, NoticeCode, Panel, Records, Stage};

fn fault(path: &'static str, does: Does) -> Fault {
    Fault { path, does }
}

/// The first post meets `first`, the one after it a refusal.
fn first_post_then_refusal(first: Does) -> Vec<Fault> {
    let refusal = Does::Refuses(400, "Application_DialogException");
    [first, refusal]
        .map(|does| fault("POST https://bc", does))
        .to_vec()
}

/// What must hold whenever everything has come to rest and the capture was not refused.
fn posted_once_and_paid_once(browser: &Browser) {
    let outside = &browser.outside;
    assert!(
        matches!(browser.stage(), Stage::Done { .. }),
        "{:?}",
        browser.stage()
    );
    assert_eq!(
        (outside.accepted_posts, outside.debits, outside.live_holds()),
        (1, 1, 0)
    );
    let records = Records::of(&browser.world).unwrap();
    assert!(
        !records.local.values().any(|text| text.contains("Staples")),
        "cart text is left in the journal"
    );
}

fn not_posted_and_not_paid(browser: &Browser) {
    let outside = &browser.outside;
    assert_eq!(
        (outside.accepted_posts, outside.debits, outside.live_holds()),
        (0, 0, 0)
    );
}

fn reason(browser: &Browser) -> NoticeCode {
    match browser.stage() {
        Stage::Returned { reason } => reason.code,
        other => panic!("it should have come back: {other:?}"),
    }
}

#[test]
fn a_confirmed_capture_is_posted_once_and_paid_once() {
    let mut browser = a_reviewed_cart(5);
    browser.act(Action::Confirm);
    posted_once_and_paid_once(&browser);
    assert_eq!(browser.outside.credits, 4);
}

#[test]
fn confirming_twice_changes_nothing() {
    let mut browser = a_reviewed_cart(5);
    let reviewed = browser.world.desk.panels.get(&WINDOW).unwrap().clone();
    browser.act(Action::Confirm);
    browser.act(Action::Confirm);
    // Even a panel that still shows the review, as a second window could, confirms nothing new.
    browser.world.desk.panels.insert(WINDOW, reviewed);
    browser.act(Action::Confirm);
    posted_once_and_paid_once(&browser);
}

#[test]
fn a_worker_stopped_at_any_moment_loses_and_doubles_nothing() {
    let stops = |performed: usize| (0..performed).flat_map(|n| [Stop::Before(n), Stop::After(n)]);
    let scenarios: [&[Fault]; 5] = [
        &[],
        &[fault("/captures", Does::LosesTheAnswer)],
        &[
            fault("bc.test", Does::LosesTheAnswer),
            fault("confirm", Does::LosesTheAnswer),
        ],
        &[
            fault("bc.test", Does::Refuses(504, "Unknown")),
            fault("credits.test", Does::LosesTheRequest),
        ],
        &[
            fault("bc.test", Does::Refuses(429, "Application_TooManyRequests")),
            fault("token", Does::LosesTheRequest),
        ],
    ];
    let mut points = 0;
    for faults in scenarios {
        let mut whole = a_reviewed_cart(5);
        whole.outside.faults = faults.to_vec();
        whole.act(Action::Confirm);
        whole.wait();
        posted_once_and_paid_once(&whole);
        for stop in stops(whole.performed()) {
            let mut browser = a_reviewed_cart(5);
            browser.outside.faults = faults.to_vec();
            browser.stop = Some(stop);
            browser.act(Action::Confirm);
            browser.wait();
            posted_once_and_paid_once(&browser);
            points += 1;
        }
    }
    assert!(points > 50, "only {points} moments were tried");
}

#[test]
fn an_answer_that_was_lost_is_settled_by_reading_not_by_posting_again() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("bc.test", Does::LosesTheAnswer)];
    browser.act(Action::Confirm);
    browser.wait();
    posted_once_and_paid_once(&browser);
    let posts = browser
        .outside
        .requests
        .iter()
        .filter(|(_, url)| url.ends_with("/captures"));
    assert_eq!(posts.count(), 1);
}

#[test]
fn a_post_that_lands_after_a_later_one_was_refused_is_still_found_and_paid() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = first_post_then_refusal(Does::ActsAfterARefusal);
    browser.act(Action::Confirm);
    browser.wait();
    posted_once_and_paid_once(&browser);
}

#[test]
fn a_refusal_after_a_lost_request_gives_the_credit_back_in_the_end() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = first_post_then_refusal(Does::LosesTheRequest);
    browser.act(Action::Confirm);
    browser.wait();
    assert_eq!(reason(&browser), NoticeCode::BcRefused);
    not_posted_and_not_paid(&browser);
}

#[test]
fn without_credits_nothing_is_posted_and_the_cart_comes_back() {
    let mut browser = a_reviewed_cart(0);
    browser.act(Action::Confirm);
    assert_eq!(reason(&browser), NoticeCode::CreditsNone);
    not_posted_and_not_paid(&browser);
    assert!(
        !browser
            .outside
            .requests
            .iter()
            .any(|(_, url)| url.contains("bc.test"))
    );
}

#[test]
fn a_refusal_gives_the_credit_back_and_the_cart_can_be_corrected_under_its_own_id() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault(
        "/captures",
        Does::Refuses(400, "Application_DialogException"),
    )];
    browser.outside.faults[0].path = "bc.test";
    browser.act(Action::Confirm);
    assert_eq!(reason(&browser), NoticeCode::BcRefused);
    not_posted_and_not_paid(&browser);
    let capture = browser
        .world
        .journal
        .deliveries
        .keys()
        .next()
        .unwrap()
        .clone();
    browser.act(Action::Correct {
        capture: capture.clone(),
    });
    browser.act(Action::Confirm);
    browser.wait();
    posted_once_and_paid_once(&browser);
    assert!(browser.outside.captures.contains_key(capture.as_str()));
}

#[test]
fn a_missing_right_is_told_as_such() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("bc.test", Does::Refuses(403, "Internal_ServerError"))];
    browser.act(Action::Confirm);
    assert_eq!(reason(&browser), NoticeCode::BcNoPermission);
    not_posted_and_not_paid(&browser);
}

#[test]
fn a_session_that_ended_keeps_what_is_owed_and_tries_once_silently() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.session_over = true;
    browser.act(Action::Confirm);
    browser.wait();
    assert!(!browser.stage().has_ended());
    not_posted_and_not_paid(&browser);
    assert_eq!(browser.windows_opened, 1, "one silent try");
}

#[test]
fn with_the_network_gone_the_capture_waits_and_goes_on_when_it_is_back() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = (0..6)
        .map(|_| fault("credits.test", Does::LosesTheRequest))
        .collect();
    browser.act(Action::Confirm);
    let delivery = browser.world.journal.deliveries.values().next().unwrap();
    let trouble = delivery.trouble.as_ref().map(|notice| notice.code);
    assert_eq!(trouble, Some(NoticeCode::CreditsUnavailable));
    browser.wait();
    posted_once_and_paid_once(&browser);
}

#[test]
fn try_now_does_not_wait_for_the_pause() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("confirm", Does::LosesTheRequest)];
    browser.act(Action::Confirm);
    assert!(matches!(browser.stage(), Stage::Confirming { .. }));
    browser.act(Action::Retry);
    posted_once_and_paid_once(&browser);
}

#[test]
fn pauses_grow_and_differ_by_chance() {
    let mut chances = std::collections::BTreeSet::new();
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("credits.test", Does::LosesTheRequest); 40];
    browser.act(Action::Confirm);
    for number in 1..=10_u32 {
        let delivery = browser.world.journal.deliveries.values().next().unwrap();
        let pause = delivery.next_try.0 - browser.now.0;
        let least = i64::from(2_u32.pow(number)).min(900) * 1000;
        assert!(
            (least..least * 3 / 2).contains(&pause),
            "try {number}: {pause} ms"
        );
        chances.insert(pause * 100 / least);
        browser.now = delivery.next_try;
        browser.hear(Event::Woken);
    }
    assert!(chances.len() > 5, "chance is in the pauses: {chances:?}");
}

#[test]
fn an_answer_that_comes_late_changes_nothing() {
    let mut browser = a_reviewed_cart(5);
    browser.act(Action::Confirm);
    let capture = browser
        .world
        .journal
        .deliveries
        .keys()
        .next()
        .unwrap()
        .clone();
    let before = browser.world.journal.clone();
    for task in [
        punchout::capture::Task::Hold(capture.clone()),
        punchout::capture::Task::Post(capture.clone()),
        punchout::capture::Task::Release(capture),
    ] {
        let exchange = Err(punchout::http::NoAnswer);
        browser.hear(Event::Answered { task, exchange });
    }
    assert_eq!(browser.world.journal, before);
}

#[test]
fn a_cart_that_waits_for_a_choice_is_not_confirmed() {
    let mut browser = a_reviewed_cart(5);
    let Some(Panel::Reviewing { review }) = browser.world.desk.panels.get_mut(&WINDOW) else {
        panic!("a review");
    };
    review.tax = None;
    for line in &mut review.cart.lines {
        line.unit_price.as_mut().unwrap().tax = punchout::money::TaxBasis::Unknown;
    }
    browser.act(Action::Confirm);
    assert!(
        browser.world.journal.deliveries.is_empty(),
        "a tax basis was guessed"
    );
    not_posted_and_not_paid(&browser);
}

#[test]
fn a_hold_that_the_service_lost_is_placed_anew_and_debited() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("confirm", Does::ForgetsTheHold)];
    browser.act(Action::Confirm);
    browser.wait();
    posted_once_and_paid_once(&browser);
}

#[test]
fn a_confirmation_that_is_refused_for_good_ends_the_capture_and_tells_the_buyer() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("confirm", Does::Refuses(403, "account_closed"))];
    browser.act(Action::Confirm);
    browser.wait();
    assert!(matches!(browser.stage(), Stage::Done { .. }));
    let delivery = browser.world.journal.deliveries.values().next().unwrap();
    let trouble = delivery.trouble.as_ref().map(|notice| notice.code);
    assert_eq!(trouble, Some(NoticeCode::CreditsRefused));
    assert!(delivery.cargo.is_none());
}

#[test]
fn trying_now_does_not_cut_the_wait_for_a_late_post_short() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = first_post_then_refusal(Does::LosesTheRequest);
    browser.act(Action::Confirm);
    while !matches!(browser.stage(), Stage::Settling { .. }) {
        browser.wait_once();
    }
    for _ in 0..9 {
        browser.act(Action::Retry);
        assert!(matches!(browser.stage(), Stage::Settling { .. }));
    }
}

#[test]
fn a_clock_that_is_set_back_puts_nothing_off() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.faults = vec![fault("confirm", Does::LosesTheRequest)];
    browser.act(Action::Confirm);
    browser.now = browser.now.plus_seconds(-3 * 86_400);
    browser.hear(Event::Woken);
    posted_once_and_paid_once(&browser);
}

#[test]
fn a_review_that_is_on_its_way_already_is_followed_by_the_next_worker() {
    let mut browser = a_reviewed_cart(5);
    let reviewed = browser.world.desk.panels.get(&WINDOW).unwrap().clone();
    browser.act(Action::Confirm);
    // The desk was not stored, the journal was.
    browser.world.desk.panels.insert(WINDOW, reviewed);
    browser.hear(Event::Started);
    let panel = browser.world.desk.panels.get(&WINDOW);
    assert!(matches!(panel, Some(Panel::Following { .. })), "{panel:?}");
}
