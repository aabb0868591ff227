//! Every grand total against the other totals, and what that proves about tax.

use crate::money::{Decimal, TaxBasis};

use super::super::lines::Precision;
use super::super::rows::sum_or_zero;
use super::super::{Argument, Finding, FindingCode, Key, TotalKind, TotalRow};

/// What the grand totals are computed from: a subtotal, or the lines where the page shows none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    pub(super) amount: Decimal,
    /// What the page prints beside it.
    pub(super) tax: TaxBasis,
    /// What rounding can make of it: nothing of a subtotal.
    pub(super) rounding: Decimal,
    /// `the totals` or `the lines and the other totals`.
    pub(super) name: Key,
}

/// How the page treats the tax that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TaxWay {
    /// A grand total adds it.
    Added,
    /// The grand totals hold it already, or there is none.
    Contained,
    /// The page shows no grand total that could tell.
    Open,
}

/// What the grand totals say.
#[derive(Clone, Debug)]
pub(super) struct GrandTotal {
    /// What is to be paid, where the page shows it.
    pub(super) payable: Option<Decimal>,
    /// The same without the tax that is added to it.
    pub(super) untaxed: Decimal,
    /// What they prove of the base.
    pub(super) basis: TaxBasis,
    pub(super) way: TaxWay,
    /// How well they follow.
    pub(super) fit: Fit,
    /// What does not add up, or only by rounding.
    pub(super) finding: Option<Finding>,
}

/// How an amount follows from others, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    Exact,
    Cash,
    Rounded,
    Not,
}

/// Charges that a grand total adds to the subtotal, whatever the tax.
pub(super) const CHARGES: [TotalKind; 6] = [
    TotalKind::Discount,
    TotalKind::Shipping,
    TotalKind::Fee,
    TotalKind::Levy,
    TotalKind::Rounding,
    TotalKind::Unrecognised,
];

/// Checks that every grand total follows from a base and the charges, with the tax added or contained.
pub(super) fn check(base: Base, rows: &[TotalRow], precision: Precision) -> GrandTotal {
    let check = Check {
        base,
        rows,
        precision,
    };
    let ways = check.ways();
    let fitting = ways.iter().map(|way| check.fit(way));
    let best = fitting.zip(&ways).min_by_key(|(fit, _)| *fit);
    let unknown = |finding, fit| GrandTotal {
        payable: None,
        untaxed: base.amount,
        basis: base.tax,
        way: TaxWay::Open,
        fit,
        finding,
    };
    match best {
        _ if check.shown().next().is_none() => unknown(None, Fit::Exact),
        Some((fit, way)) if fit != Fit::Not => check.follows(way, fit),
        _ => unknown(Some(check.mismatch(&ways)), Fit::Not),
    }
}

/// One way to get from the base to the grand totals.
struct Way {
    tax: TaxWay,
    /// What is to be paid.
    paid: Decimal,
    /// The same without the tax.
    untaxed: Decimal,
    /// What it proves of the base.
    proves: TaxBasis,
}

struct Check<'r> {
    base: Base,
    rows: &'r [TotalRow],
    precision: Precision,
}

