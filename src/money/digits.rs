//! One run of digits with its separators, as shops print it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Most digits before and after the decimal sign; beyond that a number on a page is no price.
const MOST_WHOLE_DIGITS: usize = 15;
const MOST_DECIMALS: usize = 8;

/// Which sign separates the decimals; the other one, if it appears, groups the thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberStyle {
    /// `1,234.50`, `1'234.50`
    Dot,
    /// `1.234,50`, `1 234,50`
    Comma,
}

impl NumberStyle {
    fn with_decimal(sign: char) -> Self {
        if sign == '.' { Self::Dot } else { Self::Comma }
    }

    /// The style in which a separator groups, where it would begin decimals under the other one.
    pub(super) fn with_whole(under_dot: bool) -> Self {
        if under_dot { Self::Dot } else { Self::Comma }
    }

    fn with_group(sign: char) -> Self {
        if sign == '.' { Self::Comma } else { Self::Dot }
    }
}

/// What a run of digits says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decoded {
    /// One value, and the style that its separators prove, if they prove one.
    Certain(Decimal, Option<NumberStyle>),
    /// `1.234`: with the dot as decimal sign, and with the comma.
    Ambiguous { dot: Decimal, comma: Decimal },
    /// Separators in places where no style puts them, or too many digits.
    Malformed,
}

/// A separator and the digits after it.
struct Group<'t> {
    separator: char,
    digits: &'t str,
}

/// Reads `raw`: digits, between digits `.`, `,`, `'` or a space, and at the end a sign of no cents.
pub(super) fn decode(raw: &str) -> Decoded {
    match raw.strip_suffix(['.', ',', ':', '/']) {
        Some(whole) => decode_whole(whole, raw.chars().last()),
        None => decode_any(raw),
    }
}

/// A number without cents, as `1.250,–` has it: its separators can only group.
fn decode_whole(raw: &str, end: Option<char>) -> Decoded {
    let (first, groups) = split(raw);
    let all: Vec<&Group<'_>> = groups.iter().collect();
    let signs = groups.first().map(|group| group.separator);
    let style = match (signs, end) {
        (Some(sign @ ('.' | ',')), _) => Some(NumberStyle::with_group(sign)),
        (_, Some(sign @ ('.' | ','))) => Some(NumberStyle::with_decimal(sign)),
        _ => None,
    };
    match grouped(first, &all) {
        Some(whole) => certain(&whole, "", style),
        None if groups.is_empty() => certain(first, "", style),
        None => Decoded::Malformed,
    }
}

fn decode_any(raw: &str) -> Decoded {
    let (first, groups) = split(raw);
    let Some(last) = groups.last() else {
        return certain(first, "", None);
    };
    let before = || groups.iter().take(groups.len().saturating_sub(1));
    let same_as_last = groups
        .iter()
        .filter(|group| group.separator == last.separator)
        .count();
    match last.separator {
        '.' | ',' if same_as_last == 1 && groups.len() == 1 => decode_single(first, last),
        '.' | ',' if same_as_last == 1 => {
            let head: Vec<&Group<'_>> = before().collect();
            match grouped(first, &head) {
                Some(whole) => certain(
                    &whole,
                    last.digits,
                    Some(NumberStyle::with_decimal(last.separator)),
                ),
                None => Decoded::Malformed,
            }
        }
        separator => {
            let all: Vec<&Group<'_>> = groups.iter().collect();
            let style = matches!(separator, '.' | ',').then(|| NumberStyle::with_group(separator));
            match grouped(first, &all) {
                Some(whole) => certain(&whole, "", style),
                None => Decoded::Malformed,
            }
        }
    }
}

fn split(raw: &str) -> (&str, Vec<Group<'_>>) {
    let Some(end) = raw.find(|character: char| !character.is_ascii_digit()) else {
        return (raw, Vec::new());
    };
    let (first, mut rest) = raw.split_at_checked(end).unwrap_or((raw, ""));
    let mut groups = Vec::new();
    while let Some(separator) = rest.chars().next() {
        rest = rest.trim_start_matches(|character: char| !character.is_ascii_digit());
        let end = rest
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        groups.push(Group { separator, digits });
        rest = tail;
    }
    (first, groups)
}

