//! What may be about a person, in text that is to be kept as a fixture.
//!
//! The patterns are the extension's, so that a snapshot which it saved is one that `check` accepts.

use std::ops::Range;

use regex::Regex;
use serde::Deserialize;

/// The patterns as written.
const PATTERNS: &str = include_str!("../../../extension/workshop/personal_data.json");

/// Something that may be about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// What it is.
    pub kind: String,
    /// Where it stands, in bytes.
    pub place: Range<usize>,
    /// What to write instead.
    pub replacement: String,
}

/// The patterns cannot be used: the build is broken.
#[derive(Debug, thiserror::Error)]
pub enum PatternError {
    /// The file is not what was expected.
    #[error("personal_data.json: {0}")]
    File(#[from] serde_json::Error),
    /// A pattern is none.
    #[error("personal_data.json: {0}")]
    Pattern(#[from] regex::Error),
}

/// Finds what may be about a person.
#[derive(Debug)]
pub struct Detector {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    kind: String,
    pattern: String,
    #[serde(default)]
    within: Option<String>,
    #[serde(default)]
    unless: Option<String>,
    replacement: String,
}

#[derive(Debug)]
struct Rule {
    kind: String,
    pattern: Regex,
    within: Option<Regex>,
    unless: Option<Regex>,
    replacement: String,
}

impl Detector {
    /// The patterns that the extension has as well.
    ///
    /// # Errors
    ///
    /// When a pattern is broken.
    pub fn new() -> Result<Self, PatternError> {
        let files: Vec<RuleFile> = serde_json::from_str(PATTERNS)?;
        let compiled = |pattern: Option<String>| pattern.map(|text| Regex::new(&text)).transpose();
        let rule = |file: RuleFile| {
            Ok(Rule {
                kind: file.kind,
                pattern: Regex::new(&file.pattern)?,
                within: compiled(file.within)?,
                unless: compiled(file.unless)?,
                replacement: file.replacement,
            })
        };
        let rules = files.into_iter().map(rule).collect::<Result<_, _>>();
        rules.map(|rules| Self { rules })
    }

    /// Everything in a text that may be about a person, in order; none overlaps another.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Trace> {
        let mut found: Vec<Trace> = self.rules.iter().flat_map(|rule| rule.find(text)).collect();
        found.sort_by_key(|trace| (trace.place.start, std::cmp::Reverse(trace.place.end)));
        let mut end = 0;
        found.retain(|trace| {
            let is_apart = trace.place.start >= end;
            if is_apart {
                end = trace.place.end;
            }
            is_apart
        });
        found
    }

    /// The text with an invented text in place of each; the same token becomes the same invented one.
    #[must_use]
    pub fn scrubbed(&self, text: &str, tokens: &mut Vec<String>) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut from = 0;
        for trace in self.find(text) {
            clean.push_str(text.get(from..trace.place.start).unwrap_or_default());
            clean.push_str(&trace.replacement);
            if trace.replacement == "token" {
                let own = text.get(trace.place.clone()).unwrap_or_default();
                let known = tokens.iter().position(|token| token == own);
                let number = known.unwrap_or_else(|| {
                    tokens.push(own.to_owned());
                    tokens.len().saturating_sub(1)
                });
                clean.push_str(&number.saturating_add(1).to_string());
            }
            from = trace.place.end;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        clean
    }
}

impl Rule {
    fn find(&self, text: &str) -> Vec<Trace> {
        let whole = 0..text.len();
        let parts: Vec<Range<usize>> = match &self.within {
            Some(within) => within.find_iter(text).map(|part| part.range()).collect(),
            None => Vec::from([whole]),
        };
        let found = parts.into_iter().flat_map(|part| {
            let inside = text.get(part.clone()).unwrap_or_default();
            let matches = self.pattern.captures_iter(inside).filter_map(|captures| {
                let found = captures.get(1).or_else(|| captures.get(0))?;
                let is_fine = |unless: &Regex| unless.is_match(found.as_str());
                (!self.unless.as_ref().is_some_and(is_fine)).then(|| found.range())
            });
            let moved = matches.map(|own| {
                own.start.saturating_add(part.start)..own.end.saturating_add(part.start)
            });
            moved.collect::<Vec<_>>()
        });
        let trace = |place| Trace {
            kind: self.kind.clone(),
            place,
            replacement: self.replacement.clone(),
        };
        found.map(trace).collect()
    }
}
