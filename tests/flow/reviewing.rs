//! What Business Central is asked for a cart before the buyer confirms it, and what the lines become.

use punchout::business_central::{Mapping, Vendor};
use punchout::capture::{Action, Event, List, NoticeCode, Panel, Review, WindowId};
use punchout::capture_id::CaptureId;
use punchout::money::Decimal;
use serde_json::{Value, json};

use crate::browser::{Browser, WINDOW};
use crate::given::a_reviewed_cart;
use crate::outside::{Does, Fault};

pub fn item(number: &str) -> Mapping {
    Mapping::Item {
        number: number.to_owned(),
        matched_by: None,
    }
}

pub fn review(browser: &mut Browser) -> &mut Review {
    match browser.world.desk.panels.get_mut(&WINDOW) {
        Some(Panel::Reviewing { review }) => review,
        other => panic!("no review: {other:?}"),
    }
}

/// A reviewed cart for which nothing was looked up yet.
fn a_fresh_cart() -> Browser {
    let mut browser = a_reviewed_cart(5);
    browser.world.desk.books.matches = Default::default();
    browser
}

fn item_match(asked: &str, number: &str, by: &str) -> Value {
    json!({"vendorNumber": "V1", "supplierPartId": asked, "itemNumber": number, "matchedBy": by})
}

pub fn posted_lines(browser: &Browser) -> Vec<Value> {
    let posted = browser.outside.captures.values().next().expect("a capture");
    serde_json::from_str(posted["lines"].as_str().expect("text")).expect("a JSON array")
}

fn checks(browser: &Browser) -> usize {
    let urls = browser.outside.requests.iter().map(|(_, url)| url);
    urls.filter(|url| url.ends_with("/captureChecks")).count()
}

fn check_meets(does: Does) -> Browser {
    let mut browser = a_reviewed_cart(5);
    let path = "/captureChecks";
    browser.outside.faults = vec![Fault { path, does }];
    browser.hear(Event::Woken);
    browser
}

#[test]
fn before_the_buyer_confirms_business_central_is_asked_once_and_nothing_is_written() {
    let mut browser = a_reviewed_cart(5);
    assert_eq!(
        browser.waiting(),
        ["check"],
        "confirming says what it waits for"
    );
    browser.hear(Event::Woken);
    browser.hear(Event::Woken);
    assert_eq!(checks(&browser), 1);
    assert_eq!(browser.review()["can_confirm"], true);
    assert!(browser.outside.captures.is_empty() && browser.outside.holds.is_empty());
}

#[test]
fn a_cart_under_review_in_two_windows_is_checked_once_however_they_differ() {
    for differs in [false, true] {
        let mut browser = a_reviewed_cart(5);
        let mut other = review(&mut browser).clone();
        if differs {
            other.details.lines.insert(0, item("1000"));
        }
        let review = Box::new(other);
        let panels = &mut browser.world.desk.panels;
        panels.insert(WindowId(7), Panel::Reviewing { review });
        for _ in 0..5 {
            browser.hear(Event::Woken);
        }
        assert_eq!(checks(&browser), 1 + usize::from(differs));
        assert_eq!(browser.review()["check"], "passed");
    }
}

#[test]
fn a_line_that_would_fail_says_why_and_holds_the_cart_back() {
    let mut browser = a_reviewed_cart(5);
    let problems = json!([{"line": 2, "message": "The item is blocked."}]);
    browser.outside.problems = Some(problems.to_string());
    browser.hear(Event::Woken);
    let review = browser.review();
    assert_eq!(review["can_confirm"], false);
    assert_eq!(review["lines"][0]["troubles"], json!([]));
    assert_eq!(
        review["lines"][1]["troubles"],
        json!(["The item is blocked."])
    );
    browser.act(Action::Confirm);
    assert!(browser.world.journal.deliveries.is_empty());
}

