//! Reads JSON with little code.
//!
//! `serde_json` compiles its whole parser into the reader of every type, and brings tables for binary floating point,
//! which has no place here; in the wasm that was a third of the core. Here one parser makes a [`Value`], and the readers
//! of all types walk that by functions that are compiled once. An error says what was expected, never what was there:
//! it may be text of a page or a token.

mod access;
mod fields;
mod node;
mod parse;
mod value;

use std::fmt;

use serde::de::{self, DeserializeOwned, Expected, Unexpected};

use node::{Node, Unknown};

pub use value::Value;

/// Why a text is not the JSON that was wanted.
///
/// A pointer, because every field of every struct may hand one on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.words)]
pub struct JsonError(Box<Reason>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Reason {
    words: String,
}

impl JsonError {
    #[inline(never)]
    fn new(words: String) -> Self {
        Self(Box::new(Reason { words }))
    }

    #[inline(never)]
    fn lacking() -> Self {
        Self::new("expected more entries".to_owned())
    }
}

impl de::Error for JsonError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    /// Inlined, so that the words of every struct for itself are left out.
    #[inline(always)]
    fn invalid_length(_length: usize, _expected: &dyn Expected) -> Self {
        Self::lacking()
    }

    fn unknown_variant(_found: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("expected one of {}", expected.join(", ")))
    }
}

/// Reads a text; properties that a type does not know are passed over.
///
/// What a type says of unknown properties (`deny_unknown_fields`) is not asked: the reader is, by the function called.
///
/// # Errors
/// [`JsonError`] with the place where the text is no JSON, or with what a property should have been.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    T::deserialize(Node::of(Some(&parse(text)?), Unknown::PassedOver))
}

/// Reads a text that people write, so that a property that no type knows is a slip and refused.
///
/// # Errors
/// As [`read`], and with the name of the first property that is not known.
pub fn read_strictly<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    T::deserialize(Node::of(Some(&parse(text)?), Unknown::Refused))
}

/// Reads a text whose type is known only when it is looked at.
///
/// # Errors
/// [`JsonError`] with the place where the text is no JSON.
#[inline(never)]
pub fn parse(text: &str) -> Result<Value, JsonError> {
    parse::parse(text).map_err(|place| {
        let before = text.as_bytes().get(..place).unwrap_or_default();
        let line_start = before.iter().rposition(|byte| *byte == b'\n');
        JsonError::new(format!(
            "no JSON at line {}, column {}",
            before.iter().filter(|byte| **byte == b'\n').count() + 1,
            place.saturating_sub(line_start.map_or(0, |place| place + 1)) + 1
        ))
    })
}

#[cfg(test)]
mod tests;
