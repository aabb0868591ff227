use proptest::prelude::*;

use super::*;
use crate::money::Currency;

fn amount(text: &str) -> String {
    read(text, Reading::default())
        .unwrap_or_else(|error| panic!("{text}: {error:?}"))
        .amount
        .to_string()
}

fn mark(text: &str) -> CurrencyMark {
    read(text, Reading::default())
        .unwrap_or_else(|error| panic!("{text}: {error:?}"))
        .currency
}

fn code(code: &str) -> CurrencyMark {
    CurrencyMark::Code(code.parse::<Currency>().unwrap())
}

fn refusal(text: &str) -> Unreadable {
    read(text, Reading::default()).expect_err(text)
}

#[test]
fn amounts_keep_the_decimals_that_were_printed() {
    for (text, expected) in [
        ("CHF 1'234.50", "1234.50"),
        ("1’234.50", "1234.50"),
        ("12.–", "12"),
        ("CHF 12.-", "12"),
        ("Fr. 12.50", "12.50"),
        ("Fr.12.50", "12.50"),
        ("1.234,56 €", "1234.56"),
        ("1\u{a0}234,56 €", "1234.56"),
        ("1\u{202f}098,62 CHF", "1098.62"),
        ("1 299,00 zł", "1299.00"),
        ("943.09€", "943.09"),
        ("$1,249.50", "1249.50"),
        ("$87", "87"),
        ("US $12.34", "12.34"),
        ("12 kr", "12"),
        ("₹1,23,456.00", "123456.00"),
        ("Prix: 2\u{202f}062,50 CHF", "2062.50"),
        ("£981.83 (ex. VAT)", "981.83"),
        ("€ 18,99 inkl. 19% MwSt.", "18.99"),
        ("Total: 116.9", "116.9"),
    ] {
        assert_eq!(amount(text), expected, "{text}");
    }
}

#[test]
fn negative_amounts_are_read_in_every_usual_spelling() {
    for text in [
        "-5.00",
        "−5.00",
        "(5.00)",
        "-£5.00",
        "- £5.00",
        "£-5.00",
        "CHF -5.00",
        "(CHF 5.00)",
    ] {
        assert_eq!(amount(text), "-5.00", "{text}");
    }
}

#[test]
fn a_dash_that_may_be_a_label_is_no_minus() {
    for text in ["Discount - 5.00", "x-5.00", "5.00-"] {
        assert!(matches!(refusal(text), Unreadable::Malformed(_)), "{text}");
    }
}

#[test]
fn one_separator_before_three_digits_needs_the_page() {
    let text = "1.234 €";
    assert!(matches!(refusal(text), Unreadable::Ambiguous { .. }));
    let under = |style| {
        read(
            text,
            Reading {
                style: Some(style),
                ..Reading::default()
            },
        )
        .unwrap()
        .amount
    };
    assert_eq!(under(NumberStyle::Dot).to_string(), "1.234");
    assert_eq!(under(NumberStyle::Comma).to_string(), "1234");
}

#[test]
fn currencies_without_decimals_only_group_with_the_sign_of_their_country() {
    assert_eq!(amount("JPY 12,800"), "12800");
    assert_eq!(amount("₫1.250"), "1250");
    assert!(matches!(refusal("₩1.250"), Unreadable::Ambiguous { .. }));
    assert!(matches!(refusal("¥12,800"), Unreadable::Ambiguous { .. }));
}