#[test]
fn what_was_changed_is_checked_again() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.problems = Some(json!([{"line": 1, "message": "No."}]).to_string());
    browser.hear(Event::Woken);
    browser.outside.problems = None;
    browser.act(Action::ChooseLine {
        line: 0,
        mapping: Some(item("1000")),
    });
    assert_eq!(checks(&browser), 2);
    assert_eq!(browser.review()["can_confirm"], true);
    browser.act(Action::Confirm);
    assert_eq!(posted_lines(&browser)[0]["number"], "1000");
}

#[test]
fn a_dry_run_that_nobody_answers_holds_nobody_up_and_is_made_again() {
    for does in [Does::LosesTheRequest, Does::Refuses(503, "Unknown")] {
        let mut browser = check_meets(does);
        assert_eq!(browser.review()["check"], "unknown");
        assert_eq!(browser.review()["can_confirm"], true);
        browser.wait();
        assert_eq!(
            (checks(&browser), browser.review()["check"].take()),
            (2, json!("passed"))
        );
    }
}

#[test]
fn an_app_without_dry_run_is_said_and_holds_nobody_up() {
    let mut browser = check_meets(Does::Refuses(404, "BadRequest_ResourceNotFound"));
    assert_eq!(browser.review()["check_notice"]["code"], "bc_no_dry_run");
    assert_eq!(browser.review()["can_confirm"], true);
}

#[test]
fn a_worksheet_that_waits_for_approval_is_said_before_anything_is_held() {
    let mut browser = check_meets(Does::Refuses(400, "Application_DialogException"));
    let review = browser.review();
    assert_eq!(review["can_confirm"], false);
    assert_eq!(review["check_notice"]["detail"], "It says why.");
    browser.act(Action::Confirm);
    assert!(browser.outside.holds.is_empty());
    browser.act(Action::Retry);
    assert_eq!(browser.review()["can_confirm"], true);
}

#[test]
fn the_one_item_that_business_central_knows_is_taken_and_said_why() {
    let mut browser = a_fresh_cart();
    browser.outside.matches = vec![item_match("A-1", "1000", "ItemReference")];
    browser.hear(Event::Woken);
    let line = &browser.review()["lines"][0];
    let mapping = json!({"to": "item", "number": "1000", "matched_by": "ItemReference"});
    assert_eq!(
        (&line["mapping"], &line["reason"]),
        (&mapping, &json!("known"))
    );
}

#[test]
fn an_item_is_found_by_gtin_and_by_the_manufacturers_number_after_the_suppliers_own() {
    let mut browser = a_fresh_cart();
    let lines = &mut review(&mut browser).cart.lines;
    lines[0].gtin = Some("4006381333931".to_owned());
    lines[1].manufacturer_part_id = Some("MPN-7".to_owned());
    browser.outside.matches = vec![
        item_match("4006381333931", "1000", "GTIN"),
        item_match("MPN-7", "2000", "ManufacturerPartNo"),
        item_match("B-2", "3000", "VendorItemNo"),
    ];
    browser.hear(Event::Woken);
    let review = browser.review();
    let found = |line: usize| {
        let mapping = &review["lines"][line]["mapping"];
        (mapping["number"].clone(), mapping["matched_by"].clone())
    };
    assert_eq!(found(0), (json!("1000"), json!("GTIN")));
    assert_eq!(found(1), (json!("3000"), json!("VendorItemNo")));
}

#[test]
fn of_several_items_none_is_taken_until_the_buyer_chooses() {
    let mut browser = a_fresh_cart();
    browser.outside.matches = vec![
        item_match("A-1", "1000", "ItemReference"),
        item_match("A-1", "1001", "VendorItemNo"),
    ];
    browser.hear(Event::Woken);
    assert_eq!(browser.waiting(), ["ambiguous"]);
    let candidates = browser.review()["lines"][0]["candidates"].take();
    assert_eq!(candidates.as_array().unwrap().len(), 2);
    browser.act(Action::ChooseLine {
        line: 0,
        mapping: Some(item("1001")),
    });
    assert_eq!(browser.review()["can_confirm"], true);
}

