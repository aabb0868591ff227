//! Decimals that stand apart from their units: `14⁹⁸`, `$ 249 . 99`.

use super::super::digits::{Decoded, decode};
use super::super::marks::mark_of;
use super::super::tokens::Token;

/// Joins `14` and `98` of a split price into `14.98`; whether there was one.
pub(super) fn join_fraction(tokens: &mut Vec<Token>) -> bool {
    let solid = |token: &&Token| !matches!(token, Token::Space | Token::Other('.' | ','));
    let solid: Vec<&Token> = tokens.iter().filter(solid).collect();
    let Some(first) = solid.iter().position(|token| is_number(token)) else {
        return false;
    };
    let cents = match solid.get(first.saturating_add(1)) {
        Some(Token::Number(cents) | Token::Raised(cents)) => cents,
        _ => return false,
    };
    let Some(Token::Number(units)) = solid.get(first) else {
        return false;
    };
    let Some(units) = is_cents(cents).then(|| digits_only(units)).flatten() else {
        return false;
    };
    let joined = Token::Number(format!("{units}.{cents}"));
    let mut result: Vec<Token> = solid.iter().take(first).copied().cloned().collect();
    result.push(joined);
    result.extend(solid.iter().skip(first.saturating_add(2)).copied().cloned());
    *tokens = result;
    true
}

/// Joins `249`, `.` and `99` that only spaces part, and takes the `. –` off `12 . –`, where a currency stands beside.
pub(super) fn join_sign(tokens: &mut Vec<Token>) {
    let has_mark = tokens.iter().any(|token| match token {
        Token::Sign(_) => true,
        Token::Word(word) => mark_of(word).is_some(),
        _ => false,
    });
    let Some(first) = tokens.iter().position(is_number).filter(|_| has_mark) else {
        return;
    };
    let solid = |(_, token): &(usize, &Token)| **token != Token::Space;
    let mut after = tokens
        .iter()
        .enumerate()
        .skip(first.saturating_add(1))
        .filter(solid);
    let (Some((_, Token::Other(sign @ ('.' | ',')))), Some((end, cents))) =
        (after.next(), after.next())
    else {
        return;
    };
    let joined = match (tokens.get(first), cents) {
        (Some(Token::Number(units)), Token::Number(cents)) if is_cents(cents) => {
            format!("{units}{sign}{cents}")
        }
        (Some(Token::Number(units)), Token::Dash) => format!("{units}{sign}"),
        _ => return,
    };
    tokens.splice(first..=end, [Token::Number(joined)]);
}

/// Joins `249€99`, where the currency stands for the decimal sign; two amounts that touch, `25€50€`, stay two.
pub(super) fn join_infix(tokens: &mut Vec<Token>) {
    let is_sign = |token: &Token| matches!(token, Token::Sign(_));
    let mut signs = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| is_sign(token));
    let (Some((place, Token::Sign('€' | '$' | '£'))), None) = (signs.next(), signs.next())
    else {
        return;
    };
    let first = place.saturating_sub(1);
    let Some([Token::Number(units), sign, Token::Number(cents)]) =
        tokens.get(first..first.saturating_add(3))
    else {
        return;
    };
    let Some(units) = is_cents(cents).then(|| digits_only(units)).flatten() else {
        return;
    };
    let joined = Token::Number(format!("{units}.{cents}"));
    let sign = sign.clone();
    tokens.splice(first..first.saturating_add(3), [joined, sign]);
}

fn is_number(token: &Token) -> bool {
    matches!(token, Token::Number(_))
}

fn is_cents(digits: &str) -> bool {
    digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// The digits of a whole number with or without grouping; in a split price, three digits are a group.
fn digits_only(raw: &str) -> Option<String> {
    match decode(raw) {
        Decoded::Certain(value, _) if value.scale() == 0 => Some(value.to_string()),
        Decoded::Ambiguous { dot, comma } => Some(dot.max(comma).to_string()),
        _ => None,
    }
}
