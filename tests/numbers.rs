//! Numbers as shops print them, read from outside: every form that is known, and every locale that suppliers use.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing"
)]

#[path = "numbers/forms.rs"]
mod forms;
#[path = "numbers/locales.rs"]
mod locales;
#[path = "numbers/refusals.rs"]
mod refusals;

use proptest::test_runner::Config;
use punchout::money::{CurrencyMark, Printed, Reading, Unreadable, read};

/// The text as read without any knowledge of its page.
fn alone(text: &str) -> Result<Printed, Unreadable> {
    read(text, Reading::default())
}

/// The mark in words: a code, or a sign that proves none.
fn mark(printed: &Printed) -> String {
    match printed.currency {
        CurrencyMark::Code(code) => code.to_string(),
        CurrencyMark::Symbol(sign) => sign.to_owned(),
        CurrencyMark::None => String::new(),
    }
}

/// So many cases, and no file of those that failed: what fails becomes a row of its own.
fn cases(count: u32) -> Config {
    Config {
        cases: count,
        failure_persistence: None,
        ..Config::default()
    }
}