#[test]
fn what_a_number_became_is_remembered_for_the_next_cart_of_the_vendor() {
    let mut browser = a_reviewed_cart(5);
    let reviewed = browser.world.desk.panels.get(&WINDOW).unwrap().clone();
    browser.act(Action::ChooseLine {
        line: 1,
        mapping: Some(item("4711")),
    });
    browser.act(Action::Confirm);
    browser.world.desk.panels.insert(WINDOW, reviewed);
    review(&mut browser).capture = CaptureId::from_random([8; 16]);
    let line = &browser.review()["lines"][1];
    assert_eq!(
        (&line["mapping"]["number"], &line["reason"]),
        (&json!("4711"), &json!("remembered"))
    );
    let other = &browser.review()["lines"][0]["reason"].take();
    assert_eq!(other, "rest", "other numbers are as they were");
}

#[test]
fn a_unit_that_is_no_piece_is_asked_for_where_the_line_is_an_item_and_posted_as_said() {
    let mut browser = a_reviewed_cart(5);
    review(&mut browser).cart.lines[0].unit_of_measure = Some("Karton".to_owned());
    let mapping = Some(item("1000"));
    browser.act(Action::ChooseLine { line: 0, mapping });
    assert_eq!(browser.waiting(), ["units"]);
    browser.act(Action::Confirm);
    assert!(
        browser.world.journal.deliveries.is_empty(),
        "a unit was guessed"
    );
    browser.act(Action::ChooseUnit {
        unit: "Karton".to_owned(),
        code: "BOX".to_owned(),
    });
    browser.act(Action::Confirm);
    let lines = posted_lines(&browser);
    assert_eq!(lines[0]["unitOfMeasureCode"], "BOX");
    assert!(lines[1].get("unitOfMeasureCode").is_none());
    let remembered = browser.world.journal.preferences.units.get("V1").unwrap();
    assert_eq!(remembered.get("Karton").map(String::as_str), Some("BOX"));
}

#[test]
fn the_due_date_follows_from_the_delivery_that_the_page_states() {
    let mut browser = a_reviewed_cart(5);
    review(&mut browser).cart.lines[0].delivery = Some("Delivery in 3 days".to_owned());
    browser.act(Action::Confirm);
    let lines = posted_lines(&browser);
    assert_eq!(lines[0]["dueDate"], "2026-11-25");
    assert!(lines[1].get("dueDate").is_none());
}

#[test]
fn a_vendor_whose_name_looks_like_the_shops_is_offered_and_never_taken() {
    let mut browser = a_reviewed_cart(5);
    let vendor = |number: &str, name: &str| Vendor {
        number: number.to_owned(),
        display_name: name.to_owned(),
        currency_code: String::new(),
        blocked: String::new(),
    };
    browser.world.desk.books.vendors = List::Loaded {
        entries: vec![vendor("V7", "Fabrikam Office AG"), vendor("V8", "Contoso")],
    };
    let open = review(&mut browser);
    open.vendor = None;
    open.host = "www.fabrikam.example".to_owned();
    browser.hear(Event::Woken);
    let shown = browser.review();
    assert_eq!(shown["vendor_alike"]["number"], "V7");
    assert_eq!(shown["vendor"], Value::Null);
    assert!(browser.waiting().contains(&"vendor".to_owned()));
}

#[test]
fn an_item_is_made_once_for_a_line_however_often_it_is_asked_for() {
    let mut browser = a_reviewed_cart(5);
    let path = "/newItems";
    let does = Does::LosesTheAnswer;
    browser.outside.faults = vec![Fault { path, does }];
    let template = "GOODS".to_owned();
    browser.act(Action::CreateItem { line: 0, template });
    assert_eq!(browser.waiting(), ["new_items"]);
    browser.wait();
    let made = json!({"templateCode": "GOODS", "description": "Staples", "vendorNumber": "V1", "vendorItemNumber": "A-1"});
    assert_eq!(browser.outside.made, [made]);
    assert_eq!(browser.review()["lines"][0]["mapping"]["number"], "NEW-1");
    assert_eq!(browser.review()["can_confirm"], true);
}

