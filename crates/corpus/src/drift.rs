//! Redesigns: damages that change how a page is made and not what a person reads on it.

mod controls;
mod names;
mod order;
mod structure;

use serde_json::Value;

use crate::markup::Element;

/// One kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Every class gets another name, everywhere the same.
    ClassesHashed,
    /// Only the classes that speak of sums get other names.
    TotalsRenamed,
    /// Ids that nothing refers to go, others are renamed with what refers to them.
    IdsDropped,
    /// `data-` attributes are renamed or go.
    DataRenamed,
    /// Fields of forms get other names.
    FieldsRenamed,
    /// Structured data goes: scripts with data and microdata.
    StateDropped,
    /// Elements get one more wrapper.
    WrappersAdded,
    /// Wrappers of a single element go.
    WrappersRemoved,
    /// Tables become `div`s.
    TablesToDivs,
    /// Lists become `div`s.
    ListsToDivs,
    /// Elements with a meaning become `div` and `span`.
    TagsPlain,
    /// Headings change their level.
    HeadingsChanged,
    /// A column moves to the front.
    ColumnsMoved,
    /// The lines stand in reverse order.
    RowsReversed,
    /// Quantities become menus.
    InputsToMenus,
    /// Quantities become text between two buttons.
    InputsToSteppers,
    /// Menus of quantities become fields.
    MenusToInputs,
    /// Texts of buttons and labels of fields become `aria-label`.
    TextToAttributes,
}

/// All kinds, in the order in which several are done.
pub const DAMAGES: [Damage; 18] = [
    Damage::RowsReversed,
    Damage::ColumnsMoved,
    Damage::TextToAttributes,
    Damage::InputsToMenus,
    Damage::InputsToSteppers,
    Damage::MenusToInputs,
    Damage::StateDropped,
    Damage::HeadingsChanged,
    Damage::TagsPlain,
    Damage::ListsToDivs,
    Damage::TablesToDivs,
    Damage::WrappersRemoved,
    Damage::WrappersAdded,
    Damage::FieldsRenamed,
    Damage::DataRenamed,
    Damage::IdsDropped,
    Damage::TotalsRenamed,
    Damage::ClassesHashed,
];

impl Damage {
    /// Its name in words: `tables to divs`.
    #[must_use]
    pub fn words(self) -> String {
        let mut words = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.push(letter.to_ascii_lowercase());
        }
        words
    }

    /// Does it to a page whose truth changes with it where lines change places.
    pub fn apply(self, page: &mut Element, truth: &mut Value, seed: u64) {
        match self {
            Self::ClassesHashed => names::hash_classes(page, seed, |_| true),
            Self::TotalsRenamed => names::hash_classes(page, seed, names::speaks_of_sums),
            Self::IdsDropped => names::drop_ids(page, seed),
            Self::DataRenamed => names::rename_data(page, seed),
            Self::FieldsRenamed => names::rename_fields(page, seed),
            Self::StateDropped => names::drop_state(page),
            Self::WrappersAdded => structure::add_wrappers(page, seed),
            Self::WrappersRemoved => structure::remove_wrappers(page, seed),
            Self::TablesToDivs => structure::tables_to_divs(page, seed),
            Self::ListsToDivs => structure::lists_to_divs(page),
            Self::TagsPlain => structure::plain_tags(page),
            Self::HeadingsChanged => structure::change_headings(page),
            Self::ColumnsMoved => order::move_columns(page, truth),
            Self::RowsReversed => order::reverse_rows(page, truth),
            Self::InputsToMenus => controls::inputs_to_menus(page),
            Self::InputsToSteppers => controls::inputs_to_steppers(page),
            Self::MenusToInputs => controls::menus_to_inputs(page),
            Self::TextToAttributes => controls::text_to_attributes(page),
        }
    }
}

/// What a page becomes, and its truth; `None` where the damages find nothing to change.
#[must_use]
pub fn damaged(
    html: &str,
    truth: &Value,
    damages: &[Damage],
    seed: u64,
) -> Option<(String, Value)> {
    let mut page = Element::parse(html);
    let before = page.clone();
    let mut truth = truth.clone();
    for damage in damages {
        damage.apply(&mut page, &mut truth, seed);
    }
    (page != before).then(|| (page.to_html(), truth))
}

/// Three to six damages, by seed.
#[must_use]
pub fn combination(seed: u64) -> Vec<Damage> {
    let mut chance = Chance::new(seed);
    let wanted = 3 + chance.below(4);
    let mut chosen: Vec<Damage> = Vec::new();
    while chosen.len() < wanted {
        let damage = DAMAGES.get(chance.below(DAMAGES.len()));
        chosen.extend(damage.filter(|damage| !chosen.contains(damage)));
    }
    chosen.sort_by_key(|damage| DAMAGES.iter().position(|other| other == damage));
    chosen
}

/// Numbers that look random and follow from a seed: SplitMix64.
#[derive(Clone, Copy, Debug)]
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }
}

/// A short name that follows from a seed and another name, as bundlers make them.
fn hashed(seed: u64, name: &str) -> String {
    let start = Chance::new(seed).next();
    let word = name.bytes().fold(start, |word, byte| {
        (word ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let mut chance = Chance::new(word);
    let letters: String = (0..6)
        .filter_map(|_| char::from_digit(u32::try_from(chance.below(36)).unwrap_or_default(), 36))
        .collect();
    format!("x{letters}")
}

#[cfg(test)]
mod tests;