/// One separator only: decimals, unless exactly three digits follow one to three that could be thousands.
fn decode_single(first: &str, group: &Group<'_>) -> Decoded {
    let could_group =
        group.digits.len() == 3 && (1..=3).contains(&first.len()) && !first.starts_with('0');
    let style = NumberStyle::with_decimal(group.separator);
    if !could_group {
        return certain(first, group.digits, Some(style));
    }
    let (Some(decimal), Some(whole)) = (
        exact(first, group.digits),
        exact(&format!("{first}{}", group.digits), ""),
    ) else {
        return Decoded::Malformed;
    };
    match style {
        NumberStyle::Dot => Decoded::Ambiguous {
            dot: decimal,
            comma: whole,
        },
        NumberStyle::Comma => Decoded::Ambiguous {
            dot: whole,
            comma: decimal,
        },
    }
}

/// The digits without their grouping, if the groups stand where thousands (or lakhs) do.
fn grouped(first: &str, groups: &[&Group<'_>]) -> Option<String> {
    let separator = groups.first()?.separator;
    if groups.iter().any(|group| group.separator != separator) || first.starts_with('0') {
        return None;
    }
    let thousands = (1..=3).contains(&first.len()) && groups.iter().all(|g| g.digits.len() == 3);
    let (last, middle) = groups.split_last()?;
    let lakhs = separator == ','
        && (1..=2).contains(&first.len())
        && last.digits.len() == 3
        && middle.iter().all(|group| group.digits.len() == 2);
    (thousands || lakhs).then(|| {
        let mut whole = first.to_owned();
        whole.extend(groups.iter().map(|group| group.digits));
        whole
    })
}

fn certain(whole: &str, decimals: &str, style: Option<NumberStyle>) -> Decoded {
    exact(whole, decimals).map_or(Decoded::Malformed, |value| Decoded::Certain(value, style))
}

fn exact(whole: &str, decimals: &str) -> Option<Decimal> {
    if whole.len() > MOST_WHOLE_DIGITS || decimals.len() > MOST_DECIMALS {
        return None;
    }
    let text = if decimals.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{decimals}")
    };
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain_of(raw: &str) -> (String, Option<NumberStyle>) {
        match decode(raw) {
            Decoded::Certain(value, style) => (value.to_string(), style),
            other => panic!("{raw} gave {other:?}"),
        }
    }

    #[test]
    fn decimals_prove_the_style_and_keep_their_zeros() {
        assert_eq!(
            certain_of("602.00"),
            ("602.00".into(), Some(NumberStyle::Dot))
        );
        assert_eq!(
            certain_of("1.234,50"),
            ("1234.50".into(), Some(NumberStyle::Comma))
        );
        assert_eq!(
            certain_of("1'234.50"),
            ("1234.50".into(), Some(NumberStyle::Dot))
        );
        assert_eq!(
            certain_of("1 234,5"),
            ("1234.5".into(), Some(NumberStyle::Comma))
        );
        assert_eq!(
            certain_of("1.234.567"),
            ("1234567".into(), Some(NumberStyle::Comma))
        );
        assert_eq!(
            certain_of("0.125"),
            ("0.125".into(), Some(NumberStyle::Dot))
        );
        assert_eq!(certain_of("1'234"), ("1234".into(), None));
    }

    #[test]
    fn indian_grouping_is_read() {
        assert_eq!(
            certain_of("12,34,567.89"),
            ("1234567.89".into(), Some(NumberStyle::Dot))
        );
        assert_eq!(
            certain_of("1,23,456"),
            ("123456".into(), Some(NumberStyle::Dot))
        );
    }

    #[test]
    fn three_digits_after_one_sign_are_ambiguous() {
        let dot = "1.234".parse().unwrap();
        let comma = "1234".parse().unwrap();
        assert_eq!(decode("1.234"), Decoded::Ambiguous { dot, comma });
        assert_eq!(
            decode("1,234"),
            Decoded::Ambiguous {
                dot: comma,
                comma: dot
            }
        );
    }

    #[test]
    fn groups_of_the_wrong_length_are_malformed() {
        for raw in [
            "1.23.4",
            "1'23",
            "1,234.567.8",
            "1'234'56.00",
            "1 234.567,8",
            "012'345",
        ] {
            assert_eq!(decode(raw), Decoded::Malformed, "{raw}");
        }
        assert_eq!(decode("1234567890123456"), Decoded::Malformed);
    }
}
