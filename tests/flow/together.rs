//! Several captures in one browser.

use punchout::capture::{Action, Event, Panel, Review, Stage, WindowId};
use punchout::capture_id::CaptureId;
use punchout::http::Method;
use punchout::money::Decimal;

use crate::browser::{Browser, WINDOW};
use crate::given::{a_reviewed_cart, deployment, machine_of};
use crate::outside::{Does, Fault};

/// The windows of two more reviews; the later one comes first in the journal.
const WINDOWS: [(WindowId, u8); 2] = [(WindowId(2), 8), (WindowId(3), 1)];

/// A browser that has delivered a capture, and so has its tokens, with two more under review.
fn two_reviewed_carts() -> Browser {
    let mut browser = a_reviewed_cart(5);
    let Some(Panel::Reviewing { review }) = browser.world.desk.panels.get(&WINDOW).cloned() else {
        panic!("a review");
    };
    browser.act(Action::Confirm);
    browser.outside.requests.clear();
    for (window, number) in WINDOWS {
        let mut review = Box::new(Review {
            capture: capture(number),
            ..(*review).clone()
        });
        // Another order, and not the same once more.
        review.cart.lines[0].quantity = Decimal::from(number);
        let panels = &mut browser.world.desk.panels;
        panels.insert(window, Panel::Reviewing { review });
    }
    browser
}

fn capture(number: u8) -> CaptureId {
    CaptureId::from_random([number; 16])
}

fn confirmed(window: WindowId) -> Event {
    let action = Action::Confirm;
    Event::Acted { window, action }
}

fn confirm_both(browser: &mut Browser) {
    browser.hear_together(WINDOWS.map(|(window, _)| confirmed(window)));
}

/// What Business Central was asked about captures.
fn asked(browser: &Browser) -> Vec<Method> {
    let requests = browser.outside.requests.iter();
    let about_captures =
        requests.filter(|(_, url)| url.starts_with("https://bc") && url.contains("/captures"));
    about_captures
        .filter(|(_, url)| !url.contains("captureChecks"))
        .map(|(method, _)| *method)
        .collect()
}

fn all_are_done(browser: &Browser) -> bool {
    let mut deliveries = browser.world.journal.deliveries.values();
    deliveries.all(|delivery| matches!(delivery.stage, Stage::Done { .. }))
}

#[test]
fn a_capture_that_waits_for_another_is_posted_without_being_read_first() {
    let mut browser = two_reviewed_carts();
    confirm_both(&mut browser);
    assert!(all_are_done(&browser));
    assert_eq!(asked(&browser), [Method::Post, Method::Post]);
    assert_eq!(browser.outside.debits, 3);
}

#[test]
fn the_same_holds_where_there_is_no_credit_service() {
    let mut browser = two_reviewed_carts();
    browser.machine = machine_of(punchout::deployment::Deployment {
        credits: None,
        ..deployment()
    });
    confirm_both(&mut browser);
    assert!(all_are_done(&browser));
    assert_eq!(asked(&browser), [Method::Post, Method::Post]);
}

#[test]
fn a_capture_of_unknown_outcome_holds_another_up_no_longer_than_its_own_pause() {
    let mut browser = two_reviewed_carts();
    browser.outside.faults = vec![Fault {
        path: "555555555555)/captures",
        does: Does::LosesTheAnswer,
    }];
    confirm_both(&mut browser);
    assert_eq!(browser.outside.accepted_posts, 3);
    browser.wait();
    assert!(all_are_done(&browser));
    assert_eq!(
        (browser.outside.accepted_posts, browser.outside.debits),
        (3, 3)
    );
}

#[test]
fn what_another_account_has_to_deliver_does_not_hold_up_ones_own() {
    let mut browser = two_reviewed_carts();
    browser.outside.faults = vec![Fault {
        path: "555555555555)/captures",
        does: Does::LosesTheRequest,
    }];
    let [(own_window, own), (their_window, theirs)] = WINDOWS;
    browser.hear(confirmed(their_window));
    let deliveries = &mut browser.world.journal.deliveries;
    let delivery = deliveries.get_mut(&capture(theirs)).unwrap();
    delivery.username = "colleague@example.test".to_owned();
    browser.now = browser.now.plus_seconds(3600);
    browser.hear(confirmed(own_window));
    browser.wait();
    let deliveries = &browser.world.journal.deliveries;
    let stage = |number| &deliveries.get(&capture(number)).unwrap().stage;
    assert!(matches!(stage(own), Stage::Done { .. }), "{:?}", stage(own));
    assert!(
        matches!(stage(theirs), Stage::Posting { .. }),
        "{:?}",
        stage(theirs)
    );
}
