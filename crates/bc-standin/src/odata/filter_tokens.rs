//! The words, literals and signs of a filter.

use super::ODataError;

/// One token of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, an operator, or a literal without quotes.
    Word(String),
    /// A literal in single quotes, with doubled quotes read as one.
    Text(String),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
}

/// Cuts a filter into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ODataError> {
    let mut found = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ' ' => {}
            '(' => found.push(Token::Open),
            ')' => found.push(Token::Close),
            ',' => found.push(Token::Comma),
            '\'' => found.push(Token::Text(quoted(&mut characters, text)?)),
            first => {
                let mut word = String::from(first);
                while let Some(next) = characters.next_if(|next| !" (),'".contains(*next)) {
                    word.push(next);
                }
                found.push(Token::Word(word));
            }
        }
    }
    Ok(found)
}

fn quoted(
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    text: &str,
) -> Result<String, ODataError> {
    let mut literal = String::new();
    while let Some(character) = characters.next() {
        if character != '\'' {
            literal.push(character);
        } else if characters.next_if_eq(&'\'').is_some() {
            literal.push('\'');
        } else {
            return Ok(literal);
        }
    }
    Err(ODataError::bad_request(format!(
        "There is an unterminated string literal in '{text}'."
    )))
}
