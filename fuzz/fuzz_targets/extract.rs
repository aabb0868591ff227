//! A page of any markup through every reader: first line host, the rest markup.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use punchout::cart::Verdict;
use punchout::extract::{extract, snapshot_plan};
use punchout::snapshot::{Page, Snapshot, TreeText};
use punchout::supplier::{Catalog, Location};

/// Written by `selectors catalog`; the fuzzer is started where it lies.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let text = std::fs::read_to_string("dist/catalog.json").expect("./build.sh build comes first");
    Catalog::from_json(&text).expect("the catalog is sound")
});

fuzz_target!(|text: &str| {
    let (host, markup) = text.split_once('\n').unwrap_or(("shop.test", text));
    let at = Location { host, path: "/cart" };
    let allowed = snapshot_plan(&CATALOG, at).attributes;
    let snapshot = Snapshot {
        format: 1,
        json_ld: vec![markup.to_owned()],
        tree: Some(TreeText {
            elements: None,
            markup: markup.to_owned(),
            ..TreeText::default()
        }),
        ..Snapshot::default()
    };
    if let Ok(page) = Page::read(&snapshot, &allowed) {
        let cart = extract(&page, at, &CATALOG);
        assert!(cart.verdict != Verdict::Reconciled || !cart.lines.is_empty());
    }
});
