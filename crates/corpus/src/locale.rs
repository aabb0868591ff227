//! How amounts are printed, by locale tag and currency.

use rust_decimal::Decimal;

/// U+00A0, between an amount and its currency.
const NO_BREAK_SPACE: &str = "\u{a0}";
/// U+202F, the thousands sign of French.
const NARROW_SPACE: &str = "\u{202f}";

/// A locale and a currency: everything that decides how an amount looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    /// The tag: `de-CH`.
    pub tag: String,
    /// Its language: `de`.
    pub language: String,
    /// Its region: `CH`; empty where the tag has none.
    pub region: String,
    /// ISO 4217 code.
    pub currency: String,
}

/// Where the currency stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before(&'static str),
    After(&'static str),
}

impl Locale {
    /// The locale of a tag, with a currency.
    #[must_use]
    pub fn new(tag: &str, currency: &str) -> Self {
        let (language, region) = tag.split_once('-').unwrap_or((tag, ""));
        Self {
            tag: tag.to_owned(),
            language: language.to_owned(),
            region: region.to_owned(),
            currency: currency.to_owned(),
        }
    }

    /// How many decimals an amount of the currency has.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        match self.currency.as_str() {
            "HUF" | "JPY" | "ISK" => 0,
            _ => 2,
        }
    }

    /// An amount with its currency: `CHF 1'234.50`, `1.234,50 €`.
    #[must_use]
    pub fn money(&self, amount: Decimal) -> String {
        self.with_currency(amount, &self.amount(amount.abs()))
    }

    /// The same, but an amount without cents is printed as shops do that leave them out: `CHF 12.–`, `12 €`.
    #[must_use]
    pub fn money_short(&self, amount: Decimal) -> String {
        if !amount.fract().is_zero() {
            return self.money(amount);
        }
        let whole = self.grouped(&amount.abs().trunc().normalize().to_string());
        let dash = match (self.language.as_str(), self.region.as_str()) {
            (_, "CH" | "LI") => ".–",
            ("nl" | "nb" | "da", _) => ",-",
            _ => "",
        };
        self.with_currency(amount, &format!("{whole}{dash}"))
    }

    /// An amount alone: `1'234.50`, `1.234,50`.
    #[must_use]
    pub fn amount(&self, amount: Decimal) -> String {
        let mut amount = amount;
        if amount.scale() < self.decimals() {
            amount.rescale(self.decimals());
        }
        let text = amount.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let point = if fraction.is_empty() {
            ""
        } else {
            self.point()
        };
        let sign = if amount.is_sign_negative() && !amount.is_zero() {
            self.minus()
        } else {
            ""
        };
        format!("{sign}{}{point}{fraction}", self.grouped(whole))
    }

    /// A quantity: `2,5`, `1500`.
    #[must_use]
    pub fn quantity(&self, quantity: Decimal) -> String {
        quantity.normalize().to_string().replace('.', self.point())
    }

    /// A tax rate: `8.1%`, `7,7 %`.
    #[must_use]
    pub fn rate(&self, rate: Decimal) -> String {
        let space = if matches!(
            self.language.as_str(),
            "en" | "it" | "nl" | "ja" | "pt" | "pl"
        ) {
            ""
        } else {
            NO_BREAK_SPACE
        };
        format!("{}{space}%", self.quantity(rate))
    }

    fn with_currency(&self, amount: Decimal, printed: &str) -> String {
        let sign = if amount.is_sign_negative() && !amount.is_zero() {
            self.minus()
        } else {
            ""
        };
        let symbol = self.symbol();
        match self.side() {
            Side::Before(space) => format!("{sign}{symbol}{space}{printed}"),
            Side::After(space) => format!("{sign}{printed}{space}{symbol}"),
        }
    }

    fn minus(&self) -> &'static str {
        match self.language.as_str() {
            "sv" | "nb" | "fi" => "\u{2212}",
            _ => "-",
        }
    }

    fn point(&self) -> &'static str {
        match (self.language.as_str(), self.region.as_str()) {
            (_, "CH" | "LI") | ("en" | "ja", _) => ".",
            _ => ",",
        }
    }

    fn thousands(&self) -> &'static str {
        match (self.language.as_str(), self.region.as_str()) {
            (_, "CH" | "LI") => "'",
            ("en" | "ja", _) => ",",
            ("fr", _) => NARROW_SPACE,
            ("sv" | "nb" | "fi" | "pl" | "cs" | "hu", _) => NO_BREAK_SPACE,
            _ => ".",
        }
    }

    /// Digits in groups of three; in India of two beyond the first group; in Spain not below 10000.
    fn grouped(&self, digits: &str) -> String {
        if digits.len() < 4 || (self.language == "es" && digits.len() < 5) {
            return digits.to_owned();
        }
        let beyond = if self.region == "IN" { 2 } else { 3 };
        let mut groups = Vec::new();
        let mut rest = digits;
        let mut size = 3;
        while rest.len() > size {
            let Some((head, group)) = rest.split_at_checked(rest.len() - size) else {
                break;
            };
            groups.push(group);
            rest = head;
            size = beyond;
        }
        groups.push(rest);
        groups.reverse();
        groups.join(self.thousands())
    }

    fn side(&self) -> Side {
        let is_code = self.symbol().chars().all(char::is_alphabetic);
        match (self.language.as_str(), self.region.as_str()) {
            (_, "CH" | "LI" | "AT") | ("nl" | "nb", _) | ("pt", "BR") => {
                Side::Before(NO_BREAK_SPACE)
            }
            ("en" | "ja", _) if is_code => Side::Before(NO_BREAK_SPACE),
            ("en" | "ja", _) => Side::Before(""),
            _ => Side::After(NO_BREAK_SPACE),
        }
    }

    fn symbol(&self) -> &str {
        match self.currency.as_str() {
            "EUR" => "€",
            "GBP" => "£",
            "USD" | "CAD" | "AUD" => "$",
            "JPY" => "¥",
            "INR" => "₹",
            "PLN" => "zł",
            "CZK" => "Kč",
            "SEK" | "NOK" => "kr",
            "DKK" => "kr.",
            "HUF" => "Ft",
            "BRL" => "R$",
            code => code,
        }
    }

    /// What one euro of a product's price is in the currency.
    #[must_use]
    pub fn per_euro(&self) -> Decimal {
        let (mantissa, scale) = match self.currency.as_str() {
            "SEK" | "NOK" => (11, 0),
            "DKK" => (75, 1),
            "PLN" => (43, 1),
            "CZK" => (25, 0),
            "HUF" => (390, 0),
            "JPY" => (160, 0),
            "INR" => (90, 0),
            "BRL" => (55, 1),
            "AUD" | "CAD" => (15, 1),
            _ => (1, 0),
        };
        Decimal::new(mantissa, scale)
    }

    /// The region's standard and reduced tax rates in per cent.
    #[must_use]
    pub fn tax_rates(&self) -> (Decimal, Decimal) {
        let (standard, reduced) = match self.region.as_str() {
            "CH" | "LI" => (81, 26),
            "AT" | "GB" => (200, 100),
            "FR" => (200, 55),
            "IT" => (220, 100),
            "ES" => (210, 100),
            "NL" => (210, 90),
            "BE" | "CZ" => (210, 120),
            "PT" => (230, 130),
            "PL" => (230, 80),
            "SE" | "DK" => (250, 120),
            "NO" => (250, 150),
            "FI" => (255, 140),
            "HU" => (270, 50),
            "IE" => (230, 135),
            "US" => (80, 40),
            "CA" => (130, 50),
            "AU" | "JP" => (100, 80),
            "IN" => (180, 120),
            _ => (190, 70),
        };
        (Decimal::new(standard, 1), Decimal::new(reduced, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    fn money(tag: &str, currency: &str, amount: &str) -> String {
        let printed = Locale::new(tag, currency).money(amount.parse().unwrap());
        printed.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn amounts_look_as_each_region_prints_them() {
        assert_eq!(money("de-CH", "CHF", "1234.5"), "CHF 1'234.50");
        assert_eq!(money("de-DE", "EUR", "1234.50"), "1.234,50 €");
        assert_eq!(money("fr-FR", "EUR", "1234.50"), "1 234,50 €");
        assert_eq!(money("nl-NL", "EUR", "1234.50"), "€ 1.234,50");
        assert_eq!(money("es-ES", "EUR", "1234.50"), "1234,50 €");
        assert_eq!(money("pl-PL", "PLN", "12345.00"), "12 345,00 zł");
        assert_eq!(money("en-US", "USD", "1249.50"), "$1,249.50");
        assert_eq!(money("en-IN", "INR", "1234567"), "₹12,34,567.00");
        assert_eq!(money("ja-JP", "JPY", "1200"), "¥1,200");
        assert_eq!(money("sv-SE", "SEK", "-10"), "−10,00 kr");
        assert_eq!(money("en-GB", "GBP", "0.0345"), "£0.0345");
    }

    #[test]
    fn whole_amounts_may_lose_their_cents() {
        let short = |tag, currency, amount: &str| {
            let printed = Locale::new(tag, currency).money_short(amount.parse().unwrap());
            printed.replace('\u{a0}', " ")
        };
        assert_eq!(short("de-CH", "CHF", "1200.00"), "CHF 1'200.–");
        assert_eq!(short("nl-NL", "EUR", "12.00"), "€ 12,-");
        assert_eq!(short("en-US", "USD", "87.00"), "$87");
        assert_eq!(short("en-US", "USD", "87.50"), "$87.50");
    }
}
