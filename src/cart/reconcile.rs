//! Whether a page's own totals follow from its lines.
//!
//! ```text
//! lines ──check──▶ quantity × price against each line's total ─┐
//! rows ──readings──▶ one way to understand the totals each ────┼─▶ Statement: what follows, what differs, by how much
//!        (as they stand; a discount already contained; …)      ┘   the first without a difference is taken
//! ```

mod cash;
mod fixed_fee;
mod grand_total;
mod ledger;
mod limits;
mod readings;
mod statement;
mod subtotals;
mod tax;
mod verdict;

use crate::money::{Decimal, TaxBasis};
use crate::sorted::sort_by_key;

use super::lines::Precision;
use super::{Cart, Finding, FindingCode, Key, TotalKind, TotalRow, Totals};
pub(super) use cash::Coin;
use ledger::Ledger;
use statement::Statement;

/// Checks a cart against the totals of its page, and says what does not add up.
///
/// Sets the rows, the totals, the verdict, the tax basis of lines and rows where the page's sums prove it, and adds
/// findings. No amount is changed. `cart.findings` holds what the reader found, `rows` the page's totals one by one,
/// in the page's order.
pub fn reconcile(cart: &mut Cart, rows: &[TotalRow]) {
    cart.totals = Totals::of(rows);
    cart.rows = rows.to_vec();
    if let Some(finding) = limits::exceeded(cart) {
        cart.findings.push(finding);
    } else if !cart.lines.is_empty() {
        let (found, statement) = read(cart);
        cart.findings.extend(found);
        let mut basis = TaxBasis::Unknown;
        if let Some(statement) = statement {
            statement.prove(cart);
            basis = statement.basis;
        }
        state_basis(cart, basis);
    }
    sort_by_key(&mut cart.findings, |finding| {
        finding.line.unwrap_or(usize::MAX)
    });
    cart.verdict = verdict::of(cart);
}

/// What the lines say of themselves, and how the totals are best understood.
fn read(cart: &Cart) -> (Vec<Finding>, Option<Statement>) {
    let ledger = Ledger::open(cart);
    let mut findings = ledger.line_findings();
    findings.extend(ledger.unproved_quantities());
    findings.extend(unrecognised(&cart.rows));
    findings.extend(rounded(&cart.rows, ledger.precision));
    // Amounts in several currencies have no sum that a total could be held against.
    let statement = match cart.is_in_several_currencies() {
        true => None,
        false => readings::best(&ledger),
    };
    let fixed = statement
        .as_ref()
        .and_then(|statement| statement.fixed.as_ref());
    findings.extend(ledger.differing(fixed));
    (findings, statement)
}

fn unrecognised(rows: &[TotalRow]) -> impl Iterator<Item = Finding> {
    let unknown = rows
        .iter()
        .filter(|row| row.kind == TotalKind::Unrecognised);
    unknown.map(|row| {
        let message = Key::TotalUnknown.with(vec![row.label.clone().into(), row.amount.into()]);
        Finding::of_cart(FindingCode::TotalUnrecognised, message)
    })
}

/// What the page itself says of rounding: to coins, or more than coins can make.
fn rounded(rows: &[TotalRow], precision: Precision) -> impl Iterator<Item = Finding> {
    let bound = precision.coin.map_or(Decimal::new(25, 3), Coin::bound);
    let rounding = rows
        .iter()
        .filter(|row| row.kind == TotalKind::Rounding && !row.amount.is_zero());
    rounding.map(move |row| {
        let values = vec![row.label.clone().into(), row.amount.into(), bound.into()];
        if row.amount.abs() <= bound {
            Finding::of_cart(FindingCode::CashRounding, Key::PageRounds.with(values))
        } else {
            let words = Key::PageRoundsTooMuch.with(values);
            Finding::of_cart(FindingCode::TotalUnrecognised, words)
        }
    })
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
            let words = Key::TaxUnknown;
            cart.findings
                .push(Finding::of_cart(FindingCode::TaxBasisUnknown, words));
            return;
        }
        TaxBasis::Net => Key::PricesAreNet,
        TaxBasis::Gross => Key::PricesAreGross,
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

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