#[test]
fn decimals_in_an_element_of_their_own_are_read_only_where_the_definition_says_so() {
    for (text, expected) in [
        ("14 98", "14.98"),
        ("14²⁹", "14.29"),
        ("1,249 00", "1249.00"),
    ] {
        assert!(matches!(refusal(text), Unreadable::Several(_)), "{text}");
        let split = Reading {
            fraction: Fraction::Split,
            ..Reading::default()
        };
        assert_eq!(
            read(text, split).unwrap().amount.to_string(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn a_currency_sign_between_units_and_two_cents_is_the_decimal_sign() {
    for (text, expected) in [
        ("249€99", "249.99"),
        ("1.249€50", "1249.50"),
        ("1 249€50", "1249.50"),
        ("-7£05", "-7.05"),
        ("2€50 / 100 g", "2.50"),
    ] {
        assert_eq!(amount(text), expected, "{text}");
    }
    for text in [
        "25€50€",
        "€25€50",
        "25€ 50",
        "25€5",
        "25€500",
        "12.5€50",
        "2¥50",
    ] {
        assert!(matches!(refusal(text), Unreadable::Several(_)), "{text}");
    }
}

#[test]
fn ranges_and_limits_are_refused() {
    for text in [
        "from 12.50",
        "ab CHF 5.00",
        "à partir de 3,20 €",
        "12.50 – 15.00",
        "12–15",
        "> 5.00",
    ] {
        assert!(matches!(refusal(text), Unreadable::Range(_)), "{text}");
    }
}

#[test]
fn two_numbers_are_not_one_amount() {
    for text in [
        "2 for 10",
        "12.50 15.00",
        "Express 24 h: £14.90",
        "12.50 / 13.40",
        "$12 / 13",
    ] {
        let refused = refusal(text);
        assert!(
            matches!(refused, Unreadable::Several(_) | Unreadable::Malformed(_)),
            "{text}: {refused:?}"
        );
    }
}

#[test]
fn digits_inside_words_and_reordered_digits_are_malformed() {
    for text in ["M3", "24h", "5x", "\u{202e}05.21", ".50", "1.2.3"] {
        assert!(matches!(refusal(text), Unreadable::Malformed(_)), "{text}");
    }
}

#[test]
fn currency_marks_are_told_from_signs_that_prove_nothing() {
    for (text, expected) in [
        ("943.09 €", code("EUR")),
        ("£5.00", code("GBP")),
        ("12 zł", code("PLN")),
        ("CHF 12.–", code("CHF")),
        ("USD12", code("USD")),
        ("US $12.34", code("USD")),
        ("CA$12.34", code("CAD")),
        ("$12.34 USD", code("USD")),
        ("R$ 5,00", code("BRL")),
        ("$12.34", CurrencyMark::Symbol("$")),
        ("12 kr.", CurrencyMark::Symbol("kr")),
        ("¥1200", CurrencyMark::Symbol("¥")),
        ("Fr. 12.50", CurrencyMark::Symbol("Fr.")),
        ("12.50", CurrencyMark::None),
        ("12.50 VAT", CurrencyMark::None),
    ] {
        assert_eq!(mark(text), expected, "{text}");
    }
    assert!(matches!(
        refusal("€ 5.00 CHF"),
        Unreadable::TwoCurrencies(_)
    ));
}

#[test]
fn a_price_basis_is_read_with_its_unit() {
    for (text, quantity, unit) in [
        ("12.90 / 100 Stk.", "100", Some("Stk")),
        ("CHF 12.90/100 pcs", "100", Some("pcs")),
        ("12.90 pro 100", "100", None),
        ("$14.57/EA", "1", Some("EA")),
        ("4,50 € je m²", "1", Some("m²")),
        ("$3.00 per piece", "1", Some("piece")),
    ] {
        let basis = read(text, Reading::default()).unwrap().basis.expect(text);
        assert_eq!(
            (basis.quantity.to_string().as_str(), basis.unit.as_deref()),
            (quantity, unit),
            "{text}"
        );
    }
    assert_eq!(read("12.90 CHF", Reading::default()).unwrap().basis, None);
}

#[test]
fn quantities_are_read_from_values_and_from_words() {
    for (text, expected) in [
        ("3", "3"),
        ("2.5", "2.5"),
        ("Menge: 3", "3"),
        ("3 x", "3"),
        ("3x", "3"),
        ("x 3", "3"),
        ("12 Stk.", "12"),
    ] {
        assert_eq!(
            read_quantity(text, None).unwrap().to_string(),
            expected,
            "{text}"
        );
    }
    for text in ["", "-1", "1-2", "2 of 5", "1.500"] {
        assert!(read_quantity(text, None).is_err(), "{text}");
    }
}

/// The digit that a character shows: the usual one, as wide as a Chinese letter, or raised.
fn digit(character: char) -> Option<char> {
    ["0123456789", "０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹"]
        .iter()
        .find_map(|digits| digits.chars().position(|digit| digit == character))
        .and_then(|value| char::from_digit(u32::try_from(value).unwrap(), 10))
}

/// Digits of `whole` in groups of three.
fn grouped(whole: u64, separator: &str) -> String {
    let digits: Vec<char> = whole.to_string().chars().collect();
    let mut text = String::new();
    for (place, digit) in digits.iter().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(*digit);
    }
    text
}

proptest! {
    #[test]
    fn what_a_shop_prints_with_two_decimals_is_read_back(
        whole in 0_u64..10_000_000_000,
        cents in 0_u32..100,
        (group, decimal) in prop::sample::select(vec![
            ("", "."), ("", ","), (",", "."), (".", ","), ("'", "."), ("’", "."), ("'", ","),
            (" ", ","), ("\u{a0}", ","), ("\u{202f}", ","), ("\u{2009}", "."),
        ]),
        (prefix, suffix) in prop::sample::select(vec![
            ("", ""), ("CHF ", ""), ("$", ""), ("€ ", ""), ("", " €"), ("", "\u{a0}kr"), ("Fr. ", ""), ("Total: ", " zł"),
        ]),
    ) {
        let text = format!("{prefix}{}{decimal}{cents:02}{suffix}", grouped(whole, group));
        let printed = read(&text, Reading::default()).unwrap();
        prop_assert_eq!(printed.amount.to_string(), format!("{whole}.{cents:02}"));
        let style = if decimal == "." { NumberStyle::Dot } else { NumberStyle::Comma };
        prop_assert_eq!(printed.style, Some(style));
    }

    #[test]
    fn a_number_read_without_help_has_one_meaning_in_both_styles(text in "[0-9]{1,4}([.,' ][0-9]{1,3}){0,3}") {
        let under = |style| read(&text, Reading { style, ..Reading::default() });
        if let Ok(alone) = under(None) {
            prop_assert_eq!(under(Some(NumberStyle::Dot)).unwrap().amount, alone.amount);
            prop_assert_eq!(under(Some(NumberStyle::Comma)).unwrap().amount, alone.amount);
        }
    }

    #[test]
    fn an_amount_has_the_printed_digits_and_no_others(text in "\\PC{0,24}") {
        if let Ok(printed) = read(&text, Reading::default()) {
            let digits: String = printed.amount.to_string().chars().filter(char::is_ascii_digit).collect();
            let shown: String = text.chars().filter_map(digit).collect();
            prop_assert!(shown.contains(&digits) || digits.trim_start_matches('0') == shown.trim_start_matches('0'));
        }
    }
}
