//! Phrases and what they mean, found in the texts of a page.

use crate::letters::lower_letter;

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
        let mut meanings = self.meanings(&folded);
        let first = meanings.next()?;
        meanings.next().is_none().then_some(first)
    }

    /// Whether the text as a whole is a phrase, whatever it means.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        self.meanings(&fold(text)).next().is_some()
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
        self.meanings(&folded).any(|own| own == meaning)
    }

    /// The phrases that stand in a folded text as whole words; in scripts without spaces, anywhere. A phrase inside a
    /// longer one does not count: `不含税` is no `含税`.
    pub(super) fn found(&self, folded: &str) -> Vec<&(String, T)> {
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

    /// What a folded text as a whole means.
    fn meanings(&self, folded: &str) -> impl Iterator<Item = T> {
        let same = self
            .from(folded)
            .take_while(move |(phrase, _)| phrase == folded);
        same.map(|(_, meaning)| *meaning)
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
pub(super) fn without_numbers(text: &str) -> String {
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
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3005}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Small letters and digits, words set apart by one space, everything else left out: `Sub-Total:` is `sub total`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_apart = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            is_apart = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut is_apart) {
            folded.push(' ');
        }
        folded.push(lower_letter(letter));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::TotalKind;

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
    fn a_phrase_is_told_from_a_text_that_holds_it() {
        let totals = totals();
        assert!(totals.is("TOTAL:", TotalKind::GrandTotal));
        assert!(!totals.is("Total tax", TotalKind::GrandTotal));
        assert!(totals.holds("Total tax", TotalKind::GrandTotal));
    }
}
