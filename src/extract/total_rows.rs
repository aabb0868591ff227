//! The rows of the totals, and what each one is.

use crate::cart::{Finding, FindingCode, TotalKind, TotalRow};
use crate::money::Decimal;
use crate::snapshot::{Node, Page};
use crate::supplier::{Definition, RowKind, Totals, Vocabulary};

use super::field::{As, Scope, held, select};
use super::number::{Outcome, Tally, amount};
use super::text::clean;

/// Most rows that totals may have.
const MOST_ROWS: usize = 100;

/// Reads every row of the totals.
pub(super) fn read(
    page: &Page,
    definition: &Definition,
    words: &Vocabulary<TotalKind>,
    tally: &mut Tally,
) -> (Vec<TotalRow>, Vec<Finding>) {
    let mut rows = Vec::new();
    let mut findings = Vec::new();
    for totals in &definition.totals {
        let nodes = select(Scope::Page(page), &totals.each);
        for node in nodes.into_iter().filter(Node::is_visible).take(MOST_ROWS) {
            let read = row(totals, node, tally, &mut findings);
            rows.extend(read.map(|row| row.of_kind(totals, words)));
        }
    }
    for kind in [TotalKind::Subtotal, TotalKind::GrandTotal] {
        keep_one(kind, &mut rows, &mut findings);
    }
    (rows, findings)
}

/// A row of which it is not yet known what it is.
struct Unsorted {
    label: String,
    amount: Decimal,
}

impl Unsorted {
    fn of_kind(self, totals: &Totals, common: &Vocabulary<TotalKind>) -> TotalRow {
        let kind = match &totals.kind {
            RowKind::Fixed(kind) => *kind,
            RowKind::ByWords(own) => own
                .meaning(&self.label)
                .or_else(|| common.meaning(&self.label))
                .unwrap_or(TotalKind::Unrecognised),
        };
        let label = if self.label.is_empty() {
            format!("{kind:?}")
        } else {
            self.label
        };
        TotalRow {
            kind,
            label,
            amount: self.amount,
        }
    }
}

/// One row; `None` where it holds no number, and with a finding where it holds one that is not read.
fn row(
    totals: &Totals,
    node: Node<'_>,
    tally: &mut Tally,
    findings: &mut Vec<Finding>,
) -> Option<Unsorted> {
    let scope = Scope::Element(node);
    let label = totals
        .label
        .iter()
        .find_map(|field| held(field, scope, As::Text).into_iter().next());
    let label = label.map(|held| clean(&held.text).text).unwrap_or_default();
    let refused = |code, words| Some(Finding::of_cart(code, format!("total `{label}`: {words}")));
    let (printed, finding) = match amount(&totals.amount, scope, tally) {
        Outcome::Found(printed, _) => (Some(printed), None),
        Outcome::Nothing => (None, None),
        Outcome::Ambiguous(words) => (None, refused(FindingCode::FieldAmbiguous, words)),
        Outcome::Unreadable(words) => (None, refused(FindingCode::NumberUnreadable, words)),
    };
    findings.extend(finding);
    let amount = printed?.amount;
    let reduces = totals.reductions && amount.is_sign_positive();
    let amount = if reduces { -amount } else { amount };
    Some(Unsorted { label, amount })
}

/// Keeps one of several equal rows; drops rows that contradict each other.
pub(super) fn keep_one(kind: TotalKind, rows: &mut Vec<TotalRow>, findings: &mut Vec<Finding>) {
    let amounts: Vec<_> = rows
        .iter()
        .filter(|row| row.kind == kind)
        .map(|row| row.amount)
        .collect();
    let Some((first, others)) = amounts.split_first() else {
        return;
    };
    if others.iter().all(|other| other == first) {
        let mut seen = false;
        rows.retain(|row| row.kind != kind || !std::mem::replace(&mut seen, true));
        return;
    }
    let shown: Vec<String> = amounts.iter().map(ToString::to_string).collect();
    let message = format!(
        "the page shows several amounts as {kind:?}: {}",
        shown.join(", ")
    );
    findings.push(Finding::of_cart(FindingCode::FieldAmbiguous, message));
    rows.retain(|row| row.kind != kind);
}
