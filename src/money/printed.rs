//! Amounts and quantities as shops print them.
//!
//! Reading never guesses: a text that can mean two numbers, that names a range or that holds a second number is
//! refused with the reason.

use rust_decimal::Decimal;

use super::CurrencyMark;
use super::basis::{Basis, take_basis};
use super::digits::{Decoded, NumberStyle, decode};
use super::marks::{dollar_of, mark_of};
use super::tokens::{Token, tokens};
use crate::letters::lower;

/// Longest text that can be an amount, in bytes.
const LONGEST: usize = 200;

/// What is known about a page's numbers before one of them is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The page's decimal sign, where it is known; settles `1.234`.
    pub style: Option<NumberStyle>,
    /// How the page prints decimals.
    pub fraction: Fraction,
}

/// How a page prints the decimals of an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fraction {
    /// After a decimal sign.
    #[default]
    Signed,
    /// As two digits in an element of their own, without a sign: 14⁹⁸.
    Split,
}

/// An amount as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The exact amount, with the decimals that were printed.
    pub amount: Decimal,
    /// The currency sign beside it.
    pub currency: CurrencyMark,
    /// What the amount is for, where the text says so.
    pub basis: Option<Basis>,
    /// The style of number that this text alone proves.
    pub style: Option<NumberStyle>,
}

/// Why a text is not read as an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is no number.
    #[error("`{0}` holds no number")]
    NoNumber(String),
    /// One separator that may group thousands or begin decimals.
    #[error("`{text}` can mean {dot} or {comma}, and nothing on the page tells which")]
    Ambiguous {
        /// The text.
        text: String,
        /// Its value if the full stop begins decimals.
        dot: Decimal,
        /// Its value if the comma begins decimals.
        comma: Decimal,
    },
    /// More than one number.
    #[error("`{0}` holds more than one number, so it is not one amount")]
    Several(String),
    /// A range, or the least or greatest of several prices.
    #[error("`{0}` names a range or a limit, not one price")]
    Range(String),
    /// Separators in impossible places, letters grown into the digits, too many digits, reordered digits.
    #[error("`{0}` is not written as an amount is")]
    Malformed(String),
    /// Two currencies beside one amount.
    #[error("`{0}` names two currencies")]
    TwoCurrencies(String),
}

/// Words that turn a price into a limit, in small letters.
const LIMITS: &[&str] = &[
    "from", "starting", "ab", "von", "bis", "to", "dès", "des", "partir", "desde", "hasta", "da",
    "fino", "vanaf", "tot", "från", "fra", "od", "do", "от", "до", "alkaen", "ca", "ca.", "circa",
    "approx", "approx.", "about", "env.", "environ", "max", "max.", "min", "min.",
];

/// Reads one amount.
///
/// # Errors
///
/// [`Unreadable`] says why a text is not exactly one amount.
pub fn read(text: &str, reading: Reading) -> Result<Printed, Unreadable> {
    let mut tokens = cut(text)?;
    let basis = take_basis(&mut tokens, reading.style);
    if reading.fraction == Fraction::Split {
        join_fraction(&mut tokens);
    }
    let place = only_number(&tokens, text)?;
    let (before, after) = around(&tokens, place);
    if limits(before) || limits(after) {
        return Err(Unreadable::Range(text.to_owned()));
    }
    let negative = is_negative(before, after, text)?;
    let currency = currency(before, after, text)?;
    let (amount, style) = match value(tokens.get(place), reading.style, text) {
        Err(Unreadable::Ambiguous { dot, comma, .. }) if currency.has_no_decimals() => {
            (dot.max(comma), None)
        }
        other => other?,
    };
    let amount = if negative { -amount } else { amount };
    Ok(Printed {
        amount,
        currency,
        basis,
        style,
    })
}

