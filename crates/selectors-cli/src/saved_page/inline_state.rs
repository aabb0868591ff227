//! JSON that inline scripts assign to a name, cut out textually as the shim does.

use serde::de::IgnoredAny;

/// The JSON texts of `name = {`, `window.name = [`, `window["name"] = {` and `name.push({`.
pub(super) fn assigned(name: &str, script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = script;
    let mut before = "";
    while let Some((head, tail)) = rest.split_once(name) {
        if is_target(head, before) {
            found.extend(
                value_after(tail)
                    .filter(|json| is_json(json))
                    .map(str::to_owned),
            );
        }
        before = name;
        rest = tail;
    }
    found
}

/// Whether the text is JSON.
pub(super) fn is_json(text: &str) -> bool {
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
fn value_after(tail: &str) -> Option<&str> {
    let tail = tail.strip_prefix(['"', '\'']).unwrap_or(tail).trim_start();
    let tail = tail.strip_prefix(']').unwrap_or(tail).trim_start();
    let value = match tail.strip_prefix('=') {
        Some(value) => value,
        None => tail.strip_prefix(".push")?.trim_start().strip_prefix('(')?,
    };
    balanced(value.trim_start())
}

/// The text from a bracket to the one that closes it, brackets in strings not counted.
fn balanced(text: &str) -> Option<&str> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth = depth.saturating_add(1),
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return text.get(..=place);
        }
    }
    None
}
