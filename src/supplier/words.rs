//! The words of shops, language by language: `selectors/words/<language>.toml`.
//!
//! They tell what a label means where no definition says it. Like definitions they are data: a language is added
//! without a line of Rust.

use serde::{Deserialize, Serialize};

use crate::cart::{LineField, TotalKind};
use crate::letters::lower;
use crate::sorted::SortedMap;

/// The words of one language, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsFile {
    /// The language, as in `<html lang>`: `de`, `pt`. Name of the file.
    pub language: String,
    /// What rows of the totals are called.
    #[serde(default)]
    pub totals: SortedMap<TotalKind, Vec<String>>,
    /// What the columns of a cart, and labels within a line, are called.
    #[serde(default)]
    pub columns: SortedMap<LineField, Vec<String>>,
    /// What tells a cart, and parts of a page that are none.
    #[serde(default)]
    pub marks: SortedMap<Mark, Vec<String>>,
}

/// What a word tells of the part of a page that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The heading or address of a cart: `shopping cart`, `Warenkorb`.
    Cart,
    /// A cart without lines: `your cart is empty`.
    Empty,
    /// Takes a line out of the cart: `remove`.
    Remove,
    /// Puts something into the cart: `add to cart`.
    Add,
    /// Goes on from the cart: `proceed to checkout`.
    Checkout,
    /// Heads lines that are not ordered: `saved for later`.
    Later,
    /// Heads products that are not in the cart: `you may also like`.
    Recommended,
    /// Heads a list of wishes, favourites or comparisons.
    WishList,
    /// Heads orders of the past: `order number`, `order history`.
    Orders,
    /// Stands beside an amount that is not to be paid: `you save`, `earn points`.
    Saving,
    /// Stands beside an earlier or recommended price: `was`, `statt`, `RRP`.
    Before,
    /// Stands beside an amount that limits or lacks: `minimum order`, `add … for free delivery`.
    Threshold,
    /// Stands in place of an amount of nothing: `free`, `gratis`.
    Free,
    /// Stands beside amounts that contain tax: `incl. VAT`.
    Gross,
    /// Stands beside amounts that do not contain tax: `excl. VAT`.
    Net,
}

/// The words of all languages.
#[derive(Clone, Debug, Default)]
pub struct Words {
    files: Vec<WordsFile>,
    /// What rows of the totals are called.
    pub totals: Vocabulary<TotalKind>,
    /// What columns, and labels within a line, are called.
    pub columns: Vocabulary<LineField>,
    /// What tells a cart, and parts of a page that are none.
    pub marks: Vocabulary<Mark>,
}

impl Words {
    /// The words of these languages together.
    #[must_use]
    pub fn new(files: Vec<WordsFile>) -> Self {
        Self {
            totals: Vocabulary::of(files.iter().flat_map(|file| &file.totals)),
            columns: Vocabulary::of(files.iter().flat_map(|file| &file.columns)),
            marks: Vocabulary::of(files.iter().flat_map(|file| &file.marks)),
            files,
        }
    }

    /// What a field is called in any language, folded by [`fold`].
    #[must_use]
    pub fn labels(&self, field: LineField) -> Vec<String> {
        let own = self
            .files
            .iter()
            .filter_map(|file| file.columns.get(&field));
        own.flatten().map(|phrase| fold(phrase)).collect()
    }

    /// The files as written.
    #[must_use]
    pub fn files(&self) -> &[WordsFile] {
        &self.files
    }
}

/// Phrases and what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary<T> {
    /// In alphabetical order, each folded by [`fold`].
    phrases: Vec<(String, T)>,
}

impl<T> Default for Vocabulary<T> {
    fn default() -> Self {
        Self {
            phrases: Vec::new(),
        }
    }
}

