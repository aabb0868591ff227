//! The ways in which a page's totals can be understood, the plainest first.
//!
//! Each is a list of rows that must add up, and the finding that names why they are not the page's own. Only a charge
//! above zero may be left out, and only where a subtotal proves the lines: a line that was lost makes the totals too
//! great, never too small, so leaving out such a charge cannot hide one.

use crate::money::{Decimal, TaxBasis};

use super::super::rows::sum;
use super::super::{Argument, CartLine, Finding, FindingCode, Key, TotalKind, TotalRow, Totals};
use super::ledger::Ledger;
use super::statement::{Statement, state};

/// One way to understand the totals.
struct Reading {
    rows: Vec<TotalRow>,
    note: Option<Finding>,
}

/// The first reading under which everything follows, else the plain one; `None` where a line has no amount.
pub(super) fn best(ledger: &Ledger<'_>) -> Option<Statement> {
    let rows = &ledger.cart.rows;
    let plain = state(ledger, rows)?;
    if plain.holds() {
        return Some(plain);
    }
    let others = readings(&ledger.cart.lines, rows).into_iter();
    let held = others.filter_map(|reading| {
        let statement = state(ledger, &reading.rows)?;
        let tax = reading
            .note
            .is_none()
            .then(|| Totals::of(&reading.rows).tax);
        let statement = statement.with_tax(tax.flatten()).because(reading.note);
        statement.holds().then_some(statement)
    });
    Some(held.into_iter().next().unwrap_or(plain))
}

fn readings(lines: &[CartLine], rows: &[TotalRow]) -> Vec<Reading> {
    let mut readings: Vec<Reading> = tax_restated(rows).collect();
    readings.extend(charges_with_tax(rows));
    readings.extend(discount_in_lines(lines, rows));
    readings.extend(discount_in_subtotal(rows));
    if rows.iter().any(|row| row.kind == TotalKind::Subtotal) {
        readings.extend(charges_not_added(rows));
    }
    readings
}

/// One tax is the sum of all others: the page shows the rates, and their sum.
fn tax_restated(rows: &[TotalRow]) -> impl Iterator<Item = Reading> {
    let taxes = || rows.iter().filter(|row| row.kind.is_tax());
    let total: Decimal = taxes().map(|row| row.amount).sum();
    let several = taxes().count() > 1;
    let is_sum =
        move |row: &TotalRow| several && row.kind.is_tax() && row.amount == total - row.amount;
    let sums = rows.iter().enumerate().filter(move |(_, row)| is_sum(row));
    sums.map(|(place, _)| Reading {
        rows: without(rows, |other, _| other == place),
        note: None,
    })
}

/// Charges that are named as without tax, and whose tax stands directly below them, beside sums that contain theirs.
fn charges_with_tax(rows: &[TotalRow]) -> Option<Reading> {
    let mut charged: Vec<TotalRow> = Vec::new();
    for row in rows {
        let is_net_charge = |before: &&mut TotalRow| {
            matches!(before.kind, TotalKind::Shipping | TotalKind::Fee)
                && before.tax == TaxBasis::Net
        };
        match charged.last_mut().filter(is_net_charge) {
            Some(charge) if row.kind == TotalKind::Tax => charge.amount += row.amount,
            _ => charged.push(row.clone()),
        }
    }
    (charged.len() < rows.len()).then_some(Reading {
        rows: charged,
        note: None,
    })
}

/// The discount of the totals is that of the lines, whose totals contain it.
fn discount_in_lines(lines: &[CartLine], rows: &[TotalRow]) -> Option<Reading> {
    let discount = sum(rows, &[TotalKind::Discount])?;
    let shown = lines.iter().filter_map(|line| line.discount);
    let of_lines: Decimal = shown.sum();
    let message = Key::DiscountInLines.with(vec![discount.into()]);
    (!discount.is_zero() && of_lines == discount).then(|| Reading {
        rows: without(rows, |_, row| row.kind == TotalKind::Discount),
        note: Some(Finding::of_cart(FindingCode::DiscountContained, message)),
    })
}

/// The one subtotal already contains the discount.
fn discount_in_subtotal(rows: &[TotalRow]) -> Option<Reading> {
    let discount =
        sum(rows, &[TotalKind::Discount]).filter(|discount| *discount < Decimal::ZERO)?;
    let mut subtotals = rows.iter().filter(|row| row.kind == TotalKind::Subtotal);
    let (Some(subtotal), None) = (subtotals.next(), subtotals.next()) else {
        return None;
    };
    let message = Key::DiscountInSubtotal.with(vec![
        subtotal.name().into(),
        subtotal.amount.into(),
        discount.into(),
    ]);
    let mut before = rows.to_vec();
    let own = before
        .iter_mut()
        .filter(|row| row.kind == TotalKind::Subtotal);
    own.for_each(|row| row.amount -= discount);
    Some(Reading {
        rows: before,
        note: Some(Finding::of_cart(FindingCode::DiscountContained, message)),
    })
}

/// The grand total does not add one of the charges, or none of the deliveries.
fn charges_not_added(rows: &[TotalRow]) -> Vec<Reading> {
    let may_be_left = |row: &TotalRow| {
        let is_charge = matches!(
            row.kind,
            TotalKind::Shipping | TotalKind::Fee | TotalKind::Levy | TotalKind::Unrecognised
        );
        is_charge && row.amount > Decimal::ZERO
    };
    let left_out = |is_left: &dyn Fn(usize, &TotalRow) -> bool| {
        let left = rows
            .iter()
            .enumerate()
            .filter(|(place, row)| is_left(*place, row))
            .map(|(_, row)| row.named())
            .collect();
        let message = Key::NotAdded.with(vec![Argument::List(left)]);
        Reading {
            rows: without(rows, is_left),
            note: Some(Finding::of_cart(FindingCode::ChargeNotAdded, message)),
        }
    };
    let places = rows.iter().enumerate().filter(|(_, row)| may_be_left(row));
    let mut readings: Vec<Reading> = places
        .map(|(place, _)| left_out(&|other, _| other == place))
        .collect();
    let is_delivery = |row: &TotalRow| row.kind == TotalKind::Shipping && may_be_left(row);
    if rows.iter().filter(|row| is_delivery(row)).count() > 1 {
        readings.push(left_out(&|_, row| is_delivery(row)));
    }
    readings
}

fn without(rows: &[TotalRow], is_left: impl Fn(usize, &TotalRow) -> bool) -> Vec<TotalRow> {
    let kept = rows
        .iter()
        .enumerate()
        .filter(|(place, row)| !is_left(*place, row));
    kept.map(|(_, row)| row.clone()).collect()
}