#[test]
fn items_are_made_for_all_lines_without_one_and_once_for_each_number() {
    let mut browser = a_reviewed_cart(5);
    let again = review(&mut browser).cart.lines[0].clone();
    let mut unnumbered = again.clone();
    unnumbered.supplier_part_id = None;
    review(&mut browser).cart.lines.extend([again, unnumbered]);
    browser.hear(Event::Woken);
    let review = browser.review();
    assert_eq!(
        (&review["without_item"], &review["makeable"]),
        (&json!(4), &json!(3))
    );
    let (path, does) = ("/newItems", Does::LosesTheRequest);
    browser.outside.faults = vec![Fault { path, does }];
    let template = "GOODS".to_owned();
    browser.act(Action::CreateItems { template });
    let asked = |browser: &Browser| {
        let requests = browser.outside.requests.iter();
        requests
            .filter(|(_, url)| url.contains("/newItems"))
            .count()
    };
    assert_eq!(asked(&browser), 2, "one request for a number at a time");
    browser.wait();
    assert_eq!(asked(&browser), 4);
    let made: Vec<&Value> = browser
        .outside
        .made
        .iter()
        .map(|item| &item["vendorItemNumber"])
        .collect();
    assert_eq!(made, ["B-2", "A-1"]);
    let becomes: Vec<Value> = browser.review()["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["mapping"]["to"].clone())
        .collect();
    assert_eq!(becomes, ["item", "item", "item", "catch_all"]);
    assert_eq!(browser.review()["makeable"], 0);
}

#[test]
fn a_buyer_who_may_not_make_items_is_told_so_at_the_line() {
    let mut browser = a_reviewed_cart(5);
    let (path, does) = ("/newItems", Does::Refuses(403, "Internal_ServerError"));
    browser.outside.faults = vec![Fault { path, does }];
    let template = "GOODS".to_owned();
    browser.act(Action::CreateItem { line: 0, template });
    let notice = browser.review()["lines"][0]["making_notice"]["code"].take();
    assert_eq!(notice, "bc_no_permission");
    browser.act(Action::ChooseLine {
        line: 0,
        mapping: None,
    });
    assert_eq!(browser.review()["can_confirm"], true);
}

#[test]
fn what_is_chosen_for_all_takes_the_place_of_items_that_could_not_be_made() {
    let mut browser = a_reviewed_cart(5);
    let refusal = || Fault {
        path: "/newItems",
        does: Does::Refuses(403, "Internal_ServerError"),
    };
    browser.outside.faults = vec![refusal(), refusal()];
    let template = "GOODS".to_owned();
    browser.act(Action::CreateItems { template });
    assert_eq!(browser.waiting(), ["new_items"]);
    browser.act(Action::ChooseUnmatched {
        mapping: Mapping::Note,
    });
    let line = browser.review()["lines"][1].take();
    assert_eq!(
        (&line["mapping"]["to"], &line["making"]),
        (&json!("note"), &Value::Null)
    );
}

#[test]
fn each_request_has_an_id_of_its_own_and_asks_in_the_buyers_language() {
    let mut browser = a_fresh_cart();
    browser.machine = browser.machine.speaking("fr-CH");
    browser.hear(Event::Woken);
    browser.act(Action::Confirm);
    let marks = &browser.outside.marks;
    assert!(marks.len() >= 3, "{marks:?}");
    for (place, (id, language)) in marks.iter().enumerate() {
        assert!(CaptureId::try_from(id.clone()).is_ok(), "{id}");
        assert_eq!(language, "fr-CH");
        assert!(marks.iter().skip(place + 1).all(|(other, _)| other != id));
    }
}

#[test]
fn two_captures_for_one_worksheet_are_posted_one_after_the_other() {
    let mut browser = a_reviewed_cart(5);
    let mut second = review(&mut browser).clone();
    second.capture = CaptureId::from_random([8; 16]);
    second.cart.lines[0].quantity = Decimal::TEN;
    browser.outside.faults = vec![Fault {
        path: "credits.test",
        does: Does::LosesTheRequest,
    }];
    browser.act(Action::Confirm);
    let review = Box::new(second);
    let window = WindowId(2);
    browser
        .world
        .desk
        .panels
        .insert(window, Panel::Reviewing { review });
    let action = Action::Confirm;
    browser.hear(Event::Acted { window, action });
    browser.wait();
    let urls = browser.outside.requests.iter().map(|(_, url)| url);
    let asked: Vec<&str> = urls
        .filter_map(|url| Some(url.split_once("/captures")?.1).filter(|_| url.contains("bc.test")))
        .collect();
    assert_eq!(
        asked,
        ["", ""],
        "each was posted once, and none was read for having met the other"
    );
    assert_eq!(browser.outside.debits, 2);
}

#[test]
fn a_capture_is_not_sent_to_another_environment_than_it_was_confirmed_for() {
    let mut browser = a_reviewed_cart(5);
    browser.outside.session_over = true;
    browser.act(Action::Confirm);
    for delivery in browser.world.journal.deliveries.values_mut() {
        assert_eq!(delivery.environment, "production");
        delivery.environment = "sandbox".to_owned();
    }
    let mut other = a_reviewed_cart(5);
    other.world.journal.deliveries = browser.world.journal.deliveries.clone();
    other.hear(Event::Woken);
    other.wait();
    assert!(other.outside.captures.is_empty());
    let delivery = other.world.journal.deliveries.values().next().unwrap();
    let trouble = delivery.trouble.as_ref().map(|notice| notice.code);
    assert_eq!(trouble, Some(NoticeCode::OtherEnvironment));
}

#[test]
fn a_price_with_tax_is_posted_without_it_only_at_a_rate_that_somebody_stated() {
    let mut browser = a_reviewed_cart(5);
    let percent: Decimal = "8.1".parse().unwrap();
    let open = review(&mut browser);
    open.tax = Some(punchout::business_central::TaxTreatment::Gross { percent });
    browser.act(Action::Confirm);
    let lines = posted_lines(&browser);
    assert_eq!(lines[0]["directUnitCost"], "11.9334");
}

#[test]
fn a_refused_list_of_environments_is_no_trouble() {
    let mut browser = a_reviewed_cart(5);
    let exchange = Ok(punchout::http::Answer {
        status: 403,
        headers: Vec::new(),
        body: String::new(),
    });
    let task = punchout::capture::Task::Environments;
    browser.hear(Event::Answered { task, exchange });
    assert_eq!(browser.view()["trouble"], Value::Null);
    assert_eq!(browser.view()["destination"]["environments"], json!([]));
    assert_eq!(browser.view()["destination"]["environment"], "production");
}

#[test]
fn where_companies_cannot_be_listed_the_one_whose_id_is_typed_is_used() {
    let mut browser = a_reviewed_cart(5);
    let company = browser.world.desk.books.company.clone().unwrap();
    browser.world.desk.companies = Default::default();
    browser.world.desk.books = Default::default();
    browser.world.journal.preferences.company = None;
    browser.outside.faults = vec![Fault {
        path: "/companies",
        does: Does::Refuses(403, "Internal_ServerError"),
    }];
    browser.hear(Event::Woken);
    let destination = browser.view()["destination"].take();
    assert_eq!(destination["companies_refused"], true);
    assert_eq!(destination["company"], Value::Null);
    let chosen = company.clone();
    browser.act(Action::ChooseCompany { company: chosen });
    let destination = browser.view()["destination"].take();
    assert_eq!(destination["company"], json!(company));
    let asked = format!("/companies({company})/worksheets");
    let mut urls = browser.outside.requests.iter().map(|(_, url)| url);
    assert!(
        urls.any(|url| url.ends_with(&asked)),
        "its worksheets are asked for"
    );
}
