//! The words of shops, language by language: `selectors/words/<language>.toml`.
//!
//! They tell what a label means where no definition says it. Like definitions they are data: a language is added
//! without a line of Rust.

use serde::{Deserialize, Serialize};

use crate::cart::{LineField, TotalKind};
use crate::letters::lower;
use crate::money::UnitCode;
use crate::sorted::SortedMap;

/// The words of one language, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// What units of measure are called, by their UN/CEFACT code.
    #[serde(default)]
    pub units: SortedMap<UnitCode, Vec<String>>,
}

/// What a word tells of the part of a page that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// What units of measure are called.
    pub units: Vocabulary<UnitCode>,
}

impl Words {
    /// The words of these languages together.
    #[must_use]
    pub fn new(files: Vec<WordsFile>) -> Self {
        Self {
            totals: Vocabulary::of(files.iter().flat_map(|file| &file.totals)),
            columns: Vocabulary::of(files.iter().flat_map(|file| &file.columns)),
            marks: Vocabulary::of(files.iter().flat_map(|file| &file.marks)),
            units: Vocabulary::of(files.iter().flat_map(|file| &file.units)),
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

    /// What a row of the totals is by its label.
    ///
    /// Words that only say whether tax is contained qualify the others: `Total incl. VAT` is a total, `incl. VAT` alone
    /// is the tax that a total contains.
    #[must_use]
    pub fn total_kind(&self, label: &str) -> Option<TotalKind> {
        let folded = without_numbers(label);
        let tax: Vec<&str> = self
            .marks
            .found(&folded)
            .into_iter()
            .filter(|(_, mark)| matches!(mark, Mark::Gross | Mark::Net))
            .map(|(phrase, _)| phrase.as_str())
            .collect();
        let mut rest = format!(" {folded} ");
        for phrase in tax {
            let is_run = phrase.starts_with(is_unspaced);
            let whole = if is_run {
                phrase.to_owned()
            } else {
                format!(" {phrase} ")
            };
            rest = rest.replace(&whole, "  ");
        }
        self.totals
            .exactly(&folded)
            .or_else(|| self.totals.meaning(&rest))
            .or_else(|| self.totals.meaning(&folded))
    }

    /// Whether a text that stands in place of an amount says that nothing is to be paid: `Free`, `gratis`.
    ///
    /// The whole text must say so: `Free returns` does not.
    #[must_use]
    pub fn is_free(&self, text: &str) -> bool {
        self.marks.is(text, Mark::Free)
    }

    /// The UN/CEFACT code of a unit as printed, `Stk.` or `m²`; `None` where it is not known, or is two in two languages.
    #[must_use]
    pub fn unit_code(&self, unit: &str) -> Option<UnitCode> {
        self.units.exactly(unit)
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
    ///
    /// Numbers are left out first, so that `incl. 8.1 % VAT` holds `incl. VAT`.
    #[must_use]
    pub fn meaning(&self, text: &str) -> Option<T> {
        let found = self.found(&without_numbers(text));
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

    /// What the text as a whole means; `None` where it is no phrase, or one of two meanings.
    #[must_use]
    pub fn exactly(&self, text: &str) -> Option<T> {
        let folded = fold(text);
        let mut same = self
            .from(&folded)
            .take_while(|(phrase, _)| *phrase == folded);
        let (_, meaning) = same.next()?;
        same.next().is_none().then_some(*meaning)
    }

    /// Every phrase, folded, and its meaning, in alphabetical order.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, T)> {
        let pairs = self.phrases.iter();
        pairs.map(|(phrase, meaning)| (phrase.as_str(), *meaning))
    }

    /// Whether a phrase of this meaning stands in the text.
    #[must_use]
    pub fn holds(&self, text: &str, meaning: T) -> bool {
        self.found(&without_numbers(text))
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

    /// The phrases that stand in a folded text as whole words; in scripts without spaces, anywhere. A phrase inside a
    /// longer one does not count: `不含税` is no `含税`.
    fn found(&self, folded: &str) -> Vec<&(String, T)> {
        let mut found: Vec<&(String, T)> = Vec::new();
        let (mut previous, mut covered) = (' ', 0);
        for (place, letter) in folded.char_indices() {
            let begins = previous == ' ' || is_unspaced(previous) || is_unspaced(letter);
            previous = letter;
            let Some(rest) = folded.get(place..).filter(|_| begins && letter != ' ') else {
                continue;
            };
            let here = self.longest(rest);
            let end = here
                .first()
                .map_or(0, |(phrase, _)| place.saturating_add(phrase.len()));
            if end > covered {
                covered = end;
                found.extend(here);
            }
        }
        found
    }

    /// The longest phrase that a folded text begins with, once for each of its meanings.
    fn longest(&self, text: &str) -> Vec<&(String, T)> {
        let key = key_of(text);
        let near = self
            .from(key)
            .take_while(|(phrase, _)| phrase.starts_with(key));
        let here: Vec<&(String, T)> = near.filter(|(phrase, _)| stands_in(text, phrase)).collect();
        let length = here.iter().map(|(phrase, _)| phrase.len()).max();
        here.into_iter()
            .filter(|(phrase, _)| Some(phrase.len()) == length)
            .collect()
    }

    /// The phrases from this one on.
    fn from(&self, phrase: &str) -> impl Iterator<Item = &(String, T)> {
        let start = self
            .phrases
            .partition_point(|(own, _)| own.as_str() < phrase);
        self.phrases.iter().skip(start)
    }
}

/// A text folded, without the words that are numbers.
fn without_numbers(text: &str) -> String {
    let folded = fold(text);
    let is_number = |word: &&str| word.chars().all(|letter| letter.is_ascii_digit());
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_number(word)).collect();
    words.join(" ")
}

/// What every phrase begins with that may begin here: the first word, or one letter of a script without spaces.
fn key_of(text: &str) -> &str {
    let mut letters = text.char_indices();
    let is_single = letters.next().is_some_and(|(_, first)| is_unspaced(first));
    let end = match letters.next() {
        Some((end, _)) if is_single => end,
        _ => text
            .find(|letter| letter == ' ' || is_unspaced(letter))
            .unwrap_or(text.len()),
    };
    text.get(..end).unwrap_or(text)
}

/// Whether a folded text begins with a phrase that ends where a word does.
fn stands_in(text: &str, phrase: &str) -> bool {
    let after = text.strip_prefix(phrase);
    after.is_some_and(|after| {
        after
            .chars()
            .next()
            .is_none_or(|next| next == ' ' || is_unspaced(next))
            || phrase.chars().last().is_some_and(is_unspaced)
    })
}

/// Chinese and Japanese letters, between which words have no spaces.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3005}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
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
    fn phrases_of_scripts_without_spaces_are_found_in_a_run_of_letters() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        let pairs: [(TotalKind, Vec<String>); 3] = [
            (TotalKind::Subtotal, words(&["小計"])),
            (TotalKind::Tax, words(&["消費税"])),
            (TotalKind::GrandTotal, words(&["合計", "total"])),
        ];
        let totals = Vocabulary::of(pairs.iter().map(|(kind, list)| (kind, list)));
        assert_eq!(
            totals.meaning("商品小計（税抜）"),
            Some(TotalKind::Subtotal)
        );
        assert_eq!(totals.meaning("消費税10%"), Some(TotalKind::Tax));
        assert_eq!(totals.meaning("お支払い合計:"), Some(TotalKind::GrandTotal));
        assert_eq!(totals.meaning("合計total"), Some(TotalKind::GrandTotal));
        assert_eq!(totals.meaning("合算"), None);
    }

    #[test]
    fn words_about_tax_qualify_a_total_and_are_one_alone() {
        let file: WordsFile = serde_json::from_str(
            r#"{"language":"de","totals":{"grand_total":["Summe"],"tax":["MwSt."],"included_tax":["inkl. MwSt."]},
                "marks":{"gross":["inkl. MwSt."],"net":["zzgl. MwSt.","ohne MwSt."]}}"#,
        )
        .unwrap();
        let words = Words::new(vec![file]);
        for (label, kind) in [
            ("Summe (inkl. 8,1 % MwSt.)", TotalKind::GrandTotal),
            ("Summe ohne MwSt.", TotalKind::GrandTotal),
            ("inkl. 8,1 % MwSt.", TotalKind::IncludedTax),
            ("zzgl. MwSt. 19 %", TotalKind::Tax),
        ] {
            assert_eq!(words.total_kind(label), Some(kind), "{label}");
        }
    }

    #[test]
    fn a_text_is_free_or_a_unit_only_as_a_whole() {
        let file: WordsFile = serde_json::from_str(
            r#"{"language":"en","marks":{"free":["free"]},"units":{"H87":["pcs.","pc"],"MTK":["m²"]}}"#,
        )
        .unwrap();
        let words = Words::new(vec![file]);
        assert!(words.is_free("FREE!") && !words.is_free("Free returns"));
        let code = |text| words.unit_code(text).map(|code| code.to_string());
        assert_eq!(code("/ Pcs").as_deref(), Some("H87"));
        assert_eq!(code("m²").as_deref(), Some("MTK"));
        assert_eq!(code("pack of 5 pcs"), None);
    }

    #[test]
    fn a_phrase_is_told_from_a_text_that_holds_it() {
        let totals = totals();
        assert!(totals.is("TOTAL:", TotalKind::GrandTotal));
        assert!(!totals.is("Total tax", TotalKind::GrandTotal));
        assert!(totals.holds("Total tax", TotalKind::GrandTotal));
    }
}
