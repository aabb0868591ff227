//! What is no single amount is refused: a refusal costs a look, a wrong number costs money.

use proptest::prelude::*;
use punchout::money::{Fraction, NumberStyle, Precision, Reading, Unreadable, read, read_quantity};

use super::alone;

#[test]
fn prices_that_begin_or_end_somewhere_are_refused_in_every_language() {
    for text in [
        "from $12.50",
        "From: $12.50",
        "starting at $12.50",
        "as low as $12.50",
        "up to $12.50",
        "$12.50 and up",
        "$12.50+",
        "ab 12,50 €",
        "ab CHF 5.00",
        "bis zu 12,50 €",
        "à partir de 3,20 €",
        "A partir de 3,20 €",
        "dès CHF 5.00",
        "jusqu'à 5,00 €",
        "da 12,50 €",
        "a partire da 12,50 €",
        "fino a 12,50 €",
        "vanaf € 12,50",
        "od 12,50 zł",
        "do 12,50 zł",
        "fra 12 kr",
        "från 12 kr",
        "desde 12,50 €",
        "hasta 12,50 €",
        "alkaen 12,50 €",
        "12,50 € alkaen",
        "от 420 ₽",
        "від 420 грн",
        "από 12,50 €",
        "de la 12,50 lei",
        "1200円から",
        "¥100起",
        "12.50 – 15.00",
        "12.50-15.00",
        "12,50 € bis 15,00 €",
        "ca. 12,50 €",
        "~12.50",
        "min. 50 €",
    ] {
        assert!(alone(text).is_err(), "{text}: {:?}", alone(text));
    }
}

#[test]
fn what_is_counted_in_another_unit_than_the_currency_is_refused() {
    for text in [
        "99¢",
        "99 ct",
        "99 Cent",
        "50 Rp.",
        "99p",
        "50 öre",
        "$1.2k",
        "1,2 Mio. €",
        "1.2万円",
        "₿ 0.5",
        "12½",
        "½",
        "٣ 5",
        "14⁹⁸",
        "12'",
        "12\"",
        "#12",
        "/100 Stk.",
        "pro 100",
        "per 100 pcs",
        "(12,90 € / kg)",
    ] {
        assert!(alone(text).is_err(), "{text}: {:?}", alone(text));
    }
}

#[test]
fn two_numbers_are_never_made_into_one() {
    for text in [
        "3\u{2003}120.00 €",
        "2 für 10 €",
        "2 za 10 zł",
        "2 pour 10 €",
        "2 x 5.00",
        "12.50 15.00",
        "1/2",
        "pro 100 120.00",
        "12.05.2024",
        "12:30",
        "1 234 56",
        "3 × 1.50 = 4.50",
    ] {
        assert!(alone(text).is_err(), "{text}: {:?}", alone(text));
    }
    for text in ["2½", "3\u{2003}120", "pro 100", "2²²", "-3", "5%"] {
        assert!(read_quantity(text, None).is_err(), "{text}");
    }
}

fn readings() -> Vec<Reading> {
    let mut all = Vec::new();
    for style in [None, Some(NumberStyle::Dot), Some(NumberStyle::Comma)] {
        for fraction in [Fraction::Signed, Fraction::Split] {
            for precision in [Precision::Any, Precision::Payable] {
                all.push(Reading {
                    style,
                    fraction,
                    precision,
                });
            }
        }
    }
    all
}

/// Digits without leading zeros.
fn digits(text: &str) -> String {
    let all: String = text.chars().filter(char::is_ascii_digit).collect();
    all.trim_start_matches('0').to_owned()
}

proptest! {
    #![proptest_config(super::cases(1_000))]

    #[test]
    fn no_text_makes_reading_fail_otherwise_than_by_a_reason(text in "\\PC{0,60}") {
        for reading in readings() {
            let _ = read(&text, reading);
        }
        let _ = read_quantity(&text, None);
    }

    #[test]
    fn an_amount_has_all_digits_of_a_text_without_basis(
        text in "(CHF|Fr\\.|\\$|€|kr|zł|-|−|\\(|ab|per|je|/|a| |\u{a0}|\u{2003}){0,3}[0-9]{1,6}([.,' \u{202f}][0-9]{1,6}){0,3}( |\\.–|,-|€|kr|\\*|\\)|/|Stk\\.|x|\u{2003}){0,3}",
    ) {
        for reading in readings() {
            if let Ok(printed) = read(&text, reading)
                && printed.basis.is_none()
            {
                prop_assert_eq!(digits(&printed.amount.to_string()), digits(&text), "{}", text);
            }
        }
    }

    #[test]
    fn an_ambiguity_names_the_readings_of_both_styles(whole in 1_u32..1000, rest in 0_u32..1000, sign in "[.,]") {
        let text = format!("{whole}{sign}{rest:03} €");
        let Err(Unreadable::Ambiguous { dot, comma, .. }) = alone(&text) else {
            return Err(TestCaseError::fail(text));
        };
        for (style, amount) in [(NumberStyle::Dot, dot), (NumberStyle::Comma, comma)] {
            let under = read(&text, Reading { style: Some(style), ..Reading::default() }).unwrap();
            prop_assert_eq!(under.amount, amount);
        }
    }
}
