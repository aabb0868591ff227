//! The rows of the totals, and what each one is.

use crate::cart::{Finding, FindingCode, TotalKind, TotalRow};
use crate::letters::lower;
use crate::snapshot::{Node, Page};
use crate::supplier::{Definition, RowKind, Totals};

use super::field::{As, Scope, held, select};
use super::number::{Outcome, Tally, amount};
use super::text::clean;

/// Most rows that totals may have.
const MOST_ROWS: usize = 100;

/// Reads every row of the totals.
pub(super) fn read(
    page: &Page,
    definition: &Definition,
    tally: &mut Tally,
) -> (Vec<TotalRow>, Vec<Finding>) {
    let mut rows = Vec::new();
    let mut findings = Vec::new();
    for totals in &definition.totals {
        let nodes = select(Scope::Page(page), &totals.each);
        for node in nodes.into_iter().filter(Node::is_visible).take(MOST_ROWS) {
            rows.extend(row(totals, node, tally, &mut findings));
        }
    }
    for kind in [TotalKind::Subtotal, TotalKind::GrandTotal] {
        keep_one(kind, &mut rows, &mut findings);
    }
    (rows, findings)
}

/// One row; `None` where it holds no number, and with a finding where it holds one that is not read.
fn row(
    totals: &Totals,
    node: Node<'_>,
    tally: &mut Tally,
    findings: &mut Vec<Finding>,
) -> Option<TotalRow> {
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
    let kind = match &totals.kind {
        RowKind::Fixed(kind) => *kind,
        RowKind::ByWords(words) => kind_of(&label, words),
    };
    let reduces = totals.reductions && amount.is_sign_positive();
    let amount = if reduces { -amount } else { amount };
    Some(TotalRow {
        kind,
        label: if label.is_empty() {
            format!("{kind:?}")
        } else {
            label
        },
        amount,
    })
}

/// The kind whose word is the longest in the label; unrecognised where none is, or where two kinds tie.
fn kind_of(label: &str, words: &[(String, TotalKind)]) -> TotalKind {
    let label = lower(label);
    let mut found = words.iter().filter(|(word, _)| holds_word(&label, word));
    let Some((longest, kind)) = found.next() else {
        return TotalKind::Unrecognised;
    };
    let length = longest.chars().count();
    let ties = found.take_while(|(word, _)| word.chars().count() == length);
    if ties.into_iter().all(|(_, other)| other == kind) {
        *kind
    } else {
        TotalKind::Unrecognised
    }
}

/// Whether `word` stands in `label` as a whole word or phrase.
fn holds_word(label: &str, word: &str) -> bool {
    let mut rest = label;
    let mut before: Option<char> = None;
    while let Some((head, tail)) = rest.split_once(word) {
        let start = head.chars().next_back().or(before);
        let end = tail.chars().next();
        let is_edge = |neighbour: Option<char>| neighbour.is_none_or(|c| !c.is_alphanumeric());
        if is_edge(start) && is_edge(end) {
            return true;
        }
        before = word.chars().next_back();
        rest = tail;
    }
    false
}

/// Keeps one of several equal rows; drops rows that contradict each other.
fn keep_one(kind: TotalKind, rows: &mut Vec<TotalRow>, findings: &mut Vec<Finding>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_in_a_label_tells_its_kind() {
        let mut words = vec![
            ("tax".to_owned(), TotalKind::Tax),
            ("eco tax".to_owned(), TotalKind::Fee),
            ("total".to_owned(), TotalKind::GrandTotal),
            ("sub-total".to_owned(), TotalKind::Subtotal),
        ];
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        assert_eq!(kind_of("Eco Tax (-2.00)", &words), TotalKind::Fee);
        assert_eq!(kind_of("Sub-Total:", &words), TotalKind::Subtotal);
        assert_eq!(kind_of("Total", &words), TotalKind::GrandTotal);
        assert_eq!(kind_of("Totally taxing", &words), TotalKind::Unrecognised);
    }
}
