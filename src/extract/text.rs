//! Texts of a hostile page, made safe to show.

use crate::cart::LONGEST_TEXT;

/// A text as it is kept, and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cleaned {
    pub(super) text: String,
    pub(super) change: Option<Change>,
}

/// What was done to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is longer than a line of a cart may be.
    Cut,
    /// Invisible characters were left out.
    Cleaned,
}

/// Folds white space, leaves out control, direction and zero-width characters, and cuts what is too long.
pub(super) fn clean(raw: &str) -> Cleaned {
    let mut removed = false;
    let mut folded = String::with_capacity(raw.len());
    let mut is_apart = false;
    for character in raw.chars() {
        if character.is_whitespace() {
            is_apart = !folded.is_empty();
        } else if is_unseen(character) {
            removed = true;
        } else {
            if is_apart {
                folded.push(' ');
            }
            is_apart = false;
            folded.push(character);
        }
    }
    let end = folded.char_indices().nth(LONGEST_TEXT);
    let cut = end.and_then(|(end, _)| folded.get(..end));
    let text = cut.map_or(folded.as_str(), str::trim_end).to_owned();
    let change = match (text.len() < folded.len(), removed) {
        (true, _) => Some(Change::Cut),
        (false, true) => Some(Change::Cleaned),
        (false, false) => None,
    };
    Cleaned { text, change }
}

/// A text as it can be seen: white space folded, control, direction and zero-width characters left out; no longer than
/// [`LONGEST_TEXT`].
#[must_use]
pub fn visible_text(raw: &str) -> String {
    clean(raw).text
}

fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_left_out_and_said() {
        let cleaned = clean("USB\u{200b} \u{202e}cable\u{202c}\n 2 m");
        assert_eq!(cleaned.text, "USB cable 2 m");
        assert!(cleaned.change.is_some());
        assert_eq!(
            clean("  plain   text "),
            Cleaned {
                text: "plain text".into(),
                change: None
            }
        );
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_and_said() {
        for character in ["a", "é", "漢", "🔩"] {
            let cleaned = clean(&character.repeat(LONGEST_TEXT + 1));
            assert_eq!(cleaned.text, character.repeat(LONGEST_TEXT));
            assert!(cleaned.change.is_some());
            assert_eq!(clean(&character.repeat(LONGEST_TEXT)).change, None);
        }
    }
}
