//! Whether a page's own totals follow from its lines.

mod fixed_fee;
mod grand_total;

use crate::money::arithmetic::{add, multiply};
use crate::money::{Decimal, TaxBasis};
use crate::sorted::sort_by_key;

use super::balance::{Balance, FixedFee, Scales, weigh, weigh_with_fee};
use super::lines::{Amount, LineCheck, Precision, amount, check};
use super::{Cart, Finding, FindingCode, TotalKind, TotalRow, Totals, Verdict};

/// Checks a cart against the totals of its page, and says what does not add up.
///
/// Sets the totals, the verdict, the tax basis of the lines where the page's sums prove it, and adds findings. No
/// amount is changed. `cart.findings` holds what the reader found, `rows` the page's totals one by one.
pub fn reconcile(cart: &mut Cart, rows: &[TotalRow]) {
    cart.totals = Totals::of(rows);
    if exceeds_limits(cart, rows) {
        let words = "an amount or a quantity is greater than any that a cart can have";
        cart.findings
            .push(Finding::of_cart(FindingCode::LimitExceeded, words));
    } else if !cart.lines.is_empty() {
        let mut ledger = Ledger::open(cart, rows);
        ledger.weigh();
        let (found, basis) = (ledger.findings, ledger.basis);
        cart.findings.extend(found);
        state_basis(cart, basis);
    }
    sort_by_key(&mut cart.findings, |finding| {
        finding.line.unwrap_or(usize::MAX)
    });
    cart.verdict = verdict(cart);
}

/// Greatest amount or quantity that is computed with: sums of many of them still are exact.
const GREATEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

fn exceeds_limits(cart: &Cart, rows: &[TotalRow]) -> bool {
    let prices = cart
        .lines
        .iter()
        .filter_map(|line| line.unit_price.as_ref())
        .map(|price| price.amount);
    let totals = cart.lines.iter().filter_map(|line| line.line_total);
    let quantities = cart.lines.iter().map(|line| line.quantity);
    let shown = rows.iter().map(|row| row.amount);
    prices
        .chain(totals)
        .chain(quantities)
        .chain(shown)
        .any(|amount| amount.abs() > GREATEST)
}

/// One cart's check.
struct Ledger<'c> {
    cart: &'c Cart,
    rows: &'c [TotalRow],
    precision: Precision,
    checks: Vec<LineCheck>,
    findings: Vec<Finding>,
    basis: TaxBasis,
}

impl<'c> Ledger<'c> {
    fn open(cart: &'c Cart, rows: &'c [TotalRow]) -> Self {
        let precision = Precision::of(&cart.lines, rows);
        let checks = cart
            .lines
            .iter()
            .map(|line| check(line, precision))
            .collect();
        Self {
            cart,
            rows,
            precision,
            checks,
            findings: Vec::new(),
            basis: TaxBasis::Unknown,
        }
    }

    fn weigh(&mut self) {
        self.report_unpriced_and_rounded();
        self.report_unrecognised();
        let grand = grand_total::check(self.rows, self.cart.currency, self.precision);
        self.findings.extend(grand.finding);
        if grand.subtotals.is_empty() {
            let words = "the page shows no total that the lines could be checked against";
            self.findings
                .push(Finding::of_cart(FindingCode::NothingToCheckAgainst, words));
            self.report_differing(None);
        }
        let weighed = grand.subtotals.into_iter().filter_map(|(subtotal, basis)| {
            let scales = self.scales(subtotal, basis)?;
            let (balance, fixed) = self.balance(scales);
            Some((scales, balance, fixed, basis))
        });
        let Some((scales, balance, fixed, basis)) =
            weighed.min_by_key(|(_, balance, ..)| rank(balance))
        else {
            return;
        };
        self.report_differing(fixed.as_ref());
        self.report_balance(&balance, scales);
        self.basis = match balance {
            Balance::Equal | Balance::Rounded => basis,
            Balance::Taxed { lines, .. } => lines,
            Balance::Differs => TaxBasis::Unknown,
        };
    }

