//! One row for every form: the text, its amount, its mark.

use punchout::money::{Fraction, NumberStyle, Precision, Reading, Unreadable, read};

use super::{alone, mark};

#[track_caller]
fn are_read(rows: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, amount, sign)| match alone(text) {
            Ok(read) if read.amount.to_string() == *amount && mark(&read) == *sign => None,
            other => Some(format!("{text}: {other:?}")),
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn swiss_and_liechtenstein_shops() {
    are_read(&[
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("1’234.50", "1234.50", ""),
        ("CHF 4'327.80", "4327.80", "CHF"),
        ("CHF\u{a0}109.95", "109.95", "CHF"),
        ("1.95 CHF", "1.95", "CHF"),
        ("1.098,62 CHF", "1098.62", "CHF"),
        ("1\u{202f}098,62 CHF", "1098.62", "CHF"),
        ("12.–", "12", ""),
        ("12.-", "12", ""),
        ("12.—", "12", ""),
        ("12.--", "12", ""),
        ("CHF 12.–", "12", "CHF"),
        ("CHF 1'200.–*", "1200", "CHF"),
        ("12.– CHF", "12", "CHF"),
        ("1.250.- CHF", "1250", "CHF"),
        ("1,250.- CHF", "1250", "CHF"),
        ("CHF 12 . –", "12", "CHF"),
        ("Fr. 12.50", "12.50", "Fr."),
        ("Fr.12.50", "12.50", "Fr."),
        ("SFr. 12.50", "12.50", "Fr."),
        ("sFr. 1'012.–", "1012", "Fr."),
        ("12.50 Fr.", "12.50", "Fr."),
        ("fr. 12.50", "12.50", "Fr."),
        ("Chf 3.05", "3.05", "CHF"),
    ]);
}

#[test]
fn euro_shops() {
    are_read(&[
        ("1.234,56 €", "1234.56", "EUR"),
        ("€ 18,99", "18.99", "EUR"),
        ("€18.99", "18.99", "EUR"),
        ("943.09€", "943.09", "EUR"),
        ("1 234,56 €", "1234.56", "EUR"),
        ("1\u{a0}234,56\u{a0}€", "1234.56", "EUR"),
        ("EUR 12,50", "12.50", "EUR"),
        ("12,50 Euro", "12.50", "EUR"),
        ("12,- €", "12", "EUR"),
        ("€ 12,-", "12", "EUR"),
        ("€ 12,–", "12", "EUR"),
        ("1.250,- EUR", "1250", "EUR"),
        ("12,50 €*", "12.50", "EUR"),
        ("12,50 €¹", "12.50", "EUR"),
        ("12,50 €²", "12.50", "EUR"),
        ("12,50 € inkl. 19 % MwSt.", "12.50", "EUR"),
        ("12,50 € TTC", "12.50", "EUR"),
        ("12,50 € HT", "12.50", "EUR"),
        ("12,50 € (IVA inclusa)", "12.50", "EUR"),
        ("€ 12 . 50", "12.50", "EUR"),
        ("12 ,50 €", "12.50", "EUR"),
    ]);
}

#[test]
fn shops_of_other_countries() {
    are_read(&[
        ("$1,249.50", "1249.50", "$"),
        ("$87", "87", "$"),
        ("US $12.34", "12.34", "USD"),
        ("CDN$ 12.34", "12.34", "CAD"),
        ("A$1,249.50", "1249.50", "AUD"),
        ("$12.34 AUD", "12.34", "AUD"),
        ("$ 249 . 99", "249.99", "$"),
        ("£981.83 (ex. VAT)", "981.83", "GBP"),
        ("₹1,23,456.00", "123456.00", "INR"),
        ("Rs. 1,23,456.00", "123456.00", "Rs"),
        ("Rs. 500/-", "500", "Rs"),
        ("12 kr", "12", "kr"),
        ("12,-", "12", ""),
        ("kr 12,-", "12", "kr"),
        ("1 299:-", "1299", ""),
        ("1.299:-", "1299", ""),
        ("1 299 kr", "1299", "kr"),
        ("1.299,00 kr.", "1299.00", "kr"),
        ("1 299,00 zł", "1299.00", "PLN"),
        ("12,50 zł.", "12.50", "PLN"),
        ("1 299 Kč", "1299", "CZK"),
        ("12 990 Ft", "12990", "HUF"),
        ("1.299,00 lei", "1299.00", "lei"),
        ("420 грн", "420", "UAH"),
        ("1 299,00 ₽", "1299.00", "RUB"),
        ("1 299 р.", "1299", "р."),
        ("1.299,00 TL", "1299.00", "TRY"),
        ("₺1.299,00", "1299.00", "TRY"),
        ("R$ 1.299,00", "1299.00", "BRL"),
        ("￥１，２００円", "1200", "JPY"),
        ("1,200円（税込）", "1200", "JPY"),
        ("¥1,200.00", "1200.00", "¥"),
        ("1200.00元", "1200.00", "元"),
        ("₩12,800", "12800", "KRW"),
        ("Total: 116.9", "116.9", ""),
        ("Total to pay $12.00", "12.00", "$"),
        ("Do zapłaty: 12,50 zł", "12.50", "PLN"),
        ("Total des articles : 12,50 €", "12.50", "EUR"),
    ]);
}

#[test]
fn amounts_below_zero() {
    are_read(&[
        ("-CHF 5.00", "-5.00", "CHF"),
        ("CHF -5.00", "-5.00", "CHF"),
        ("CHF - 5.00", "-5.00", "CHF"),
        ("− 5,00 €", "-5.00", "EUR"),
        ("–5,00 €", "-5.00", "EUR"),
        ("-$5.00", "-5.00", "$"),
        ("($5.00)", "-5.00", "$"),
        ("-12.–", "-12", ""),
        ("Rabatt: - 5,00 €", "-5.00", "EUR"),
        ("Rabatt: -5,00 €", "-5.00", "EUR"),
    ]);
}

#[test]
fn prices_for_several_units() {
    for (text, amount, quantity, unit) in [
        ("12.90 / 100 Stk.", "12.90", "100", Some("Stk")),
        ("CHF 12.90/100 Stk.", "12.90", "100", Some("Stk")),
        ("CHF 12.90 pro 100", "12.90", "100", None),
        ("$12.90 per 1000", "12.90", "1000", None),
        ("12,90 € / 1000 pcs", "12.90", "1000", Some("pcs")),
        ("12,90 € je 10 St.", "12.90", "10", Some("St")),
        ("Preis pro 100 m: CHF 12.90", "12.90", "100", Some("m")),
        (
            "Prix par 100 pièces : 12,90 €",
            "12.90",
            "100",
            Some("pièces"),
        ),
        ("per 100: $12.90", "12.90", "100", None),
        ("$14.57/EA", "14.57", "1", Some("EA")),
        ("12,50 €/Stk.", "12.50", "1", Some("Stk")),
        ("12 kr/st", "12", "1", Some("st")),
        ("12.–/Stk.", "12", "1", Some("Stk")),
        ("12.90 € pro 100 inkl. MwSt.", "12.90", "100", None),
        ("12,90 zł za 100 szt.", "12.90", "100", Some("szt")),
    ] {
        let read = alone(text).unwrap_or_else(|error| panic!("{error:?}"));
        let basis = read.basis.expect(text);
        assert_eq!(
            (
                read.amount.to_string().as_str(),
                basis.quantity.to_string().as_str(),
                basis.unit.as_deref()
            ),
            (amount, quantity, unit),
            "{text}"
        );
    }
}

#[test]
fn raised_cents_are_read_where_the_page_prints_them_so() {
    let split = Reading {
        fraction: Fraction::Split,
        ..Reading::default()
    };
    for text in ["14\u{2003}98", "14⁹⁸", "14 98 €", "€14,\u{2003}98"] {
        let read = read(text, split).unwrap();
        assert_eq!(
            (read.amount.to_string().as_str(), read.style),
            ("14.98", None),
            "{text}"
        );
    }
}

#[test]
fn what_is_paid_has_no_three_decimals() {
    let payable = Reading {
        precision: Precision::Payable,
        ..Reading::default()
    };
    for (text, amount, style) in [
        ("1.299 kr", "1299", NumberStyle::Comma),
        ("$1,299", "1299", NumberStyle::Dot),
        ("1.299 €", "1299", NumberStyle::Comma),
    ] {
        let read = read(text, payable).unwrap();
        assert_eq!(
            (read.amount.to_string().as_str(), read.style),
            (amount, Some(style)),
            "{text}"
        );
    }
    for text in ["1.299", "KWD 1.299"] {
        assert!(
            matches!(read(text, payable), Err(Unreadable::Ambiguous { .. })),
            "{text}"
        );
    }
}
