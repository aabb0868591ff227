//! A printed amount, cut into numbers, words and signs.

use crate::letters::BORDER;

/// A piece of a printed amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits with separators between them; spaces of any width have become U+0020, apostrophes `'`. A separator at the
    /// end says that there are no cents: `12.–` is `12.`.
    Number(String),
    /// Raised digits: cents, or the mark of a footnote.
    Raised(String),
    /// `20%`: never an amount.
    Percentage,
    /// Letters, with the full stop of an abbreviation: `CHF`, `Fr.`, `Stk.`
    Word(String),
    /// A currency sign.
    Sign(char),
    /// A hyphen, minus or dash.
    Dash,
    /// Anything else that is visible.
    Other(char),
    /// White space.
    Space,
}

/// Characters that change the order in which digits are seen.
const OVERRIDES: [char; 2] = ['\u{202d}', '\u{202e}'];

/// The raised digits by their value.
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Cuts `text` into tokens, or `None` if it contains a character that reorders its digits, or digits of a kind that
/// is not read here (`½`, Arabic digits).
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.contains(OVERRIDES) {
        return None;
    }
    let characters: Vec<char> = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(plain)
        .collect();
    let is_foreign = |c: &char| c.is_numeric() && !c.is_ascii_digit() && !RAISED.contains(c);
    if characters.iter().any(is_foreign) {
        return None;
    }
    let mut rest = characters.as_slice();
    let mut found = Vec::new();
    while let Some((first, tail)) = rest.split_first() {
        let (token, after) = next(*first, rest, tail);
        found.extend(token);
        rest = after;
    }
    Some(found)
}

fn next<'c>(first: char, all: &'c [char], tail: &'c [char]) -> (Option<Token>, &'c [char]) {
    if first.is_ascii_digit() {
        return number(all);
    }
    if is_space(first) {
        let spaces = tail.iter().take_while(|c| is_space(**c)).count();
        return (Some(Token::Space), skip(tail, spaces));
    }
    let raised: String = all.iter().map_while(|c| raised_digit(*c)).collect();
    if !raised.is_empty() {
        let rest = skip(all, raised.len());
        return (Some(Token::Raised(raised)), rest);
    }
    if is_letter(first) && !is_currency_sign(first) {
        return word(all);
    }
    let token = match first {
        '-' | '−' | '–' | '—' | '‑' => Token::Dash,
        sign if is_currency_sign(sign) => Token::Sign(sign),
        other => Token::Other(other),
    };
    (Some(token), tail)
}

fn word(all: &[char]) -> (Option<Token>, &[char]) {
    let length = all.iter().take_while(|c| is_letter(**c)).count();
    let mut word: String = all.iter().take(length).collect();
    let mut rest = skip(all, length);
    if rest.first() == Some(&'.') && !rest.get(1).is_some_and(|c| matches!(c, '–' | '-' | '—'))
    {
        word.push('.');
        rest = skip(rest, 1);
    }
    (Some(Token::Word(word)), rest)
}

fn number(all: &[char]) -> (Option<Token>, &[char]) {
    let mut raw = String::new();
    let mut rest = all;
    while let Some((first, tail)) = rest.split_first() {
        let continues = first.is_ascii_digit() || is_separator(*first, tail);
        if !continues {
            break;
        }
        raw.push(*first);
        rest = tail;
    }
    let spaces = rest.iter().take_while(|c| **c == ' ').count();
    if rest.get(spaces) == Some(&'%') {
        return (
            Some(Token::Percentage),
            skip(rest, spaces.saturating_add(1)),
        );
    }
    let after = after_whole(rest);
    if after.len() < rest.len() {
        raw.extend(rest.first());
    }
    (Some(Token::Number(raw)), after)
}

/// Skips the `.–` of `12.–`, the `,-` of `12,-`, the `:-` of `12:-` and the `/-` of `12/-`: no cents.
fn after_whole(rest: &[char]) -> &[char] {
    let dashes = rest
        .iter()
        .skip(1)
        .take_while(|c| matches!(c, '-' | '–' | '—' | '−'))
        .count();
    let ends = rest
        .get(dashes.saturating_add(1))
        .is_none_or(|c| !c.is_ascii_digit());
    match rest.first() {
        Some('.' | ',' | ':' | '/') if dashes > 0 && ends => skip(rest, dashes.saturating_add(1)),
        _ => rest,
    }
}

/// A separator inside a number: a sign before a digit, or a space before a group of exactly three.
fn is_separator(character: char, tail: &[char]) -> bool {
    let digits = tail.iter().take_while(|c| c.is_ascii_digit()).count();
    match character {
        '.' | ',' | '\'' => digits > 0,
        ' ' => digits == 3,
        _ => false,
    }
}

fn skip(characters: &[char], count: usize) -> &[char] {
    characters.get(count..).unwrap_or_default()
}

fn plain(character: char) -> char {
    match character {
        '’' | 'ʼ' | '‘' | '´' | '＇' => '\'',
        '，' => ',',
        '．' => '.',
        '－' => '-',
        '％' => '%',
        '＄' => '$',
        '０'..='９' => ascii_digit(character),
        BORDER => BORDER,
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

/// The plain digit of one as wide as a Chinese letter.
fn ascii_digit(wide: char) -> char {
    let value = u32::from(wide).saturating_sub(u32::from('０'));
    char::from_digit(value, 10).unwrap_or(wide)
}

fn raised_digit(character: char) -> Option<char> {
    let value = RAISED.iter().position(|raised| *raised == character)?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | BORDER)
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
        | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '²' | '³')
}

fn is_currency_sign(character: char) -> bool {
    matches!(
        character,
        '$' | '¢' | '£' | '¥' | '฿' | '\u{20a0}'..='\u{20c0}' | '￥' | '￡' | '円' | '元'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number_of(text: &str) -> Token {
        Token::Number(text.to_owned())
    }

    #[test]
    fn spaces_group_only_before_three_digits() {
        assert_eq!(tokens("1\u{202f}234,50").unwrap(), [number_of("1 234,50")]);
        assert_eq!(
            tokens("14 98").unwrap(),
            [number_of("14"), Token::Space, number_of("98")]
        );
        assert_eq!(
            tokens("2 5000").unwrap(),
            [number_of("2"), Token::Space, number_of("5000")]
        );
    }

    #[test]
    fn a_dash_for_no_cents_is_no_minus() {
        for text in ["12.–", "12.-", "12.--"] {
            assert_eq!(tokens(text).unwrap(), [number_of("12.")], "{text}");
        }
        assert_eq!(tokens("12:-").unwrap(), [number_of("12:")]);
        assert!(tokens("12.-15").unwrap().contains(&Token::Dash));
    }

    #[test]
    fn text_that_reorders_digits_is_refused() {
        assert_eq!(tokens("\u{202e}21.50"), None);
        assert_eq!(tokens("\u{200f}21.50").unwrap(), [number_of("21.50")]);
    }
}
