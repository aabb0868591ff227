//! Currency signs, and which of them prove a currency.

use super::Currency;
use super::digits::NumberStyle;
use crate::letters::lower;

/// What stands beside an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CurrencyMark {
    /// An ISO 4217 code, or a sign that is used for one currency only.
    ///
    /// `£` is taken for GBP: the pounds of Egypt, Gibraltar and the Falklands are written otherwise by their shops.
    Code(Currency),
    /// A sign of several currencies, such as `$`, `kr`, `¥` or `Fr.`. It proves none of them.
    Symbol(&'static str),
    /// Nothing.
    #[default]
    None,
}

impl CurrencyMark {
    /// Whether an amount with this mark can be in `currency`.
    #[must_use]
    pub fn admits(self, currency: Currency) -> bool {
        match self {
            Self::Code(code) => code == currency,
            Self::Symbol(sign) => {
                let code = currency.to_string();
                SHARED
                    .iter()
                    .any(|(known, codes)| *known == sign && codes.contains(&code.as_str()))
            }
            Self::None => true,
        }
    }

    /// The style of a currency without coins for parts of it, in its own country: there the other separator groups.
    ///
    /// Elsewhere it may begin the decimals of a unit price, `1.250 JPY`.
    pub(super) fn style_without_decimals(self) -> Option<NumberStyle> {
        const DOT: [&str; 2] = ["JPY", "KRW"];
        const COMMA: [&str; 4] = ["CLP", "ISK", "PYG", "VND"];
        let Self::Code(code) = self else {
            return None;
        };
        let code = code.to_string();
        match code.as_str() {
            own if DOT.contains(&own) => Some(NumberStyle::Dot),
            own if COMMA.contains(&own) => Some(NumberStyle::Comma),
            _ => None,
        }
    }

    /// Whether what is paid under this mark has two decimals at most, whichever of its currencies it is.
    pub(super) fn has_two_decimals(self) -> bool {
        const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
        match self {
            Self::Code(code) => !THREE.contains(&code.to_string().as_str()),
            Self::Symbol(_) => true,
            Self::None => false,
        }
    }

    /// The mark of two that stand on one amount or one page, or `None` where they contradict each other.
    #[must_use]
    pub fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::None, mark) | (mark, Self::None) => Some(mark),
            (Self::Symbol(one), Self::Symbol(two)) => (one == two).then_some(self),
            (Self::Code(code), mark) | (mark, Self::Code(code)) => {
                mark.admits(code).then_some(Self::Code(code))
            }
        }
    }
}

