//! The page is read again when the buyer confirms, and what changed since is shown before anything is sent.

use punchout::business_central::{Mapping, TaxTreatment};
use punchout::capture::{
    Action, EditField, Event, Machine, Panel, Records, SnapshotFailure, Stage,
};
use punchout::money::NumberStyle;
use punchout::supplier::Catalog;
use serde_json::{Value, json};

use crate::browser::{Browser, Stop, WINDOW};
use crate::first_run::snapshot;
use crate::given::{REDIRECT, a_reviewed_cart, deployment};
use crate::outside::{Does, Fault};
use crate::posted_once_and_paid_once;
use crate::reviewing::posted_lines;

const URL: &str = "https://shop.test/cart";

/// What each line of a page says: its product, quantity and price.
type Line = (&'static str, &'static str, &'static str);

const PAPER: Line = ("Paper", "2", "5.45");
const PENS: Line = ("Pens", "3", "1.20");

fn page(lines: &[Line], total: &str) -> String {
    let row = |(name, quantity, price): &Line| {
        format!(
            r#"<p class="line"><b class="name">{name}</b><i class="quantity">{quantity}</i><i class="price">EUR {price}</i></p>"#
        )
    };
    let rows: String = lines.iter().map(row).collect();
    let markup = format!(
        r#"<body xmlns="http://www.w3.org/1999/xhtml"><div class="lines">{rows}</div><p class="total"><b>EUR {total}</b></p></body>"#
    );
    snapshot(&markup, &json!([]))
}

fn shop() -> Catalog {
    let verified =
        json!({"state": "fixture", "on": "2026-11-22", "evidence": "made for this test"});
    let fields = json!({
        "description": [{"select": ".name"}],
        "quantity": [{"select": ".quantity", "numbers": "dot"}],
        "unit_price": [{"select": ".price", "numbers": "dot"}],
    });
    let total = json!({"kind": "grand_total", "each": ".total", "amount": [{"select": "b", "numbers": "dot"}]});
    let shop = json!({
        "format": 1, "id": "shop", "name": "Shop", "kind": "supplier", "verified": verified,
        "hosts": ["shop.test"], "paths": ["/cart"], "cart": {"empty": [".empty"]},
        "lines": {"each": ".line", "fields": fields}, "totals": [total],
    });
    Catalog::from_json(&json!({"words": [], "definitions": [shop]}).to_string()).unwrap()
}

/// A buyer who has just clicked on a page.
fn a_click_on(page: String) -> Browser {
    let mut browser = a_reviewed_cart(5);
    browser.machine = Machine::new(shop(), deployment(), REDIRECT).unwrap();
    browser.page = Some(Ok(page));
    browser.hear(Event::Clicked {
        window: WINDOW,
        tab: 7,
        url: URL.to_owned(),
    });
    browser
}

/// Paper and pens were read from a page, and everything is chosen that must be.
fn a_read_cart() -> Browser {
    let mut browser = a_click_on(page(&[PAPER, PENS], "14.50"));
    let number = "MISC".to_owned();
    for action in [
        Action::ChooseVendor {
            number: "V1".to_owned(),
        },
        Action::ChooseUnmatched {
            mapping: Mapping::CatchAll { number },
        },
        Action::ChooseTax {
            tax: TaxTreatment::Net,
        },
        Action::AcceptDifferences { accepted: true },
    ] {
        browser.act(action);
    }
    assert_eq!(browser.waiting(), [""; 0]);
    browser
}

/// The buyer confirms, and the page shows something else by then.
fn confirmed_on(lines: &[Line], total: &str) -> Browser {
    let mut browser = a_read_cart();
    browser.page = Some(Ok(page(lines, total)));
    browser.act(Action::Confirm);
    browser
}

fn changed(browser: &mut Browser) -> Value {
    browser.review()["page_changed"].take()
}

fn nothing_was_sent(browser: &Browser) {
    assert!(browser.world.journal.deliveries.is_empty());
    assert!(browser.outside.captures.is_empty());
    assert_eq!(browser.outside.live_holds(), 0);
}

#[test]
fn a_page_that_shows_the_same_is_asked_once_and_its_cart_is_sent() {
    let mut browser = a_read_cart();
    browser.act(Action::Confirm);
    posted_once_and_paid_once(&browser);
    assert_eq!(browser.read_at, [None, Some(URL.to_owned())]);
}

#[test]
fn what_was_added_removed_and_changed_is_shown_line_by_line_and_nothing_is_sent() {
    let mut browser = confirmed_on(&[("Paper", "5", "5.00"), ("Glue", "1", "2.00")], "27.00");
    nothing_was_sent(&browser);
    assert_eq!(browser.waiting(), ["page_changed"]);
    let shown = changed(&mut browser);
    let lines = shown["lines"].as_array().unwrap();
    let kinds: Vec<_> = lines
        .iter()
        .map(|l| (&l["change"], &l["description"]))
        .collect();
    assert_eq!(
        json!(kinds),
        json!([["changed", "Paper"], ["removed", "Pens"], ["added", "Glue"]])
    );
    assert_eq!(
        lines[0]["values"],
        json!([
            {"field": "quantity", "before": "2", "now": "5"},
            {"field": "unit_price", "before": "5.45", "now": "5.00"},
        ])
    );
    assert_eq!(
        shown["totals"],
        json!([{"total": "grand_total", "before": "14.50", "now": "27.00"}])
    );
}

#[test]
fn a_total_alone_that_changed_is_told() {
    let mut browser = confirmed_on(&[PAPER, PENS], "19.50");
    nothing_was_sent(&browser);
    let shown = changed(&mut browser);
    assert_eq!(shown["lines"], json!([]));
    assert_eq!(shown["totals"][0]["now"], "19.50");
}

#[test]
fn lines_in_another_order_are_the_same_cart() {
    posted_once_and_paid_once(&confirmed_on(&[PENS, PAPER], "14.50"));
}

#[test]
fn of_two_lines_alike_the_one_that_is_gone_is_named() {
    let more = ("Paper", "9", "5.45");
    let mut browser = a_click_on(page(&[PAPER, more], "59.95"));
    for action in [
        Action::ChooseVendor {
            number: "V1".to_owned(),
        },
        Action::ChooseUnmatched {
            mapping: Mapping::Note,
        },
        Action::ChooseTax {
            tax: TaxTreatment::Net,
        },
        Action::ChooseLine {
            line: 1,
            mapping: Some(Mapping::CatchAll {
                number: "MISC".to_owned(),
            }),
        },
        Action::AcceptDifferences { accepted: true },
    ] {
        browser.act(action);
    }
    browser.page = Some(Ok(page(&[more], "49.05")));
    browser.act(Action::Confirm);
    let lines = changed(&mut browser)["lines"].take();
    assert_eq!(lines.as_array().unwrap().len(), 1, "{lines}");
    assert_eq!(
        (&lines[0]["change"], &lines[0]["quantity"]),
        (&json!("removed"), &json!("2"))
    );
    browser.act(Action::TakeReading);
    browser.act(Action::AcceptDifferences { accepted: true });
    browser.act(Action::Confirm);
    let lines = posted_lines(&browser);
    assert_eq!(lines.len(), 1);
    assert_eq!(
        lines[0]["number"], "MISC",
        "its choice went with it: {}",
        lines[0]
    );
}

#[test]
fn the_new_reading_is_taken_with_the_edits_of_lines_that_did_not_change() {
    let mut browser = a_read_cart();
    for (line, text) in [(0, "7"), (1, "4")] {
        let text = text.to_owned();
        let field = EditField::Quantity;
        browser.act(Action::EditLine {
            line,
            field,
            text,
            style: NumberStyle::Dot,
        });
    }
    browser.page = Some(Ok(page(
        &[("Glue", "1", "2.00"), ("Paper", "5", "5.45"), PENS],
        "32.85",
    )));
    browser.act(Action::Confirm);
    nothing_was_sent(&browser);
    assert_eq!(changed(&mut browser)["drops_edits"], true);
    browser.act(Action::TakeReading);
    assert_eq!(changed(&mut browser), Value::Null);
    browser.act(Action::AcceptDifferences { accepted: true });
    browser.act(Action::Confirm);
    posted_once_and_paid_once(&browser);
    let lines = posted_lines(&browser);
    let quantities: Vec<_> = lines.iter().map(|line| &line["quantity"]).collect();
    assert_eq!(json!(quantities), json!(["1", "5", "4"]));
}

#[test]
fn a_removed_line_stays_removed_where_the_page_moved_it() {
    let mut browser = a_read_cart();
    browser.act(Action::RemoveLine { line: 1 });
    browser.page = Some(Ok(page(&[PENS, PAPER, ("Glue", "1", "2.00")], "16.50")));
    browser.act(Action::Confirm);
    assert_eq!(changed(&mut browser)["drops_edits"], false);
    browser.act(Action::TakeReading);
    let review = browser.review();
    let removed: Vec<_> = review["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| &l["removed"])
        .collect();
    assert_eq!(json!(removed), json!([true, false, false]));
}

#[test]
fn what_was_reviewed_is_sent_all_the_same_if_the_buyer_says_so() {
    let mut browser = confirmed_on(&[PAPER], "10.90");
    browser.act(Action::Confirm);
    nothing_was_sent(&browser);
    browser.act(Action::ConfirmReviewed);
    posted_once_and_paid_once(&browser);
    assert_eq!(posted_lines(&browser).len(), 2);
}

#[test]
fn nobody_sends_a_cart_past_the_page_before_it_was_asked() {
    let mut browser = a_read_cart();
    browser.act(Action::ConfirmReviewed);
    nothing_was_sent(&browser);
}

#[test]
fn a_tab_that_is_gone_or_shows_something_else_holds_nobody_up() {
    let elsewhere = snapshot(
        r#"<body xmlns="http://www.w3.org/1999/xhtml"><p>Welcome</p></body>"#,
        &json!([]),
    );
    let pages = [
        Err(SnapshotFailure::NotReachable),
        Err(SnapshotFailure::Failed),
        Ok(elsewhere),
        Ok("no snapshot".to_owned()),
    ];
    for page in pages {
        let mut browser = a_read_cart();
        browser.page = Some(page);
        browser.act(Action::Confirm);
        posted_once_and_paid_once(&browser);
    }
}

#[test]
fn a_page_that_does_not_answer_is_waited_for_ten_seconds() {
    let mut browser = a_read_cart();
    browser.page = None;
    browser.act(Action::Confirm);
    browser.act(Action::Confirm);
    nothing_was_sent(&browser);
    assert_eq!(browser.waiting(), ["reading_again"]);
    assert_eq!(browser.read_at.len(), 2, "asked once");
    let before = browser.now;
    browser.wait_once();
    assert_eq!(browser.now.0 - before.0, 10_000);
    posted_once_and_paid_once(&browser);
}

#[test]
fn what_the_buyer_changes_while_the_page_is_read_is_not_sent_for_what_was_confirmed() {
    let mut browser = a_read_cart();
    browser.page = None;
    browser.act(Action::Confirm);
    let (line, field, text) = (0, EditField::Quantity, "7".to_owned());
    browser.act(Action::EditLine {
        line,
        field,
        text,
        style: NumberStyle::Dot,
    });
    browser.wait_once();
    nothing_was_sent(&browser);
    browser.page = Some(Ok(page(&[PAPER, PENS], "14.50")));
    browser.act(Action::Confirm);
    posted_once_and_paid_once(&browser);
}

#[test]
fn what_was_confirmed_is_sent_though_the_buyer_looks_elsewhere_meanwhile() {
    let elsewhere = [
        Event::WindowClosed(WINDOW),
        Event::Clicked {
            window: WINDOW,
            tab: 8,
            url: URL.to_owned(),
        },
    ];
    for event in elsewhere {
        let mut browser = a_read_cart();
        browser.page = None;
        browser.act(Action::Confirm);
        browser.hear(event);
        posted_once_and_paid_once(&browser);
    }
}

#[test]
fn a_worker_stopped_at_any_moment_of_it_loses_and_doubles_nothing() {
    let mut whole = a_read_cart();
    let first = whole.performed();
    whole.act(Action::Confirm);
    for number in first..whole.performed() {
        for stop in [Stop::Before(number), Stop::After(number)] {
            let mut browser = a_read_cart();
            browser.stop = Some(stop);
            browser.act(Action::Confirm);
            browser.wait();
            posted_once_and_paid_once(&browser);
        }
    }
}

#[test]
fn an_emptied_cart_is_told_and_taking_it_ends_the_review() {
    let empty = r#"<body xmlns="http://www.w3.org/1999/xhtml"><p class="empty">Your cart is empty</p></body>"#;
    let mut browser = a_read_cart();
    browser.page = Some(Ok(snapshot(empty, &json!([]))));
    browser.act(Action::Confirm);
    nothing_was_sent(&browser);
    let shown = changed(&mut browser);
    assert_eq!(shown["is_empty"], true);
    assert_eq!(shown["lines"].as_array().unwrap().len(), 2);
    browser.act(Action::TakeReading);
    let panel = browser.world.desk.panels.get(&WINDOW);
    assert!(matches!(panel, Some(Panel::NotRead { .. })), "{panel:?}");
}

#[test]
fn the_journal_keeps_no_address_of_the_page() {
    let mut browser = a_read_cart();
    let (path, does) = ("PUT https://credits", Does::LosesTheRequest);
    browser.outside.faults = vec![Fault { path, does }];
    browser.act(Action::Confirm);
    assert!(matches!(browser.stage(), Stage::Holding));
    let records = Records::of(&browser.world).unwrap();
    assert!(!records.local.values().any(|text| text.contains(URL)));
}