    /// The lines' sum and the subtotal, with what rounding can make; `None` where a line has no amount.
    fn scales(&self, subtotal: Decimal, basis: TaxBasis) -> Option<Scales<'c>> {
        let amounts: Option<Vec<Amount>> = self
            .cart
            .lines
            .iter()
            .map(|line| amount(line, self.precision))
            .collect();
        let amounts = amounts?;
        let half = self.precision.half();
        let slack = amounts
            .iter()
            .map(|amount| amount.slack)
            .try_fold(Decimal::ZERO, add)?;
        let lines = amounts
            .iter()
            .map(|amount| amount.value)
            .try_fold(Decimal::ZERO, add)?;
        let rounding = add(multiply(half, Decimal::from(amounts.len()))?, slack)?;
        let rows = multiply(half, Decimal::from(self.rows.len().saturating_add(1)))?;
        Some(Scales {
            lines,
            subtotal,
            basis,
            rows: self.rows,
            rounding,
            tolerance: add(rounding, rows)?,
        })
    }

    fn balance(&self, scales: Scales<'_>) -> (Balance, Option<FixedFee>) {
        for fixed in fixed_fee::candidates(self.cart, &self.checks, self.rows) {
            if let Some(balance) = weigh_with_fee(scales, &fixed) {
                return (balance, Some(fixed));
            }
        }
        (weigh(scales), None)
    }

    fn report_unpriced_and_rounded(&mut self) {
        for (place, (line, check)) in self.cart.lines.iter().zip(&self.checks).enumerate() {
            match check {
                LineCheck::Unpriced => self.findings.push(Finding::of_line(
                    FindingCode::FieldMissing,
                    place,
                    "the line shows neither a unit price nor a total that could be checked",
                )),
                LineCheck::Rounded { product, bound } => {
                    let shown = line.line_total.unwrap_or_default();
                    let message = format!(
                        "{} × unit price is {}, the page shows {shown}: a difference of {}, and rounding the unit price can make {}",
                        line.quantity,
                        product.normalize(),
                        (*product - shown).abs().normalize(),
                        bound.normalize()
                    );
                    self.findings
                        .push(Finding::of_line(FindingCode::LineRounding, place, message));
                }
                LineCheck::Agrees | LineCheck::Differs { .. } => {}
            }
        }
    }

    fn report_differing(&mut self, fixed: Option<&FixedFee>) {
        let fee = fixed.and_then(|fee| Some((fee, self.rows.get(fee.row)?)));
        for (place, (line, check)) in self.cart.lines.iter().zip(&self.checks).enumerate() {
            let LineCheck::Differs { product, .. } = check else {
                continue;
            };
            let shown = line.line_total.unwrap_or_default();
            let difference = *product - shown;
            let start = format!(
                "{} × unit price is {}, the page shows {shown}: a difference of {}",
                line.quantity,
                product.normalize(),
                difference.normalize()
            );
            let finding = match fee {
                Some((fee, row)) => Finding::of_line(
                    FindingCode::LineFixedFee,
                    place,
                    format!(
                        "{start}, because the unit price contains {} per unit and the line total only once; the totals name it `{}` {}",
                        self.precision.shown(fee.each),
                        row.label,
                        row.amount
                    ),
                ),
                None => Finding::of_line(
                    FindingCode::LineMismatch,
                    place,
                    format!("{start}, and nothing on the page accounts for it"),
                ),
            };
            self.findings.push(finding);
        }
    }

    fn report_unrecognised(&mut self) {
        for row in self
            .rows
            .iter()
            .filter(|row| row.kind == TotalKind::Unrecognised)
        {
            let message = format!(
                "the totals hold `{}` {}, which is none of the known kinds",
                row.label, row.amount
            );
            self.findings
                .push(Finding::of_cart(FindingCode::TotalUnrecognised, message));
        }
    }

    fn report_balance(&mut self, balance: &Balance, scales: Scales<'_>) {
        let (lines, subtotal) = (scales.lines, scales.subtotal);
        let difference = (lines - subtotal).abs();
        let finding = match balance {
            Balance::Equal => return,
            Balance::Rounded => Finding::of_cart(
                FindingCode::SubtotalRounding,
                format!(
                    "the lines sum to {lines}, the page to {subtotal}: a difference of {difference}, and rounding each line can make {}",
                    scales.rounding.normalize()
                ),
            ),
            Balance::Taxed { account, .. } => {
                Finding::of_cart(FindingCode::NetAndGross, account.clone())
            }
            Balance::Differs => Finding::of_cart(
                FindingCode::TotalMismatch,
                format!(
                    "the lines sum to {lines}, the page to {subtotal}: {difference} that nothing accounts for"
                ),
            ),
        };
        self.findings.push(finding);
    }
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

