//! What the panel can make a file of, and for how long.

use std::str::FromStr;

use punchout::business_central::{Mapping, TaxTreatment};
use punchout::capture::{
    Action, Delivery, EditField, Event, Exporting, Panel, Review, Stage, Wanted,
};
use punchout::capture_id::CaptureId;
use punchout::export::{File, Format, Point, What};
use punchout::money::{Decimal, NumberStyle, TaxBasis};
use punchout::timestamp::Timestamp;

use crate::browser::{Browser, WINDOW};
use crate::fault;
use crate::given::a_reviewed_cart;
use crate::outside::Does;

const DAY: i64 = 86_400;

fn exporting(browser: &mut Browser, wanted: Wanted) -> Exporting {
    let at = (WINDOW, browser.now);
    let before = browser.world.clone();
    let made = browser.machine.export(&mut browser.world, at, wanted);
    assert_eq!(browser.world, before, "an export changes nothing");
    made
}

fn file(browser: &mut Browser, wanted: Wanted) -> File {
    match exporting(browser, wanted) {
        Exporting::File(file) => file,
        other => panic!("no file: {other:?}"),
    }
}

fn refused(browser: &mut Browser, format: Format) -> Vec<Point> {
    match exporting(browser, Wanted::Cart(format)) {
        Exporting::Refused(points) => points,
        other => panic!("not refused: {other:?}"),
    }
}

/// What is exported once the review is changed so.
fn changed(change: impl FnOnce(&mut Review)) -> Browser {
    let mut browser = a_reviewed_cart(5);
    let panel = browser.world.desk.panels.get_mut(&WINDOW).unwrap();
    let Panel::Reviewing { review } = panel else {
        panic!("a review");
    };
    change(review);
    browser
}

#[test]
fn a_cart_is_exported_until_its_capture_has_ended() {
    let mut browser = a_reviewed_cart(5);
    let reviewed = file(&mut browser, Wanted::Cart(Format::Csv));
    assert!(reviewed.text.contains("Staples"));
    browser.outside.faults = vec![fault("POST https://bc", Does::LosesTheRequest)];
    browser.act(Action::Confirm);
    assert_eq!(browser.view()["page"]["delivery"]["holds_cart"], true);
    let held = file(&mut browser, Wanted::Cart(Format::Csv));
    assert_eq!(held, reviewed);
    browser.wait();
    assert!(matches!(browser.stage(), Stage::Done { .. }));
    assert_eq!(browser.view()["page"]["delivery"]["holds_cart"], false);
    let ended = exporting(&mut browser, Wanted::Cart(Format::Csv));
    assert!(matches!(ended, Exporting::NoCart), "{ended:?}");
}

#[test]
fn the_history_is_exported_without_carts() {
    let mut browser = a_reviewed_cart(5);
    browser.act(Action::Confirm);
    browser.wait();
    let file = file(&mut browser, Wanted::History);
    let id = CaptureId::from_random([9; 16]);
    let row = format!("\"{id}\",\"2026-11-22T10:13:20Z\",\"shop.test\",2,");
    assert!(file.text.contains(&row), "{}", file.text);
    assert!(file.text.contains("\"done\"") && !file.text.contains("Staples"));
}

#[test]
fn what_the_buyer_says_of_tax_and_currency_holds_for_an_order() {
    let unknown = |review: &mut Review| {
        for line in &mut review.cart.lines {
            line.unit_price.as_mut().unwrap().tax = TaxBasis::Unknown;
        }
    };
    let net = file(&mut changed(unknown), Wanted::Cart(Format::Cxml));
    assert!(net.text.contains("<Money currency=\"CHF\">12.90</Money>"));
    let mut gross = changed(|review| {
        unknown(review);
        let percent = Decimal::from_str("8.1").unwrap();
        review.tax = Some(TaxTreatment::Gross { percent });
    });
    let whats: Vec<_> = refused(&mut gross, Format::Cxml);
    assert!(whats.iter().all(|point| point.what == What::PriceGross));
    let mut nobody = changed(|review| review.cart.currency = None);
    let whats: Vec<_> = refused(&mut nobody, Format::Oci);
    assert_eq!(whats.first().unwrap().what, What::CurrencyUnknown);
    let chosen = |review: &mut Review| {
        review.cart.currency = None;
        review.currency = "EUR".parse().ok();
    };
    let oci = file(&mut changed(chosen), Wanted::Cart(Format::Oci));
    assert!(oci.text.contains("=EUR&"));
}

