//! What every order needs of a cart: of each line a currency, a net price, a quantity and the code of a unit.

use super::{Exported, Line, Point, Purpose, Unit, What};
use crate::cart::CartLine;
use crate::money::{Currency, Decimal, Price, TaxBasis, UnitCode};

/// UN/CEFACT's "each", for lines beside which the page prints no unit: what shops sell without one they sell by the piece.
const EACH: &str = "EA";

/// A cart that can be ordered.
pub(super) struct Order<'a> {
    pub(super) lines: Vec<OrderLine<'a>>,
    pub(super) remarks: Vec<Point>,
}

/// A line that can be ordered.
pub(super) struct OrderLine<'a> {
    pub(super) number: u32,
    pub(super) read: &'a CartLine,
    pub(super) currency: Currency,
    pub(super) price: &'a Price,
    pub(super) unit: UnitCode,
}

/// The order that a cart makes, if `objections` has none to any of its lines.
///
/// # Errors
/// All that is in the way.
pub(super) fn order<'a>(
    cart: &Exported<'a>,
    objections: fn(&OrderLine<'a>, &mut Vec<What>),
) -> Result<Order<'a>, Vec<Point>> {
    let (mut lines, mut remarks, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_currency_told = true;
    for line in &cart.lines {
        if line.purpose == Purpose::Note {
            remarks.push(What::NoteLeftOut.of_line(line.number));
            continue;
        }
        let currency = line.read.currency.or(cart.currency);
        is_currency_told &= currency.is_some();
        match order_line(line, currency, objections) {
            Ok(ordered) => {
                remark(line, &ordered, &mut remarks);
                lines.push(ordered);
            }
            Err(whats) => refused.extend(whats.into_iter().map(|what| what.of_line(line.number))),
        }
    }
    if !is_currency_told {
        refused.insert(0, What::CurrencyUnknown.of_cart());
    }
    if lines.is_empty() && refused.is_empty() {
        refused.push(What::NothingToOrder.of_cart());
    }
    if refused.is_empty() {
        Ok(Order { lines, remarks })
    } else {
        Err(refused)
    }
}

fn order_line<'a>(
    line: &Line<'a>,
    currency: Option<Currency>,
    objections: fn(&OrderLine<'a>, &mut Vec<What>),
) -> Result<OrderLine<'a>, Vec<What>> {
    let mut refused = Vec::new();
    let price = line.read.unit_price.as_ref();
    match (price, line.tax) {
        (None, _) => refused.push(What::PriceMissing),
        (Some(_), TaxBasis::Gross) => refused.push(What::PriceGross),
        (Some(_), TaxBasis::Unknown) => refused.push(What::TaxUnknown),
        (Some(_), TaxBasis::Net) => {}
    }
    if price.is_some_and(|price| price.amount < Decimal::ZERO) {
        refused.push(What::PriceNegative);
    }
    let unit = match line.unit {
        Unit::Unprinted => EACH.parse().ok(),
        Unit::Coded(code) => Some(code),
        Unit::Unknown => None,
    };
    if unit.is_none() {
        refused.push(What::UnitUnknown);
    }
    let (Some(price), Some(unit), Some(currency)) = (price, unit, currency) else {
        return Err(refused);
    };
    let ordered = OrderLine {
        number: line.number,
        read: line.read,
        currency,
        price,
        unit,
    };
    if ordered.amount().is_none() {
        refused.push(What::OutOfRange);
    }
    objections(&ordered, &mut refused);
    if refused.is_empty() {
        Ok(ordered)
    } else {
        Err(refused)
    }
}

fn remark(line: &Line<'_>, ordered: &OrderLine<'_>, remarks: &mut Vec<Point>) {
    if line.unit == Unit::Unprinted {
        remarks.push(What::UnitAssumed.of_line(line.number));
    }
    let differs = |shown: Decimal| ordered.amount_at(shown.scale()) != Some(shown);
    if line.read.line_total.is_some_and(differs) {
        remarks.push(What::LineTotalDiffers.of_line(line.number));
    }
}

impl OrderLine<'_> {
    /// Quantity × unit price, rounded half away from zero to so many decimals.
    fn amount_at(&self, decimals: u32) -> Option<Decimal> {
        let exact = self.price.times(self.read.quantity)?;
        let rounding = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        Some(exact.round_dp_with_strategy(decimals, rounding))
    }

    /// The amount of the line as the page shows it, else as it follows, in the decimals of the price.
    pub(super) fn amount(&self) -> Option<Decimal> {
        let follows = || self.amount_at(self.price.amount.scale());
        self.read.line_total.or_else(follows)
    }
}
