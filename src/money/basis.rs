//! What a price is for: so many units, of what.

use rust_decimal::Decimal;

use super::digits::{Decoded, NumberStyle, decode};
use super::marks::mark_of;
use super::tokens::Token;

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
    let opens = |token: &Token| match token {
        Token::Other('/') => true,
        Token::Word(word) => PER.contains(&word.to_lowercase().as_str()),
        _ => false,
    };
    let start = tokens
        .iter()
        .skip(number)
        .position(opens)?
        .saturating_add(number);
    let words: Vec<&Token> = tokens
        .iter()
        .skip(start.saturating_add(1))
        .filter(|token| **token != Token::Space)
        .collect();
    let unit_of = |word: &str| {
        (mark_of(word).is_none() && word.chars().count() <= 20)
            .then(|| word.trim_end_matches('.').to_owned())
    };
    let (basis, used) = match words.as_slice() {
        [Token::Number(raw), Token::Word(word), ..] => {
            let quantity = whole(raw, style)?;
            (
                Basis {
                    quantity,
                    unit: Some(unit_of(word)?),
                },
                2,
            )
        }
        [Token::Number(raw), ..] => {
            let quantity = whole(raw, style)?;
            let usual =
                ["1", "10", "100", "1000", "10000"].contains(&quantity.to_string().as_str());
            (
                Basis {
                    quantity: usual.then_some(quantity)?,
                    unit: None,
                },
                1,
            )
        }
        [Token::Word(word), ..] => (
            Basis {
                quantity: Decimal::ONE,
                unit: Some(unit_of(word)?),
            },
            1,
        ),
        _ => return None,
    };
    let rest: Vec<Token> = words.into_iter().skip(used).cloned().collect();
    tokens.truncate(start);
    tokens.push(Token::Space);
    tokens.extend(rest);
    Some(basis)
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
