//! What a price is for: so many units, of what.

use rust_decimal::Decimal;

use super::digits::{Decoded, NumberStyle, decode};
use super::marks::mark_of;
use super::tokens::Token;
use crate::letters::lower;

/// What a price is for: `/100 Stk.`, `pro 100`, `/EA`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Number of units, greater than zero.
    pub quantity: Decimal,
    /// The unit as printed, without the full stop of an abbreviation.
    pub unit: Option<String>,
}

/// Words that begin a price basis, in small letters.
const PER: &[&str] = &[
    "per", "pro", "je", "par", "por", "pr.", "pr", "za", "ogni", "cada", "ανά", "pe",
];

/// Words beside a price that are no unit, in small letters and without full stop.
const NO_UNIT: &[&str] = &[
    "inkl",
    "incl",
    "inc",
    "including",
    "excl",
    "exkl",
    "exc",
    "ex",
    "excluding",
    "zzgl",
    "plus",
    "hors",
    "ht",
    "ttc",
    "net",
    "netto",
    "gross",
    "brutto",
    "exkl",
    "eks",
    "ekskl",
    "s",
    "iva",
    "vat",
];

/// Numbers of units that need no unit beside them to be a basis.
const USUAL: [&str; 5] = ["1", "10", "100", "1000", "10000"];

/// Whether a word, in small letters, begins a price basis.
pub(super) fn is_per(word: &str) -> bool {
    PER.contains(&word)
}

/// Takes the price basis off: `/100 Stk.`, `pro 100`, `/EA`, `per piece` after the amount, `Preis pro 100 m:` before it.
pub(super) fn take_basis(tokens: &mut Vec<Token>, style: Option<NumberStyle>) -> Option<Basis> {
    take_leading(tokens, style).or_else(|| take_trailing(tokens, style))
}

/// A basis before the amount; a colon or a currency must part the two.
fn take_leading(tokens: &mut Vec<Token>, style: Option<NumberStyle>) -> Option<Basis> {
    let number = tokens.iter().position(is_number)?;
    let start = number.checked_sub(2)?;
    let begins = matches!(tokens.get(start), Some(Token::Word(word)) if is_per(&lower(word)));
    let Some(Token::Number(raw)) = tokens.get(number).filter(|_| begins) else {
        return None;
    };
    let quantity = whole(raw, style)?;
    let rest = tokens.get(number.saturating_add(1)..)?;
    let amount = rest.iter().position(is_number)?;
    let between: Vec<&Token> = rest
        .iter()
        .take(amount)
        .filter(|token| **token != Token::Space)
        .collect();
    let (unit, between) = match between.split_first() {
        Some((Token::Word(word), after)) if unit_of(word).is_some() => (unit_of(word), after),
        _ => (None, between.as_slice()),
    };
    let parts = between.iter().all(|token| parts_or_marks(token)) && !between.is_empty();
    let known = unit.is_some() || is_usual(quantity);
    if !parts || !known {
        return None;
    }
    let used = number.saturating_add(1).saturating_add(amount);
    let marks: Vec<Token> = between.iter().copied().cloned().collect();
    tokens.splice(start..used, marks);
    Some(Basis { quantity, unit })
}

/// A colon, a bracket or a currency.
fn parts_or_marks(token: &Token) -> bool {
    match token {
        Token::Sign(_) | Token::Other(':' | '：') => true,
        Token::Word(word) => mark_of(word).is_some(),
        _ => false,
    }
}

/// A basis after the amount.
fn take_trailing(tokens: &mut Vec<Token>, style: Option<NumberStyle>) -> Option<Basis> {
    let number = tokens.iter().position(is_number)?;
    let start = tokens
        .iter()
        .skip(number)
        .position(opens)?
        .saturating_add(number);
    let after = tokens.iter().skip(start.saturating_add(1));
    let words: Vec<&Token> = after.filter(|token| **token != Token::Space).collect();
    let (basis, used) = basis_of(&words, style)?;
    let rest: Vec<Token> = words.into_iter().skip(used).cloned().collect();
    // `2 za 10 zł` is no price of 2 for 10.
    if rest.first().is_some_and(is_mark) && !tokens.iter().take(start).any(is_mark) {
        return None;
    }
    tokens.truncate(start);
    tokens.push(Token::Space);
    tokens.extend(rest);
    Some(basis)
}

fn is_number(token: &Token) -> bool {
    matches!(token, Token::Number(_))
}

fn is_mark(token: &Token) -> bool {
    match token {
        Token::Sign(_) => true,
        Token::Word(word) => mark_of(word).is_some(),
        _ => false,
    }
}

/// Whether a basis may begin here.
fn opens(token: &Token) -> bool {
    match token {
        Token::Other('/') => true,
        Token::Word(word) => is_per(&lower(word)),
        _ => false,
    }
}

/// The basis that tokens begin with, and how many of them it takes.
fn basis_of(words: &[&Token], style: Option<NumberStyle>) -> Option<(Basis, usize)> {
    let (quantity, unit, used) = match words {
        [Token::Number(raw), Token::Word(word), ..] if unit_of(word).is_some() => {
            (whole(raw, style)?, unit_of(word), 2)
        }
        // `12.50 / 13.40` are two prices; without a unit only round numbers are a basis.
        [Token::Number(raw), ..] => (
            whole(raw, style).filter(|quantity| is_usual(*quantity))?,
            None,
            1,
        ),
        [Token::Word(word), ..] => (Decimal::ONE, Some(unit_of(word)?), 1),
        _ => return None,
    };
    Some((Basis { quantity, unit }, used))
}

fn is_usual(quantity: Decimal) -> bool {
    USUAL.contains(&quantity.to_string().as_str())
}

fn unit_of(word: &str) -> Option<String> {
    let unit = word.trim_end_matches('.');
    let is_unit = mark_of(word).is_none()
        && word.chars().count() <= 20
        && !NO_UNIT.contains(&lower(unit).as_str());
    is_unit.then(|| unit.to_owned())
}

/// A whole number greater than zero, as a basis has it.
fn whole(raw: &str, style: Option<NumberStyle>) -> Option<Decimal> {
    let value = match (decode(raw), style) {
        (Decoded::Certain(value, _), _) => value,
        (Decoded::Ambiguous { dot, .. }, Some(NumberStyle::Dot)) => dot,
        (Decoded::Ambiguous { comma, .. }, Some(NumberStyle::Comma)) => comma,
        _ => return None,
    };
    (value > Decimal::ZERO && value.scale() == 0).then_some(value)
}
