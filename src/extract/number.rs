//! One amount out of the places where it may stand.

use crate::cart::{Argument, Key, Message};
use crate::money::{CurrencyMark, NumberStyle, Precision, Printed, Reading, Unreadable, read};
use crate::supplier::Field;

use super::field::{As, Held, Scope, held};

/// What the numbers of a page say about the page, while they are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// The decimal sign that the page's other numbers have proved.
    pub(super) style: Option<NumberStyle>,
    /// The decimal signs that its printed numbers prove.
    pub(super) styles: Vec<NumberStyle>,
    /// The currency marks beside its amounts.
    pub(super) marks: Vec<CurrencyMark>,
}

impl Tally {
    /// The one decimal sign that all numbers proved.
    pub(super) fn agreed(&self) -> Option<NumberStyle> {
        let first = self.styles.first()?;
        self.styles
            .iter()
            .all(|style| style == first)
            .then_some(*first)
    }

    /// The decimal sign under which a text is read: its place's own, else the page's for what is printed.
    pub(super) fn style_for(&self, held: &Held) -> Option<NumberStyle> {
        held.numbers.or_else(|| self.style.filter(|_| held.printed))
    }
}

/// What places say about an amount.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// One amount, and the place that held it.
    Found(Printed, String),
    /// None of the places is there, or none holds a number.
    Nothing,
    /// A place holds several different amounts.
    Ambiguous(Message),
    /// A place holds what is not an amount.
    Unreadable(Message),
}

/// Reads the first place that holds a number.
pub(super) fn amount(fields: &[Field], scope: Scope<'_>, tally: &mut Tally) -> Outcome {
    amount_of(Expected::default(), fields, scope, tally)
}

/// What is known of an amount before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expected {
    /// Whether it can have more decimals than there are coins for.
    pub(super) precision: Precision,
    /// Whether it takes something off: then its title can stand before it, `SUMMER10 (-5.00)`.
    pub(super) reduces: bool,
}

/// The same of an amount of which more is known.
pub(super) fn amount_of(
    expected: Expected,
    fields: &[Field],
    scope: Scope<'_>,
    tally: &mut Tally,
) -> Outcome {
    for field in fields {
        let texts = held(field, scope, As::Number);
        match one_of(field, &texts, expected, tally) {
            Outcome::Nothing => {}
            Outcome::Found(printed, locator) => {
                tally.marks.push(printed.currency);
                if texts.iter().all(|held| held.printed) {
                    tally.styles.extend(printed.style);
                }
                return Outcome::Found(printed, locator);
            }
            outcome => return outcome,
        }
    }
    Outcome::Nothing
}

fn one_of(field: &Field, texts: &[Held], expected: Expected, tally: &Tally) -> Outcome {
    let readings = texts.iter().map(|held| {
        let reading = Reading {
            style: tally.style_for(held),
            fraction: field.fraction,
            precision: expected.precision,
        };
        let titled = expected.reduces.then(|| taken_off(&held.text)).flatten();
        read(titled.unwrap_or(&held.text), reading)
    });
    let readings: Vec<Result<Printed, Unreadable>> = readings
        .filter(|read| !matches!(read, Err(Unreadable::NoNumber(_))))
        .collect();
    let mut readings = readings.into_iter();
    match readings.next() {
        None => Outcome::Nothing,
        Some(Err(reason)) => Outcome::Unreadable(at(unreadable(reason), &field.locator)),
        Some(Ok(first)) => {
            let same = |other: &Result<Printed, Unreadable>| {
                other
                    .as_ref()
                    .is_ok_and(|other| other.amount == first.amount && other.basis == first.basis)
            };
            if readings.all(|other| same(&other)) {
                return Outcome::Found(first, field.locator.clone());
            }
            let shown: Vec<&str> = texts.iter().map(|held| held.text.as_str()).collect();
            let values = vec![field.locator.clone().into(), quoted(&shown)];
            Outcome::Ambiguous(Key::SeveralAmounts.with(values))
        }
    }
}

/// What stands in parentheses at the end of a text, where it begins with a minus.
pub(super) fn taken_off(text: &str) -> Option<&str> {
    let (_, inside) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    inside
        .trim_start()
        .starts_with(['-', '−', '–'])
        .then_some(inside)
}

/// Texts in backquotes, a few of them.
pub(super) fn quoted(texts: &[&str]) -> Argument {
    let quoted = |text: &&str| Key::Quoted.with(vec![(*text).into()]).into();
    Argument::List(texts.iter().take(4).map(quoted).collect())
}

/// A reason and the place that it is about.
pub(super) fn at(reason: Message, place: &str) -> Message {
    Key::AtPlace.with(vec![reason.into(), place.into()])
}

/// Why a text is not one number.
pub(super) fn unreadable(reason: Unreadable) -> Message {
    let (key, text) = match reason {
        Unreadable::Ambiguous { text, dot, comma } => {
            return Key::TwoMeanings.with(vec![text.into(), dot.into(), comma.into()]);
        }
        Unreadable::NoNumber(text) => (Key::HoldsNoNumber, text),
        Unreadable::Several(text) => (Key::SeveralNumbers, text),
        Unreadable::Range(text) => (Key::RangeOrLimit, text),
        Unreadable::Malformed(text) => (Key::NotAnAmount, text),
        Unreadable::TwoCurrencies(text) => (Key::TwoCurrencies, text),
    };
    key.with(vec![text.into()])
}