/// Signs of one currency only.
const OWN: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("£", "GBP"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("₺", "TRY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("руб.", "RUB"),
    ("руб", "RUB"),
    ("₴", "UAH"),
    ("грн", "UAH"),
    ("грн.", "UAH"),
    ("лв", "BGN"),
    ("лв.", "BGN"),
    ("₩", "KRW"),
    ("฿", "THB"),
    ("₫", "VND"),
    ("₪", "ILS"),
    ("₱", "PHP"),
    ("₦", "NGN"),
    ("₲", "PYG"),
    ("₡", "CRC"),
    ("₸", "KZT"),
    ("₼", "AZN"),
    ("₾", "GEL"),
    ("円", "JPY"),
    ("RMB", "CNY"),
    ("TL", "TRY"),
    ("₵", "GHS"),
    ("SKr", "SEK"),
    ("NKr", "NOK"),
    ("DKr", "DKK"),
];

/// Signs of several currencies, with those that use them.
const SHARED: &[(&str, &[&str])] = &[
    (
        "$",
        &[
            "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU",
            "BBD", "BMD", "BND", "BSD", "BZD", "DOP", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD",
            "SBD", "SRD", "TTD", "XCD",
        ],
    ),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("¥", &["JPY", "CNY"]),
    ("元", &["CNY", "TWD", "HKD"]),
    ("Fr.", &["CHF", "XAF", "XOF", "XPF"]),
    ("lei", &["RON", "MDL"]),
    ("р.", &["RUB", "BYN", "TJS"]),
    ("CFA", &["XAF", "XOF"]),
    ("R", &["ZAR"]),
    ("Rs", &["INR", "PKR", "LKR", "NPR", "MUR"]),
];

/// Other ways to write the signs above.
const SPELLINGS: &[(&str, &str)] = &[
    ("￥", "¥"),
    ("￡", "£"),
    ("kr.", "kr"),
    ("Kr", "kr"),
    ("Kr.", "kr"),
    ("Fr", "Fr."),
    ("fr.", "Fr."),
    ("SFr", "Fr."),
    ("SFr.", "Fr."),
    ("sFr.", "Fr."),
    ("Rs.", "Rs"),
    ("Lei", "lei"),
    ("LEI", "lei"),
    ("leu", "lei"),
    ("KR", "kr"),
    ("FR.", "Fr."),
    ("SFR.", "Fr."),
    ("sfr.", "Fr."),
    ("Sfr.", "Fr."),
    ("FCFA", "CFA"),
    ("₨", "Rs"),
    ("р", "р."),
    ("Р", "р."),
    ("Euro", "€"),
    ("euro", "€"),
    ("EURO", "€"),
    ("euros", "€"),
    ("Euros", "€"),
    ("Eur", "€"),
    ("Eur.", "€"),
    ("EUR.", "€"),
    ("zł.", "zł"),
    ("ZŁ", "zł"),
    ("Zł", "zł"),
    ("kč", "Kč"),
    ("KČ", "Kč"),
    ("Kč.", "Kč"),
    ("ft", "Ft"),
    ("Ft.", "Ft"),
    ("skr", "SKr"),
    ("Skr", "SKr"),
    ("nkr", "NKr"),
    ("Nkr", "NKr"),
    ("dkr", "DKr"),
    ("Dkr", "DKr"),
    ("zl", "zł"),
];

/// Dollars with their country, as `US $12.34` and `A$5`.
const DOLLARS: &[(&str, &str)] = &[
    ("US", "USD"),
    ("CA", "CAD"),
    ("A", "AUD"),
    ("AU", "AUD"),
    ("NZ", "NZD"),
    ("HK", "HKD"),
    ("NT", "TWD"),
    ("MX", "MXN"),
    ("S", "SGD"),
    ("SG", "SGD"),
    ("R", "BRL"),
    ("C", "CAD"),
    ("Can", "CAD"),
    ("CAN", "CAD"),
    ("CDN", "CAD"),
    ("MEX", "MXN"),
    ("AR", "ARS"),
    ("COL", "COP"),
    ("CL", "CLP"),
    ("RD", "DOP"),
    ("TT", "TTD"),
];

/// ISO 4217 codes that shops print, in alphabetical order; others are words, not marks: `ALL`, `TOP`.
const CODES: &[&str] = &[
    "AED", "AFN", "AMD", "AOA", "ARS", "AUD", "AZN", "BAM", "BDT", "BGN", "BHD", "BOB", "BRL",
    "BYN", "CAD", "CHF", "CLP", "CNY", "COP", "CRC", "CZK", "DKK", "DOP", "DZD", "EGP", "EUR",
    "GBP", "GEL", "GHS", "GTQ", "HKD", "HNL", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK",
    "JMD", "JOD", "JPY", "KES", "KHR", "KRW", "KWD", "KZT", "LAK", "LBP", "LKR", "LYD", "MAD",
    "MDL", "MKD", "MMK", "MNT", "MUR", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR",
    "NZD", "OMR", "PAB", "PEN", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "SAR",
    "SEK", "SGD", "THB", "TND", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
    "VND", "XAF", "XCD", "XOF", "XPF", "ZAR", "ZMW",
];

/// Codes that shops also print in small letters, `Chf` or `chf`, and that are no word.
const SMALL_CODES: &[&str] = &[
    "chf", "czk", "dkk", "eur", "gbp", "huf", "nok", "pln", "sek", "usd",
];

/// The mark that a word or sign is, if it is one.
pub(super) fn mark_of(text: &str) -> Option<CurrencyMark> {
    // Most of what stands beside amounts is a code: the lists are looked through for the others only.
    if CODES.binary_search(&text).is_ok() {
        return text.parse().ok().map(CurrencyMark::Code);
    }
    let text = SPELLINGS
        .iter()
        .find(|(spelling, _)| *spelling == text)
        .map_or(text, |(_, sign)| sign);
    if SMALL_CODES.contains(&lower(text).as_str()) {
        return text.parse().ok().map(CurrencyMark::Code);
    }
    if let Some((_, code)) = OWN.iter().find(|(sign, _)| *sign == text) {
        return code.parse().ok().map(CurrencyMark::Code);
    }
    SHARED
        .iter()
        .find(|(sign, _)| *sign == text)
        .map(|(sign, _)| CurrencyMark::Symbol(sign))
}

/// The currency of a dollar with `country` before it.
pub(super) fn dollar_of(country: &str) -> Option<CurrencyMark> {
    let (_, code) = DOLLARS.iter().find(|(known, _)| *known == country)?;
    code.parse().ok().map(CurrencyMark::Code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dollar_admits_dollars_and_nothing_else() {
        let dollar = mark_of("$").unwrap();
        assert!(dollar.admits("USD".parse().unwrap()));
        assert!(dollar.admits("AUD".parse().unwrap()));
        assert!(!dollar.admits("EUR".parse().unwrap()));
    }

    #[test]
    fn every_table_holds_currency_codes() {
        let listed = OWN.iter().chain(DOLLARS).map(|(_, code)| *code);
        let shared = SHARED.iter().flat_map(|(_, codes)| codes.iter().copied());
        for code in listed.chain(shared).chain(CODES.iter().copied()) {
            assert!(code.parse::<Currency>().is_ok(), "{code}");
        }
        assert!(CODES.is_sorted(), "the codes are searched in order");
    }

    #[test]
    fn marks_that_contradict_each_other_have_no_common_mark() {
        let (euro, dollar) = (mark_of("€").unwrap(), mark_of("$").unwrap());
        assert_eq!(euro.and(dollar), None);
        assert_eq!(dollar.and(mark_of("USD").unwrap()), mark_of("USD"));
        assert_eq!(euro.and(CurrencyMark::None), Some(euro));
    }
}
