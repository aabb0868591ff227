//! Amounts and quantities as shops print them.
//!
//! Reading never guesses: a text that can mean two numbers, that names a range or that holds a second number is
//! refused with the reason.

mod around;
mod fraction;

use rust_decimal::Decimal;

use super::CurrencyMark;
use super::basis::{Basis, is_per, take_basis};
use super::digits::{Decoded, NumberStyle, decode};
use super::tokens::{Token, tokens};
use around::{around, counts_otherwise, currency, is_negative, last_word, limits};
use fraction::{join_fraction, join_infix, join_sign};

/// Longest text that can be an amount, in bytes.
const LONGEST: usize = 200;

/// What is known about a page's numbers before one of them is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The page's decimal sign, where it is known; settles `1.234`.
    pub style: Option<NumberStyle>,
    /// How the page prints decimals.
    pub fraction: Fraction,
    /// How many decimals the amount can have.
    pub precision: Precision,
}

/// How many decimals an amount can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// Any number: unit prices have three and four.
    #[default]
    Any,
    /// No more than there are coins for: what is to be paid. `1.234 €` to pay is a thousand and more.
    Payable,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is no number.
    NoNumber(String),
    /// One separator that may group thousands or begin decimals.
    Ambiguous {
        /// The text.
        text: String,
        /// Its value if the full stop begins decimals.
        dot: Decimal,
        /// Its value if the comma begins decimals.
        comma: Decimal,
    },
    /// More than one number.
    Several(String),
    /// A range, or the least or greatest of several prices.
    Range(String),
    /// Separators in impossible places, letters grown into the digits, too many digits, reordered digits.
    Malformed(String),
    /// Two currencies beside one amount.
    TwoCurrencies(String),
}

/// Reads one amount.
///
/// # Errors
///
/// [`Unreadable`] says why a text is not exactly one amount.
pub fn read(text: &str, reading: Reading) -> Result<Printed, Unreadable> {
    let malformed = || Unreadable::Malformed(text.to_owned());
    let mut tokens = cut(text)?;
    let basis = take_basis(&mut tokens, reading.style);
    let is_split = reading.fraction == Fraction::Split && join_fraction(&mut tokens);
    if !is_split {
        join_sign(&mut tokens);
        join_infix(&mut tokens);
    }
    let place = only_number(&tokens, text)?;
    let (before, after) = around(&tokens, place);
    if limits(before, after) {
        return Err(Unreadable::Range(text.to_owned()));
    }
    if counts_otherwise(before, after) {
        return Err(malformed());
    }
    let negative = is_negative(before, after, text)?;
    if negative && basis.is_some() && tokens.contains(&Token::Other('(')) {
        return Err(malformed());
    }
    let currency = currency(before, after, text)?;
    if last_word(before).is_some_and(|word| is_per(&word)) && currency == CurrencyMark::None {
        return Err(malformed());
    }
    let (amount, style) = match value(tokens.get(place), reading.style, text) {
        Err(Unreadable::Ambiguous { dot, comma, .. })
            if only_groups(NumberStyle::with_whole(dot > comma), currency, reading) =>
        {
            (dot.max(comma), Some(NumberStyle::with_whole(dot > comma)))
        }
        other => other?,
    };
    Ok(Printed {
        amount: if negative { -amount } else { amount },
        currency,
        basis,
        style: style.filter(|_| !is_split),
    })
}

/// Whether the separator that groups under `style` can do nothing else: there are no coins for three decimals.
fn only_groups(style: NumberStyle, currency: CurrencyMark, reading: Reading) -> bool {
    currency.style_without_decimals() == Some(style)
        || (reading.precision == Precision::Payable && currency.has_two_decimals())
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
    if limits(before, after) {
        return Err(Unreadable::Range(text.to_owned()));
    }
    if is_negative(before, after, text)? || last_word(before).is_some_and(|word| is_per(&word)) {
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
    let raised = |token: &Token| matches!(token, Token::Raised(digits) if digits.len() > 1);
    let Some((second, _)) = places.next() else {
        if tokens.iter().any(raised) {
            return Err(Unreadable::Several(text.to_owned()));
        }
        return Ok(first);
    };
    let between = tokens.iter().take(second).skip(first);
    if between.clone().any(|token| *token == Token::Dash) {
        Err(Unreadable::Range(text.to_owned()))
    } else {
        Err(Unreadable::Several(text.to_owned()))
    }
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

#[cfg(test)]
mod tests;
