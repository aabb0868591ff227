//! One way to understand a page's totals: what follows from the lines, and what does not.

use crate::money::{Decimal, TaxBasis};

use super::super::balance::{Balance, FixedFee, Scales, weigh, weigh_with_fee};
use super::super::rows::sum_or_zero;
use super::super::{Argument, Cart, Finding, FindingCode, Key, TotalKind, TotalRow};
use super::grand_total::{self, Base, CHARGES, Fit, GrandTotal, TaxWay};
use super::ledger::{Ledger, LineSum};
use super::{fixed_fee, subtotals, tax, verdict};

/// What a page's totals say under one understanding of them.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) findings: Vec<Finding>,
    /// What is proved of the lines.
    pub(super) basis: TaxBasis,
    /// A fee that accounts for lines that differ.
    pub(super) fixed: Option<(FixedFee, TotalRow)>,
    /// The subtotal that the lines were weighed against.
    subtotal: Option<Decimal>,
    grand: GrandTotal,
    /// The tax without the row that only restates it.
    tax: Option<Decimal>,
    /// Whether the lines and the subtotal are of one kind.
    is_even: bool,
    /// How much is left unexplained, and how much is explained.
    score: (usize, u8, Fit, usize),
}

/// Understands the totals as these rows; `None` where a line has no amount.
pub(super) fn state(ledger: &Ledger<'_>, rows: &[TotalRow]) -> Option<Statement> {
    let sum = ledger.sum?;
    let is_total =
        |row: &&TotalRow| matches!(row.kind, TotalKind::Subtotal | TotalKind::GrandTotal);
    if !rows.iter().any(|row| is_total(&row)) {
        return Some(nothing_to_check());
    }
    let states = bases(rows, sum).into_iter().map(|base| {
        Weighing {
            ledger,
            rows,
            sum,
            base,
        }
        .state()
    });
    states.min_by_key(|statement| statement.score)
}

fn nothing_to_check() -> Statement {
    let words = Key::NoTotals;
    Statement {
        tax: None,
        findings: vec![Finding::of_cart(FindingCode::NothingToCheckAgainst, words)],
        basis: TaxBasis::Unknown,
        fixed: None,
        subtotal: None,
        grand: GrandTotal {
            payable: None,
            untaxed: Decimal::ZERO,
            basis: TaxBasis::Unknown,
            way: TaxWay::Open,
            fit: Fit::Not,
            finding: None,
        },
        is_even: false,
        score: (1, 0, Fit::Not, 1),
    }
}

/// Each subtotal, or the lines themselves where the page shows none.
fn bases(rows: &[TotalRow], sum: LineSum) -> Vec<Base> {
    let subtotals = rows.iter().filter(|row| row.kind == TotalKind::Subtotal);
    let bases: Vec<Base> = subtotals
        .map(|row| Base {
            amount: row.amount,
            tax: row.tax,
            rounding: Decimal::ZERO,
            name: Key::TheTotals,
        })
        .collect();
    if !bases.is_empty() {
        return bases;
    }
    vec![Base {
        amount: sum.value,
        tax: TaxBasis::Unknown,
        rounding: sum.rounding,
        name: Key::TheLinesAndTotals,
    }]
}

/// Lines, rows and the subtotal that joins them.
struct Weighing<'w> {
    ledger: &'w Ledger<'w>,
    rows: &'w [TotalRow],
    sum: LineSum,
    base: Base,
}

