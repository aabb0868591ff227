//! A shop that rounds to coins prints what it rounds by, and asks for what coins can pay.

#![allow(clippy::expect_used, reason = "tests")]

use std::path::Path;

use corpus::library::{Edition, Library};
use corpus::page::render;
use corpus::truth::truth;

#[test]
fn what_is_to_be_paid_is_rounded_to_the_nearest_coin_and_the_page_says_by_how_much() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let library = Library::open(&root).expect("the corpus can be read");
    let edition = Edition {
        shop: library.shop("buero-rheintal").expect("it is there"),
        scenario: library.scenario("everything").expect("it is there"),
        tag: "de-CH",
    };
    let truth = truth(&library, edition).expect("it has products");
    let page = render(&library, edition, "cart").expect("the template is sound");
    // 1575.20 − 78.76 + 9.80 + 1.85 = 1508.09
    assert_eq!(
        truth.pointer("/totals/grand_total"),
        Some(&"1508.10".into())
    );
    assert!(page.contains("Rundungsdifferenz</dt><dd class=\"col-5 text-end\">0.01<"));
}
