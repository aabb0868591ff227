//! Currency signs, and which of them prove a currency.

use super::Currency;

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

    /// Whether ISO 4217 gives the currency no minor unit, so that a separator can only group its thousands.
    pub(super) fn has_no_decimals(self) -> bool {
        const WHOLE: [&str; 8] = ["CLP", "ISK", "JPY", "KRW", "PYG", "VND", "XAF", "XOF"];
        matches!(self, Self::Code(code) if WHOLE.contains(&code.to_string().as_str()))
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
    ("R", "BRL"),
];

/// ISO 4217 codes that shops print; others are words, not marks.
const CODES: &[&str] = &[
    "AED", "ALL", "AMD", "ARS", "AUD", "AZN", "BAM", "BDT", "BGN", "BHD", "BRL", "BYN", "CAD",
    "CHF", "CLP", "CNY", "COP", "CRC", "CZK", "DKK", "DOP", "DZD", "EGP", "EUR", "GBP", "GEL",
    "GHS", "GTQ", "HKD", "HNL", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JOD", "JPY",
    "KES", "KRW", "KWD", "KZT", "LBP", "LKR", "MAD", "MDL", "MKD", "MUR", "MXN", "MYR", "NGN",
    "NOK", "NPR", "NZD", "OMR", "PEN", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD", "UYU", "UZS", "VND", "XAF",
    "XOF", "XPF", "ZAR",
];

/// Codes that shops also print in small letters and that are no word.
const SMALL_CODES: &[&str] = &[
    "chf", "czk", "dkk", "eur", "gbp", "huf", "nok", "pln", "sek", "usd",
];

/// The mark that a word or sign is, if it is one.
pub(super) fn mark_of(text: &str) -> Option<CurrencyMark> {
    let text = SPELLINGS
        .iter()
        .find(|(spelling, _)| *spelling == text)
        .map_or(text, |(_, sign)| sign);
    if CODES.contains(&text) || SMALL_CODES.contains(&text) {
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
    }

    #[test]
    fn marks_that_contradict_each_other_have_no_common_mark() {
        let (euro, dollar) = (mark_of("€").unwrap(), mark_of("$").unwrap());
        assert_eq!(euro.and(dollar), None);
        assert_eq!(dollar.and(mark_of("USD").unwrap()), mark_of("USD"));
        assert_eq!(euro.and(CurrencyMark::None), Some(euro));
    }
}
