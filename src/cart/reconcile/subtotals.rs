//! The subtotals beside the one that the lines were weighed against.

use crate::money::{Decimal, TaxBasis};

use super::super::balance::{Balance, Scales, weigh};
use super::super::lines::Precision;
use super::super::rows::sum_or_zero;
use super::super::{Finding, FindingCode, Key, TotalKind, TotalRow};
use super::grand_total::{Fit, GrandTotal, follows_from, running};

/// What is to be said of every other subtotal: nothing, where it follows.
///
/// It does where it is the first one with the rows above it, with the discounts, or with the tax added or taken out.
pub(super) fn others(scales: Scales<'_>, grand: &GrandTotal, precision: Precision) -> Vec<Finding> {
    let tolerance = precision.half() * Decimal::from(scales.rows.len());
    let discount = sum_or_zero(scales.rows, &[TotalKind::Discount]);
    let follows = |place: usize, row: &TotalRow| {
        let above = scales.rows.get(..place).unwrap_or_default();
        let sums = [
            scales.subtotal,
            running(scales.subtotal, above, grand.way),
            scales.subtotal + discount,
        ];
        let fits = |sum: &Decimal| follows_from(*sum, row.amount, tolerance, precision) != Fit::Not;
        sums.iter().any(fits) || is_taxed(scales, row.amount)
    };
    let rows = scales.rows.iter().enumerate();
    let others =
        rows.filter(|(place, row)| row.kind == TotalKind::Subtotal && !follows(*place, row));
    let findings = others.map(|(_, row)| {
        let message = Key::SubtotalDiffers.with(vec![
            row.name().into(),
            row.amount.into(),
            scales.subtotal.into(),
            (row.amount - scales.subtotal).abs().into(),
        ]);
        Finding::of_cart(FindingCode::TotalMismatch, message)
    });
    findings.collect()
}

/// Whether another subtotal is the same with the tax, or without it.
fn is_taxed(scales: Scales<'_>, other: Decimal) -> bool {
    let taxed = |known| {
        let balance = weigh(Scales {
            lines: other,
            basis: TaxBasis::Unknown,
            known,
            rounding: Decimal::ZERO,
            ..scales
        });
        matches!(balance, Balance::Taxed { .. })
    };
    taxed(TaxBasis::Gross) || taxed(TaxBasis::Net)
}
