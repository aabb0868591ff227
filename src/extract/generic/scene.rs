//! What the parts of the generic reader look at.

use crate::css::Selector;

use crate::letters::BORDER;
use crate::money::{
    CurrencyMark, Decimal, Fraction, NumberStyle, Printed, Reading, Unreadable, read,
};
use crate::snapshot::{Entry, Node, Outline, Page};
use crate::supplier::{Definition, Location, Words};

use super::super::number::taken_off;

/// Most characters of a text that an amount with its label may have.
const LONGEST_AMOUNT: usize = 60;

/// Most steps from the element of a number to the element that holds no more than its amount.
const MOST_WRAPPERS: usize = 5;

/// A page, seen.
#[derive(Debug)]
pub(super) struct Scene<'p> {
    pub(super) page: &'p Page,
    pub(super) at: Location<'p>,
    pub(super) outline: Outline<'p>,
    pub(super) words: &'p Words,
    /// The decimal sign under which ambiguous numbers are read.
    pub(super) style: Option<NumberStyle>,
    /// Definitions that are for the page.
    pub(super) known: Vec<&'p Definition>,
    /// What stands in the element of a name and only adds to it.
    pub(super) additions: Option<Selector>,
}

/// Elements that add to a name: small print, lists, blocks of their own, options.
const ADDITIONS: &str = "small, ul, ol, dl, div, p, table, [class*='opt'], [class*='variant'], [class*='attribute'], \
                         [class*='sku'], [class*='badge'], [class*='stock']";

/// An amount of money as the page prints it.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    /// The place of the outermost element that holds no more than it and its label.
    pub(super) place: usize,
    /// What it says.
    pub(super) printed: Printed,
    /// The whole text.
    pub(super) text: String,
    /// Whether its element holds other texts beside it.
    pub(super) is_part: bool,
}

/// Every amount of a page, and whether numbers were left that can be read in two ways.
#[derive(Clone, Debug, Default)]
pub(super) struct Amounts {
    /// In the page's order.
    pub(super) found: Vec<Amount>,
    /// Whether a number can be read in two ways.
    pub(super) has_ambiguous: bool,
}

impl<'p> Scene<'p> {
    /// A page as it is seen before anything is known of its numbers.
    pub(super) fn of(page: &'p Page, at: Location<'p>, words: &'p Words) -> Self {
        Self {
            page,
            at,
            outline: page.outline(),
            words,
            style: None,
            known: Vec::new(),
            additions: Selector::parse(ADDITIONS).ok(),
        }
    }

    pub(super) fn node(&self, place: usize) -> Option<Node<'p>> {
        self.outline.get(place).map(|entry| entry.node)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (usize, &Entry<'p>)> {
        self.outline.entries().iter().enumerate()
    }

    /// The text of an element, or `None` where it is longer than `most` bytes.
    pub(super) fn short_text(&self, place: usize, most: usize) -> Option<String> {
        self.is_short(place, most)
            .then(|| self.node(place).map(|node| node.visible_text()))
            .flatten()
    }

    pub(super) fn is_short(&self, place: usize, most: usize) -> bool {
        let mut length = 0_usize;
        self.outline.within(place).all(|(_, entry)| {
            length = length.saturating_add(entry.text.len());
            length <= most
        })
    }

    /// Every amount that is not struck through.
    pub(super) fn amounts(&self) -> Amounts {
        let mut amounts = Amounts::default();
        let mut done = 0;
        for (place, entry) in self.entries() {
            if place < done || entry.is_struck || !has_digit(&entry.text) {
                continue;
            }
            if let Some(found) = self.amounts_in_texts(place) {
                amounts.found.extend(found);
                continue;
            }
            match self.widest_amount(place) {
                Some(Ok(amount)) if self.is_in_name(place, &amount) => {}
                Some(Ok(amount)) => {
                    done = self.outline.end(amount.place);
                    amounts.found.push(amount);
                }
                Some(Err(Unreadable::Ambiguous { .. })) => amounts.has_ambiguous = true,
                Some(Err(Unreadable::Several(_) | Unreadable::Malformed(_))) => {
                    let own = entry.node.own_text();
                    amounts.found.extend(self.amounts_in_parts(place, &own));
                }
                // A title with a number, and what it takes off: `SUMMER10 (-5.00 €)`.
                Some(Err(Unreadable::Range(text))) => {
                    let inside = taken_off(&text);
                    let found = inside.and_then(|inside| self.amount_in_text(place, inside));
                    amounts.found.extend(found);
                }
                Some(Err(_)) | None => {}
            }
        }
        amounts
    }

    /// Whether a number without a sign of money is a part of what a link names: `Steel bottle 0.75 l`.
    fn is_in_name(&self, place: usize, amount: &Amount) -> bool {
        let is_link = |place: usize| {
            let node = self.node(place);
            node.is_some_and(|node| node.name() == "a" && node.attr("href").is_some())
        };
        let around = self.outline.ancestors(place).take(2);
        amount.printed.currency == CurrencyMark::None
            && amount.words().chars().filter(|c| c.is_alphabetic()).count() > 2
            && std::iter::once(place).chain(around).any(is_link)
    }

