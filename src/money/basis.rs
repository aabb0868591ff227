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
const PER: &[&str] = &["per", "pro", "je", "par", "por", "pr.", "pr", "za"];

/// Takes the price basis off the end: `/100 Stk.`, `pro 100`, `/EA`, `per piece`.
pub(super) fn take_basis(tokens: &mut Vec<Token>, style: Option<NumberStyle>) -> Option<Basis> {
    let number = tokens
        .iter()
        .position(|token| matches!(token, Token::Number(_)))?;
    let start = tokens
        .iter()
        .skip(number)
        .position(opens)?
        .saturating_add(number);
    let after = tokens.iter().skip(start.saturating_add(1));
    let words: Vec<&Token> = after.filter(|token| **token != Token::Space).collect();
    let (basis, used) = basis_of(&words, style)?;
    let rest: Vec<Token> = words.into_iter().skip(used).cloned().collect();
    tokens.truncate(start);
    tokens.push(Token::Space);
    tokens.extend(rest);
    Some(basis)
}

/// Whether a basis may begin here.
fn opens(token: &Token) -> bool {
    match token {
        Token::Other('/') => true,
        Token::Word(word) => PER.contains(&lower(word).as_str()),
        _ => false,
    }
}

/// The basis that tokens begin with, and how many of them it takes.
fn basis_of(words: &[&Token], style: Option<NumberStyle>) -> Option<(Basis, usize)> {
    match words {
        [Token::Number(raw), Token::Word(word), ..] => {
            let (quantity, unit) = (whole(raw, style)?, Some(unit_of(word)?));
            Some((Basis { quantity, unit }, 2))
        }
        [Token::Number(raw), ..] => {
            // `12.50 / 13.40` are two prices; without a unit only round numbers are a basis.
            let quantity = whole(raw, style)?;
            let usual =
                ["1", "10", "100", "1000", "10000"].contains(&quantity.to_string().as_str());
            usual.then_some((
                Basis {
                    quantity,
                    unit: None,
                },
                1,
            ))
        }
        [Token::Word(word), ..] => Some((
            Basis {
                quantity: Decimal::ONE,
                unit: Some(unit_of(word)?),
            },
            1,
        )),
        _ => None,
    }
}

fn unit_of(word: &str) -> Option<String> {
    let is_unit = mark_of(word).is_none() && word.chars().count() <= 20;
    is_unit.then(|| word.trim_end_matches('.').to_owned())
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
