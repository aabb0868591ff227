//! Each line against its own numbers: quantity × unit price, and the line's total.

use rust_decimal::RoundingStrategy;

use crate::money::Decimal;
use crate::money::arithmetic::{add, divide, multiply};

use super::reconcile::Coin;
use super::{CartLine, TotalRow};

/// How fine the page's amounts are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Precision {
    /// Decimals of the page's amounts.
    pub(super) decimals: u32,
    /// The coin that amounts may be rounded to.
    pub(super) coin: Option<Coin>,
}

impl Precision {
    /// The finest of the line totals and totals, else of the unit prices.
    pub(super) fn of(lines: &[CartLine], rows: &[TotalRow], coin: Option<Coin>) -> Self {
        let shown = lines.iter().filter_map(|line| line.line_total);
        let shown = shown
            .chain(rows.iter().map(|row| row.amount))
            .map(|amount| amount.scale())
            .max();
        let prices = lines.iter().filter_map(|line| line.unit_price.as_ref());
        let prices = prices.map(|price| price.amount.scale()).max();
        Self {
            decimals: shown.or(prices).unwrap_or(2),
            coin,
        }
    }

    /// Half of the smallest unit: the most that rounding to it can change.
    pub(super) fn half(self) -> Decimal {
        Decimal::try_new(5, self.decimals.saturating_add(1)).unwrap_or_default()
    }

    /// What rounding so many amounts can make of their sum.
    ///
    /// Half a unit each at worst; of many, no more than four standard deviations, since a bound that grows with every
    /// line would hide a cheap line that was lost.
    pub(super) fn spread(self, amounts: usize) -> Decimal {
        let units = (1..amounts)
            .find(|units| {
                units.saturating_mul(*units).saturating_mul(100) >= amounts.saturating_mul(534)
            })
            .unwrap_or(amounts);
        self.half()
            .checked_mul(Decimal::from(units))
            .unwrap_or_default()
    }

    /// The coin by which a line or a sum of lines may be rounded.
    pub(super) fn coin_of_lines(self) -> Option<Coin> {
        self.coin.filter(|coin| coin.is_of_lines())
    }

    fn half_of_price(self, amount: Decimal) -> Decimal {
        Self {
            decimals: self.decimals.max(amount.scale()),
            ..self
        }
        .half()
    }

    /// An amount as the page would show it.
    pub(super) fn shown(self, amount: Decimal) -> Decimal {
        amount.round_dp(self.decimals)
    }
}

/// What a line's own numbers say about each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LineCheck {
    /// They agree to the cent, or there is only one way to the amount.
    Agrees,
    /// They differ by what rounding the unit price can make.
    Rounded {
        /// Quantity × unit price.
        product: Decimal,
        /// The most that rounding can make.
        bound: Decimal,
    },
    /// They differ by more.
    Differs {
        /// Quantity × unit price.
        product: Decimal,
        /// The most that rounding can make.
        bound: Decimal,
    },
    /// There is no amount at all, or it cannot be computed.
    Unpriced,
}

/// The amount of a line, and how far the true one may lie from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) value: Decimal,
    pub(super) slack: Decimal,
}

/// Checks one line: quantity × unit price is its total, before or after the discount beside it.
pub(super) fn check(line: &CartLine, precision: Precision) -> LineCheck {
    let Some(total) = line.line_total else {
        return match product(line, precision) {
            Some(_) => LineCheck::Agrees,
            None => LineCheck::Unpriced,
        };
    };
    if line.unit_price.is_none() {
        return LineCheck::Agrees;
    }
    let Some((product, bound)) = product(line, precision) else {
        return LineCheck::Unpriced;
    };
    let coin = precision.coin_of_lines();
    let coin = coin.filter(|coin| coin.rounds(product, total));
    let bound = coin.map_or(bound, |coin| coin.bound().max(bound));
    let ways = reduced(line, product).into_iter().flatten();
    let least = ways.map(|amount| (amount - total).abs()).min();
    let difference = least.unwrap_or((product - total).abs());
    if difference <= precision.half() {
        LineCheck::Agrees
    } else if (product - total).abs() <= bound {
        LineCheck::Rounded { product, bound }
    } else {
        LineCheck::Differs { product, bound }
    }
}

/// The line's total as shown, else quantity × unit price.
pub(super) fn amount(line: &CartLine, precision: Precision) -> Option<Amount> {
    let computed = || {
        let (value, slack) = product(line, precision)?;
        let exact = line.quantity.is_integer();
        Some(Amount {
            value,
            slack: if exact { Decimal::ZERO } else { slack },
        })
    };
    let shown = line.line_total.map(|value| Amount {
        value,
        slack: Decimal::ZERO,
    });
    shown.or_else(computed)
}

/// What a line comes to: its total as it stands, else quantity × unit price with so many decimals, half away from zero.
/// `None` where there is no price, or the range of exact decimals is left.
#[must_use]
pub fn line_amount(line: &CartLine, decimals: u32) -> Option<Decimal> {
    let computed = || {
        let product = line.unit_price.as_ref()?.times(line.quantity)?;
        Some(product.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
    };
    line.line_total.or_else(computed)
}

/// What a line may come to with the discount that it shows: already in the price, once, or for each unit.
fn reduced(line: &CartLine, product: Decimal) -> [Option<Decimal>; 3] {
    let with = |discount: Decimal| product.checked_add(discount);
    let each = |discount: Decimal| with(discount.checked_mul(line.quantity)?);
    [
        Some(product),
        line.discount.and_then(with),
        line.discount.and_then(each),
    ]
}

/// Quantity × unit price, and the most by which rounding can move it from a line total.
fn product(line: &CartLine, precision: Precision) -> Option<(Decimal, Decimal)> {
    let price = line.unit_price.as_ref()?;
    let product = price.times(line.quantity)?;
    let half = precision.half_of_price(price.amount);
    let bound = divide(multiply(half, line.quantity)?, price.basis)?;
    Some((product, add(bound, precision.half())?))
}
