//! What a buyer searches while typing: what Business Central is asked, and what is shown, the best first.

use punchout::business_central::{Mapping, Vendor};
use punchout::capture::{Action, Event, Forgotten, List, Records, Subject, Wanted};
use serde_json::{Value, json};

use crate::browser::{Browser, WINDOW};
use crate::given::a_reviewed_cart;
use crate::outside::{Does, Fault};

fn vendor(number: &str, name: &str) -> Vendor {
    let blocked = if name.ends_with("KG") { "All" } else { " " };
    serde_json::from_value(json!({"number": number, "displayName": name, "blocked": blocked}))
        .unwrap()
}

fn some_vendors() -> Vec<Vendor> {
    vec![
        vendor("V1", "Shop"),
        vendor("V20", "Contoso Paper"),
        vendor("V200", "Paper & Ink"),
        vendor("V3", "Wallpaper KG"),
        vendor("V4", "Fine papers"),
        vendor("V5", "Sandpaper"),
    ]
}

fn with_all_vendors() -> Browser {
    let mut browser = a_reviewed_cart(5);
    let entries = some_vendors();
    browser.world.desk.books.vendors = List::Loaded { entries };
    browser.hear(Event::Woken);
    browser
}

fn with_the_first_of_very_many() -> Browser {
    let mut browser = a_reviewed_cart(5);
    browser.world.desk.books.vendors = List::Partial {
        so_far: some_vendors(),
        next_link: "https://bc.test/v2.0/more".to_owned(),
    };
    browser.hear(Event::Woken);
    browser
}

fn search(browser: &mut Browser, subject: Subject, text: &str) -> Value {
    let text = text.to_owned();
    browser.act(Action::Search { subject, text });
    found(browser)
}

fn found(browser: &mut Browser) -> Value {
    browser.view()["search"].take()
}

fn reasons(found: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let hits = found["hits"].as_array().unwrap().iter();
    hits.map(|hit| (text(&hit["number"]), text(&hit["likeness"])))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(one, other): &(&str, &str)| ((*one).to_owned(), (*other).to_owned());
    expected.iter().map(owned).collect()
}

/// The queries of the searches that Business Central was sent, decoded.
fn asked(browser: &Browser) -> Vec<String> {
    let requests = browser.outside.requests.iter();
    let queries = requests.filter_map(|(_, url)| url.split_once("companies("));
    let queries = queries.filter_map(|(_, path)| path.split_once("?$filter="));
    let decoded = queries.map(|(_, query)| percent_encoding::percent_decode_str(query));
    decoded
        .map(|query| query.decode_utf8().unwrap().into_owned())
        .filter(|query| query.contains("contains(") || query.contains("supplierPartId"))
        .collect()
}

#[test]
fn of_vendors_that_are_here_the_best_come_first_and_nobody_is_asked() {
    let mut browser = with_all_vendors();
    let shown = search(&mut browser, Subject::Vendor, "Paper");
    assert_eq!(
        reasons(&shown),
        pairs(&[
            ("V200", "name_begins"),
            ("V20", "words"),
            ("V4", "words"),
            ("V5", "contains"),
            ("V3", "contains"),
        ])
    );
    assert_eq!(shown["hits"][4]["blocked"], true, "shown, after the others");
    assert_eq!(shown["under_way"], false);
    let shown = search(&mut browser, Subject::Vendor, "v20");
    assert_eq!(
        reasons(&shown),
        pairs(&[("V20", "number"), ("V200", "number_begins")])
    );
    assert_eq!(asked(&browser), [""; 0]);
}

#[test]
fn before_anything_is_typed_the_vendor_that_looks_like_the_shop_comes_first() {
    let mut browser = with_all_vendors();
    let review = crate::reviewing::review(&mut browser);
    review.host = "www.sandpaper.example".to_owned();
    let shown = search(&mut browser, Subject::Vendor, "");
    assert_eq!(shown["hits"][0]["number"], "V5");
    assert_eq!(shown["hits"][0]["likeness"], "host");
    assert_eq!(shown["hits"].as_array().unwrap().len(), 6);
}

#[test]
fn of_very_many_vendors_those_that_are_not_here_are_asked_for_by_name_and_by_number() {
    let mut browser = with_the_first_of_very_many();
    browser.outside.lists = vec![(
        "/vendors?",
        json!([{"number": "V900", "displayName": "O'Neil Papers"}]),
    )];
    let shown = search(&mut browser, Subject::Vendor, " O'Neil  Pap ");
    assert_eq!(reasons(&shown), pairs(&[("V900", "words")]));
    assert_eq!(
        asked(&browser),
        [
            "contains(tolower(displayName),'o''neil') and contains(tolower(displayName),'pap')&$schemaversion=2.1&$top=25",
            "contains(number,'O''NEIL  PAP')&$schemaversion=2.1&$top=25",
        ]
    );
    browser.act(Action::ChooseVendor {
        number: "V900".to_owned(),
    });
    assert_eq!(browser.review()["vendor_name"], "O'Neil Papers");
    assert_eq!(found(&mut browser), Value::Null, "a choice ends the search");
}

#[test]
fn one_letter_or_none_is_not_asked_for() {
    let mut browser = with_the_first_of_very_many();
    for text in ["", " ", "p", "& -"] {
        let shown = search(&mut browser, Subject::Vendor, text);
        assert_eq!(shown["under_way"], false, "{text:?}");
    }
    assert_eq!(asked(&browser), [""; 0]);
}