/// Writes a proven tax basis to every price that has none, or says that there is none.
fn state_basis(cart: &mut Cart, basis: TaxBasis) {
    let prices = || {
        cart.lines
            .iter()
            .filter_map(|line| line.unit_price.as_ref())
    };
    if prices().all(|price| price.tax != TaxBasis::Unknown) && prices().next().is_some() {
        return;
    }
    let words = match basis {
        TaxBasis::Unknown => {
            let words = "nothing on the page says or proves whether the prices contain tax";
            cart.findings
                .push(Finding::of_cart(FindingCode::TaxBasisUnknown, words));
            return;
        }
        TaxBasis::Net => "the prices do not contain tax: the page adds it to the sum of the lines",
        TaxBasis::Gross => "the prices contain tax: the sum of the lines already holds it",
    };
    cart.findings
        .push(Finding::of_cart(FindingCode::TaxBasisProven, words));
    let unknown = cart
        .lines
        .iter_mut()
        .filter_map(|line| line.unit_price.as_mut());
    for price in unknown.filter(|price| price.tax == TaxBasis::Unknown) {
        price.tax = basis;
    }
}

fn verdict(cart: &Cart) -> Verdict {
    let has = |codes: &[FindingCode]| {
        cart.findings
            .iter()
            .any(|finding| codes.contains(&finding.code))
    };
    let blocked = has(&[
        FindingCode::CurrencyMixed,
        FindingCode::LineMismatch,
        FindingCode::TotalMismatch,
        FindingCode::NothingToCheckAgainst,
        FindingCode::FieldMissing,
        FindingCode::NumberUnreadable,
        FindingCode::LimitExceeded,
    ]) || cart
        .findings
        .iter()
        .any(|finding| hides_an_amount(cart, finding));
    let explained = has(&[
        FindingCode::LineRounding,
        FindingCode::LineFixedFee,
        FindingCode::SubtotalRounding,
        FindingCode::TotalRounding,
        FindingCode::TotalUnrecognised,
        FindingCode::NetAndGross,
    ]);
    match (blocked, cart.lines.is_empty(), explained) {
        (true, _, _) => Verdict::Unreconciled,
        (false, true, _) => Verdict::NotACart,
        (false, false, true) => Verdict::Explained,
        (false, false, false) => Verdict::Reconciled,
    }
}

/// Whether an ambiguity left an amount unread: on the totals, or on a line that misses one.
fn hides_an_amount(cart: &Cart, finding: &Finding) -> bool {
    if finding.code != FindingCode::FieldAmbiguous {
        return false;
    }
    let line = finding.line.and_then(|place| cart.lines.get(place));
    let others_have_totals = cart.lines.iter().any(|line| line.line_total.is_some());
    line.is_none_or(|line| {
        line.unit_price.is_none() || (others_have_totals && line.line_total.is_none())
    })
}

#[cfg(test)]
mod tests;
