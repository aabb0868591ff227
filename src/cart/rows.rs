//! The rows below a cart's lines, and the fields that they make.

use crate::money::Decimal;
use crate::money::arithmetic::add;

use super::Totals;

/// One amount that a page shows below its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalRow {
    /// What it is.
    pub kind: TotalKind,
    /// What the page calls it.
    pub label: String,
    /// The amount as shown; a reduction is negative.
    pub amount: Decimal,
}

/// What a row of the totals is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum TotalKind {
    /// Sum of the lines.
    Subtotal,
    /// A discount or coupon.
    Discount,
    /// Delivery.
    Shipping,
    /// A tax; whether it is added or contained is for the sums to prove.
    Tax,
    /// A tax that the page says is contained in the grand total.
    IncludedTax,
    /// Any other charge.
    Fee,
    /// A fixed charge for each piece that goes by the name of a tax, such as an eco tax: no share of the price.
    Levy,
    /// What is to be paid.
    GrandTotal,
    /// An amount whose label says nothing known.
    Unrecognised,
}

impl Totals {
    /// The fields that rows make: kinds with several rows are summed.
    ///
    /// A levy is a fee by its nature and a tax by its name. Where the page shows fees beside it, the page tells the two
    /// apart itself, and its name counts; else it is the fee.
    #[must_use]
    pub fn of(rows: &[TotalRow]) -> Self {
        let has_fees = rows.iter().any(|row| row.kind == TotalKind::Fee);
        let (fees, taxes): (&[TotalKind], &[TotalKind]) = if has_fees {
            (
                &[TotalKind::Fee],
                &[TotalKind::Tax, TotalKind::IncludedTax, TotalKind::Levy],
            )
        } else {
            (
                &[TotalKind::Levy],
                &[TotalKind::Tax, TotalKind::IncludedTax],
            )
        };
        Self {
            subtotal: sum(rows, &[TotalKind::Subtotal]),
            discount: sum(rows, &[TotalKind::Discount]),
            shipping: sum(rows, &[TotalKind::Shipping]),
            tax: sum(rows, taxes),
            fees: sum(rows, fees),
            grand_total: sum(rows, &[TotalKind::GrandTotal]),
        }
    }
}

/// The sum of the rows of these kinds; `None` where there is none, or where it overflows.
pub(super) fn sum(rows: &[TotalRow], kinds: &[TotalKind]) -> Option<Decimal> {
    let mut amounts = rows
        .iter()
        .filter(|row| kinds.contains(&row.kind))
        .map(|row| row.amount);
    let first = amounts.next()?;
    amounts.try_fold(first, add)
}

/// The same, with nothing as zero.
pub(super) fn sum_or_zero(rows: &[TotalRow], kinds: &[TotalKind]) -> Decimal {
    sum(rows, kinds).unwrap_or_default()
}