impl<T: Copy + Ord> Vocabulary<T> {
    /// The vocabulary of these meanings and their phrases.
    pub fn of<'w>(meanings: impl IntoIterator<Item = (&'w T, &'w Vec<String>)>) -> Self
    where
        T: 'w,
    {
        let pairs = meanings
            .into_iter()
            .flat_map(|(meaning, phrases)| phrases.iter().map(|phrase| (fold(phrase), *meaning)));
        let mut phrases: Vec<(String, T)> =
            pairs.filter(|(phrase, _)| !phrase.is_empty()).collect();
        phrases.sort_unstable();
        phrases.dedup();
        Self { phrases }
    }

    /// Whether there is no phrase.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// What the longest phrase in a text means; `None` where there is none, or where two meanings tie.
    #[must_use]
    pub fn meaning(&self, text: &str) -> Option<T> {
        let found = self.found(&fold(text));
        let longest = found
            .iter()
            .map(|(phrase, _)| phrase.chars().count())
            .max()?;
        let mut best = found
            .iter()
            .filter(|(phrase, _)| phrase.chars().count() == longest);
        let (_, first) = best.next()?;
        best.all(|(_, other)| other == first).then_some(*first)
    }

    /// Whether a phrase of this meaning stands in the text.
    #[must_use]
    pub fn holds(&self, text: &str, meaning: T) -> bool {
        self.found(&fold(text))
            .iter()
            .any(|(_, own)| *own == meaning)
    }

    /// Whether the text is a phrase of this meaning and nothing else.
    #[must_use]
    pub fn is(&self, text: &str, meaning: T) -> bool {
        let folded = fold(text);
        self.from(&folded)
            .take_while(|(phrase, _)| *phrase == folded)
            .any(|(_, own)| *own == meaning)
    }

    /// The phrases that stand in a folded text as whole words.
    fn found(&self, folded: &str) -> Vec<&(String, T)> {
        let mut found = Vec::new();
        let mut rest = folded;
        while !rest.is_empty() {
            let (first, tail) = rest.split_once(' ').unwrap_or((rest, ""));
            let begins = |phrase: &str| {
                rest.strip_prefix(phrase)
                    .is_some_and(|after| after.is_empty() || after.starts_with(' '))
            };
            let near = self
                .from(first)
                .take_while(|(phrase, _)| phrase.starts_with(first));
            found.extend(near.filter(|(phrase, _)| begins(phrase)));
            rest = tail;
        }
        found
    }

    /// The phrases from this one on.
    fn from(&self, phrase: &str) -> impl Iterator<Item = &(String, T)> {
        let start = self
            .phrases
            .partition_point(|(own, _)| own.as_str() < phrase);
        self.phrases.iter().skip(start)
    }
}

/// Small letters and digits, words set apart by one space, everything else left out: `Sub-Total:` is `sub total`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in lower(text).split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals() -> Vocabulary<TotalKind> {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        let pairs: [(TotalKind, Vec<String>); 4] = [
            (TotalKind::Tax, words(&["tax", "MwSt."])),
            (TotalKind::Fee, words(&["eco tax"])),
            (TotalKind::GrandTotal, words(&["total"])),
            (TotalKind::Subtotal, words(&["sub-total"])),
        ];
        Vocabulary::of(pairs.iter().map(|(kind, list)| (kind, list)))
    }

    #[test]
    fn the_longest_phrase_in_a_label_tells_its_meaning() {
        let totals = totals();
        assert_eq!(totals.meaning("Eco Tax (-2.00)"), Some(TotalKind::Fee));
        assert_eq!(totals.meaning("Sub-Total:"), Some(TotalKind::Subtotal));
        assert_eq!(totals.meaning("zzgl. MWST 8.1%"), Some(TotalKind::Tax));
        assert_eq!(totals.meaning("Totally taxing"), None);
    }

    #[test]
    fn a_phrase_is_told_from_a_text_that_holds_it() {
        let totals = totals();
        assert!(totals.is("TOTAL:", TotalKind::GrandTotal));
        assert!(!totals.is("Total tax", TotalKind::GrandTotal));
        assert!(totals.holds("Total tax", TotalKind::GrandTotal));
    }
}
