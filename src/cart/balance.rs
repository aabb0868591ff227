//! The lines' sum against the page's subtotal: equal, rounded, or one with tax and the other without.

use crate::money::{Decimal, TaxBasis};
use crate::sorted::sort_by_key;

use super::message::{Argument, Key, Message};
use super::rows::{TotalKind, TotalRow, sum_or_zero};

/// Most charges whose subsets are tried; beyond that a match would prove little.
const MOST_CHARGES: usize = 5;

/// A fixed amount per line that the unit prices contain once each and the line totals once in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FixedFee {
    /// Place of the row that names its sum.
    pub(super) row: usize,
    /// The amount for one unit.
    pub(super) each: Decimal,
    /// What the line totals lack of it: the sum of (quantity − 1) × amount.
    pub(super) lacking: Decimal,
}

/// How the lines' sum and the subtotal relate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Balance {
    /// To the cent.
    Equal,
    /// Within what rounding each line can make.
    Rounded,
    /// One contains the tax (and fees), the other does not.
    Taxed {
        /// What the lines are.
        lines: TaxBasis,
        /// The fixed fee that the line totals contain only once each.
        fixed: Option<FixedFee>,
        /// The arithmetic in words.
        account: Message,
    },
    /// Nothing accounts for the difference.
    Differs,
}

/// What is weighed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scales<'r> {
    /// Sum of the lines.
    pub(super) lines: Decimal,
    /// The page's subtotal.
    pub(super) subtotal: Decimal,
    /// What the grand total proves of the subtotal: lines that contain tax cannot differ by it from a subtotal that
    /// contains it too, nor net lines from a net one.
    pub(super) basis: TaxBasis,
    /// What is known of the lines without any sum.
    pub(super) known: TaxBasis,
    /// Whether a line's amount is the very difference, as of one that was counted twice.
    pub(super) is_doubtful: bool,
    /// All rows.
    pub(super) rows: &'r [TotalRow],
    /// What rounding each line can make.
    pub(super) rounding: Decimal,
    /// What rounding each line and each row can make.
    pub(super) tolerance: Decimal,
}

impl Scales<'_> {
    /// An amount with as many decimals as the subtotal.
    fn shown(&self, amount: Decimal) -> Decimal {
        amount.round_dp(self.subtotal.scale())
    }
}

/// Weighs lines whose own numbers agree.
pub(super) fn weigh(scales: Scales<'_>) -> Balance {
    let difference = (scales.lines - scales.subtotal).abs();
    if difference.is_zero() {
        return Balance::Equal;
    }
    if difference <= scales.rounding {
        return Balance::Rounded;
    }
    gross_lines(scales, None)
        .or_else(|| net_lines(scales))
        .unwrap_or(Balance::Differs)
}

/// Weighs lines whose totals lack a fixed fee.
pub(super) fn weigh_with_fee(scales: Scales<'_>, fixed: &FixedFee) -> Option<Balance> {
    gross_lines(scales, Some(fixed))
}

/// The subtotal contains tax and the lines do not.
///
/// Only of lines that are known to be net: of six equal lines with a sixth of tax in their sum, five and the tax make
/// the same subtotal, and one would be lost unseen.
fn net_lines(scales: Scales<'_>) -> Option<Balance> {
    let tax = sum_or_zero(scales.rows, &[TotalKind::Tax, TotalKind::IncludedTax]);
    let gap = scales.subtotal - scales.lines;
    let fits = scales.known == TaxBasis::Net
        && scales.basis != TaxBasis::Net
        && tax > Decimal::ZERO
        && (gap - tax).abs() <= scales.tolerance;
    fits.then(|| Balance::Taxed {
        lines: TaxBasis::Net,
        fixed: None,
        account: Key::NetLines.with(vec![
            scales.subtotal.into(),
            scales.lines.into(),
            tax.into(),
        ]),
    })
}

