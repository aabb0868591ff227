//! The grand total against the other totals, and what that proves about tax.

use crate::money::{Currency, Decimal, TaxBasis};

use super::super::lines::Precision;
use super::super::rows::{sum, sum_or_zero};
use super::super::{Finding, FindingCode, TotalKind, TotalRow};

/// What the page's totals say among themselves.
pub(super) struct GrandTotal {
    /// The page's subtotal; where it shows none, what the grand total leaves for the lines.
    pub(super) subtotal: Option<Decimal>,
    /// What is proven of the subtotal.
    pub(super) basis: TaxBasis,
    /// What does not add up, or only by rounding.
    pub(super) finding: Option<Finding>,
}

/// Charges that a grand total adds to the subtotal, whatever the tax.
const CHARGES: [TotalKind; 4] = [
    TotalKind::Discount,
    TotalKind::Shipping,
    TotalKind::Fee,
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
    let contained = sum_or_zero(rows, &[TotalKind::IncludedTax]);
    let subtotal = sum(rows, &[TotalKind::Subtotal]);
    let unknown = |subtotal| GrandTotal {
        subtotal,
        basis: TaxBasis::Unknown,
        finding: None,
    };
    let Some(grand) = sum(rows, &[TotalKind::GrandTotal]) else {
        return unknown(subtotal);
    };
    let Some(subtotal) = subtotal else {
        let basis = if contained.is_zero() {
            TaxBasis::Unknown
        } else {
            TaxBasis::Gross
        };
        let basis = if tax.is_zero() { basis } else { TaxBasis::Net };
        return GrandTotal {
            basis,
            ..unknown(grand.checked_sub(charges + tax))
        };
    };
    let without = subtotal + charges;
    let with = without + tax;
    let basis_without = if (tax + contained).is_zero() {
        TaxBasis::Unknown
    } else {
        TaxBasis::Gross
    };
    let basis_with = if tax.is_zero() {
        basis_without
    } else {
        TaxBasis::Net
    };
    let tolerance = precision.half() * Decimal::from(rows.len());
    for (sum, basis) in [(with, basis_with), (without, basis_without)] {
        if sum == grand {
            return GrandTotal {
                basis,
                ..unknown(Some(subtotal))
            };
        }
    }
    for (sum, basis) in [(with, basis_with), (without, basis_without)] {
        if (sum - grand).abs() <= tolerance || rounds_to_coins(sum, grand, currency) {
            let message = format!(
                "the totals sum to {sum}, the page shows {grand}: a difference that rounding makes"
            );
            let finding = Some(Finding::of_cart(FindingCode::TotalRounding, message));
            return GrandTotal {
                subtotal: Some(subtotal),
                basis,
                finding,
            };
        }
    }
    let message = format!(
        "the totals sum to {with} with tax added and to {without} without, the page shows {grand}: nothing accounts for the difference"
    );
    GrandTotal {
        finding: Some(Finding::of_cart(FindingCode::TotalMismatch, message)),
        ..unknown(Some(subtotal))
    }
}

/// Swiss totals are rounded to five centimes.
fn rounds_to_coins(sum: Decimal, grand: Decimal, currency: Option<Currency>) -> bool {
    let five = Decimal::new(5, 2);
    currency.is_some_and(|currency| currency.to_string() == "CHF")
        && (grand % five).is_zero()
        && (sum - grand).abs() <= Decimal::new(25, 3)
}
