//! The same lines of the same shop are not sent twice unasked.

use punchout::business_central::Mapping;
use punchout::capture::{Action, EditField, Event, Panel, Records, Review, Stage};
use punchout::capture_id::CaptureId;
use punchout::money::NumberStyle;
use serde_json::Value;

use crate::browser::{Browser, WINDOW};
use crate::given::{a_reviewed_cart, worksheet};
use crate::outside::{Does, Fault};
use crate::reviewing::review;

const DAY: i64 = 86_400;

/// A cart was sent, and the page is read again: the new review is changed by `change`, `seconds` later.
fn read_again(seconds: i64, change: impl FnOnce(&mut Review)) -> Browser {
    let mut browser = a_reviewed_cart(5);
    let again = review(&mut browser).clone();
    browser.act(Action::Confirm);
    assert!(matches!(browser.stage(), Stage::Done { .. }));
    show(&mut browser, again, change);
    browser.now = browser.now.plus_seconds(seconds);
    browser.hear(Event::Woken);
    browser
}

fn show(browser: &mut Browser, mut review: Review, change: impl FnOnce(&mut Review)) {
    review.capture = CaptureId::from_random([8; 16]);
    change(&mut review);
    let review = Box::new(review);
    let panels = &mut browser.world.desk.panels;
    panels.insert(WINDOW, Panel::Reviewing { review });
}

fn is_asked(browser: &mut Browser) -> bool {
    let waits = browser.waiting().contains(&"duplicate".to_owned());
    assert_eq!(waits, browser.review()["duplicate"] != Value::Null);
    waits
}

fn edit(browser: &mut Browser, field: EditField, text: &str) {
    let (line, text) = (0, text.to_owned());
    browser.act(Action::EditLine {
        line,
        field,
        text,
        style: NumberStyle::Dot,
    });
}

#[test]
fn the_same_cart_waits_until_the_buyer_says_to_send_it_again() {
    let mut browser = read_again(DAY, |_| {});
    assert_eq!(browser.waiting(), ["duplicate"]);
    browser.act(Action::Confirm);
    assert_eq!(browser.outside.captures.len(), 1);
    let duplicate = browser.review()["duplicate"].take();
    assert_eq!(duplicate["worksheet"]["name"], worksheet().name);
    let confirmed_at = browser.now.plus_seconds(-DAY).0;
    assert_eq!(duplicate["confirmed_at"], confirmed_at);
    browser.act(Action::SendAgain);
    browser.act(Action::Confirm);
    assert_eq!(browser.outside.captures.len(), 2);
}

#[test]
fn for_seven_days_the_buyer_is_asked_and_after_eight_nobody_is() {
    assert!(is_asked(&mut read_again(7 * DAY, |_| {})));
    assert!(!is_asked(&mut read_again(8 * DAY, |_| {})));
}

#[test]
fn an_edited_quantity_is_no_duplicate_and_what_is_edited_to_the_same_is_one() {
    let mut browser = read_again(DAY, |_| {});
    edit(&mut browser, EditField::Quantity, "3");
    assert!(!is_asked(&mut browser));
    edit(&mut browser, EditField::Quantity, "2.00");
    assert!(is_asked(&mut browser));
    edit(&mut browser, EditField::UnitPrice, "1290 / 100");
    assert!(is_asked(&mut browser), "the same price, said otherwise");
    edit(&mut browser, EditField::UnitPrice, "12.95");
    assert!(!is_asked(&mut browser));
}

#[test]
fn to_send_it_again_is_said_of_the_lines_as_they_stand() {
    let mut browser = read_again(DAY, |_| {});
    browser.act(Action::SendAgain);
    browser.act(Action::RemoveLine { line: 0 });
    assert!(!is_asked(&mut browser), "nothing like it was sent");
    browser.act(Action::RestoreLine { line: 0 });
    assert!(!is_asked(&mut browser), "it is asked once");
}

#[test]
fn the_order_of_lines_and_the_words_beside_a_number_make_no_other_cart() {
    assert!(is_asked(&mut read_again(DAY, |review| {
        review.cart.lines.reverse();
        review.cart.lines[0].description = "Binder, A4".to_owned();
    })));
}

#[test]
fn without_a_number_the_description_tells_lines_apart() {
    let mut browser = read_again(DAY, |_| {});
    edit(&mut browser, EditField::SupplierPartId, "");
    assert!(!is_asked(&mut browser));
}

#[test]
fn another_shop_another_line_and_a_line_twice_are_no_duplicates() {
    assert!(!is_asked(&mut read_again(DAY, |review| {
        review.host = "other.test".to_owned();
    })));
    assert!(!is_asked(&mut read_again(DAY, |review| {
        review.cart.lines.pop();
    })));
    assert!(!is_asked(&mut read_again(DAY, |review| {
        let line = review.cart.lines[0].clone();
        review.cart.lines.push(line);
    })));
}

#[test]
fn what_is_a_note_is_not_ordered_and_so_no_part_of_it() {
    let mut browser = read_again(DAY, |review| {
        let line = review.cart.lines[0].clone();
        review.cart.lines.push(line);
    });
    let mapping = Some(Mapping::Note);
    browser.act(Action::ChooseLine { line: 2, mapping });
    assert!(is_asked(&mut browser));
}

#[test]
fn a_capture_that_was_returned_is_no_duplicate() {
    let mut browser = a_reviewed_cart(5);
    let again = review(&mut browser).clone();
    let (path, does) = (
        "POST https://bc",
        Does::Refuses(400, "Application_DialogException"),
    );
    browser.outside.faults = vec![Fault { path, does }];
    browser.act(Action::Confirm);
    browser.wait();
    assert!(matches!(browser.stage(), Stage::Returned { .. }));
    show(&mut browser, again, |_| {});
    browser.hear(Event::Woken);
    assert!(!is_asked(&mut browser));
}

#[test]
fn a_capture_that_is_still_on_its_way_is_a_duplicate() {
    let mut browser = a_reviewed_cart(5);
    let again = review(&mut browser).clone();
    let (path, does) = ("PUT https://credits", Does::LosesTheRequest);
    browser.outside.faults = vec![Fault { path, does }];
    browser.act(Action::Confirm);
    assert!(matches!(browser.stage(), Stage::Holding));
    show(&mut browser, again, |_| {});
    assert!(is_asked(&mut browser));
}

#[test]
fn nothing_but_a_fingerprint_is_kept_of_what_was_sent() {
    let browser = read_again(DAY, |_| {});
    let records = Records::of(&browser.world).unwrap();
    let delivery = browser.world.journal.deliveries.values().next().unwrap();
    let fingerprint = &delivery.ordered.fingerprint;
    assert_eq!(fingerprint.len(), 64);
    assert!(fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let texts = records.local.iter();
    for (key, text) in texts.filter(|(key, _)| key.contains("deliver")) {
        assert!(!text.contains("Staples") && !text.contains("A-1"), "{key}");
    }
}

#[test]
fn a_capture_of_before_this_was_kept_asks_nobody() {
    let mut browser = read_again(DAY, |_| {});
    for delivery in browser.world.journal.deliveries.values_mut() {
        delivery.ordered = Default::default();
    }
    assert!(!is_asked(&mut browser));
}
