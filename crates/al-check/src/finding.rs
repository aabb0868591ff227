//! What a rule objects to.

use std::fmt;

/// The rules, as findings name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The text is no AL.
    Syntax,
    /// Object ids, names and file names.
    Objects,
    /// Names and types of the base application.
    BaseApplication,
    /// Coverage by permission sets.
    Permissions,
    /// The contract with the client.
    Contract,
    /// Texts that may be longer than their fields.
    Lengths,
    /// Calls that a web service cannot answer, or that break the one transaction.
    Calls,
    /// What the analysers of the compiler ask for.
    Properties,
    /// Translations.
    Translations,
}

/// An objection, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the app.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// Which rule.
    pub rule: Rule,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            rule,
            message,
        } = self;
        write!(out, "{path}:{line}: {rule:?}: {message}")
    }
}
