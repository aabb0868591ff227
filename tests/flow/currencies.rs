//! A cart in several currencies: each line is ordered in its own, and nothing is added up across them.

use punchout::capture::{Action, Event};
use punchout::cart::Verdict;
use punchout::money::Currency;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::given::a_reviewed_cart;
use crate::reviewing::{posted_lines, review};

fn code(code: &str) -> Option<Currency> {
    Some(code.parse().unwrap())
}

/// A reviewed cart whose lines say these currencies, and which has none as a whole.
fn in_currencies(currencies: [Option<Currency>; 2]) -> Browser {
    let mut browser = a_reviewed_cart(5);
    let cart = &mut review(&mut browser).cart;
    cart.currency = None;
    cart.verdict = Verdict::Unreconciled;
    for (line, currency) in cart.lines.iter_mut().zip(currencies) {
        line.currency = currency;
    }
    browser.hear(Event::Woken);
    browser
}

fn codes(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["currencyCode"].as_str().unwrap())
        .collect()
}

#[test]
fn each_line_is_ordered_in_its_own_currency_and_the_orders_are_said_beforehand() {
    let mut browser = in_currencies([code("CHF"), code("EUR")]);
    let shown = browser.review();
    assert_eq!(shown["currency_proved"], true);
    assert_eq!(shown["waiting"], json!(["differences"]));
    let orders = shown["orders"].as_array().unwrap();
    let of = |order: &Value| (order["currency"].clone(), order["amount"].clone());
    let told: Vec<_> = orders.iter().map(of).collect();
    assert_eq!(
        told,
        [
            (json!("CHF"), json!("25.80")),
            (json!("EUR"), json!("25.80"))
        ]
    );
    browser.act(Action::AcceptDifferences { accepted: true });
    browser.act(Action::Confirm);
    assert_eq!(codes(&posted_lines(&browser)), ["CHF", "EUR"]);
}

#[test]
fn the_currency_that_the_buyer_says_is_that_of_lines_that_say_none() {
    let mut browser = in_currencies([None, code("EUR")]);
    let shown = browser.review();
    assert_eq!(shown["currency_proved"], false);
    assert_eq!(shown["waiting"], json!(["currency", "differences"]));
    let currency = code("USD").unwrap();
    browser.act(Action::ChooseCurrency { currency });
    browser.act(Action::AcceptDifferences { accepted: true });
    browser.act(Action::Confirm);
    assert_eq!(codes(&posted_lines(&browser)), ["USD", "EUR"]);
}

#[test]
fn what_was_changed_has_no_sum_across_currencies() {
    let mut browser = in_currencies([code("CHF"), code("EUR")]);
    browser.act(Action::RemoveLine { line: 0 });
    let changes = browser.review()["changes"].take();
    assert_eq!(
        (&changes["removed"], &changes["ordered"]),
        (&json!(1), &Value::Null)
    );
}