#[test]
fn items_are_found_by_name_number_and_the_numbers_of_others() {
    let mut browser = with_all_vendors();
    browser.outside.lists = vec![(
        "/items?",
        json!([
            {"number": "1050", "displayName": "Paper, blocked", "blocked": true},
            {"number": "1020", "displayName": "Paper A4"},
            {"number": "9999", "displayName": "what nobody typed"},
        ]),
    )];
    browser.outside.matches = vec![
        json!({"supplierPartId": "paper", "itemNumber": "77", "displayName": "Sheets", "matchedBy": "GTIN"}),
    ];
    let shown = search(&mut browser, Subject::Line(1), "paper");
    assert_eq!(
        reasons(&shown),
        pairs(&[
            ("77", "known"),
            ("1020", "name_begins"),
            ("1050", "name_begins")
        ])
    );
    assert_eq!(shown["hits"][0]["matched_by"], "GTIN");
    assert_eq!(shown["hits"][2]["blocked"], true);
    let asked = asked(&browser);
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert_eq!(
        asked[2],
        "vendorNumber eq 'V1' and (supplierPartId eq 'paper')"
    );
}

#[test]
fn an_answer_to_what_is_no_longer_typed_is_dropped() {
    let mut browser = with_the_first_of_very_many();
    browser.outside.lists = vec![(
        "/vendors?",
        json!([{"number": "V900", "displayName": "Pa"}]),
    )];
    let typed = |text: &str| Event::Acted {
        window: WINDOW,
        action: Action::Search {
            subject: Subject::Vendor,
            text: text.to_owned(),
        },
    };
    browser.hear_together([typed("pa"), typed("pap")]);
    let names: Vec<_> = asked(&browser)
        .into_iter()
        .filter(|query| query.contains("displayName"))
        .collect();
    assert_eq!(names.len(), 2, "one after the other: {names:?}");
    let books = &browser.world.desk.books;
    let times = books
        .vendors
        .entries()
        .iter()
        .filter(|v| v.number == "V900");
    assert_eq!(times.count(), 1);
    assert_eq!(found(&mut browser)["under_way"], false);
}

#[test]
fn a_search_that_fails_says_so_and_is_tried_with_the_next_letter() {
    let mut browser = with_the_first_of_very_many();
    let does = Does::Refuses(503, "Unavailable");
    browser.outside.faults = vec![Fault {
        path: "contains",
        does,
    }];
    let shown = search(&mut browser, Subject::Vendor, "ink");
    assert_eq!(shown["notice"]["code"], "bc_unavailable");
    assert_eq!(reasons(&shown), pairs(&[("V200", "words")]), "what is here");
    let shown = search(&mut browser, Subject::Vendor, "ink ");
    assert_eq!(shown["notice"], Value::Null);
}

#[test]
fn what_was_typed_reaches_neither_the_journal_nor_the_credit_service() {
    let mut browser = with_all_vendors();
    search(&mut browser, Subject::Line(0), "zeppelin");
    browser.act(Action::Confirm);
    browser.wait();
    let records = Records::of(&browser.world).unwrap();
    let kept = records.local.values().chain(records.session.values());
    assert!(kept.into_iter().all(|text| !text.contains("zeppelin")));
    let credits = browser.outside.requests.iter();
    let mut credits = credits.filter(|(_, url)| url.contains("credits.test"));
    assert!(credits.all(|(_, url)| !url.contains("zeppelin")));
}

fn remembered(browser: &mut Browser) -> Value {
    let (world, now) = (&mut browser.world, browser.now);
    let made = browser
        .machine
        .export(world, (WINDOW, now), Wanted::Remembered);
    let file = serde_json::to_value(made).unwrap();
    serde_json::from_str(file["file"]["text"].as_str().unwrap()).unwrap()
}

#[test]
fn what_was_chosen_is_seen_and_forgotten_one_by_one_or_all_at_once() {
    let mut browser = a_reviewed_cart(5);
    browser.act(Action::ChooseLine {
        line: 0,
        mapping: Some(Mapping::Note),
    });
    browser.act(Action::Confirm);
    let unmatched = json!({"to": "catch_all", "number": "MISC"});
    let mut expected = json!({
        "format": 1,
        "vendors": {"shop.test": "V1"},
        "sellers": {},
        "unmatched": {"V1": unmatched},
        "items": {"V1": {"A-1": {"to": "note"}}},
        "units": {},
        "vendor_names": {"V1": "Shop"},
    });
    assert_eq!(remembered(&mut browser), expected);
    browser.act(Action::Forget {
        what: Forgotten::Item {
            vendor: "V1".to_owned(),
            number: "A-1".to_owned(),
        },
    });
    expected["items"] = json!({});
    assert_eq!(remembered(&mut browser), expected);
    browser.act(Action::Forget {
        what: Forgotten::All,
    });
    expected["vendors"] = json!({});
    expected["unmatched"] = json!({});
    expected["vendor_names"] = json!({});
    let nothing = expected;
    assert_eq!(remembered(&mut browser), nothing);
    let preferences = &browser.world.journal.preferences;
    assert!(
        preferences.worksheet.is_some(),
        "where lines go is no choice of a shop"
    );
}
