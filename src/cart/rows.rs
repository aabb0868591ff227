//! The rows below a cart's lines, and the fields that they make.

use serde::{Deserialize, Serialize};

use crate::money::{Decimal, TaxBasis};

use super::{Argument, Key, Totals};

/// One amount that a page shows below its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalRow {
    /// What it is.
    pub kind: TotalKind,
    /// What the page calls it.
    pub label: String,
    /// The amount as shown; a reduction is negative, a free delivery zero.
    pub amount: Decimal,
    /// Whether the amount contains tax: as printed beside it, else as the page's sums prove.
    pub tax: TaxBasis,
    /// The rate in percent that the page prints with a tax.
    pub rate: Option<Decimal>,
}

impl TotalRow {
    /// A row of which the page says nothing else; a tax has the rate that its label names.
    #[must_use]
    pub fn new(kind: TotalKind, label: String, amount: Decimal) -> Self {
        let rate = kind.is_tax().then(|| rate_in(&label)).flatten();
        Self {
            kind,
            label,
            amount,
            tax: TaxBasis::Unknown,
            rate,
        }
    }

    /// The label as it is quoted.
    pub(super) fn name(&self) -> &str {
        self.label.trim_end_matches([':', ' '])
    }

    /// The row in a sentence.
    pub(super) fn named(&self) -> Argument {
        Key::NamedAmount
            .with(vec![self.name().into(), self.amount.into()])
            .into()
    }
}

/// The percentage that a text names: `8.1` of `MwSt. 8.1 %`, `20` of `VAT (20%)` and of `%20 KDV`.
#[must_use]
pub fn rate_in(text: &str) -> Option<Decimal> {
    let (before, after) = text.split_once('%')?;
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let trailing = before.trim_end().rsplit(|c: char| !is_part(c)).next();
    let leading = after.trim_start().split(|c: char| !is_part(c)).next();
    let rate = |digits: &str| {
        let digits = digits.trim_matches(['.', ',']).replace(',', ".");
        digits.parse::<Decimal>().ok()
    };
    let found = trailing.and_then(rate).or_else(|| leading.and_then(rate))?;
    (found <= Decimal::ONE_HUNDRED).then_some(found)
}

/// What a row of the totals is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// What rounding to coins adds or takes away, where the page shows it.
    Rounding,
    /// An amount whose label says nothing known.
    Unrecognised,
}

impl TotalKind {
    /// Whether it is a tax, added or contained.
    #[must_use]
    pub const fn is_tax(self) -> bool {
        matches!(self, Self::Tax | Self::IncludedTax)
    }
}

impl Totals {
    /// The fields that rows make: kinds with several rows are summed, but subtotals and grand totals that differ are
    /// alternatives, and neither is taken.
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
            subtotal: only(rows, TotalKind::Subtotal),
            discount: sum(rows, &[TotalKind::Discount]),
            shipping: sum(rows, &[TotalKind::Shipping]),
            tax: sum(rows, taxes),
            fees: sum(rows, fees),
            grand_total: only(rows, TotalKind::GrandTotal),
        }
    }
}

/// The one amount of the rows of a kind; `None` where there is none, or where two differ.
fn only(rows: &[TotalRow], kind: TotalKind) -> Option<Decimal> {
    let mut amounts = rows
        .iter()
        .filter(|row| row.kind == kind)
        .map(|row| row.amount);
    let first = amounts.next()?;
    amounts.all(|other| other == first).then_some(first)
}

/// The sum of the rows of these kinds; `None` where there is none, or where it overflows.
pub(super) fn sum(rows: &[TotalRow], kinds: &[TotalKind]) -> Option<Decimal> {
    let mut amounts = rows
        .iter()
        .filter(|row| kinds.contains(&row.kind))
        .map(|row| row.amount);
    let first = amounts.next()?;
    amounts.try_fold(first, Decimal::checked_add)
}

/// The same, with nothing as zero.
pub(super) fn sum_or_zero(rows: &[TotalRow], kinds: &[TotalKind]) -> Decimal {
    sum(rows, kinds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_from_the_label_of_a_tax() {
        let rate = |text| rate_in(text).map(|rate| rate.to_string());
        assert_eq!(rate("MwSt. 8.1 %").as_deref(), Some("8.1"));
        assert_eq!(rate("VAT (20%)").as_deref(), Some("20"));
        assert_eq!(rate("inkl. 7,7 % MwSt. auf 100,00").as_deref(), Some("7.7"));
        assert_eq!(rate("KDV %20").as_deref(), Some("20"));
        assert_eq!(rate("VAT"), None);
        assert_eq!(rate("% of nothing"), None);
    }

    #[test]
    fn totals_that_differ_are_no_sum() {
        let row = |amount| TotalRow::new(TotalKind::GrandTotal, String::new(), amount);
        let totals = Totals::of(&[row(Decimal::TEN), row(Decimal::ONE)]);
        assert_eq!(totals.grand_total, None);
        let totals = Totals::of(&[row(Decimal::TEN), row(Decimal::TEN)]);
        assert_eq!(totals.grand_total, Some(Decimal::TEN));
    }
}
