//! A definition whose selectors are compiled and whose parts fit together.

mod compile;
mod walk;

use crate::css::Selector;

use crate::cart::{LineField, Reader, TotalKind};
use crate::money::{Currency, Fraction, NumberStyle, TaxBasis};
use crate::sorted::SortedMap;

pub(super) use compile::all as compile_all;
pub(super) use walk::{attributes, selectors};

use super::file::{Derive, Kind, LabelFile, SupplierFile};
use super::place::matches;
use super::{DefinitionError, Vocabulary, Words};

/// A validated definition.
#[derive(Clone, Debug)]
pub struct Definition {
    pub(super) file: SupplierFile,
    /// Selectors of which one tells the platform.
    pub detect: Vec<Selector>,
    /// What only an empty cart shows.
    pub empty: Vec<Selector>,
    /// The decimal sign, where the shop always uses the same.
    pub numbers: Option<NumberStyle>,
    /// Places of an ISO 4217 code.
    pub currency_code: Vec<Field>,
    /// Currency menus.
    pub currency_menus: Vec<Menu>,
    /// The lines.
    pub lines: Lines,
    /// The totals.
    pub totals: Vec<Totals>,
}

/// The lines of a cart.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The element of each line.
    pub each: Selector,
    /// Lines inside these are not ordered.
    pub outside: Option<Selector>,
    /// Lines that match one of these are not ordered.
    pub skip: Vec<Selector>,
    /// Lines that have this, hidden, are not ordered.
    pub skip_when_hidden: Option<Selector>,
    /// What marks a line that cannot be delivered as it stands.
    pub unavailable: Vec<Selector>,
    /// Whether the prices contain tax.
    pub tax: TaxBasis,
    /// What tells that the prices do not contain tax.
    pub net: Vec<Selector>,
    /// What tells that the prices contain tax.
    pub gross: Vec<Selector>,
    /// Where each field stands, best first.
    pub fields: SortedMap<LineField, Vec<Field>>,
}

/// One place where a value may stand.
#[derive(Clone, Debug)]
pub struct Field {
    /// The element; the line or row itself where absent.
    pub select: Option<Selector>,
    /// Elements inside these do not count.
    pub outside: Option<Selector>,
    /// The text of elements inside the place that match this is left out.
    pub without: Option<Selector>,
    /// Only inside the chosen option.
    pub chosen: Option<Choice>,
    /// What is taken of the element.
    pub take: Take,
    /// The place inside a JSON text.
    pub json: Option<String>,
    /// Labels before the value.
    pub after: Vec<String>,
    /// What stands before the value at the end of an address.
    pub after_last: Option<String>,
    /// Common labels, each folded by [`super::fold`], that count as well; a [`super::Catalog`] knows them.
    pub common: Vec<String>,
    /// Whether common labels count.
    pub label: Option<LabelFile>,
    /// The decimal sign of this place.
    pub numbers: Option<NumberStyle>,
    /// How decimals are printed.
    pub fraction: Fraction,
    /// The place in words, for provenance.
    pub locator: String,
}

/// Options of which one is chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The element of each option.
    pub option: Selector,
    /// Its radio button or box.
    pub control: Selector,
}

/// What is taken of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// The text that can be seen.
    VisibleText,
    /// All text, seen or not.
    AllText,
    /// The text that can be seen in the element itself, without the elements in it.
    OwnText,
    /// The live value of a control.
    Value,
    /// An attribute.
    Attribute(String),
    /// Nothing: the value follows from others.
    Derived(Derive),
}

/// A currency menu.
#[derive(Clone, Debug)]
pub struct Menu {
    /// Shows the sign in use.
    pub current: Selector,
    /// The entries.
    pub option: Selector,
    /// The attribute of an entry that holds the code.
    pub code: String,
}

/// Rows of the totals.
#[derive(Clone, Debug)]
pub struct Totals {
    /// The element of each row.
    pub each: Selector,
    /// What the rows are.
    pub kind: RowKind,
    /// Where the label stands.
    pub label: Vec<Field>,
    /// Where the amount stands.
    pub amount: Vec<Field>,
    /// Whether amounts are reductions that are printed without a minus.
    pub reductions: bool,
    /// Whether the amounts contain tax.
    pub tax: TaxBasis,
    /// Where the rate of a tax stands.
    pub rate: Vec<Field>,
}

/// How the kind of a row is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// All rows are the same.
    Fixed(TotalKind),
    /// By words in the label: those of the definition, else those of all languages.
    ByWords(Vocabulary<TotalKind>),
}

impl Definition {
    /// Compiles and checks a file.
    ///
    /// # Errors
    ///
    /// Every problem of the file, not only the first.
    pub fn new(file: SupplierFile) -> Result<Self, Vec<DefinitionError>> {
        compile::compile(file)
    }

    /// Gives the places that ask for common labels those of these words.
    pub(super) fn learn(&mut self, words: &Words) {
        let fields: Vec<LineField> = self.lines.fields.keys().copied().collect();
        for field in fields {
            let places = self.lines.fields.get_mut(&field).into_iter().flatten();
            for place in places.filter(|place| place.label == Some(LabelFile::Common)) {
                place.common = words.labels(field);
            }
        }
    }

    /// The name of the folder.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.file.id
    }

    /// The name as people know it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// The file as written.
    #[must_use]
    pub fn file(&self) -> &SupplierFile {
        &self.file
    }

    /// The reader that this definition makes.
    #[must_use]
    pub fn reader(&self) -> Reader {
        match self.file.kind {
            Kind::Supplier => Reader::Supplier(self.file.id.clone()),
            Kind::Platform => Reader::Platform(self.file.id.clone()),
        }
    }

    /// Whether a buyer may be told that this shop is supported.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        self.file.is_supported()
    }

    /// The currency that the definition declares for a host.
    #[must_use]
    pub fn currency_of(&self, host: &str) -> Option<Currency> {
        let host = host.to_ascii_lowercase();
        let mut hosts = self.file.currency.hosts.iter();
        hosts
            .find(|(pattern, _)| matches(pattern, &host))
            .map(|(_, currency)| *currency)
    }
}
