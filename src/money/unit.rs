//! Codes of units of measure.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Letters and digits that a code may have.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=3;

/// A code of UN/CEFACT Recommendation 20, or of Recommendation 21 with an `X` before it for packages: `H87` piece, `MTR`
/// metre, `XBX` box. cXML's `UnitOfMeasure`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitCode([u8; 3]);

/// A text that cannot be a code of a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no code of a unit: expected two or three capitals or digits as in UN/CEFACT Recommendation 20, for example H87"
)]
pub struct NotAUnitCode(pub String);

impl FromStr for UnitCode {
    type Err = NotAUnitCode;

    fn from_str(text: &str) -> Result<Self, NotAUnitCode> {
        let is_code = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        if !LENGTHS.contains(&text.len()) || !text.bytes().all(is_code) {
            return Err(NotAUnitCode(text.to_owned()));
        }
        let mut code = [0; 3];
        for (place, byte) in code.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        Ok(Self(code))
    }
}

impl TryFrom<String> for UnitCode {
    type Error = NotAUnitCode;

    fn try_from(text: String) -> Result<Self, NotAUnitCode> {
        text.parse()
    }
}

impl From<UnitCode> for String {
    fn from(code: UnitCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.0.iter().filter(|letter| **letter != 0);
        letters
            .copied()
            .try_for_each(|letter| write!(out, "{}", char::from(letter)))
    }
}

impl fmt::Debug for UnitCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_two_or_three_capitals_or_digits() {
        for text in ["H87", "PR", "XBX", "C62"] {
            assert_eq!(text.parse::<UnitCode>().unwrap().to_string(), text);
        }
        for text in ["", "m", "mtr", "METR", "M²"] {
            assert!(text.parse::<UnitCode>().is_err(), "{text}");
        }
    }
}
