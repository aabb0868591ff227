//! Any text as a catalog, and every definition of it compiled.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout::supplier::Catalog;

fuzz_target!(|text: &str| {
    if let Ok(catalog) = Catalog::from_json(text) {
        for entry in catalog.entries() {
            let _ = entry.detect();
            let _ = entry.definition(catalog.words());
        }
    }
});
