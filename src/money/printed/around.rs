//! What stands around the number of an amount: signs, currencies, and words that make it no amount.

use super::super::CurrencyMark;
use super::super::marks::{dollar_of, mark_of};
use super::super::tokens::Token;
use super::Unreadable;
use crate::letters::lower;

/// Words that turn a price into a limit wherever they stand, in small letters.
const LIMITS: &[&str] = &[
    "from",
    "starting",
    "ab",
    "bis",
    "dès",
    "partir",
    "desde",
    "hasta",
    "fino",
    "vanaf",
    "från",
    "fra",
    "od",
    "od.",
    "от",
    "від",
    "από",
    "alkaen",
    "alk",
    "alk.",
    "dal",
    "jusqu",
    "ca",
    "ca.",
    "circa",
    "approx",
    "approx.",
    "env.",
    "environ",
    "okolo",
    "ok.",
    "noin",
    "yaklaşık",
    "başlayan",
    "起",
    "から",
    "より",
    "až",
    "least",
    "most",
];

/// Words that do so directly before the amount; elsewhere they are parts of labels: `Do zapłaty`, `Total to pay`.
const LIMITS_BEFORE: &[&str] = &[
    "to",
    "as",
    "up",
    "von",
    "zu",
    "des",
    "da",
    "tot",
    "do",
    "до",
    "la",
    "about",
    "around",
    "max",
    "max.",
    "maximum",
    "min",
    "min.",
    "minimum",
    "mind.",
    "mindestens",
    "höchstens",
    "maximal",
    "under",
    "over",
    "unter",
    "über",
    "til",
    "till",
    "asti",
    "aż",
    "than",
];

/// Words that do so after it: `5.00 and up`.
const LIMITS_AFTER: &[&str] = &[
    "up", "more", "mehr", "oltre", "onwards", "upwards", "más", "více", "więcej", "tól", "től",
];

/// What an amount is not when it directly follows: coins of a hundredth, and words that multiply.
const NO_AMOUNT_OF: &[&str] = &[
    "ct", "ct.", "cts", "cts.", "cent", "cents", "rp", "rp.", "rappen", "p", "pence", "penny",
    "öre", "øre", "gr", "gr.", "kop.", "коп", "коп.", "stotinki", "bani", "k", "tsd.", "mio",
    "mio.", "mln", "million", "millions", "lakh", "lakhs", "crore", "万", "万円", "億", "億円",
    "亿", "千", "千円",
];

fn is_among(words: &[&str], word: &str) -> bool {
    words.contains(&word)
}

/// The tokens before and after the one at `place`.
pub(super) fn around(tokens: &[Token], place: usize) -> (&[Token], &[Token]) {
    let before = tokens.get(..place).unwrap_or_default();
    let after = tokens.get(place.saturating_add(1)..).unwrap_or_default();
    (before, after)
}

/// Whether the words around a number make it a limit, not a price.
pub(super) fn limits(before: &[Token], after: &[Token]) -> bool {
    let anywhere = |tokens: &[Token]| {
        tokens.iter().enumerate().any(|(place, token)| match token {
            Token::Word(word) => {
                let next = tokens.get(place.saturating_add(1));
                !is_country(word, next) && is_among(LIMITS, &lower(word))
            }
            Token::Other(sign) => matches!(
                sign,
                '<' | '>' | '≤' | '≥' | '~' | '≈' | '+' | '=' | '～' | '〜' | '±'
            ),
            _ => false,
        })
    };
    let next_to = last_word(before).is_some_and(|word| is_among(LIMITS_BEFORE, &word));
    let open = after
        .iter()
        .any(|token| matches!(token, Token::Word(word) if is_among(LIMITS_AFTER, &lower(word))));
    anywhere(before) || anywhere(after) || next_to || open
}

/// `CA` of `CA$`, which is no `circa`.
fn is_country(word: &str, next: Option<&Token>) -> bool {
    next == Some(&Token::Sign('$')) && dollar_of(word).is_some()
}

