//! Every locale that suppliers use, as CLDR prints its currency: what is printed is read back, digit for digit.

use proptest::prelude::*;
use punchout::money::{Decimal, NumberStyle, Precision, Reading, Unreadable, read};

use super::{alone, mark};

/// How a locale groups digits.
#[derive(Clone, Copy, Debug)]
enum Grouping {
    Thousands(&'static str),
    /// Only from five digits on.
    TenThousands(&'static str),
    /// Thousands, then hundreds of them.
    Lakhs,
}

/// How a locale prints an amount of money.
#[derive(Clone, Copy, Debug)]
struct Locale {
    name: &'static str,
    grouping: Grouping,
    decimal: char,
    decimals: u32,
    before: &'static str,
    after: &'static str,
    mark: &'static str,
}

const fn locale(
    name: &'static str,
    grouping: Grouping,
    (decimal, decimals): (char, u32),
    (before, after, mark): (&'static str, &'static str, &'static str),
) -> Locale {
    Locale {
        name,
        grouping,
        decimal,
        decimals,
        before,
        after,
        mark,
    }
}

use Grouping::{Lakhs, TenThousands, Thousands};

const NARROW: &str = "\u{202f}";
const FIXED: &str = "\u{a0}";

const LOCALES: [Locale; 46] = [
    locale("de-CH", Thousands("’"), ('.', 2), ("CHF ", "", "CHF")),
    locale(
        "de-CH, typewriter",
        Thousands("'"),
        ('.', 2),
        ("Fr. ", "", "Fr."),
    ),
    locale(
        "de-CH, no cents",
        Thousands("'"),
        ('.', 0),
        ("CHF ", ".–", "CHF"),
    ),
    locale("de-LI", Thousands("’"), ('.', 2), ("SFr. ", "", "Fr.")),
    locale(
        "fr-CH",
        Thousands(NARROW),
        ('.', 2),
        ("", "\u{a0}CHF", "CHF"),
    ),
    locale(
        "fr-CH, comma",
        Thousands(NARROW),
        (',', 2),
        ("", "\u{a0}CHF", "CHF"),
    ),
    locale("it-CH", Thousands("’"), ('.', 2), ("CHF\u{a0}", "", "CHF")),
    locale("de-DE", Thousands("."), (',', 2), ("", "\u{a0}€", "EUR")),
    locale(
        "de-DE, no cents",
        Thousands("."),
        (',', 0),
        ("", ",- €", "EUR"),
    ),
    locale("de-AT", Thousands("."), (',', 2), ("€\u{a0}", "", "EUR")),
    locale(
        "de-AT, space",
        Thousands(FIXED),
        (',', 2),
        ("€\u{a0}", "", "EUR"),
    ),
    locale("fr-FR", Thousands(NARROW), (',', 2), ("", "\u{a0}€", "EUR")),
    locale("fr-BE", Thousands(NARROW), (',', 2), ("", "\u{a0}€", "EUR")),
    locale("it-IT", Thousands("."), (',', 2), ("", "\u{a0}€", "EUR")),
    locale("es-ES", TenThousands("."), (',', 2), ("", "\u{a0}€", "EUR")),
    locale("nl-NL", Thousands("."), (',', 2), ("€\u{a0}", "", "EUR")),
    locale("nl-BE", Thousands("."), (',', 2), ("€\u{a0}", "", "EUR")),
    locale(
        "pt-PT",
        TenThousands(FIXED),
        (',', 2),
        ("", "\u{a0}€", "EUR"),
    ),
    locale("pt-BR", Thousands("."), (',', 2), ("R$\u{a0}", "", "BRL")),
    locale("fi-FI", Thousands(FIXED), (',', 2), ("", "\u{a0}€", "EUR")),
    locale("el-GR", Thousands("."), (',', 2), ("", "\u{a0}€", "EUR")),
    locale("en-IE", Thousands(","), ('.', 2), ("€", "", "EUR")),
    locale("sv-SE", Thousands(FIXED), (',', 2), ("", "\u{a0}kr", "kr")),
    locale("nb-NO", Thousands(FIXED), (',', 2), ("", "\u{a0}kr", "kr")),
    locale(
        "nb-NO, before",
        Thousands(FIXED),
        (',', 2),
        ("kr\u{a0}", "", "kr"),
    ),
    locale("da-DK", Thousands("."), (',', 2), ("", "\u{a0}kr.", "kr")),
    locale(
        "pl-PL",
        TenThousands(FIXED),
        (',', 2),
        ("", "\u{a0}zł", "PLN"),
    ),
    locale("cs-CZ", Thousands(FIXED), (',', 2), ("", "\u{a0}Kč", "CZK")),
    locale(
        "hu-HU",
        TenThousands(FIXED),
        (',', 2),
        ("", "\u{a0}Ft", "HUF"),
    ),
    locale("ro-RO", Thousands("."), (',', 2), ("", "\u{a0}RON", "RON")),
    locale("ro-RO, lei", Thousands("."), (',', 2), ("", " lei", "lei")),
    locale("tr-TR", Thousands("."), (',', 2), ("₺", "", "TRY")),
    locale("ru-RU", Thousands(FIXED), (',', 2), ("", "\u{a0}₽", "RUB")),
    locale("uk-UA", Thousands(FIXED), (',', 2), ("", "\u{a0}₴", "UAH")),
    locale("en-GB", Thousands(","), ('.', 2), ("£", "", "GBP")),
    locale("en-US", Thousands(","), ('.', 2), ("$", "", "$")),
    locale("en-CA", Thousands(","), ('.', 2), ("$", "", "$")),
    locale(
        "en-CA, abroad",
        Thousands(","),
        ('.', 2),
        ("CA$", "", "CAD"),
    ),
    locale("fr-CA", Thousands(FIXED), (',', 2), ("", "\u{a0}$", "$")),
    locale("en-AU", Thousands(","), ('.', 2), ("$", "", "$")),
    locale("es-MX", Thousands(","), ('.', 2), ("$", "", "$")),
    locale("en-IN", Lakhs, ('.', 2), ("₹", "", "INR")),
    locale("ja-JP", Thousands(","), ('.', 0), ("￥", "", "¥")),
    locale("ja-JP, after", Thousands(","), ('.', 0), ("", "円", "JPY")),
    locale("zh-CN", Thousands(","), ('.', 2), ("¥", "", "¥")),
    locale("ko-KR", Thousands(","), ('.', 0), ("₩", "", "KRW")),
];

impl Locale {
    fn print(&self, amount: Decimal) -> String {
        let minus = if amount.is_sign_negative() { "-" } else { "" };
        let text = amount.abs().to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let sign = if decimals.is_empty() {
            String::new()
        } else {
            self.decimal.to_string()
        };
        let whole = self.grouping.apply(whole);
        format!(
            "{minus}{}{whole}{sign}{decimals}{}",
            self.before, self.after
        )
    }

    const fn style(&self) -> NumberStyle {
        if self.decimal == '.' {
            NumberStyle::Dot
        } else {
            NumberStyle::Comma
        }
    }
}

impl Grouping {
    fn apply(self, whole: &str) -> String {
        let (sign, from, first) = match self {
            Thousands(sign) => (sign, 4, 3),
            TenThousands(sign) => (sign, 5, 3),
            Lakhs => (",", 4, 2),
        };
        if whole.len() < from {
            return whole.to_owned();
        }
        let (mut head, last) = whole.split_at(whole.len() - 3);
        let mut groups = vec![last];
        while head.len() > first {
            let (rest, group) = head.split_at(head.len() - first);
            groups.push(group);
            head = rest;
        }
        groups.push(head);
        groups.reverse();
        groups.join(sign)
    }
}

fn any_locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(LOCALES.to_vec())
}

proptest! {
    #![proptest_config(super::cases(4_000))]

    #[test]
    fn what_a_locale_prints_is_read_back_or_named_among_two_readings(
        locale in any_locale(),
        minor in prop_oneof![-1_000_i64..1_000, -10_000_000_i64..10_000_000, -100_000_000_000_000_i64..100_000_000_000_000],
    ) {
        let amount = Decimal::new(minor, locale.decimals);
        let text = locale.print(amount);
        match alone(&text) {
            Ok(read) => {
                prop_assert_eq!(read.amount.to_string(), amount.to_string(), "{}: {}", locale.name, &text);
                prop_assert_eq!(mark(&read), locale.mark, "{}: {}", locale.name, &text);
                prop_assert_eq!(locale.print(read.amount), text);
                prop_assert!(read.style.is_none_or(|style| style == locale.style() || locale.decimals == 0));
            }
            Err(Unreadable::Ambiguous { dot, comma, .. }) => {
                prop_assert!([dot, comma].contains(&amount.abs()), "{}: {}", locale.name, text);
                prop_assert_eq!(locale.decimals, 0, "{}: {}", locale.name, text);
            }
            Err(error) => prop_assert!(false, "{}: {error:?}", locale.name),
        }
    }

    #[test]
    fn under_the_style_of_the_page_every_amount_is_read_exactly(
        locale in any_locale(),
        minor in -100_000_000_i64..100_000_000,
    ) {
        let amount = Decimal::new(minor, locale.decimals);
        let reading = Reading { style: Some(locale.style()), ..Reading::default() };
        let printed = read(&locale.print(amount), reading).unwrap();
        prop_assert_eq!(printed.amount.to_string(), amount.to_string());
    }

    #[test]
    fn unit_prices_with_more_decimals_are_read_exactly_or_named_among_two_readings(
        locale in any_locale(),
        parts in 0_i64..100_000_000,
        decimals in 3_u32..6,
    ) {
        prop_assume!(!locale.after.contains(['-', '–']));
        let amount = Decimal::new(parts, decimals);
        match alone(&Locale { decimals, ..locale }.print(amount)) {
            Ok(read) => prop_assert_eq!(read.amount.to_string(), amount.to_string()),
            Err(Unreadable::Ambiguous { dot, comma, .. }) => prop_assert!([dot, comma].contains(&amount)),
            Err(Unreadable::Malformed(text)) => prop_assert!(false, "{}", text),
            Err(error) => prop_assert!(false, "{:?}", error),
        }
    }

    #[test]
    fn an_amount_to_pay_without_decimals_is_read_exactly(locale in any_locale(), whole in 0_i64..1_000_000) {
        let amount = Decimal::from(whole);
        let reading = Reading { precision: Precision::Payable, ..Reading::default() };
        let printed = read(&locale.print(amount), reading).unwrap();
        prop_assert_eq!(printed.amount.to_string(), amount.to_string());
    }
}
