//! Of what the rows of the totals are the sum: all lines, a part of them, the same again in the other tax basis.

use crate::cart::{CartLine, TotalKind, TotalRow, rate_in};
use crate::money::{Decimal, TaxBasis};
use crate::supplier::{Mark, Words};

/// The rows that are about all lines, each for what it is.
pub(super) fn of_whole(words: &Words, rows: &[TotalRow], lines: &[CartLine]) -> Vec<TotalRow> {
    let mut rows = whole_sums(&without_parts(rows, lines), lines);
    name_sums(words, &mut rows, lines);
    without_savings(words, &mut rows, lines);
    name_reductions(&mut rows, lines);
    rows
}

/// Tells a reduction by its percentage: an amount below zero, named in words of the page's own, that is as much of the lines'
/// sum as its label says.
fn name_reductions(rows: &mut [TotalRow], lines: &[CartLine]) {
    let of_lines = of_all(lines);
    let is_share = |row: &TotalRow| {
        let share = rate_in(&row.label).and_then(|rate| of_lines.checked_mul(rate));
        let rest = share.map(|share| share / Decimal::ONE_HUNDRED + row.amount);
        let half = Decimal::new(5, row.amount.scale().saturating_add(1));
        row.amount < Decimal::ZERO && rest.is_some_and(|rest| rest.abs() <= half)
    };
    for row in rows {
        if row.kind == TotalKind::Unrecognised && is_share(row) {
            row.kind = TotalKind::Discount;
        }
    }
}

/// Leaves out what is said to be saved where the total is the sum without it: the lines have it already.
fn without_savings(words: &Words, rows: &mut Vec<TotalRow>, lines: &[CartLine]) {
    let is_saved = |row: &TotalRow| {
        row.kind == TotalKind::Discount && words.marks.holds(&row.label, Mark::Saving)
    };
    let end = of_all(lines) + added(rows, |row| !is_saved(row));
    let is_end = |row: &TotalRow| row.kind == TotalKind::GrandTotal && row.amount == end;
    if rows.iter().any(is_end) {
        rows.retain(|row| !is_saved(row));
    }
}

/// Tells what rows that are called totals, or nothing known, are the sum of the lines: those that show it while another
/// total shows what the charges and reductions make of it, and those without tax before a total with it.
fn name_sums(words: &Words, rows: &mut [TotalRow], lines: &[CartLine]) {
    let of_lines = of_all(lines);
    let is_total = |row: &TotalRow| row.kind == TotalKind::GrandTotal;
    let Some(last) = rows.iter().rposition(is_total) else {
        return;
    };
    let Some(end) = rows.get(last).map(|row| row.amount) else {
        return;
    };
    let is_made = end == of_lines + added(rows, |_| true);
    let is_net = |row: &TotalRow| {
        Mark::tax_basis(|mark| words.marks.holds(&row.label, mark)) == TaxBasis::Net
    };
    for row in rows.iter_mut().take(last) {
        let is_sum = match row.kind {
            TotalKind::Unrecognised => row.amount == of_lines,
            TotalKind::GrandTotal => {
                let is_before = row.amount == of_lines && row.amount != end && is_made;
                is_before || (is_net(row) && row.amount < end)
            }
            _ => false,
        };
        if is_sum {
            row.kind = TotalKind::Subtotal;
        }
    }
}

/// What rows add to the sum of the lines, taxes aside.
fn added(rows: &[TotalRow], counts: impl Fn(&TotalRow) -> bool) -> Decimal {
    use TotalKind::{Discount, Fee, Levy, Shipping};
    let is_added = |row: &&TotalRow| matches!(row.kind, Discount | Fee | Levy | Shipping);
    let added = rows.iter().filter(is_added).filter(|row| counts(row));
    added.map(|row| row.amount).sum()
}

/// Leaves out charges that stand there twice, net and gross, in the basis that is not that of the lines, and the subtotal
/// that goes with them.
pub(super) fn one_basis(words: &Words, rows: &mut Vec<TotalRow>, lines: &[CartLine]) {
    let of_lines: Decimal = of_all(lines);
    let bases: Vec<(TotalKind, TaxBasis)> = rows
        .iter()
        .map(|row| {
            (
                row.kind,
                Mark::tax_basis(|mark| words.marks.holds(&row.label, mark)),
            )
        })
        .collect();
    let mut subtotals = rows.iter().zip(&bases).filter(|(row, (kind, basis))| {
        *kind == TotalKind::Subtotal && row.amount == of_lines && *basis != TaxBasis::Unknown
    });
    let (Some((_, (_, basis))), None) = (subtotals.next(), subtotals.next()) else {
        return;
    };
    let count = |kind: TotalKind, net_or_gross: &dyn Fn(TaxBasis) -> bool| {
        let own = bases.iter().filter(|(own, _)| *own == kind);
        own.filter(|(_, own)| net_or_gross(*own)).count()
    };
    let is_other = |own: TaxBasis| own != TaxBasis::Unknown && own != *basis;
    let is_double = |(kind, own): (TotalKind, TaxBasis)| {
        is_other(own) && count(kind, &is_other) == count(kind, &|own| own == *basis)
    };
    let is_charge = |kind| matches!(kind, TotalKind::Shipping | TotalKind::Fee);
    if !bases.iter().any(|row| is_charge(row.0) && is_double(*row)) {
        return;
    }
    let is_left = |row: (TotalKind, TaxBasis)| {
        (is_charge(row.0) || row.0 == TotalKind::Subtotal) && is_double(row)
    };
    let mut own = bases.iter();
    rows.retain(|_| !own.next().is_some_and(|row| is_left(*row)));
}

/// The rows without those that all are named alike and whose sum the lines are: totals of each seller.
fn without_parts(rows: &[TotalRow], lines: &[CartLine]) -> Vec<TotalRow> {
    let of_lines: Decimal = of_all(lines);
    let is_part = |row: &&TotalRow| {
        let alike = || rows.iter().filter(|other| other.label == row.label);
        let is_total = matches!(row.kind, TotalKind::Subtotal | TotalKind::GrandTotal);
        is_total
            && alike().count() > 1
            && alike().map(|other| other.amount).sum::<Decimal>() == of_lines
    };
    rows.iter().filter(|row| !is_part(row)).cloned().collect()
}

/// The rows without subtotals of parts, such as those of several sellers, whose sum the lines or another subtotal show.
fn whole_sums(rows: &[TotalRow], lines: &[CartLine]) -> Vec<TotalRow> {
    let is_subtotal = |row: &&TotalRow| row.kind == TotalKind::Subtotal;
    let amounts: Vec<Decimal> = rows
        .iter()
        .filter(is_subtotal)
        .map(|row| row.amount)
        .collect();
    let sum: Decimal = amounts.iter().sum();
    let of_lines: Decimal = of_all(lines);
    let whole = amounts
        .iter()
        .find(|amount| **amount + **amount == sum && amounts.len() > 2);
    let are_parts = amounts.len() > 1 && (sum == of_lines || whole.is_some());
    let is_kept = |row: &&TotalRow| {
        !are_parts || row.kind != TotalKind::Subtotal || Some(&row.amount) == whole
    };
    rows.iter().filter(is_kept).cloned().collect()
}

/// What all lines come to.
fn of_all(lines: &[CartLine]) -> Decimal {
    lines.iter().filter_map(line_amount).sum()
}

/// What a line comes to.
pub(super) fn line_amount(line: &CartLine) -> Option<Decimal> {
    line.line_total
        .or_else(|| line.unit_price.as_ref()?.times(line.quantity))
}