/// The word, in small letters, that only currency marks part from the number after it.
pub(super) fn last_word(before: &[Token]) -> Option<String> {
    let mut near = before.iter().rev();
    match near.find(|token| !is_mark(token))? {
        Token::Word(word) => Some(lower(word)),
        _ => None,
    }
}

/// Whether the number is no amount of the currency's own unit: `99 ct`, `99¢`, `1.2 Mio.`, or carries an unknown sign.
pub(super) fn counts_otherwise(before: &[Token], after: &[Token]) -> bool {
    let unknown =
        |token: &Token| matches!(token, Token::Sign(sign) if mark_of_sign(*sign).is_none());
    let next = after.iter().find(|token| **token != Token::Space);
    let other = matches!(next, Some(Token::Word(word)) if is_among(NO_AMOUNT_OF, &lower(word)));
    other || before.iter().chain(after).any(unknown)
}

/// Whether the number is negative: a minus at it or at its currency, or the brackets of bookkeepers.
pub(super) fn is_negative(
    before: &[Token],
    after: &[Token],
    text: &str,
) -> Result<bool, Unreadable> {
    let malformed = || Unreadable::Malformed(text.to_owned());
    if grown_together(before.last(), after.first()) || ends_in_dash(after) {
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
    let Some(place) = before.iter().rposition(|token| *token == Token::Dash) else {
        return Ok(false);
    };
    let (label, sign) = before.split_at_checked(place).unwrap_or((before, &[]));
    let only_marks = sign.iter().skip(1).all(is_mark_or_bracket);
    let ends_label =
        label.iter().rev().find(|token| **token != Token::Space) == Some(&Token::Other(':'));
    let detached = sign.get(1) == Some(&Token::Space) && !label.iter().all(is_mark_or_bracket);
    let joins_words = matches!(label.last(), Some(Token::Word(word)) if mark_of(word).is_none());
    match (only_marks, (detached && !ends_label) || joins_words) {
        (true, false) => Ok(true),
        (true, true) => Err(malformed()),
        (false, _) => Ok(false),
    }
}

/// A minus at the end, as bookkeepers write it: it may as well stand for no cents.
fn ends_in_dash(after: &[Token]) -> bool {
    let mut solid = after.iter().filter(|token| !is_mark(token));
    let first = solid.next();
    after.first() == Some(&Token::Dash) || (first == Some(&Token::Dash) && solid.next().is_none())
}

/// Letters directly at a digit that are no currency (`M3`, `5g`), or a sign that belongs to the number (`.50`, `#12`).
fn grown_together(before: Option<&Token>, after: Option<&Token>) -> bool {
    let is_word =
        |token: Option<&Token>| matches!(token, Some(Token::Word(word)) if mark_of(word).is_none());
    let leads = matches!(
        before,
        Some(Token::Other('.' | ',' | '\'' | '/' | '#' | '№'))
    );
    let trails = matches!(after, Some(Token::Other('\'' | '"' | '″' | '°')));
    is_word(before) || is_word(after) || leads || trails
}

fn is_mark(token: &Token) -> bool {
    match token {
        Token::Space | Token::Sign(_) => true,
        Token::Word(word) => mark_of(word).is_some() || dollar_of(word).is_some(),
        _ => false,
    }
}

fn is_mark_or_bracket(token: &Token) -> bool {
    is_mark(token) || matches!(token, Token::Other('(' | ')'))
}

/// The one currency that the tokens around a number name.
pub(super) fn currency(
    before: &[Token],
    after: &[Token],
    text: &str,
) -> Result<CurrencyMark, Unreadable> {
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
        (Token::Sign(sign), _) => mark_of_sign(*sign),
        (Token::Word(word), _) if is_country(word, next) => None,
        (Token::Word(word), _) => mark_of(word),
        _ => None,
    }
}

fn mark_of_sign(sign: char) -> Option<CurrencyMark> {
    mark_of(sign.encode_utf8(&mut [0; 4]))
}
