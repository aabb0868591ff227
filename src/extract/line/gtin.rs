//! A line's GTIN, with its check digit.

use crate::cart::{FindingCode, Key, LineField};

use super::LineReader;

impl LineReader<'_, '_> {
    /// The number, without spaces and hyphens; one with a wrong check digit is left out, with a finding.
    pub(super) fn gtin(&mut self) -> Option<String> {
        let text = self.text(LineField::Gtin)?;
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if is_gtin(&digits) {
            return Some(digits);
        }
        let source = self.provenance.remove(&LineField::Gtin);
        if digits.contains(|c: char| c.is_ascii_digit()) {
            let place = source.map(|source| source.locator).unwrap_or_default();
            let message = Key::GtinWrong.with(vec![text.into(), place.into()]);
            self.report(FindingCode::GtinInvalid, message);
        }
        None
    }
}

/// Eight, twelve, thirteen or fourteen digits whose last is the check digit of the others.
///
/// GS1 General Specifications, 7.9: weights 3 and 1 in turn from the right, the sum a multiple of ten.
pub(in crate::extract) fn is_gtin(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| matches!(digits.len(), 8 | 12 | 13 | 14)) else {
        return false;
    };
    let weights = [1, 3].into_iter().cycle();
    let sum: u32 = digits
        .iter()
        .rev()
        .zip(weights)
        .map(|(digit, weight)| digit.saturating_mul(weight))
        .sum();
    sum.is_multiple_of(10) && sum > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_of_a_gtin_checks_the_others() {
        for right in [
            "96385074",
            "036000291452",
            "4006381333931",
            "10614141000415",
        ] {
            assert!(is_gtin(right), "{right}");
        }
        for wrong in [
            "96385075",
            "4006381333932",
            "400638133393",
            "0000000000000",
            "",
            "40063813339３1",
        ] {
            assert!(!is_gtin(wrong), "{wrong}");
        }
    }
}
