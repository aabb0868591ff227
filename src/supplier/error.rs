//! What is wrong with a definition, and the fix.

use std::fmt;

/// Something wrong in a definition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{id}`, {key}: {problem}")]
pub struct DefinitionError {
    /// The definition.
    pub id: String,
    /// The key in the file, for example `lines.each`.
    pub key: String,
    /// The text at that key that is wrong, to find its line in the file.
    pub text: String,
    /// What is wrong, and what to do.
    pub problem: Problem,
}

impl DefinitionError {
    /// The definition cannot be used, and nothing says why.
    pub(super) fn unnamed(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            key: "lines".to_owned(),
            text: "[lines".to_owned(),
            problem: Problem::new("no lines", "add `[lines]`"),
        }
    }
}

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

impl Problem {
    pub(super) fn new(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            fix: fix.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}; {}", self.what, self.fix)
    }
}