    /// Those of the page's amounts that stand in an element.
    pub(super) fn amounts_in<'a>(&self, place: usize, amounts: &'a [Amount]) -> &'a [Amount] {
        let before = |end: usize| amounts.partition_point(|amount| amount.place < end);
        let inside = before(place)..before(self.outline.end(place));
        amounts.get(inside).unwrap_or_default()
    }

    /// The amount in one of an element's own texts, beside which others stand.
    pub(super) fn amount_in_text(&self, place: usize, text: &str) -> Option<Amount> {
        let reading = Reading {
            style: self.style,
            ..Reading::default()
        };
        let amount = Amount {
            place,
            printed: read(text, reading).ok()?,
            text: text.to_owned(),
            is_part: true,
        };
        amount.is_money().then_some(amount)
    }

    /// The amount in an element's text, or those before and in its parentheses, with their currency:
    /// `850 Kč (702.48 Kč without VAT)`. A price that is converted there into another currency is none of them.
    fn amounts_in_parts(&self, place: usize, text: &str) -> Vec<Amount> {
        if let Some(amount) = self.amount_in_text(place, text) {
            return vec![amount];
        }
        let parts = text.split(['(', ')']);
        let found: Vec<Amount> = parts
            .filter_map(|part| self.amount_in_text(place, part))
            .filter(|amount| amount.printed.currency != CurrencyMark::None)
            .collect();
        let mut marks = found.iter().map(|amount| amount.printed.currency);
        let is_one = marks.try_fold(CurrencyMark::None, CurrencyMark::and);
        is_one.map(|_| found).unwrap_or_default()
    }

    /// The amounts in an element whose own texts are set apart by others, such as line breaks; `None` where it has one.
    fn amounts_in_texts(&self, place: usize) -> Option<Vec<Amount>> {
        let text = self.node(place)?.own_text();
        let texts: Vec<&str> = text.split(BORDER).collect();
        let has_words = |text: &&str| text.chars().any(char::is_alphabetic);
        if texts.len() < 2 || !has_digit(&text) {
            return None;
        }
        if !texts.iter().any(has_words) {
            return self.amounts_in_lines(place);
        }
        let found = texts.iter();
        let found: Vec<Amount> = found
            .filter_map(|text| self.amount_in_text(place, text))
            .collect();
        (!found.is_empty()).then_some(found)
    }

    /// The amounts of an element's lines, one in each with words in elements of their own: `45.00 <small>ex VAT</small>`.
    fn amounts_in_lines(&self, place: usize) -> Option<Vec<Amount>> {
        let is_in_elements =
            |(inner, entry): (usize, &Entry<'_>)| inner != place && has_digit(&entry.text);
        let lines = self.node(place)?.broken_lines();
        let lines = lines.iter().filter(|line| has_digit(line));
        let found: Option<Vec<Amount>> =
            lines.map(|line| self.amount_in_text(place, line)).collect();
        let names = |amount: &Amount| !amount.words().is_empty();
        found.filter(|found| {
            found.len() > 1
                && found.iter().all(names)
                && !self.outline.within(place).any(is_in_elements)
        })
    }

    /// The amount whose number stands at a place, with the widest element that holds nothing beside it.
    fn widest_amount(&self, place: usize) -> Option<Result<Amount, Unreadable>> {
        let mut best = None;
        let around = |most: usize| {
            std::iter::once(place)
                .chain(self.outline.ancestors(place))
                .take(most)
        };
        if let Some(amount) = around(2).find_map(|place| self.spelled(place)) {
            return Some(Ok(amount));
        }
        for place in around(MOST_WRAPPERS) {
            if !self.is_short(place, LONGEST_AMOUNT) || self.is_part_of_line(place) {
                break;
            }
            match self.amount_at(place) {
                Some(Ok(amount)) if adds_words(best.as_ref(), &amount) => break,
                Some(Ok(amount)) if self.adds_digits(best.as_ref(), &amount) => break,
                Some(Ok(amount)) => best = Some(Ok(amount)),
                Some(Err(error)) if best.is_none() => best = Some(Err(error)),
                // A number that is no amount, such as a percentage, does not become one with what is beside it.
                Some(Err(_)) | None => break,
            }
        }
        best.filter(|read| read.as_ref().map_or(true, Amount::is_money))
    }

    /// The amount that an element's label spells for assistive technology, where it shows the same digits over several
    /// elements: `aria-label="Price €129.00"` around `€`, `129` and `00`.
    fn spelled(&self, place: usize) -> Option<Amount> {
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let node = self.node(place)?;
        let label = node
            .attr("aria-label")
            .filter(|label| label.len() <= LONGEST_AMOUNT)?;
        let shown = node.printed_text();
        if !shown.contains(BORDER) && !shown.contains(' ') || digits(label) != digits(&shown) {
            return None;
        }
        let amount = self.amount_in_text(place, label)?;
        Some(Amount {
            is_part: false,
            ..amount
        })
    }

    /// Whether an element holds what a line is made of beside its amounts.
    fn is_part_of_line(&self, place: usize) -> bool {
        self.outline.within(place).any(|(_, entry)| {
            let is_option = matches!(entry.node.attr("type"), Some("radio" | "checkbox"));
            let is_control = matches!(entry.node.name(), "input" | "select" | "textarea");
            is_control && !is_option
        })
    }

    fn amount_at(&self, place: usize) -> Option<Result<Amount, Unreadable>> {
        let text = self.node(place)?.printed_text();
        let text = multiplied(&text).map_or(text.as_str(), |(_, price)| price);
        let text = text.to_owned();
        let fraction = if self.has_raised_cents(place) {
            Fraction::Split
        } else {
            Fraction::Signed
        };
        let reading = Reading {
            style: self.style,
            fraction,
            ..Reading::default()
        };
        match read(&text, reading) {
            Ok(printed) => Some(Ok(Amount {
                place,
                printed,
                text,
                is_part: false,
            })),
            Err(Unreadable::NoNumber(_)) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// Whether a wider element adds digits to an amount that had ended: the next number, which touches its currency.
    fn adds_digits(&self, narrow: Option<&Result<Amount, Unreadable>>, wide: &Amount) -> bool {
        let Some(Ok(narrow)) = narrow else {
            return false;
        };
        let has_ended = !narrow
            .text
            .trim_end()
            .ends_with(|c: char| c.is_ascii_digit());
        has_ended && narrow.value() != wide.value() && !self.has_raised_cents(wide.place)
    }

    /// Whether an element prints cents without a decimal sign, in an element of their own.
    fn has_raised_cents(&self, place: usize) -> bool {
        let is_cents = |entry: &Entry<'_>| {
            let two = entry.text.len() == 2 && entry.text.chars().all(|c| c.is_ascii_digit());
            let class = entry.node.attr("class").unwrap_or_default();
            let named = ["cent", "fraction", "decimal", "sup"]
                .iter()
                .any(|part| class.contains(part));
            two && (entry.node.name() == "sup" || named)
        };
        self.outline
            .within(place)
            .skip(1)
            .any(|(_, entry)| is_cents(entry))
    }
}

impl Amount {
    /// Whether it is written as money is: with a currency, with two decimals, or with a dash for them.
    pub(super) fn is_money(&self) -> bool {
        let has_mark = self.printed.currency != CurrencyMark::None;
        has_mark || self.printed.amount.scale() == 2 || has_dash_for_cents(&self.text)
    }

    pub(super) fn value(&self) -> Decimal {
        self.printed.amount
    }

    /// What stands beside the number, without the number.
    pub(super) fn words(&self) -> String {
        // A stop or an apostrophe makes no number: `incl.`, `l'IVA`.
        let is_sign = |c: char| matches!(c, '.' | ',' | '\'' | '’');
        self.text
            .split_whitespace()
            .filter(|word| !has_digit(word) && !word.chars().all(is_sign))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Whether a number ends in a dash where others have cents: `349,-`, `49:-`, `12.–`.
fn has_dash_for_cents(text: &str) -> bool {
    let text = text.trim();
    let number = text.strip_suffix(['-', '–', '—']);
    let number = number.and_then(|rest| rest.strip_suffix([',', '.', ':']));
    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}

/// A count and the price that it multiplies: `2 × 12.90`, or `12.90 × 2`.
pub(super) fn multiplied(text: &str) -> Option<(&str, &str)> {
    let is_times = |c: char| matches!(c, '×' | 'x' | 'X' | '✕' | '*');
    let (one, other) = text.trim().split_once(is_times)?;
    let (one, other) = (one.trim(), other.trim());
    let is_whole = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if is_whole(other) && !is_whole(one) {
        return (has_digit(one) && has_digit(other)).then_some((other, one));
    }
    let is_count = one
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    (is_count && has_digit(one) && has_digit(other)).then_some((one, other))
}

/// Whether a wider element holds words that the narrower one does not, other than a currency. A number that is no money by
/// itself is a part of what the wider one says.
fn adds_words(narrow: Option<&Result<Amount, Unreadable>>, wide: &Amount) -> bool {
    let Some(Ok(narrow)) = narrow.filter(|read| read.as_ref().is_ok_and(Amount::is_money)) else {
        return false;
    };
    let is_currency = |word: &str| {
        let read = read(&format!("{word} 1"), Reading::default());
        word.chars().count() <= 4
            && read.is_ok_and(|printed| printed.currency != CurrencyMark::None)
    };
    let letters = |word: &&str| word.chars().any(char::is_alphabetic);
    let mut added = wide.text.split_whitespace().filter(letters);
    added.any(|word| !narrow.text.contains(word) && !is_currency(word))
}

pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}