/// Reads a quantity: `3`, `2.5`, `Qty: 3`, `3 Stk.`, `3 x`.
///
/// # Errors
///
/// [`Unreadable`] says why a text is not exactly one quantity; a negative one is malformed.
pub fn read_quantity(text: &str, style: Option<NumberStyle>) -> Result<Decimal, Unreadable> {
    let times = |token: &Token| {
        matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("x"))
            || *token == Token::Other('×')
    };
    let mut tokens = cut(text)?;
    tokens.retain(|token| !times(token));
    let place = only_number(&tokens, text)?;
    let (before, after) = around(&tokens, place);
    if limits(before) || limits(after) {
        return Err(Unreadable::Range(text.to_owned()));
    }
    if is_negative(before, after, text)? {
        return Err(Unreadable::Malformed(text.to_owned()));
    }
    value(tokens.get(place), style, text).map(|(quantity, _)| quantity)
}

fn cut(text: &str) -> Result<Vec<Token>, Unreadable> {
    if text.len() > LONGEST {
        let start: String = text.chars().take(40).collect();
        return Err(Unreadable::Malformed(format!("{start}…")));
    }
    let mut tokens = tokens(text).ok_or_else(|| Unreadable::Malformed(text.to_owned()))?;
    while tokens.last() == Some(&Token::Space) {
        tokens.pop();
    }
    let leading = tokens
        .iter()
        .take_while(|token| **token == Token::Space)
        .count();
    tokens.drain(..leading);
    Ok(tokens)
}

fn only_number(tokens: &[Token], text: &str) -> Result<usize, Unreadable> {
    let mut places = tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| matches!(t, Token::Number(_)));
    let Some((first, _)) = places.next() else {
        return Err(Unreadable::NoNumber(text.to_owned()));
    };
    let Some((second, _)) = places.next() else {
        return Ok(first);
    };
    let between = tokens.iter().take(second).skip(first);
    if between.clone().any(|token| *token == Token::Dash) {
        Err(Unreadable::Range(text.to_owned()))
    } else {
        Err(Unreadable::Several(text.to_owned()))
    }
}

fn around(tokens: &[Token], place: usize) -> (&[Token], &[Token]) {
    let before = tokens.get(..place).unwrap_or_default();
    let after = tokens.get(place.saturating_add(1)..).unwrap_or_default();
    (before, after)
}

fn limits(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(place, token)| match token {
        Token::Word(word) => {
            let before_dollar = tokens.get(place.saturating_add(1)) == Some(&Token::Sign('$'));
            let country = before_dollar && dollar_of(word).is_some();
            !country && LIMITS.contains(&lower(word).as_str())
        }
        Token::Other(sign) => matches!(sign, '<' | '>' | '≤' | '≥' | '~' | '≈' | '+' | '='),
        _ => false,
    })
}

fn value(
    token: Option<&Token>,
    style: Option<NumberStyle>,
    text: &str,
) -> Result<(Decimal, Option<NumberStyle>), Unreadable> {
    let Some(Token::Number(raw)) = token else {
        return Err(Unreadable::NoNumber(text.to_owned()));
    };
    match (decode(raw), style) {
        (Decoded::Certain(value, proved), _) => Ok((value, proved)),
        (Decoded::Ambiguous { dot, .. }, Some(NumberStyle::Dot)) => Ok((dot, None)),
        (Decoded::Ambiguous { comma, .. }, Some(NumberStyle::Comma)) => Ok((comma, None)),
        (Decoded::Ambiguous { dot, comma }, None) => Err(Unreadable::Ambiguous {
            text: text.to_owned(),
            dot,
            comma,
        }),
        (Decoded::Malformed, _) => Err(Unreadable::Malformed(text.to_owned())),
    }
}

/// Whether the number is negative: a minus at it or at its currency, or the brackets of bookkeepers.
fn is_negative(before: &[Token], after: &[Token], text: &str) -> Result<bool, Unreadable> {
    let malformed = || Unreadable::Malformed(text.to_owned());
    if grown_together(before.last(), after.first()) {
        return Err(malformed());
    }
    if before.contains(&Token::Other('(')) && !before.contains(&Token::Other(')')) {
        let plain = |tokens: &[Token]| tokens.iter().all(is_mark_or_bracket);
        return if plain(before) && plain(after) {
            Ok(true)
        } else {
            Err(malformed())
        };
    }
    if after.first() == Some(&Token::Dash) {
        return Err(malformed());
    }
    let Some(place) = before.iter().rposition(|token| *token == Token::Dash) else {
        return Ok(false);
    };
    let (label, sign) = before.split_at_checked(place).unwrap_or((before, &[]));
    let only_marks = sign.iter().skip(1).all(is_mark_or_bracket);
    let detached = sign.get(1) == Some(&Token::Space) && !label.iter().all(is_mark_or_bracket);
    let joins_words = matches!(label.last(), Some(Token::Word(word)) if mark_of(word).is_none());
    match (only_marks, detached || joins_words) {
        (true, false) => Ok(true),
        (true, true) => Err(malformed()),
        (false, _) => Ok(false),
    }
}

