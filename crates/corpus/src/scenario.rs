//! What is in a cart: `corpus/scenarios/<name>.toml`, the same for every shop.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::shop::{Field, Row, Shop};

/// A cart's content, before a shop shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Name of the file.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// The lines in order.
    pub lines: Vec<Ordered>,
    /// Coupons and discounts.
    #[serde(default)]
    pub discounts: Vec<Reduction>,
    /// What delivery costs; absent where the cart says nothing of it.
    #[serde(default)]
    pub shipping: Option<Decimal>,
    /// Fees on the whole cart.
    #[serde(default)]
    pub fees: Vec<Decimal>,
    /// Products that the page recommends.
    #[serde(default)]
    pub recommendations: Vec<String>,
    /// Products that were saved for later.
    #[serde(default)]
    pub saved: Vec<String>,
    /// How fine the prices are.
    #[serde(default)]
    pub prices: Fineness,
}

/// One line of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ordered {
    /// Key of the product.
    pub product: String,
    /// How many.
    pub quantity: Decimal,
    /// By how many per cent the product's price is reduced against a struck one.
    #[serde(default)]
    pub was_more: Option<Decimal>,
    /// What was chosen, as keys of the words: `colour = "red"`.
    #[serde(default)]
    pub options: Vec<Chosen>,
}

/// An option and its value, as keys of the language's words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// The option.
    pub name: String,
    /// The value; printed as it stands where the language has no word for it.
    pub value: String,
}

/// A coupon or discount on the whole cart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// The coupon's code.
    pub code: String,
    /// Per cent of the sum of the lines.
    #[serde(default)]
    pub percent: Option<Decimal>,
    /// A fixed amount.
    #[serde(default)]
    pub amount: Option<Decimal>,
}

/// How fine a scenario's prices are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fineness {
    /// To the currency's smallest unit.
    #[default]
    Cents,
    /// Without cents.
    Whole,
}

impl Scenario {
    /// Whether a shop's cart page can show it whole.
    #[must_use]
    pub fn fits(&self, shop: &Shop, has_basis: bool) -> bool {
        let row = |needed: bool, row| !needed || shop.prints(row);
        row(!self.discounts.is_empty(), Row::Discount)
            && row(self.shipping.is_some(), Row::Shipping)
            && row(!self.fees.is_empty(), Row::Fee)
            && (!has_basis || shop.shows(Field::BaseQuantity))
            && (!self.has_twins() || shop.shows(Field::Options))
    }

    /// Whether a product is in several lines, which only its options tell apart.
    fn has_twins(&self) -> bool {
        let keys = self.lines.iter().map(|line| &line.product);
        let mut others = keys.clone().enumerate();
        others.any(|(place, key)| keys.clone().take(place).any(|other| other == key))
    }
}
