//! Rust text as tokens: words, `::` and single signs, without comments, strings and characters.

/// The tokens of a file.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, counts) = match passed_over(rest) {
            Some(length) => (length, false),
            None => (token_length(rest), !first.is_whitespace()),
        };
        let (token, after) = rest.split_at(length);
        found.extend(counts.then_some(token));
        rest = after;
    }
    found
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn token_length(rest: &str) -> usize {
    let word = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    match word {
        0 if rest.starts_with("::") => 2,
        0 => sign,
        _ => word,
    }
}

/// The length of the comment, string or character that stands at the start, if one does.
fn passed_over(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    if let Some(inner) = rest.strip_prefix('\'') {
        let is_character = inner.starts_with('\\') || inner.chars().nth(1) == Some('\'');
        return is_character.then(|| quoted(rest, '\''));
    }
    string(rest)
}

/// Block comments stand in each other.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    for (place, _) in rest.char_indices() {
        let here = &rest.as_bytes()[place..];
        if here.starts_with(b"/*") {
            depth += 1;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            if depth == 0 {
                return place + 2;
            }
        }
    }
    rest.len()
}

/// `"…"`, `b"…"`, `r"…"`, `br#"…"#` and the like.
fn string(rest: &str) -> Option<usize> {
    let start = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - start.len();
    if start.starts_with('"') {
        return Some(prefix + quoted(start, '"'));
    }
    let hashes = start.strip_prefix('r')?;
    let text = hashes.trim_start_matches('#');
    let count = hashes.len() - text.len();
    let inner = text.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(count));
    let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
    Some(rest.len() - inner.len() + length)
}

/// The length of what stands between two quotes, both of them counted; a backslash keeps the next one inside.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = true;
    for (place, letter) in rest.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return place + letter.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
