//! What the findings amount to.

use super::super::{Cart, Finding, FindingCode, Verdict};

/// Findings that leave a cart unproved.
pub(super) const BLOCKING: [FindingCode; 7] = [
    FindingCode::CurrencyMixed,
    FindingCode::LineMismatch,
    FindingCode::TotalMismatch,
    FindingCode::NothingToCheckAgainst,
    FindingCode::FieldMissing,
    FindingCode::NumberUnreadable,
    FindingCode::LimitExceeded,
];

/// Findings that account for a difference.
const EXPLAINING: [FindingCode; 11] = [
    FindingCode::LineRounding,
    FindingCode::LineFixedFee,
    FindingCode::SubtotalRounding,
    FindingCode::TotalRounding,
    FindingCode::CashRounding,
    FindingCode::DiscountContained,
    FindingCode::ChargeNotAdded,
    FindingCode::TaxOnPart,
    FindingCode::AmountUnproved,
    FindingCode::TotalUnrecognised,
    FindingCode::NetAndGross,
];

pub(super) fn of(cart: &Cart) -> Verdict {
    let has = |codes: &[FindingCode]| {
        cart.findings
            .iter()
            .any(|finding| codes.contains(&finding.code))
    };
    let hides = |finding: &Finding| hides_an_amount(cart, finding);
    let blocked = has(&BLOCKING) || cart.findings.iter().any(hides);
    match (blocked, cart.lines.is_empty(), has(&EXPLAINING)) {
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
