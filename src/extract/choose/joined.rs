//! The lines of one reader with the totals of another, where no reader alone is proved.

use crate::cart::{Cart, Finding, FindingCode, TotalRow, reconcile};

use super::{Candidate, same};

/// What is said of totals, and found again where others are held against the lines.
const OF_TOTALS: [FindingCode; 14] = [
    FindingCode::TaxBasisUnknown,
    FindingCode::TaxBasisProven,
    FindingCode::LineRounding,
    FindingCode::LineFixedFee,
    FindingCode::LineMismatch,
    FindingCode::SubtotalRounding,
    FindingCode::NetAndGross,
    FindingCode::TotalRounding,
    FindingCode::CashRounding,
    FindingCode::DiscountContained,
    FindingCode::AmountUnproved,
    FindingCode::TotalUnrecognised,
    FindingCode::TotalMismatch,
    FindingCode::NothingToCheckAgainst,
];

/// A redesign breaks the places of the lines or those of the totals more often than both. The one cart that is proved
/// of all such pairs; `None` where none is, or where two differ.
pub(super) fn joined(candidates: &[Candidate]) -> Option<Candidate> {
    let with_lines = candidates.iter().filter(|one| !one.cart.lines.is_empty());
    let proved = with_lines.flat_map(|one| {
        let others = candidates
            .iter()
            .filter(|other| other.cart.rows != one.cart.rows && !other.cart.rows.is_empty());
        others.filter_map(|other| {
            let cart = with_rows(&one.cart, &other.cart)?;
            Some(Candidate {
                trust: one.trust.max(other.trust),
                cart,
            })
        })
    });
    let mut proved = proved.collect::<Vec<_>>().into_iter();
    let first = proved.next()?;
    proved
        .all(|other| same(&first.cart, &other.cart))
        .then_some(first)
}

/// One cart with the rows of another, where they prove it.
fn with_rows(cart: &Cart, other: &Cart) -> Option<Cart> {
    let mut joined = cart.clone();
    joined
        .findings
        .retain(|finding| !OF_TOTALS.contains(&finding.code));
    if joined.currency.is_none() {
        joined.currency = other.currency;
        joined
            .findings
            .retain(|finding| finding.code != FindingCode::CurrencyUnknown);
        let said = other.findings.iter();
        joined.findings.extend(
            said.filter(|finding| finding.code == FindingCode::CurrencyFromContext)
                .cloned(),
        );
    }
    let is_same_currency = other
        .currency
        .is_none_or(|own| joined.currency == Some(own));
    let rows: Vec<TotalRow> = other.rows.clone();
    reconcile(&mut joined, &rows);
    let is_doubtful = |finding: &Finding| {
        matches!(
            finding.code,
            FindingCode::TotalUnrecognised
                | FindingCode::ChargeNotAdded
                | FindingCode::FieldAmbiguous
        )
    };
    let is_sure = joined.verdict.is_proved()
        && joined.totals.grand_total.is_some()
        && !joined.findings.iter().any(is_doubtful);
    (is_sure && is_same_currency).then_some(joined)
}
