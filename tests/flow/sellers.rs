//! A marketplace's sellers: each may be a vendor of its own, and the orders that the lines become are said beforehand.

use punchout::business_central::Vendor;
use punchout::capture::{Action, Event, Forgotten, List};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::given::a_reviewed_cart;
use crate::reviewing::{posted_lines, review};

const CHOSEN: &str = "Bit & Pen";

/// A reviewed cart whose second line another seller sells, in a company that has two vendors.
fn of_two_sellers() -> Browser {
    let mut browser = a_reviewed_cart(5);
    for (line, seller) in review(&mut browser)
        .cart
        .lines
        .iter_mut()
        .zip(["Shop", CHOSEN])
    {
        line.seller = Some(seller.to_owned());
    }
    let vendor = |number: &str, name: &str| -> Vendor {
        serde_json::from_value(json!({"number": number, "displayName": name})).unwrap()
    };
    let entries = vec![vendor("V1", "Shop"), vendor("V2", "Bit und Pen GmbH")];
    browser.world.desk.books.vendors = List::Loaded { entries };
    browser.hear(Event::Woken);
    browser
}

fn choose(browser: &mut Browser, number: &str) {
    browser.act(Action::ChooseSellerVendor {
        seller: CHOSEN.to_owned(),
        number: number.to_owned(),
    });
}

fn vendors(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["vendorNumber"].as_str().unwrap())
        .collect()
}

fn orders(browser: &mut Browser) -> Vec<(String, u64, String)> {
    let orders = browser.review()["orders"].take();
    let order = |order: &Value| {
        (
            order["vendor_number"].as_str().unwrap().to_owned(),
            order["lines"].as_u64().unwrap(),
            order["amount"].as_str().unwrap().to_owned(),
        )
    };
    orders.as_array().unwrap().iter().map(order).collect()
}

#[test]
fn all_sellers_are_the_shops_vendor_until_the_buyer_says_otherwise() {
    let mut browser = of_two_sellers();
    let sellers = browser.review()["sellers"].take();
    assert_eq!(sellers[1]["seller"], CHOSEN);
    assert_eq!(sellers[1]["vendor"], Value::Null);
    assert_eq!(
        orders(&mut browser),
        [("V1".to_owned(), 2, "51.60".to_owned())]
    );
    browser.act(Action::Confirm);
    assert_eq!(vendors(&posted_lines(&browser)), ["V1", "V1"]);
}

#[test]
fn a_seller_that_is_a_vendor_of_its_own_gets_an_order_of_its_own() {
    let mut browser = of_two_sellers();
    choose(&mut browser, "V2");
    let sellers = browser.review()["sellers"].take();
    assert_eq!(sellers[1]["vendor_name"], "Bit und Pen GmbH");
    let expected = [("V1", 1, "25.80"), ("V2", 1, "25.80")];
    let expected = expected.map(|(vendor, lines, sum)| (vendor.to_owned(), lines, sum.to_owned()));
    assert_eq!(orders(&mut browser), expected);
    browser.act(Action::Confirm);
    assert_eq!(vendors(&posted_lines(&browser)), ["V1", "V2"]);
}

#[test]
fn items_are_looked_for_with_the_vendor_of_the_seller() {
    let mut browser = of_two_sellers();
    choose(&mut browser, "V2");
    let mut urls = browser.outside.requests.iter().map(|(_, url)| url);
    let url = urls.rfind(|url| url.contains("/itemMatches?"));
    let url = url.unwrap();
    let url = percent_encoding::percent_decode_str(url)
        .decode_utf8()
        .unwrap();
    assert!(url.contains("vendorNumber eq 'V2'"), "{url}");
    assert!(url.contains("B-2") && !url.contains("A-1"), "{url}");
}

#[test]
fn the_vendor_of_a_seller_is_remembered_and_can_be_forgotten_and_taken_back() {
    let mut browser = of_two_sellers();
    choose(&mut browser, "V2");
    browser.act(Action::Confirm);
    let remembered = &browser.world.journal.preferences.sellers;
    assert_eq!(
        remembered.get("shop.test").unwrap().get(CHOSEN).unwrap(),
        "V2"
    );

    let mut next = of_two_sellers();
    next.world.journal.preferences.sellers = remembered.clone();
    next.hear(Event::Woken);
    assert_eq!(next.review()["sellers"][1]["vendor"], "V2");
    choose(&mut next, "");
    assert_eq!(
        next.review()["sellers"][1]["vendor"],
        Value::Null,
        "the shop's"
    );
    next.act(Action::Confirm);
    assert_eq!(vendors(&posted_lines(&next)), ["V1", "V1"]);
    let remembered = next.world.journal.preferences.sellers.get("shop.test");
    assert!(remembered.unwrap().is_empty());

    let what = Forgotten::Seller {
        host: "shop.test".to_owned(),
        seller: CHOSEN.to_owned(),
    };
    browser.act(Action::Forget { what });
    assert!(browser.world.journal.preferences.sellers.is_empty());
}
