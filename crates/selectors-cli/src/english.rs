//! What findings say in English, in the words of the panel.

use std::sync::LazyLock;

use punchout::cart::{Argument, Finding, FindingCode, Message};
use punchout::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The panel's words: the only place where a sentence of a finding is written.
const WORDS: &str = include_str!("../../../extension/_locales/en/messages.json");

static TEMPLATES: LazyLock<SortedMap<String, Template>> =
    LazyLock::new(|| serde_json::from_str(WORDS).unwrap_or_default());

#[derive(Deserialize)]
struct Template {
    message: String,
    #[serde(default)]
    placeholders: SortedMap<String, Placeholder>,
}

#[derive(Deserialize)]
struct Placeholder {
    content: String,
}

/// A finding as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What kind of thing was found.
    pub code: FindingCode,
    /// Index of the line that it is about, from 0.
    pub line: Option<usize>,
    /// The finding in English words, with the amounts.
    pub message: String,
}

impl From<&Finding> for Told {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code,
            line: finding.line,
            message: sentence(&finding.says),
        }
    }
}

/// A message in English; its key, where the panel has no words for it.
#[must_use]
pub fn sentence(message: &Message) -> String {
    let name = format!("found_{}", message.key);
    let Some(template) = TEMPLATES.get(&name) else {
        return name;
    };
    let values: Vec<String> = message.values.iter().map(said).collect();
    filled(template, &values)
}

fn said(value: &Argument) -> String {
    match value {
        Argument::Number(number) => number.to_string(),
        Argument::Text(text) => text.clone(),
        Argument::Message(message) => sentence(message),
        Argument::List(parts) => joined(parts, ", "),
        Argument::Sum(parts) => joined(parts, " + "),
    }
}

fn joined(parts: &[Argument], between: &str) -> String {
    let parts: Vec<String> = parts.iter().map(said).collect();
    parts.join(between)
}

/// The template with its values, as `chrome.i18n` puts them in: a value is never read for placeholders.
fn filled(template: &Template, values: &[String]) -> String {
    let mut sentence = String::new();
    for (place, part) in template.message.split('$').enumerate() {
        if place % 2 == 0 {
            sentence.push_str(part);
        } else if let Some(value) = value_of(template, part, values) {
            sentence.push_str(value);
        }
    }
    sentence
}

fn value_of<'v>(template: &Template, name: &str, values: &'v [String]) -> Option<&'v String> {
    let placeholder = template.placeholders.get(&name.to_ascii_lowercase())?;
    let number: usize = placeholder.content.strip_prefix('$')?.parse().ok()?;
    values.get(number.checked_sub(1)?)
}