impl Check<'_> {
    fn shown(&self) -> impl Iterator<Item = (usize, &TotalRow)> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| row.kind == TotalKind::GrandTotal)
    }

    fn ways(&self) -> Vec<Way> {
        let sum = self.base.amount + sum_or_zero(self.rows, &CHARGES);
        let tax = sum_or_zero(self.rows, &[TotalKind::Tax]);
        let contained = sum_or_zero(self.rows, &[TotalKind::IncludedTax]);
        let added = Way {
            tax: TaxWay::Added,
            paid: sum + tax,
            untaxed: sum,
            proves: TaxBasis::Net,
        };
        let held = Way {
            tax: TaxWay::Contained,
            paid: sum,
            untaxed: sum - tax - contained,
            proves: self.held_basis(tax, contained),
        };
        let may_add = !tax.is_zero() && self.base.tax != TaxBasis::Gross;
        let may_hold = tax.is_zero() || self.base.tax != TaxBasis::Net;
        let ways = [may_add.then_some(added), may_hold.then_some(held)];
        ways.into_iter().flatten().collect()
    }

    /// What a sum without added tax proves: gross, where the page says that it contains a tax and adds none.
    ///
    /// A tax that is shown, and neither said to be contained nor added, may as well fall due later.
    fn held_basis(&self, tax: Decimal, contained: Decimal) -> TaxBasis {
        let mut labels = self.shown().map(|(_, row)| row.tax);
        let label = labels.find(|label| *label != TaxBasis::Unknown);
        match (self.base.tax, label) {
            (TaxBasis::Unknown, _) if tax.is_zero() && !contained.is_zero() => TaxBasis::Gross,
            (TaxBasis::Unknown, Some(TaxBasis::Gross)) => TaxBasis::Gross,
            (TaxBasis::Unknown, Some(TaxBasis::Net)) if tax.is_zero() => TaxBasis::Net,
            (known, _) => known,
        }
    }

    /// How all grand totals fit: one is what is to be paid, others may be what is so without tax, or up to their place.
    fn fit(&self, way: &Way) -> Fit {
        let pays = |row: &TotalRow| match row.tax {
            TaxBasis::Net if way.paid != way.untaxed => Fit::Not,
            _ => self.follows_from(way.paid, row.amount),
        };
        let before = |place: usize, row: &TotalRow| {
            let running = self.running(way.tax, place);
            let untaxed = match row.tax {
                TaxBasis::Gross => Fit::Not,
                _ => self.follows_from(way.untaxed, row.amount),
            };
            untaxed.min(self.follows_from(running, row.amount))
        };
        let is_paid = self.shown().any(|(_, row)| pays(row) != Fit::Not);
        let only_net = self.shown().all(|(_, row)| row.tax == TaxBasis::Net);
        let fits = self.shown().map(|(place, row)| match pays(row) {
            Fit::Not if is_paid || only_net => before(place, row),
            fit => fit,
        });
        fits.max().unwrap_or(Fit::Not)
    }

    /// The base and the rows above a place.
    fn running(&self, way: TaxWay, place: usize) -> Decimal {
        running(
            self.base.amount,
            self.rows.get(..place).unwrap_or_default(),
            way,
        )
    }

    fn follows_from(&self, sum: Decimal, shown: Decimal) -> Fit {
        let tolerance = self.precision.half() * Decimal::from(self.rows.len()) + self.base.rounding;
        follows_from(sum, shown, tolerance, self.precision)
    }

    fn follows(&self, way: &Way, fit: Fit) -> GrandTotal {
        let shown: Vec<Decimal> = self.shown().map(|(_, row)| row.amount).collect();
        let is_paid = |amount: &Decimal| self.follows_from(way.paid, *amount) != Fit::Not;
        let payable = shown
            .iter()
            .copied()
            .find(is_paid)
            .or(shown.first().copied());
        let basis =
            if way.tax == TaxWay::Added && self.shown().all(|(_, row)| row.tax == TaxBasis::Net) {
                TaxBasis::Net
            } else {
                way.proves
            };
        GrandTotal {
            payable,
            untaxed: way.untaxed,
            basis,
            way: way.tax,
            fit,
            finding: payable.and_then(|payable| self.rounding(way.paid, payable, fit)),
        }
    }

    fn rounding(&self, sum: Decimal, shown: Decimal, fit: Fit) -> Option<Finding> {
        let difference = (sum - shown).abs();
        let start = || {
            let values = [sum, shown, difference].map(Argument::from);
            let name = [self.base.name.into()];
            Argument::from(Key::SumIs.with(name.into_iter().chain(values).collect()))
        };
        match fit {
            Fit::Cash => {
                let bound = self.precision.coin?.bound();
                let words = Key::SumCoins.with(vec![start(), bound.into()]);
                Some(Finding::of_cart(FindingCode::CashRounding, words))
            }
            Fit::Rounded => {
                let bound = self.precision.half() * Decimal::from(self.rows.len());
                let bound = (bound + self.base.rounding).normalize();
                let words = Key::SumRounded.with(vec![start(), bound.into()]);
                Some(Finding::of_cart(FindingCode::TotalRounding, words))
            }
            Fit::Exact | Fit::Not => None,
        }
    }

    /// Of several grand totals one that does not follow is told, as another may.
    fn mismatch(&self, ways: &[Way]) -> Finding {
        let follows = |amount: &Decimal| {
            let mut fits = ways.iter().map(|way| self.follows_from(way.paid, *amount));
            fits.any(|fit| fit != Fit::Not)
        };
        let shown = || self.shown().map(|(_, row)| row.amount);
        let shown = shown()
            .filter(|amount| !follows(amount))
            .max()
            .or(shown().max());
        let shown = shown.unwrap_or_default();
        let key = match ways {
            [_, _] => Key::SumTwoWays,
            _ => Key::SumOneWay,
        };
        let mut values = vec![self.base.name.into()];
        for way in ways {
            values.extend([way.paid.into(), (way.paid - shown).abs().into()]);
        }
        values.push(shown.into());
        let words = key.with(values);
        Finding::of_cart(FindingCode::TotalMismatch, words)
    }
}

/// A base and the charges of some rows, with their tax where it is added.
pub(super) fn running(base: Decimal, rows: &[TotalRow], way: TaxWay) -> Decimal {
    let tax = match way {
        TaxWay::Added => sum_or_zero(rows, &[TotalKind::Tax]),
        TaxWay::Contained | TaxWay::Open => Decimal::ZERO,
    };
    base + sum_or_zero(rows, &CHARGES) + tax
}

/// How an amount that is shown follows from an exact one.
pub(super) fn follows_from(
    exact: Decimal,
    shown: Decimal,
    tolerance: Decimal,
    precision: Precision,
) -> Fit {
    if exact == shown {
        Fit::Exact
    } else if precision.coin.is_some_and(|coin| coin.rounds(exact, shown)) {
        Fit::Cash
    } else if (exact - shown).abs() <= tolerance {
        Fit::Rounded
    } else {
        Fit::Not
    }
}
