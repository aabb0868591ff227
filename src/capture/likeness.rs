//! Why a vendor or an item is found for what was typed. The better reasons come first.

use serde::Serialize;

use crate::letters::lower;

/// Why something is found, the best reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Likeness {
    /// Its name looks like the shop's; nothing was typed.
    Host,
    /// What was typed is its number.
    Number,
    /// Business Central knows it under what was typed: a GTIN, the vendor's or the manufacturer's number.
    Known,
    /// Its number begins so.
    NumberBegins,
    /// Its name begins so.
    NameBegins,
    /// Each word that was typed begins a word of its name.
    Words,
    /// Each word that was typed is somewhere in its name or number.
    Contains,
    /// Nothing was typed.
    Listed,
}

/// What was typed, in small letters.
pub(super) struct Typed(String);

impl Typed {
    pub(super) fn new(text: &str) -> Self {
        Self(lower(text.trim()))
    }

    /// Why something of that number and name is found, or `None` where it is not.
    pub(super) fn likeness(&self, number: &str, name: &str) -> Option<Likeness> {
        let text = self.0.as_str();
        if text.is_empty() {
            return Some(Likeness::Listed);
        }
        let (number, name) = (lower(number), lower(name));
        let begins = |word: &str| {
            let mut places = name.match_indices(word);
            places.any(|(place, _)| {
                let before = name.get(..place).unwrap_or_default();
                !before.ends_with(char::is_alphanumeric)
            })
        };
        let holds = |word: &str| name.contains(word) || number.contains(word);
        let words = || text.split_whitespace();
        let reasons = [
            (Likeness::Number, number == text),
            (Likeness::NumberBegins, number.starts_with(text)),
            (Likeness::NameBegins, name.starts_with(text)),
            (Likeness::Words, words().all(begins)),
            (Likeness::Contains, words().all(holds)),
        ];
        let mut holding = reasons.into_iter().filter(|(_, holds)| *holds);
        holding.next().map(|(likeness, _)| likeness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(text: &str) -> Option<Likeness> {
        Typed::new(text).likeness("V10020", "O'Hara & Sons, Büro Ltd")
    }

    #[test]
    fn the_best_reason_is_given() {
        assert_eq!(likeness("v10020"), Some(Likeness::Number));
        assert_eq!(likeness("V100"), Some(Likeness::NumberBegins));
        assert_eq!(likeness("O'HARA &"), Some(Likeness::NameBegins));
        assert_eq!(likeness(" sons hara "), Some(Likeness::Words));
        assert_eq!(likeness("ltd o'hara"), Some(Likeness::Words));
        assert_eq!(likeness("BÜRO"), Some(Likeness::Words));
        assert_eq!(likeness("üro 0020"), Some(Likeness::Contains));
        assert_eq!(likeness("sons gmbh"), None, "every word must be there");
        assert_eq!(likeness(""), Some(Likeness::Listed));
    }

    #[test]
    fn reasons_are_ranked_as_people_would() {
        use Likeness::{Contains, Known, NameBegins, Number, NumberBegins, Words};
        let mut ranked = [Words, Contains, NameBegins, Known, NumberBegins, Number];
        ranked.sort();
        assert_eq!(
            ranked,
            [Number, Known, NumberBegins, NameBegins, Words, Contains]
        );
    }
}
