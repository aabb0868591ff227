//! The words of shops, language by language: `selectors/words/<language>.toml`.
//!
//! They tell what a label means where no definition says it. Like definitions they are data: a language is added
//! without a line of Rust.

use serde::{Deserialize, Serialize};

use crate::cart::{LineField, TotalKind};
use crate::money::{TaxBasis, UnitCode};
use crate::sorted::SortedMap;

use super::vocabulary::{Vocabulary, is_unspaced, without_numbers};

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

impl Mark {
    /// Whether amounts contain tax, where it is said that they do or that they do not, and not both.
    pub fn tax_basis(is_said: impl Fn(Self) -> bool) -> TaxBasis {
        match (is_said(Self::Net), is_said(Self::Gross)) {
            (true, false) => TaxBasis::Net,
            (false, true) => TaxBasis::Gross,
            _ => TaxBasis::Unknown,
        }
    }
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
        own.flatten().map(|phrase| super::fold(phrase)).collect()
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

    /// The UN/CEFACT code of a unit as printed, `Stk.` or `m²`; `None` where it is not known.
    ///
    /// `language` is that of the page, as in `<html lang>`: it decides what is two units in two languages, such as
    /// `kpl`, a piece in Finnish and a set in Polish.
    #[must_use]
    pub fn unit_code(&self, unit: &str, language: Option<&str>) -> Option<UnitCode> {
        if let Some(code) = self.units.exactly(unit) {
            return Some(code);
        }
        let language = language?.split(['-', '_']).next()?;
        let own = |file: &&WordsFile| file.language.eq_ignore_ascii_case(language);
        let file = self.files.iter().find(own)?;
        Vocabulary::of(&file.units).exactly(unit)
    }

    /// The files as written.
    #[must_use]
    pub fn files(&self) -> &[WordsFile] {
        &self.files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let code = |text| words.unit_code(text, None).map(|code| code.to_string());
        assert_eq!(code("/ Pcs").as_deref(), Some("H87"));
        assert_eq!(code("m²").as_deref(), Some("MTK"));
        assert_eq!(code("pack of 5 pcs"), None);
    }
}