#[test]
fn a_line_that_will_not_be_ordered_is_in_no_order() {
    let note = |review: &mut Review| {
        review.details.lines.insert(0, Mapping::Note);
    };
    let oci = file(&mut changed(note), Wanted::Cart(Format::Oci));
    assert!(!oci.text.contains("Staples") && oci.text.contains("Binders"));
    let said = Point {
        what: What::NoteLeftOut,
        line: Some(1),
    };
    assert!(oci.remarks.contains(&said));
}

/// A journal with so many ended captures, each a day older than the one before, beside one of today.
fn a_history_of(days: u8) -> Browser {
    let mut browser = a_reviewed_cart(5);
    browser.act(Action::Confirm);
    browser.wait();
    let deliveries = &mut browser.world.journal.deliveries;
    let newest: Delivery = deliveries.values().next().unwrap().clone();
    for day in 1..=days {
        for half in 0..3 {
            let back = i64::from(day) * 3 + half;
            let captured_at = newest.captured_at.plus_seconds(-back * DAY);
            let id = CaptureId::from_random([
                day,
                half.try_into().unwrap(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
            ]);
            let delivery = Delivery {
                captured_at,
                ..newest.clone()
            };
            deliveries.insert(id, delivery);
        }
    }
    browser
}

#[test]
fn the_history_keeps_twelve_months_and_what_has_not_ended() {
    let mut browser = a_history_of(200);
    let old = |moment: Timestamp, now: Timestamp| moment < now.plus_seconds(-366 * DAY);
    let deliveries = &mut browser.world.journal.deliveries;
    let oldest = deliveries
        .iter()
        .min_by_key(|(_, delivery)| delivery.captured_at);
    let oldest = oldest.map(|(id, _)| id.clone()).unwrap();
    deliveries.get_mut(&oldest).unwrap().stage = Stage::Holding;
    browser.hear(Event::Started);
    let deliveries = &browser.world.journal.deliveries;
    let kept: Vec<_> = deliveries
        .iter()
        .filter(|(_, delivery)| old(delivery.captured_at, browser.now))
        .map(|(id, _)| id.clone())
        .collect();
    assert_eq!(kept, [oldest]);
    assert!(deliveries.len() > 360, "{}", deliveries.len());
}

#[test]
fn the_panel_is_given_the_newest_captures_and_how_many_there_are() {
    let mut browser = a_history_of(100);
    let view = browser.view();
    assert_eq!(view["delivery_count"], 301);
    let shown = view["deliveries"].as_array().unwrap();
    assert_eq!(shown.len(), 200);
    let moments: Vec<_> = shown
        .iter()
        .map(|one| one["captured_at"].as_i64().unwrap())
        .collect();
    assert!(moments.is_sorted_by(|one, next| one >= next));
    let rows = file(&mut browser, Wanted::History).text.lines().count();
    assert_eq!(rows, 302);
}

#[test]
fn the_delivery_and_the_tax_of_the_page_are_not_those_of_a_changed_cart() {
    let charged = |change: fn(&mut Browser)| {
        let mut browser = changed(|review| {
            review.cart.totals.shipping = Some("9.00".parse().unwrap());
            for line in &mut review.cart.lines {
                line.unit_of_measure = None;
            }
        });
        browser.act(Action::ChooseTax {
            tax: TaxTreatment::Net,
        });
        change(&mut browser);
        let file = file(&mut browser, Wanted::Cart(Format::Cxml));
        let is_told = file
            .remarks
            .iter()
            .any(|point| point.what == What::ChargesOfThePage);
        (file.text.contains("<Shipping>"), is_told)
    };
    assert_eq!(charged(|_| {}), (true, false));
    assert_eq!(
        charged(|browser| browser.act(Action::RemoveLine { line: 1 })),
        (false, true)
    );
    let fewer = |browser: &mut Browser| {
        browser.act(Action::EditLine {
            line: 0,
            field: EditField::Quantity,
            text: "1".to_owned(),
            style: NumberStyle::Dot,
        });
    };
    assert_eq!(charged(fewer), (false, true));
}
