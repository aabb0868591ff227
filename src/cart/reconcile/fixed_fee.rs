//! A fixed fee or tax per line: shops that put it once into each unit price and once into each line total.

use crate::money::Decimal;
use crate::money::arithmetic::{add, divide, multiply, subtract};

use super::super::balance::FixedFee;
use super::super::lines::LineCheck;
use super::super::{Cart, TotalKind, TotalRow};

/// Most lines of quantity one that are tried as carrying the fee.
const MOST_SINGLES: usize = 50;

/// Every fee row, with the amount per unit, that accounts for all lines that differ; empty where none differ.
///
/// With the amount `e` in every unit price and once in the line total, quantity × unit price − line total is
/// (quantity − 1) × `e`. Lines of quantity one cannot show whether they carry it, so each number of them is tried.
pub(super) fn candidates(cart: &Cart, checks: &[LineCheck], rows: &[TotalRow]) -> Vec<FixedFee> {
    let Some(carrying) = carrying(cart, checks) else {
        return Vec::new();
    };
    let singles = cart
        .lines
        .iter()
        .filter(|line| line.quantity == Decimal::ONE)
        .count();
    let is_fee = |row: &TotalRow| {
        matches!(row.kind, TotalKind::Fee | TotalKind::Levy | TotalKind::Tax)
            && row.amount > Decimal::ZERO
    };
    let fees = rows.iter().enumerate().filter(|(_, row)| is_fee(row));
    fees.flat_map(|(place, row)| {
        (0..=singles.min(MOST_SINGLES))
            .rev()
            .filter_map(move |singles| {
                let units = add(carrying.units, Decimal::from(singles))?;
                let each = divide(row.amount, units)?;
                let fits = carrying.least <= each && each <= carrying.most;
                let lacking = multiply(each, carrying.units - carrying.lines)?;
                fits.then_some(FixedFee {
                    row: place,
                    each,
                    lacking,
                })
            })
    })
    .collect()
}

/// The lines that differ, together.
#[derive(Clone, Copy)]
struct Carrying {
    /// Their number.
    lines: Decimal,
    /// The sum of their quantities.
    units: Decimal,
    /// Bounds of the amount per unit that fit all of them.
    least: Decimal,
    most: Decimal,
}

fn carrying(cart: &Cart, checks: &[LineCheck]) -> Option<Carrying> {
    let mut found: Option<Carrying> = None;
    for (line, check) in cart.lines.iter().zip(checks) {
        let LineCheck::Differs { product, bound } = check else {
            continue;
        };
        let difference = subtract(*product, line.line_total?)?;
        let repeated = subtract(line.quantity, Decimal::ONE)?;
        if repeated <= Decimal::ZERO || difference <= Decimal::ZERO {
            return None;
        }
        let least = divide(subtract(difference, *bound)?, repeated)?;
        let most = divide(add(difference, *bound)?, repeated)?;
        let before = found.unwrap_or(Carrying {
            lines: Decimal::ZERO,
            units: Decimal::ZERO,
            least,
            most,
        });
        found = Some(Carrying {
            lines: add(before.lines, Decimal::ONE)?,
            units: add(before.units, line.quantity)?,
            least: before.least.max(least),
            most: before.most.min(most),
        });
    }
    found.filter(|carrying| carrying.least <= carrying.most)
}