/// Letters directly at a digit that are no currency (`M3`, `5g`), or a sign that belongs to the number (`.50`).
fn grown_together(before: Option<&Token>, after: Option<&Token>) -> bool {
    let foreign = |token: Option<&Token>| match token {
        Some(Token::Word(word)) => mark_of(word).is_none(),
        Some(Token::Other(sign)) => matches!(sign, '.' | ',' | '\''),
        _ => false,
    };
    let after_is_full_stop = matches!(after, Some(Token::Other('.' | ',')));
    foreign(before) || (foreign(after) && !after_is_full_stop)
}

fn is_mark_or_bracket(token: &Token) -> bool {
    match token {
        Token::Space | Token::Sign(_) | Token::Other('(' | ')') => true,
        Token::Word(word) => mark_of(word).is_some() || dollar_of(word).is_some(),
        _ => false,
    }
}

fn currency(before: &[Token], after: &[Token], text: &str) -> Result<CurrencyMark, Unreadable> {
    let mut found = CurrencyMark::None;
    for side in [before, after] {
        let solid: Vec<&Token> = side
            .iter()
            .filter(|token| **token != Token::Space)
            .collect();
        for (place, token) in solid.iter().enumerate() {
            let next = solid.get(place.saturating_add(1)).copied();
            let previous = place
                .checked_sub(1)
                .and_then(|place| solid.get(place))
                .copied();
            let Some(mark) = mark_at(previous, token, next) else {
                continue;
            };
            found = found
                .and(mark)
                .ok_or_else(|| Unreadable::TwoCurrencies(text.to_owned()))?;
        }
    }
    Ok(found)
}

/// The mark that a token is between its neighbours; a country's letters before a dollar belong to the dollar.
fn mark_at(previous: Option<&Token>, token: &Token, next: Option<&Token>) -> Option<CurrencyMark> {
    match (token, previous) {
        (Token::Sign('$'), Some(Token::Word(country))) => {
            dollar_of(country).or_else(|| mark_of("$"))
        }
        (Token::Sign(sign), _) => mark_of(&sign.to_string()),
        (Token::Word(word), _) if next == Some(&Token::Sign('$')) && dollar_of(word).is_some() => {
            None
        }
        (Token::Word(word), _) => mark_of(word),
        _ => None,
    }
}

/// Joins `14` and `98` of a split price into `14.98`.
fn join_fraction(tokens: &mut Vec<Token>) {
    let solid: Vec<&Token> = tokens
        .iter()
        .filter(|token| !matches!(token, Token::Space | Token::Other('.' | ',')))
        .collect();
    let Some(first) = solid
        .iter()
        .position(|token| matches!(token, Token::Number(_)))
    else {
        return;
    };
    let (Some(Token::Number(units)), Some(Token::Number(cents))) =
        (solid.get(first), solid.get(first.saturating_add(1)))
    else {
        return;
    };
    let plain = cents.len() == 2 && cents.chars().all(|c| c.is_ascii_digit());
    let Some(units) = plain.then(|| digits_only(units)).flatten() else {
        return;
    };
    let joined = Token::Number(format!("{units}.{cents}"));
    let mut result: Vec<Token> = solid.iter().take(first).copied().cloned().collect();
    result.push(joined);
    result.extend(solid.iter().skip(first.saturating_add(2)).copied().cloned());
    *tokens = result;
}

/// The digits of a whole number with or without grouping; in a split price, three digits are a group.
fn digits_only(raw: &str) -> Option<String> {
    match decode(raw) {
        Decoded::Certain(value, _) if value.scale() == 0 => Some(value.to_string()),
        Decoded::Ambiguous { dot, comma } => Some(dot.max(comma).to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
