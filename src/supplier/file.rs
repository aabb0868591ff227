//! The file format as written, field by field as in `docs/supplier-file.md`.

use serde::{Deserialize, Serialize};

use crate::cart::{LineField, TotalKind};
use crate::money::{Currency, NumberStyle, TaxBasis};
use crate::sorted::SortedMap;

use super::definition::attributes;
use super::place::{Location, matches};

/// One `supplier.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SupplierFile {
    /// Version of the format.
    pub format: u32,
    /// Name of the folder: small letters, digits and hyphens.
    pub id: String,
    /// Name as people know it.
    pub name: String,
    /// What is described.
    pub kind: Kind,
    /// Hosts of a supplier: `www.example.com`, or `*.example.com` for every host below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Paths of a supplier's cart; `*` stands for any characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// When and on what the definition was last seen to work.
    pub verified: VerifiedFile,
    /// How a platform is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detect: Option<DetectFile>,
    /// The cart as a whole.
    #[serde(default)]
    pub cart: CartFile,
    /// What tells the currency where the amounts do not.
    #[serde(default)]
    pub currency: CurrencyFile,
    /// The lines.
    pub lines: LinesFile,
    /// The rows of the totals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<TotalsFile>,
}

impl SupplierFile {
    /// Whether a supplier's definition names this place.
    #[must_use]
    pub fn is_for(&self, at: Location<'_>) -> bool {
        let host = at.host.to_ascii_lowercase();
        self.kind == Kind::Supplier
            && self.hosts.iter().any(|pattern| matches(pattern, &host))
            && self.paths.iter().any(|pattern| matches(pattern, at.path))
    }

    /// Whether a buyer may be told that this shop is supported.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        self.verified.state != VerifiedState::Unseen
    }

    /// Every attribute that the definition reads by name or selects by, in alphabetical order.
    #[must_use]
    pub fn attributes(&self) -> Vec<String> {
        attributes(self)
    }
}

/// Whether a definition is for the hosts of one supplier or for a software that many shops run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One supplier's hosts.
    Supplier,
    /// A shop software, known by what its pages contain.
    Platform,
}

/// When and on what a definition was last verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifiedFile {
    /// On what.
    pub state: VerifiedState,
    /// The day, as `2026-11-22`.
    pub on: String,
    /// What was seen, in words.
    pub evidence: String,
}

/// On what a definition was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerifiedState {
    /// On nothing: never shown to a buyer as supported.
    Unseen,
    /// On pages that the shop's software made.
    Fixture,
    /// On the shop's own live page.
    Live,
}

/// How a platform is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DetectFile {
    /// The page is the platform's cart if one of these selectors matches.
    pub any: Vec<String>,
}

/// The cart as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CartFile {
    /// Elements that hold lines, totals and everything else that this file names, best first; else the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<String>,
    /// What only the page of an empty cart shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub empty: Vec<String>,
    /// The decimal sign, where the shop always uses the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<NumberStyle>,
    /// Names of inline JSON that the definition needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub state: Vec<String>,
}

/// What tells the currency where the amounts do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CurrencyFile {
    /// The currency that a host sells in, where its signs can mean several.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub hosts: SortedMap<String, Currency>,
    /// Places that hold an ISO 4217 code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<FieldFile>,
    /// A menu of the shop's currencies that shows the sign in use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub menu: Vec<MenuFile>,
}

/// A currency menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MenuFile {
    /// The element that shows the sign in use.
    pub current: String,
    /// The entries; their text begins with the sign.
    pub option: String,
    /// The attribute of an entry that holds the ISO 4217 code.
    pub code: String,
}

/// The lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinesFile {
    /// The element of each line.
    pub each: String,
    /// Lines inside these elements are not ordered: saved for later, recommended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<String>,
    /// Lines that match one of these are not ordered: unticked, removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<String>,
    /// Lines that have this element, but hidden, are not ordered: stubs of removed lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_when_hidden: Option<String>,
    /// What marks a line that the shop says it cannot deliver as it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unavailable: Vec<String>,
    /// Whether the prices of the lines contain tax, where the shop always says the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<TaxFile>,
    /// What tells that the prices of the lines do not contain tax.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub net: Vec<String>,
    /// What tells that the prices of the lines contain tax.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gross: Vec<String>,
    /// Where each field stands, best first.
    pub fields: SortedMap<LineField, Vec<FieldFile>>,
}

/// One place where a value may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldFile {
    /// The element, within the line or row; the line or row itself where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select: Option<String>,
    /// Elements inside these do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<String>,
    /// The text of elements inside the place that match this is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<String>,
    /// Only inside the option that is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<ChosenFile>,
    /// The attribute that holds the value; the text where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attr: Option<String>,
    /// Something else than the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<TakeFile>,
    /// The place inside a JSON text, as a JSON Pointer (RFC 6901).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
    /// The text must begin with one of these labels, and the value is what follows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// The value is the end of an address, after the last of this: the number in `/p/drill-4711.html?ref=x`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_last: Option<String>,
    /// Labels that count beside those of `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<LabelFile>,
    /// Whether hidden elements count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<VisibilityFile>,
    /// The decimal sign of this place, where it differs from the page's: often in attributes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<NumberStyle>,
    /// How decimals are printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fraction: Option<FractionFile>,
    /// The value follows from other fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derive: Option<Derive>,
}

/// Options of which one is chosen, for example ways of delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChosenFile {
    /// The element of each option.
    pub option: String,
    /// Its radio button or box. An option counts where it is checked, or where it is no button at all.
    pub control: String,
}

/// What is taken of an element instead of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TakeFile {
    /// The value of an input, text area or select as the page holds it now.
    Value,
    /// The text that stands in the element itself, without that of the elements in it.
    OwnText,
}

/// Labels that need not be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LabelFile {
    /// What this field of a line is called in any language: the `[columns]` of `selectors/words`.
    Common,
}

/// Whether amounts contain tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaxFile {
    /// They do not.
    Net,
    /// They do.
    Gross,
}

impl From<TaxFile> for TaxBasis {
    fn from(file: TaxFile) -> Self {
        match file {
            TaxFile::Net => Self::Net,
            TaxFile::Gross => Self::Gross,
        }
    }
}

/// Whether hidden elements count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisibilityFile {
    /// They do: for texts that only screen readers are given.
    Any,
}

/// How decimals are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FractionFile {
    /// In an element of their own, without a decimal sign.
    Split,
}

/// A value that the page does not show, but that its other values make exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Derive {
    /// For `line_total`.
    QuantityTimesUnitPrice,
    /// For `unit_price`, where the quotient is exact.
    LineTotalByQuantity,
}

/// Rows of the totals: all of one kind, or told apart by their labels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TotalsFile {
    /// The element of each row.
    pub each: String,
    /// What all these rows are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TotalKind>,
    /// Words in the label that tell what a row is; the longest that is found decides, and where none is found, the
    /// words of all languages do.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub words: SortedMap<TotalKind, Vec<String>>,
    /// Where the label stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<FieldFile>,
    /// Where the amount stands.
    pub amount: Vec<FieldFile>,
    /// How a reduction is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<SignFile>,
    /// Whether the amounts contain tax, where the labels do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<TaxFile>,
    /// Where the rate of a tax stands, where it is not in the label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rate: Vec<FieldFile>,
}

/// How a reduction is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignFile {
    /// Without a minus, because the row is one of reductions.
    Reduction,
}
