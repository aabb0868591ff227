//! Exact amounts, currencies and prices.
//!
//! Every amount is a [`Decimal`] that keeps the digits the page showed: `602.00` stays `602.00`. Binary floating
//! point never appears between the page's text and Business Central's JSON.

mod digits;
mod marks;
mod printed;
mod tokens;

use std::fmt;
use std::str::FromStr;

pub use digits::NumberStyle;
pub use marks::CurrencyMark;
pub use printed::{Basis, Fraction, Printed, Reading, Unreadable, read, read_quantity};

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

/// Decimals that a price for one unit may have and still be multiplied without rounding.
const MOST_DECIMALS: u32 = 16;

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
    /// decimal of 16 places.
    #[must_use]
    pub fn per_unit(&self) -> Option<Decimal> {
        let quotient = self.amount.checked_div(self.basis)?.normalize();
        let product = quotient.checked_mul(self.basis)?;
        // A product with more digits than a decimal holds is rounded, and would hide that the quotient was too.
        let is_whole = quotient.scale().checked_add(self.basis.scale())? <= MOST_DECIMALS;
        (is_whole && product == self.amount).then_some(quotient)
    }

    /// The exact amount for `quantity` units, before any rounding by the shop, or `None` on overflow.
    #[must_use]
    pub fn times(&self, quantity: Decimal) -> Option<Decimal> {
        self.amount.checked_mul(quantity)?.checked_div(self.basis)
    }
}
