//! A tax that no sum of the page adds, against its own rate.

use crate::money::{Decimal, TaxBasis};

use super::super::balance::{Scales, splits};
use super::super::rows::sum_or_zero;
use super::super::{Argument, Finding, FindingCode, Key, TotalKind, TotalRow};
use super::grand_total::{CHARGES, GrandTotal, TaxWay};
use super::ledger::Ledger;

/// What the rates of the taxes prove.
#[derive(Clone, Debug)]
pub(super) struct TaxProof {
    pub(super) basis: TaxBasis,
    pub(super) finding: Option<Finding>,
}

/// The greatest share of a net amount that a tax has anywhere, in percent.
const GREATEST_RATE: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// Checks the taxes that the grand totals do not add.
pub(super) fn check(scales: Scales<'_>, grand: &GrandTotal, ledger: &Ledger<'_>) -> TaxProof {
    let adds = grand.way == TaxWay::Added;
    let is_held = |row: &&TotalRow| {
        row.kind.is_tax() && !row.amount.is_zero() && !(adds && row.kind == TotalKind::Tax)
    };
    let held: Vec<&TotalRow> = scales.rows.iter().filter(is_held).collect();
    let nothing = |basis, finding| TaxProof { basis, finding };
    if held.is_empty() || (adds && grand.payable.is_none()) {
        return nothing(TaxBasis::Unknown, None);
    }
    let charges = sum_or_zero(scales.rows, &CHARGES);
    // Not what is to be paid, which may be rounded to coins.
    let total = scales.subtotal + charges;
    let taxes = Taxes {
        rows: &held,
        ledger,
        lines: ledger.cart.lines.len(),
    };
    let may_be_added =
        grand.way == TaxWay::Open && held.iter().all(|row| row.kind == TotalKind::Tax);
    let untaxed: Vec<&TotalRow> = scales
        .rows
        .iter()
        .filter(|row| CHARGES.contains(&row.kind) && !row.amount.is_zero())
        .collect();
    if may_be_added && taxes.fits(total, TaxBasis::Net) == Some(Proof::Exact) {
        return nothing(TaxBasis::Net, None);
    }
    match taxes.fits(total, TaxBasis::Gross) {
        Some(Proof::Exact) => nothing(TaxBasis::Gross, None),
        Some(Proof::Rounded(finding)) => nothing(TaxBasis::Gross, Some(finding)),
        Some(Proof::Not(finding)) if !may_be_added => match taxes.on_part(total, &untaxed) {
            Some(on_part) => nothing(TaxBasis::Gross, Some(on_part)),
            None => nothing(TaxBasis::Unknown, Some(finding)),
        },
        _ => nothing(TaxBasis::Unknown, Some(taxes.unproved(total))),
    }
}

/// How taxes fit their rates.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Proof {
    Exact,
    Rounded(Finding),
    Not(Finding),
}

struct Taxes<'t> {
    rows: &'t [&'t TotalRow],
    ledger: &'t Ledger<'t>,
    lines: usize,
}

impl Taxes<'_> {
    fn sum(&self) -> Decimal {
        self.rows.iter().map(|row| row.amount).sum()
    }

    /// The amount that the taxes are on, how far rounding can move it, and how far rounding on every line can;
    /// `None` without a rate.
    fn taxed(&self, basis: TaxBasis) -> Option<(Decimal, Decimal, Decimal)> {
        let half = self.ledger.precision.half();
        let spread = self.ledger.precision.spread(self.lines.saturating_add(1));
        let mut found = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for row in self.rows {
            let rate = row.rate.filter(|rate| *rate > Decimal::ZERO)?;
            let whole = match basis {
                TaxBasis::Net => Decimal::ONE_HUNDRED,
                _ => Decimal::ONE_HUNDRED.checked_add(rate)?,
            };
            let factor = whole.checked_div(rate)?;
            let times = |amount: Decimal| amount.checked_mul(factor);
            found.0 = found.0.checked_add(times(row.amount)?)?;
            found.1 = found.1.checked_add(times(half)?)?;
            found.2 = found.2.checked_add(times(spread)?)?;
        }
        Some(found)
    }

    /// Whether the taxes, at their rates, are those on this total.
    fn fits(&self, total: Decimal, basis: TaxBasis) -> Option<Proof> {
        let (taxed, least, most) = self.taxed(basis)?;
        let difference = (taxed - total).abs();
        if difference <= least {
            return Some(Proof::Exact);
        }
        let shown = |amount: Decimal| amount.round_dp(4).normalize();
        let start = Key::TaxDiffers.with(vec![
            self.words(),
            shown(taxed).into(),
            total.into(),
            shown(difference).into(),
        ]);
        Some(if difference <= most {
            let words = Key::TaxRounded.with(vec![start.into(), shown(most).into()]);
            Proof::Rounded(Finding::of_cart(FindingCode::TotalRounding, words))
        } else {
            let words = Key::TaxWrong.with(vec![start.into()]);
            Proof::Not(Finding::of_cart(FindingCode::TotalMismatch, words))
        })
    }

    /// What is said where the taxes are those on the total without some charges.
    fn on_part(&self, total: Decimal, charges: &[&TotalRow]) -> Option<Finding> {
        let parts = splits(charges).into_iter();
        let parts = parts.filter(|(untaxed, _)| !untaxed.is_empty());
        let (untaxed, _) = parts.into_iter().find(|(untaxed, _)| {
            let part = total - untaxed.iter().map(|row| row.amount).sum::<Decimal>();
            self.fits(part, TaxBasis::Gross) == Some(Proof::Exact)
        })?;
        let names = untaxed.iter().map(|row| row.name().into()).collect();
        let words = Key::TaxOnPart.with(vec![self.words(), total.into(), Argument::List(names)]);
        Some(Finding::of_cart(FindingCode::TaxOnPart, words))
    }

    /// Nothing proves a tax without a rate; more than any tax is a contradiction.
    fn unproved(&self, total: Decimal) -> Finding {
        let tax = self.sum();
        let most = (total - tax).checked_mul(GREATEST_RATE);
        let most = most.and_then(|most| most.checked_div(Decimal::ONE_HUNDRED));
        if tax.is_sign_negative() || most.is_none_or(|most| tax > most) {
            let words = Key::TaxImpossible.with(vec![self.words(), total.into()]);
            return Finding::of_cart(FindingCode::TotalMismatch, words);
        }
        let words = Key::TaxUnproved.with(vec![self.words()]);
        Finding::of_cart(FindingCode::AmountUnproved, words)
    }

    fn words(&self) -> Argument {
        Argument::Sum(self.rows.iter().map(|row| row.named()).collect())
    }
}
