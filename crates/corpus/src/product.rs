//! What can be bought: `corpus/products.toml`. All products, makers and numbers are invented.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::language::Language;

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// What scenarios call it.
    pub key: String,
    /// The shop's internal number.
    pub id: u32,
    /// The supplier's number.
    pub sku: String,
    /// Its name; `{goods}` stands for the language's word for such goods.
    pub name: String,
    /// The key of that word.
    pub goods: String,
    /// Who makes it.
    pub manufacturer: String,
    /// The maker's number.
    pub mpn: String,
    /// The price in euros, before it is brought to another currency.
    pub price: Decimal,
    /// How many units the price is for.
    #[serde(default = "one")]
    pub base_quantity: Decimal,
    /// Which of a country's rates it is taxed at.
    #[serde(default)]
    pub rate: Rate,
    /// Who sells it on a marketplace.
    #[serde(default)]
    pub seller: Option<String>,
}

fn one() -> Decimal {
    Decimal::ONE
}

/// Which of a country's tax rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    /// The usual one.
    #[default]
    Standard,
    /// The one of food and books.
    Reduced,
}

impl Product {
    /// Its name in a language.
    #[must_use]
    pub fn name_in(&self, language: &Language) -> String {
        let word = language.goods.get(&self.goods);
        self.name
            .replace("{goods}", word.map_or("", String::as_str))
            .trim()
            .to_owned()
    }

    /// A GTIN-13 from the range that GS1 keeps for numbers inside of one company, with its check digit.
    #[must_use]
    pub fn gtin(&self) -> String {
        let digits = format!("200{:09}", self.id);
        let sum: u32 = digits
            .chars()
            .zip([1, 3].into_iter().cycle())
            .filter_map(|(digit, weight)| Some(digit.to_digit(10)? * weight))
            .sum();
        format!("{digits}{}", (10 - sum % 10) % 10)
    }
}

/// A name as it stands in an address: small ASCII letters, digits and hyphens.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'ä' | 'á' | 'å' | 'ą' => slug.push('a'),
            'é' | 'è' | 'ę' | 'ě' => slug.push('e'),
            'ö' | 'ó' | 'ø' | 'ő' => slug.push('o'),
            'ü' | 'ú' | 'ů' | 'ű' => slug.push('u'),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_has_letters_digits_and_single_hyphens() {
        assert_eq!(slug("Söller & Co. „M3×8“"), "soller-co-m3-8");
    }
}
