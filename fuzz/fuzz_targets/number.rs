//! Any text as an amount and as a quantity.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout::money::{NumberStyle, Reading, read, read_quantity};

fuzz_target!(|text: &str| {
    for style in [None, Some(NumberStyle::Dot), Some(NumberStyle::Comma)] {
        let _ = read(text, Reading { style, ..Reading::default() });
        let _ = read_quantity(text, style);
    }
});