impl Weighing<'_> {
    fn state(&self) -> Statement {
        let grand = grand_total::check(self.base, self.rows, self.ledger.precision);
        let scales = self.scales(&grand);
        let (balance, fixed) = self.balance(scales);
        let mut findings: Vec<Finding> = report(&balance, scales).into_iter().collect();
        findings.extend(grand.finding.clone());
        findings.extend(subtotals::others(scales, &grand, self.ledger.precision));
        findings.extend(self.unproved_charges());
        findings.extend(self.lost_or_tax(&grand));
        let mut basis = match &balance {
            Balance::Equal | Balance::Rounded => grand.basis,
            Balance::Taxed { lines, .. } => *lines,
            Balance::Differs => TaxBasis::Unknown,
        };
        let is_even = matches!(balance, Balance::Equal | Balance::Rounded);
        if is_even {
            let proof = tax::check(scales, &grand, self.ledger);
            findings.extend(proof.finding);
            if basis == TaxBasis::Unknown {
                basis = proof.basis;
            }
        }
        let blocking = |finding: &&Finding| verdict::BLOCKING.contains(&finding.code);
        let differing = fixed.as_ref().map_or(1, |_| 0);
        let unexplained = findings.iter().filter(blocking).count();
        Statement {
            tax: None,
            score: (
                unexplained,
                rank(&balance),
                grand.fit,
                findings.len().saturating_add(differing),
            ),
            findings,
            basis,
            fixed,
            subtotal: (self.base.rounding.is_zero()).then_some(self.base.amount),
            grand,
            is_even,
        }
    }

    fn scales(&self, grand: &GrandTotal) -> Scales<'_> {
        let precision = self.ledger.precision;
        let rows = precision.half() * Decimal::from(self.rows.len().saturating_add(1));
        let coin = precision.coin_of_lines();
        let coin = coin.filter(|coin| coin.rounds(self.sum.value, self.base.amount));
        let rounding = coin.map_or(self.sum.rounding, |coin| {
            coin.bound().max(self.sum.rounding)
        });
        // A grand total that holds a tax without adding it leaves no room for lines that contain what it does not.
        let basis = match (grand.way, grand.basis) {
            (TaxWay::Contained, TaxBasis::Unknown) => TaxBasis::Gross,
            (_, basis) => basis,
        };
        Scales {
            lines: self.sum.value,
            subtotal: self.base.amount,
            basis,
            known: self.ledger.known_basis(),
            is_doubtful: self.ledger.has_line_of(self.sum.value - self.base.amount),
            rows: self.rows,
            rounding,
            tolerance: self.sum.rounding + rows,
        }
    }

    fn balance(&self, scales: Scales<'_>) -> (Balance, Option<(FixedFee, TotalRow)>) {
        for fixed in fixed_fee::candidates(self.ledger.cart, &self.ledger.checks, self.rows) {
            if let (Some(balance), Some(row)) =
                (weigh_with_fee(scales, &fixed), self.rows.get(fixed.row))
            {
                return (balance, Some((fixed, row.clone())));
            }
        }
        (weigh(scales), None)
    }

    /// Lines and an added tax that make the grand total, where a line that is as dear as the tax could be what lacks.
    fn lost_or_tax(&self, grand: &GrandTotal) -> Option<Finding> {
        let tax = sum_or_zero(self.rows, &[TotalKind::Tax]);
        let is_shown = |kind| self.rows.iter().any(|row| row.kind == kind);
        let is_sure = is_shown(TotalKind::Subtotal) || self.ledger.known_basis() == TaxBasis::Net;
        let is_unsure = grand.way == TaxWay::Added && !is_sure && self.ledger.has_line_of(tax);
        let message = Key::LostOrTax.with(vec![tax.into()]);
        is_unsure.then(|| Finding::of_cart(FindingCode::TotalMismatch, message))
    }

    /// Charges that no grand total holds.
    fn unproved_charges(&self) -> Option<Finding> {
        if self
            .rows
            .iter()
            .any(|row| row.kind == TotalKind::GrandTotal)
        {
            return None;
        }
        let charges = self
            .rows
            .iter()
            .filter(|row| CHARGES.contains(&row.kind) && !row.amount.is_zero());
        let charges: Vec<Argument> = charges.map(TotalRow::named).collect();
        (!charges.is_empty()).then(|| {
            let message = Key::NoGrandTotal.with(vec![Argument::List(charges)]);
            Finding::of_cart(FindingCode::AmountUnproved, message)
        })
    }
}

impl Statement {
    /// Whether every total follows, or differs for a named reason.
    pub(super) fn holds(&self) -> bool {
        let (unexplained, ..) = self.score;
        unexplained == 0
    }

    /// Adds why the totals are understood so.
    pub(super) fn because(mut self, note: Option<Finding>) -> Self {
        self.findings.extend(note);
        self
    }

    /// The same, where one row only restates the tax of the others.
    pub(super) fn with_tax(mut self, tax: Option<Decimal>) -> Self {
        self.tax = tax;
        self
    }

    /// Writes to a cart what is proved: findings, the totals among several, and the tax basis of its rows.
    pub(super) fn prove(&self, cart: &mut Cart) {
        cart.findings.extend(self.findings.iter().cloned());
        if self.holds() {
            cart.totals.subtotal = cart.totals.subtotal.or(self.subtotal);
            cart.totals.grand_total = cart.totals.grand_total.or(self.grand.payable);
            cart.totals.tax = self.tax.or(cart.totals.tax);
            let unknown = cart
                .rows
                .iter_mut()
                .filter(|row| row.tax == TaxBasis::Unknown);
            unknown.for_each(|row| row.tax = self.basis_of(row));
        }
    }

    /// What is proved of a row.
    fn basis_of(&self, row: &TotalRow) -> TaxBasis {
        let is_paid = self.grand.payable == Some(row.amount);
        let adds = self.grand.way == TaxWay::Added;
        match row.kind {
            _ if !self.is_even => TaxBasis::Unknown,
            TotalKind::GrandTotal if is_paid && adds => TaxBasis::Gross,
            TotalKind::GrandTotal if adds && self.grand.untaxed == row.amount => TaxBasis::Net,
            TotalKind::GrandTotal if is_paid => self.basis,
            TotalKind::Subtotal if self.subtotal == Some(row.amount) => self.basis,
            TotalKind::Discount | TotalKind::Shipping | TotalKind::Fee
                if self.grand.payable.is_some() =>
            {
                self.basis
            }
            _ => TaxBasis::Unknown,
        }
    }
}

fn report(balance: &Balance, scales: Scales<'_>) -> Option<Finding> {
    let (lines, subtotal) = (scales.lines, scales.subtotal);
    let difference = (lines - subtotal).abs();
    let mut values = vec![lines.into(), subtotal.into(), difference.into()];
    let (code, words) = match balance {
        Balance::Equal => return None,
        Balance::Rounded => {
            values.push(scales.rounding.normalize().into());
            (
                FindingCode::SubtotalRounding,
                Key::LinesRounded.with(values),
            )
        }
        Balance::Taxed { account, .. } => (FindingCode::NetAndGross, account.clone()),
        Balance::Differs => (FindingCode::TotalMismatch, Key::LinesDiffer.with(values)),
    };
    Some(Finding::of_cart(code, words))
}

/// How much a balance leaves to be explained.
fn rank(balance: &Balance) -> u8 {
    match balance {
        Balance::Equal => 0,
        Balance::Rounded => 1,
        Balance::Taxed { .. } => 2,
        Balance::Differs => 3,
    }
}
