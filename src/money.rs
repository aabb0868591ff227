//! Exact amounts, currencies and prices.
//!
//! Every amount is a [`Decimal`] that keeps the digits the page showed: `602.00` stays `602.00`. Binary floating
//! point never appears between the page's text and Business Central's JSON.

pub mod arithmetic;
mod basis;
mod digits;
mod marks;
mod printed;
mod tokens;
mod unit;

use std::fmt;
use std::str::FromStr;

use arithmetic::{divide, multiply};

pub use basis::Basis;
pub use digits::NumberStyle;
pub use marks::CurrencyMark;
pub use printed::{Fraction, Precision, Printed, Reading, Unreadable, read, read_quantity};

pub use unit::{NotAUnitCode, UnitCode};

pub use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An ISO 4217 alphabetic currency code, for example `CHF`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that is not three ASCII letters, so it cannot be an ISO 4217 code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency code: expected three letters as in ISO 4217, for example CHF")]
pub struct NotACurrencyCode(pub String);

impl FromStr for Currency {
    type Err = NotACurrencyCode;

    fn from_str(text: &str) -> Result<Self, NotACurrencyCode> {
        let letters: [u8; 3] = text
            .as_bytes()
            .try_into()
            .map_err(|_| NotACurrencyCode(text.to_owned()))?;
        if letters.iter().all(u8::is_ascii_alphabetic) {
            Ok(Self(letters.map(|letter| letter.to_ascii_uppercase())))
        } else {
            Err(NotACurrencyCode(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrencyCode;

    fn try_from(text: String) -> Result<Self, NotACurrencyCode> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|letter| write!(out, "{}", char::from(*letter)))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Whether an amount contains value added tax.
///
/// `Unknown` is a value of its own: a page that does not say is never taken to mean either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxBasis {
    /// Without tax.
    Net,
    /// With tax.
    Gross,
    /// The page does not say.
    #[default]
    Unknown,
}

/// A unit price as a page states it: an amount for a number of units.
///
/// OCI's `PRICE` and `PRICEUNIT`, cXML's `UnitPrice` and `PriceBasisQuantity`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The amount as shown, for `basis` units.
    pub amount: Decimal,
    /// How many units the amount is for; 1 unless the page says "per 100" or the like. Never zero.
    pub basis: Decimal,
    /// Whether the amount contains tax.
    pub tax: TaxBasis,
}

impl Price {
    /// A price for one unit.
    #[must_use]
    pub fn each(amount: Decimal, tax: TaxBasis) -> Self {
        Self {
            amount,
            basis: Decimal::ONE,
            tax,
        }
    }

    /// The exact amount for one unit, or `None` where the basis is zero or the quotient has no exact
    /// decimal of 28 digits.
    #[must_use]
    pub fn per_unit(&self) -> Option<Decimal> {
        let quotient = divide(self.amount, self.basis)?;
        is_product(self.amount, quotient.normalize(), self.basis).then_some(quotient)
    }

    /// The exact amount for `quantity` units, before any rounding by the shop, or `None` on overflow.
    #[must_use]
    pub fn times(&self, quantity: Decimal) -> Option<Decimal> {
        divide(multiply(self.amount, quantity)?, self.basis)
    }
}

/// Whether `one` × `two` is `product` in all digits: `Decimal` itself would round the product to 28 digits.
fn is_product(product: Decimal, one: Decimal, two: Decimal) -> bool {
    let product = product.normalize();
    let scale = one.scale().saturating_add(two.scale());
    let Some(shift) = scale.checked_sub(product.scale()) else {
        return false;
    };
    let wanted = 10_i128
        .checked_pow(shift)
        .and_then(|power| product.mantissa().checked_mul(power));
    let found = one.mantissa().checked_mul(two.mantissa());
    wanted.is_some() && wanted == found
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A currency as its ISO 4217 code.",
            "type": "string",
            "pattern": "^[A-Za-z]{3}$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn per_unit(amount: &str, basis: &str) -> Option<String> {
        let price = Price {
            amount: amount.parse().unwrap(),
            basis: basis.parse().unwrap(),
            tax: TaxBasis::Unknown,
        };
        price
            .per_unit()
            .map(|amount| amount.normalize().to_string())
    }

    #[test]
    fn a_price_for_several_units_is_divided_exactly_or_not_at_all() {
        assert_eq!(per_unit("12.90", "100").as_deref(), Some("0.129"));
        assert_eq!(per_unit("10.00", "4").as_deref(), Some("2.5"));
        assert_eq!(per_unit("10.00", "0.5").as_deref(), Some("20"));
        assert_eq!(per_unit("10.00", "3"), None);
        assert_eq!(per_unit("1000000000000000", "7"), None);
        assert_eq!(per_unit("10.00", "0"), None);
    }
}
