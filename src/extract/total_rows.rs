//! The rows of the totals, and what each one is.

use crate::cart::{Finding, FindingCode, TotalKind, TotalRow};
use crate::money::{Decimal, Precision};
use crate::snapshot::{Node, Page};
use crate::supplier::{Definition, RowKind, Totals, Vocabulary};

use super::field::{As, Scope, held, select};
use super::number::{Outcome, Tally, amount_of};
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
            let label = label_of(totals, node);
            let kind = kind_of(&label, totals, words);
            match amount_in(totals, node, kind, tally) {
                Ok(amount) => rows.extend(amount.map(|amount| of(kind, label, amount))),
                Err((code, words)) => {
                    let message = format!("total `{label}`: {words}");
                    findings.push(Finding::of_cart(code, message));
                }
            }
        }
    }
    for kind in [TotalKind::Subtotal, TotalKind::GrandTotal] {
        keep_one(kind, &mut rows, &mut findings);
    }
    (rows, findings)
}

/// What a row is: what all rows here are, or what its label says.
fn kind_of(label: &str, totals: &Totals, common: &Vocabulary<TotalKind>) -> TotalKind {
    match &totals.kind {
        RowKind::Fixed(kind) => *kind,
        RowKind::ByWords(own) => own
            .meaning(label)
            .or_else(|| common.meaning(label))
            .unwrap_or(TotalKind::Unrecognised),
    }
}

fn label_of(totals: &Totals, row: Node<'_>) -> String {
    let mut places = totals.label.iter();
    let label = places.find_map(|field| {
        held(field, Scope::Element(row), As::Text)
            .into_iter()
            .next()
    });
    label.map(|held| clean(&held.text).text).unwrap_or_default()
}

/// The amount of a row: nothing where it holds no number, and why where it holds one that is not read.
fn amount_in(
    totals: &Totals,
    row: Node<'_>,
    kind: TotalKind,
    tally: &mut Tally,
) -> Result<Option<Decimal>, (FindingCode, String)> {
    let precision = match kind {
        TotalKind::GrandTotal => Precision::Payable,
        _ => Precision::Any,
    };
    let printed = match amount_of(precision, &totals.amount, Scope::Element(row), tally) {
        Outcome::Found(printed, _) => printed,
        Outcome::Nothing => return Ok(None),
        Outcome::Ambiguous(words) => return Err((FindingCode::FieldAmbiguous, words)),
        Outcome::Unreadable(words) => return Err((FindingCode::NumberUnreadable, words)),
    };
    let reduces = totals.reductions && printed.amount.is_sign_positive();
    Ok(Some(if reduces {
        -printed.amount
    } else {
        printed.amount
    }))
}

fn of(kind: TotalKind, label: String, amount: Decimal) -> TotalRow {
    let label = if label.is_empty() {
        format!("{kind:?}")
    } else {
        label
    };
    TotalRow {
        kind,
        label,
        amount,
    }
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
