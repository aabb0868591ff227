//! JSON of inline scripts, cut out textually as the shim does.

use punchout::snapshot::{Limits, WantedState};
use serde::de::IgnoredAny;

/// A script without an address.
pub(super) struct Script {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) text: String,
}

impl Script {
    /// The name under which the snapshot carries its JSON.
    pub(super) fn name_of(&self, wanted: &str) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let has_id = (1..=64).contains(&self.id.len()) && self.id.chars().all(is_plain);
        if self.kind == wanted && has_id {
            format!("{wanted}#{}", self.id)
        } else {
            wanted.to_owned()
        }
    }
}

/// Reads the inline state of one page.
pub(super) struct Reader {
    longest: usize,
    patience: usize,
}

impl Reader {
    /// No script is read that is far longer than what may be carried.
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            longest: limits.state.saturating_mul(4),
            patience: limits.bytes,
        }
    }
}

/// The JSON texts of a script that are wanted, each with what is kept of it.
pub(super) fn of_script(wanted: &WantedState, script: &Script, reader: &mut Reader) -> Vec<String> {
    let (name, text) = (wanted.name.as_str(), script.text.as_str());
    if text.len() > reader.longest {
        return Vec::new();
    }
    let is_data = script.id == name || script.kind == name;
    let mut found = if is_data && is_json(text) {
        vec![text.trim().to_owned()]
    } else {
        assigned(name, text, &mut reader.patience)
    };
    let holds = |json: &String| wanted.holding.iter().any(|part| json.contains(part));
    found.retain(|json| wanted.holding.is_empty() || holds(json));
    if !wanted.keep.is_empty() {
        found = found.iter().map(|json| kept(json, &wanted.keep)).collect();
    }
    found
}

/// The same JSON with these properties alone; numbers keep their digits.
fn kept(json: &str, names: &[String]) -> String {
    let parts = parts_of(json);
    if json.starts_with('[') {
        let objects = parts.into_iter().filter(|part| part.starts_with('{'));
        let objects: Vec<String> = objects.map(|part| kept(part, names)).collect();
        return format!("[{}]", objects.join(","));
    }
    let is_kept = |part: &&str| {
        let mut first = serde_json::Deserializer::from_str(part).into_iter::<String>();
        matches!(first.next(), Some(Ok(name)) if names.contains(&name))
    };
    let own: Vec<&str> = parts.into_iter().filter(is_kept).collect();
    format!("{{{}}}", own.join(","))
}

/// What stands between the commas of an object or a list.
fn parts_of(json: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0_usize, 1);
    let mut parts = Vec::new();
    for (place, byte) in outside_of_strings(json) {
        match byte {
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = depth == 0 || (depth == 1 && byte == b',');
        if ends {
            parts.extend(json.get(start..place).map(str::trim));
            start = place.saturating_add(1);
        }
    }
    parts
}

/// Brackets and commas that are not in strings, each with its place.
fn outside_of_strings(json: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut quoted, mut escaped) = (false, false);
    json.bytes().enumerate().filter(move |(_, byte)| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' | b'}' | b']' | b',' => return !quoted,
            _ => {}
        }
        false
    })
}

/// The JSON texts of `name = {`, `window.name = [`, `window["name"] = {`, `name.push({` and `"name", {`.
///
/// `patience` is how much text may be looked at for brackets, so that a script full of beginnings costs little.
fn assigned(name: &str, script: &str, patience: &mut usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = script;
    let mut before = "";
    while let Some((head, tail)) = rest.split_once(name) {
        let value = if is_target(head, before) {
            value_after(tail, patience)
        } else {
            None
        };
        let value = value.or_else(|| argument_after(head, tail, patience));
        let json = value.filter(|json| is_json(json));
        found.extend(json.map(str::to_owned));
        before = name;
        rest = tail;
    }
    found
}

/// Whether the text is JSON.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Whether what stands before a name lets it be a variable, or a property of the window.
fn is_target(head: &str, before: &str) -> bool {
    let head = if head.is_empty() { before } else { head };
    let bracket = head
        .strip_suffix(['"', '\''])
        .and_then(|head| head.trim_end().strip_suffix('['));
    let object = bracket.or_else(|| head.trim_end().strip_suffix('.'));
    let (text, names): (&str, &[&str]) = match object {
        Some(object) => (object.trim_end(), &["window", "self", "globalThis"]),
        None => (head, &[""]),
    };
    names.iter().any(|name| {
        text.strip_suffix(name)
            .is_some_and(|left| !left.ends_with(continues_name))
    })
}

fn continues_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$' | '.')
}

/// The bracketed text after `=` or `.push(`.
fn value_after<'t>(tail: &'t str, patience: &mut usize) -> Option<&'t str> {
    let tail = tail.strip_prefix(['"', '\'']).unwrap_or(tail).trim_start();
    let tail = tail.strip_prefix(']').unwrap_or(tail).trim_start();
    let value = match tail.strip_prefix('=') {
        Some(value) => value,
        None => tail.strip_prefix(".push")?.trim_start().strip_prefix('(')?,
    };
    balanced(value.trim_start(), patience)
}

/// The bracketed argument after one that is the name as a text: `"name", {`.
fn argument_after<'t>(head: &str, tail: &'t str, patience: &mut usize) -> Option<&'t str> {
    let quotes = ['"', '\''];
    let tail = tail.strip_prefix(quotes)?.trim_start().strip_prefix(',')?;
    if !head.ends_with(quotes) {
        return None;
    }
    balanced(tail.trim_start(), patience)
}

/// The text from a bracket to the one that closes it, brackets in strings not counted.
fn balanced<'t>(text: &'t str, patience: &mut usize) -> Option<&'t str> {
    if !text.starts_with(['{', '[']) || *patience == 0 {
        return None;
    }
    let mut depth = 0_usize;
    for (place, byte) in outside_of_strings(text) {
        match byte {
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            *patience = patience.saturating_sub(place);
            return text.get(..=place);
        }
    }
    *patience = patience.saturating_sub(text.len());
    None
}