/// The lines contain tax and the subtotal does not: lines = subtotal + some of the fees + tax on the lines.
fn gross_lines(scales: Scales<'_>, fixed: Option<&FixedFee>) -> Option<Balance> {
    let own = |place: usize| fixed.is_some_and(|fee| fee.row == place);
    let others = scales
        .rows
        .iter()
        .enumerate()
        .filter(|(place, _)| !own(*place));
    let others: Vec<&TotalRow> = others.map(|(_, row)| row).collect();
    let of = |kinds: &[TotalKind]| -> Vec<&TotalRow> {
        others
            .iter()
            .copied()
            .filter(|row| kinds.contains(&row.kind))
            .collect()
    };
    let tax = total(&of(&[TotalKind::Tax]));
    let is_unsure = scales.is_doubtful && scales.known != TaxBasis::Gross;
    let is_net = scales.known == TaxBasis::Net;
    if tax <= Decimal::ZERO || scales.basis == TaxBasis::Gross || is_unsure || is_net {
        return None;
    }
    let fixed_row = fixed.and_then(|fee| scales.rows.get(fee.row));
    let lacking = fixed.map_or(Decimal::ZERO, |fee| fee.lacking);
    let above = scales.lines + lacking
        - scales.subtotal
        - fixed_row.map_or(Decimal::ZERO, |row| row.amount);
    for (inside, outside) in splits(&of(&[TotalKind::Fee, TotalKind::Levy])) {
        let tax_on_lines = above - total(&inside);
        let charges = [outside, of(&[TotalKind::Shipping, TotalKind::Discount])].concat();
        if let Some(tax) = tax_left(scales, tax, tax_on_lines, &charges) {
            let parts: Vec<&TotalRow> = fixed_row.into_iter().chain(inside).collect();
            let account = gross_account(scales, lacking, &parts, tax);
            return Some(Balance::Taxed {
                lines: TaxBasis::Gross,
                fixed: fixed.cloned(),
                account,
            });
        }
    }
    None
}

/// The arithmetic of lines that contain tax, in words.
fn gross_account(
    scales: Scales<'_>,
    lacking: Decimal,
    parts: &[&TotalRow],
    tax: Message,
) -> Message {
    let named = |row: &&TotalRow| {
        let label = row.label.trim_end_matches(':');
        Key::PartNamed
            .with(vec![label.into(), row.amount.into()])
            .into()
    };
    let mut sum = vec![Key::PartSubtotal.with(vec![scales.subtotal.into()]).into()];
    sum.extend(parts.iter().map(named));
    sum.push(tax.into());
    let sum = Argument::Sum(sum);
    if lacking.is_zero() {
        return Key::GrossLines.with(vec![scales.lines.into(), sum]);
    }
    let lacking = scales.shown(lacking);
    Key::GrossLinesWithFee.with(vec![scales.lines.into(), lacking.into(), sum])
}

/// Whether the tax shown is that on the lines, or that and the tax on other charges; the words for the latter.
fn tax_left(
    scales: Scales<'_>,
    tax: Decimal,
    on_lines: Decimal,
    charges: &[&TotalRow],
) -> Option<Message> {
    let left = tax - on_lines;
    if left.abs() <= scales.tolerance {
        return Some(Key::PartTax.with(vec![tax.into()]));
    }
    if on_lines <= Decimal::ZERO {
        return None;
    }
    let rates = rates(scales, on_lines);
    for (taxed, _) in splits(charges)
        .into_iter()
        .filter(|(taxed, _)| !taxed.is_empty())
    {
        let base = total(&taxed);
        let fits = rates.iter().any(|rate| {
            rate.checked_mul(base)
                .is_some_and(|expected| (left - expected).abs() <= scales.tolerance)
        });
        if fits {
            let names = taxed.iter().map(|row| row.label.clone().into()).collect();
            return Some(Key::PartTaxOf.with(vec![
                tax.into(),
                scales.shown(left).into(),
                Argument::List(names),
            ]));
        }
    }
    None
}

/// The rate that the lines show, and those that the tax rows' labels name.
fn rates(scales: Scales<'_>, on_lines: Decimal) -> Vec<Decimal> {
    let effective = on_lines.checked_div(scales.subtotal);
    let named = scales
        .rows
        .iter()
        .filter(|row| row.kind == TotalKind::Tax)
        .filter_map(|row| row.rate?.checked_div(Decimal::ONE_HUNDRED));
    effective.into_iter().chain(named).collect()
}

/// Every way to part a few rows in two, the fewest on the left first; none but all or nothing of many.
pub(super) fn splits<'r>(rows: &[&'r TotalRow]) -> Vec<(Vec<&'r TotalRow>, Vec<&'r TotalRow>)> {
    if rows.len() > MOST_CHARGES {
        return vec![(Vec::new(), rows.to_vec()), (rows.to_vec(), Vec::new())];
    }
    let mut found = vec![(Vec::new(), Vec::new())];
    for row in rows {
        let with = found
            .clone()
            .into_iter()
            .map(|(mut left, right): (Vec<_>, Vec<_>)| {
                left.push(*row);
                (left, right)
            });
        let with: Vec<_> = with.collect();
        for (_, right) in &mut found {
            right.push(*row);
        }
        found.extend(with);
    }
    sort_by_key(&mut found, |(left, _)| left.len());
    found
}

fn total(rows: &[&TotalRow]) -> Decimal {
    rows.iter().map(|row| row.amount).sum()
}
