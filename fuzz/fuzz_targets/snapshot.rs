//! Any text as a snapshot, and any text as its markup.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout::snapshot::{AllowedAttributes, Page, Snapshot, TreeText};

fuzz_target!(|text: &str| {
    if let Ok(snapshot) = Snapshot::from_json(text) {
        let _ = Page::read(&snapshot, &AllowedAttributes::standard());
    }
    let snapshot = Snapshot {
        format: 1,
        tree: Some(TreeText {
            elements: None,
            markup: text.to_owned(),
            ..TreeText::default()
        }),
        ..Snapshot::default()
    };
    let _ = Page::read(&snapshot, &AllowedAttributes::standard());
});
