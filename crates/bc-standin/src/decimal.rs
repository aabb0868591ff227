//! Exact decimals as the contract writes them: `12.9`, never `1.29e1`, `+12.9`, `12,90` or `.9`.

use std::str::FromStr;

use rust_decimal::Decimal;

/// The most digits after the point that quantities and costs may have.
const DECIMALS: usize = 5;

/// AL's largest decimal, 999,999,999,999,999.99, is below this power of ten.
const DIGITS_BEFORE_THE_POINT: usize = 15;

/// Reads a decimal and drops zeros that say nothing (`12.90` is `12.9`).
///
/// # Errors
/// A sentence without its subject, such as `is not a decimal number`.
pub fn parse(text: &str) -> Result<Decimal, &'static str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match digits.split_once('.') {
        None => (digits, None),
        Some((whole, fraction)) => (whole, Some(fraction)),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !fraction.is_none_or(is_digits) {
        return Err("is not a decimal number");
    }
    if whole.trim_start_matches('0').len() > DIGITS_BEFORE_THE_POINT {
        return Err("has more than 15 digits before the point");
    }
    let fraction = fraction.unwrap_or_default().trim_end_matches('0');
    if fraction.len() <= DECIMALS {
        let point = if fraction.is_empty() { "" } else { "." };
        let sign = if text.starts_with('-') { "-" } else { "" };
        Decimal::from_str(&format!("{sign}{whole}{point}{fraction}"))
            .map(|value| value.normalize())
            .map_err(|_| "is not a decimal number")
    } else {
        Err("has more than 5 decimals")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_numbers() {
        for text in [
            "", "-", ".5", "5.", "1e3", "+1", "1,5", " 1", "1 000", "0x1", "١", "1_0",
        ] {
            assert_eq!(parse(text), Err("is not a decimal number"), "{text}");
        }
    }

    #[test]
    fn zeros_at_the_end_are_no_decimals() {
        assert_eq!(
            parse("12.9000000").map(|value| value.to_string()),
            Ok("12.9".to_owned())
        );
        assert_eq!(parse("0.000001"), Err("has more than 5 decimals"));
    }

    #[test]
    fn fifteen_digits_fit_before_the_point() {
        assert!(parse("999999999999999.99999").is_ok());
        assert_eq!(
            parse("1000000000000000"),
            Err("has more than 15 digits before the point")
        );
    }
}
