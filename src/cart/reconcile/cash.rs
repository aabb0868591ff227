//! Rounding to the smallest coin of a currency, where that is greater than its smallest amount.

use crate::money::{Currency, Decimal};

/// Currencies and their smallest coins, in hundredths.
const COINS: [(&str, i64); 6] = [
    ("CHF", 5),
    ("CZK", 100),
    ("DKK", 50),
    ("HUF", 500),
    ("NOK", 100),
    ("SEK", 100),
];

/// The smallest coin of a currency that totals are rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cart) struct Coin(Decimal);

impl Coin {
    pub(super) fn of(currency: Option<Currency>) -> Option<Self> {
        let code = currency?.to_string();
        let (_, hundredths) = COINS.iter().find(|(known, _)| *known == code)?;
        Some(Self(Decimal::new(*hundredths, 2)))
    }

    /// Half a coin: the most that rounding to it can change.
    pub(in crate::cart) fn bound(self) -> Decimal {
        self.0 / Decimal::TWO
    }

    /// Whether `shown` is `exact` rounded to coins.
    pub(in crate::cart) fn rounds(self, exact: Decimal, shown: Decimal) -> bool {
        let is_whole = |amount: Decimal| {
            amount
                .checked_rem(self.0)
                .is_some_and(|rest| rest.is_zero())
        };
        is_whole(shown) && !is_whole(exact) && (exact - shown).abs() <= self.bound()
    }

    /// Whether lines are rounded to the coin as well, as Swiss shops do; others round what is paid alone.
    pub(in crate::cart) fn is_of_lines(self) -> bool {
        self.0 < Decimal::new(50, 2)
    }
}
