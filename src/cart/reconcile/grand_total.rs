//! The grand total against the other totals, and what that proves about tax.

use crate::money::{Currency, Decimal, TaxBasis};

use super::super::lines::Precision;
use super::super::rows::{sum, sum_or_zero};
use super::super::{Finding, FindingCode, TotalKind, TotalRow};

/// What the page's totals say among themselves.
pub(super) struct GrandTotal {
    /// What the lines may sum to, and what that would prove of them: the subtotal, or where the page shows none, what
    /// the grand total leaves with the tax added and with the tax contained. Empty where there is no total.
    pub(super) subtotals: Vec<(Decimal, TaxBasis)>,
    /// What does not add up, or only by rounding.
    pub(super) finding: Option<Finding>,
}

/// Charges that a grand total adds to the subtotal, whatever the tax.
const CHARGES: [TotalKind; 5] = [
    TotalKind::Discount,
    TotalKind::Shipping,
    TotalKind::Fee,
    TotalKind::Levy,
    TotalKind::Unrecognised,
];

/// Checks that the totals add up, with the tax added or contained.
pub(super) fn check(
    rows: &[TotalRow],
    currency: Option<Currency>,
    precision: Precision,
) -> GrandTotal {
    let charges = sum_or_zero(rows, &CHARGES);
    let tax = sum_or_zero(rows, &[TotalKind::Tax]);
    let bases = [(tax, added(rows)), (Decimal::ZERO, contained(rows))];
    let grand = sum(rows, &[TotalKind::GrandTotal]);
    let (subtotal, grand) = match (sum(rows, &[TotalKind::Subtotal]), grand) {
        (Some(subtotal), Some(grand)) => (subtotal, grand),
        (Some(subtotal), None) => return only(subtotal, TaxBasis::Unknown, None),
        (None, Some(grand)) => {
            let subtotals = bases
                .map(|(tax, basis)| (grand - charges - tax, basis))
                .to_vec();
            return GrandTotal {
                subtotals,
                finding: None,
            };
        }
        (None, None) => {
            return GrandTotal {
                subtotals: Vec::new(),
                finding: None,
            };
        }
    };
    let sums = bases.map(|(tax, basis)| (subtotal + charges + tax, basis));
    if let Some((_, basis)) = sums.iter().find(|(sum, _)| *sum == grand) {
        return only(subtotal, *basis, None);
    }
    let tolerance = precision.half() * Decimal::from(rows.len());
    let rounds =
        |sum: Decimal| (sum - grand).abs() <= tolerance || rounds_to_coins(sum, grand, currency);
    if let Some((sum, basis)) = sums.iter().find(|(sum, _)| rounds(*sum)) {
        let words = format!(
            "the totals sum to {sum}, the page shows {grand}: a difference that rounding makes"
        );
        return only(
            subtotal,
            *basis,
            Some(Finding::of_cart(FindingCode::TotalRounding, words)),
        );
    }
    let [(with, _), (without, _)] = sums;
    let without = if tax.is_zero() {
        String::new()
    } else {
        format!(" with the tax added and to {without} without")
    };
    let words = format!(
        "the totals sum to {with}{without}, the page shows {grand}: nothing accounts for the difference"
    );
    only(
        subtotal,
        TaxBasis::Unknown,
        Some(Finding::of_cart(FindingCode::TotalMismatch, words)),
    )
}

fn only(subtotal: Decimal, basis: TaxBasis, finding: Option<Finding>) -> GrandTotal {
    GrandTotal {
        subtotals: vec![(subtotal, basis)],
        finding,
    }
}

/// What a sum with the tax added proves: the sum before it was net, where there is a tax.
fn added(rows: &[TotalRow]) -> TaxBasis {
    let tax = sum_or_zero(rows, &[TotalKind::Tax]);
    if tax.is_zero() {
        contained(rows)
    } else {
        TaxBasis::Net
    }
}

/// What a sum without added tax proves: gross, where the page says that it contains a tax and adds none.
///
/// A tax that is shown, and neither said to be contained nor added, may as well fall due later.
fn contained(rows: &[TotalRow]) -> TaxBasis {
    let tax = sum_or_zero(rows, &[TotalKind::Tax]);
    let contained = sum_or_zero(rows, &[TotalKind::IncludedTax]);
    if tax.is_zero() && !contained.is_zero() {
        TaxBasis::Gross
    } else {
        TaxBasis::Unknown
    }
}

/// Swiss totals are rounded to five centimes.
fn rounds_to_coins(sum: Decimal, grand: Decimal, currency: Option<Currency>) -> bool {
    let five = Decimal::new(5, 2);
    currency.is_some_and(|currency| currency.to_string() == "CHF")
        && (grand % five).is_zero()
        && (sum - grand).abs() <= Decimal::new(25, 3)
}
