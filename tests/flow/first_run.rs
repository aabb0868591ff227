//! What somebody finds who is here for the first time: a sample, the choices that hold for every cart, and pages that give
//! no cart.

use punchout::capture::{Action, Event, Machine, NoticeCode, Panel};
use punchout::supplier::Catalog;
use serde_json::{Value, json};

use crate::browser::{Browser, WINDOW};
use crate::given::{a_reviewed_cart, deployment};

/// A shop at a place of its own, and the software of others.
fn catalog() -> Catalog {
    let verified =
        json!({"state": "fixture", "on": "2026-11-22", "evidence": "made for this test"});
    let lines = json!({
        "each": ".line",
        "fields": {
            "description": [{"select": ".name"}],
            "quantity": [{"select": ".quantity", "numbers": "dot"}],
            "unit_price": [{"select": ".price", "numbers": "dot"}],
        }
    });
    let shop = json!({
        "format": 1, "id": "shop", "name": "Shop", "kind": "supplier", "verified": verified, "lines": lines,
        "hosts": ["www.shop.test"], "paths": ["/cart", "/cart/*"],
    });
    let software = json!({
        "format": 1, "id": "software", "name": "Software", "kind": "platform", "verified": verified, "lines": lines,
        "detect": {"any": [".lines"]},
    });
    let text = json!({"words": [], "definitions": [shop, software]}).to_string();
    Catalog::from_json(&text).expect("a catalog")
}

/// A buyer who has seen nothing yet.
fn a_new_panel() -> Browser {
    let mut browser = a_reviewed_cart(5);
    browser.machine = Machine::new(catalog(), deployment(), "https://extension.test/").unwrap();
    browser.world.desk.panels.insert(WINDOW, Panel::Idle);
    browser.outside.requests.clear();
    browser
}

pub fn snapshot(markup: &str, unreachable: &Value) -> String {
    let elements = markup.matches('<').count() - markup.matches("</").count();
    json!({
        "format": 1, "title": "Cart", "lang": "en", "meta": [], "canonical": null, "json_ld": [], "state": [],
        "root": {"selector": null, "path": [{"name": "html", "attributes": []}]},
        "tree": {
            "elements": elements, "markup": markup, "live": {}, "shadows": [], "frames": [], "unreachable": unreachable,
        }
    })
    .to_string()
}

fn cart() -> String {
    let line = r#"<p class="line"><b class="name">Paper</b><i class="quantity">2</i><i class="price">EUR 5.45</i></p>"#;
    let markup = format!(
        r#"<body xmlns="http://www.w3.org/1999/xhtml"><div class="lines">{line}</div></body>"#
    );
    snapshot(&markup, &json!([]))
}

fn read_a_page(unreachable: &Value) -> Option<NoticeCode> {
    let mut browser = a_new_panel();
    let url = "https://nowhere.test/".to_owned();
    browser.hear(Event::Clicked {
        window: WINDOW,
        tab: 1,
        url,
    });
    let Some(Panel::Reading { capture, .. }) = browser.world.desk.panels.get(&WINDOW).cloned()
    else {
        panic!("a page that is read");
    };
    let page = r#"<body xmlns="http://www.w3.org/1999/xhtml"><p>Welcome</p></body>"#;
    let result = Ok(snapshot(page, unreachable));
    browser.hear(Event::SnapshotTaken { capture, result });
    match browser.world.desk.panels.get(&WINDOW) {
        Some(Panel::NotRead { notice }) => Some(notice.code),
        _ => None,
    }
}

#[test]
fn a_sample_is_read_like_any_page_and_shown_as_a_sample() {
    let mut browser = a_new_panel();
    browser.act(Action::TrySample { snapshot: cart() });
    let page = browser.view()["page"].take();
    assert_eq!(page["page"], "sample");
    assert_eq!(page["review"]["lines"][0]["description"], "Paper");
    assert_eq!(page["review"]["lines"][0]["unit_price"]["amount"], "5.45");
}

#[test]
fn nothing_that_a_buyer_can_do_sends_a_sample() {
    let mut browser = a_new_panel();
    browser.act(Action::TrySample { snapshot: cart() });
    let before = browser.outside.requests.len();
    for action in [
        Action::ChooseVendor {
            number: "V1".to_owned(),
        },
        Action::ChooseUnmatched {
            mapping: punchout::business_central::Mapping::CatchAll {
                number: "MISC".to_owned(),
            },
        },
        Action::CreateItem {
            line: 0,
            template: "ITEM".to_owned(),
        },
        Action::AcceptDifferences { accepted: true },
        Action::Confirm,
        Action::Retry,
        Action::Confirm,
    ] {
        browser.act(action);
        browser.hear(Event::Woken);
        assert_eq!(browser.view()["page"]["page"], "sample");
    }
    let sent: Vec<_> = browser.outside.requests.iter().skip(before).collect();
    let cart_calls = [
        "captures",
        "itemMatches",
        "newItems",
        "supplierSetups",
        "/v1/captures",
    ];
    for (_, url) in sent {
        assert!(!cart_calls.iter().any(|call| url.contains(call)), "{url}");
    }
    assert!(browser.outside.captures.is_empty() && browser.outside.holds.is_empty());
    assert!(browser.world.journal.deliveries.is_empty());
}

#[test]
fn before_a_worksheet_was_ever_chosen_the_lists_to_choose_it_from_are_fetched_and_no_others() {
    let mut browser = a_new_panel();
    browser.world.journal.preferences.worksheet = None;
    browser.world.desk.companies = Default::default();
    browser.world.desk.books = Default::default();
    browser.hear(Event::Woken);
    let urls: Vec<_> = browser
        .outside
        .requests
        .iter()
        .map(|(_, url)| url.as_str())
        .collect();
    assert!(
        urls.iter().any(|url| url.contains("/companies")),
        "{urls:?}"
    );
    assert!(
        !urls
            .iter()
            .any(|url| url.contains("/vendors") || url.contains("/items")),
        "{urls:?}"
    );
}

#[test]
fn once_it_is_chosen_a_panel_without_a_cart_asks_nobody() {
    let mut browser = a_new_panel();
    browser.world.desk.companies = Default::default();
    browser.world.desk.books = Default::default();
    browser.hear(Event::Woken);
    assert!(browser.outside.requests.is_empty());
}

#[test]
fn a_page_without_a_cart_says_so_if_a_part_of_it_could_not_be_reached() {
    let frame =
        json!([{"host": 1, "what": "cross_origin_frame", "name": "https://till.test/cart"}]);
    assert_eq!(read_a_page(&frame), Some(NoticeCode::PartNotReachable));
    assert_eq!(read_a_page(&json!([])), Some(NoticeCode::NotACart));
}

#[test]
fn an_address_is_a_carts_where_a_supplier_names_it() {
    let machine = a_new_panel().machine;
    for (url, is_cart) in [
        ("https://www.shop.test/cart", true),
        ("https://www.shop.test/cart/2?step=1", true),
        ("https://www.shop.test/", false),
        ("https://other.test/cart", false),
        ("chrome://settings/cart", false),
    ] {
        assert_eq!(machine.is_cart_address(url), is_cart, "{url}");
    }
}
