//! The rows of the totals, and what each one is.

use crate::cart::{Finding, FindingCode, Key, Message, TotalKind, TotalRow, rate_in};
use crate::money::{Decimal, Precision, TaxBasis};
use crate::snapshot::{Node, NodeKey, Page};
use crate::sorted::sort_by_key;
use crate::supplier::{Definition, Field, Mark, RowKind, Totals, Words};

use super::field::{As, Scope, held, select, term_of};
use super::number::{Expected, Outcome, Tally, amount_of};
use super::text::clean;

/// Most rows that totals may have.
const MOST_ROWS: usize = 100;

/// Reads every row of the totals, in the page's order.
pub(super) fn read(
    page: &Page,
    definition: &Definition,
    words: &Words,
    tally: &mut Tally,
) -> (Vec<TotalRow>, Vec<Finding>) {
    let mut rows: Vec<(NodeKey, TotalRow)> = Vec::new();
    let mut findings = Vec::new();
    for totals in &definition.totals {
        let nodes = select(Scope::Page(page), &totals.each);
        for node in nodes.into_iter().filter(Node::is_visible).take(MOST_ROWS) {
            let read = row(
                TotalsAt {
                    totals,
                    words,
                    node,
                },
                tally,
                &mut findings,
            );
            rows.extend(read.map(|row| (node.id(), row)));
        }
    }
    sort_by_key(&mut rows, |(key, _)| *key);
    let mut rows = rows.into_iter().map(|(_, row)| row).collect();
    for kind in [TotalKind::Subtotal, TotalKind::GrandTotal] {
        keep_each(kind, &mut rows);
    }
    (rows, findings)
}

/// One row where it stands.
#[derive(Clone, Copy)]
struct TotalsAt<'t> {
    totals: &'t Totals,
    words: &'t Words,
    node: Node<'t>,
}

impl TotalsAt<'_> {
    fn text(&self, places: &[Field]) -> String {
        let scope = Scope::Element(self.node);
        let mut texts = places
            .iter()
            .flat_map(|place| held(place, scope, As::Text).into_iter().take(1));
        let text = texts.next().map(|held| clean(&held.text).text);
        text.unwrap_or_default()
    }

    /// What stands at the places of labels, else, where the row is a `dd`, the term that it belongs to.
    fn label(&self) -> String {
        let own = self.text(&self.totals.label);
        if !own.is_empty() {
            return own;
        }
        let term = term_of(self.node).map(|term| clean(&term.visible_text()).text);
        term.unwrap_or_default()
    }

    fn kind(&self, label: &str, common: &Words) -> TotalKind {
        match &self.totals.kind {
            RowKind::Fixed(kind) => *kind,
            RowKind::ByWords(own) => own
                .meaning(label)
                .or_else(|| common.total_kind(label))
                .unwrap_or(TotalKind::Unrecognised),
        }
    }

    /// Whether a word stands in place of the amount that says that nothing is charged.
    fn is_free(&self) -> bool {
        self.words.is_free(&self.text(&self.totals.amount))
    }

    /// What the definition says of the tax in this amount, else what is printed beside it.
    fn tax(&self, kind: TotalKind, label: &str) -> TaxBasis {
        if kind.is_tax() || self.totals.tax != TaxBasis::Unknown {
            return self.totals.tax;
        }
        let marks = &self.words.marks;
        let beside = self.text(&self.totals.amount);
        Mark::tax_basis(|mark| marks.holds(label, mark) || marks.holds(&beside, mark))
    }

    /// The rate of a tax: at its own place, in the label, or beside the amount.
    fn rate(&self, kind: TotalKind, label: &str) -> Option<Decimal> {
        if !kind.is_tax() {
            return None;
        }
        let own = self.text(&self.totals.rate);
        rate_in(&own)
            .or_else(|| rate_in(label))
            .or_else(|| rate_in(&self.text(&self.totals.amount)))
    }
}

/// One row; `None` where it holds no number, and with a finding where it holds one that is not read.
fn row(at: TotalsAt<'_>, tally: &mut Tally, findings: &mut Vec<Finding>) -> Option<TotalRow> {
    let label = at.label();
    let refused = |code, words: Message| {
        let words = Key::TotalIs.with(vec![label.clone().into(), words.into()]);
        Some(Finding::of_cart(code, words))
    };
    let kind = at.kind(&label, at.words);
    let precision = match kind {
        TotalKind::GrandTotal => Precision::Payable,
        _ => Precision::Any,
    };
    let expected = Expected {
        precision,
        reduces: at.totals.reductions,
    };
    let scope = Scope::Element(at.node);
    let (amount, finding) = match amount_of(expected, &at.totals.amount, scope, tally) {
        Outcome::Found(printed, _) => (Some(printed.amount), None),
        Outcome::Nothing => (at.is_free().then_some(Decimal::ZERO), None),
        Outcome::Ambiguous(words) => (None, refused(FindingCode::FieldAmbiguous, words)),
        Outcome::Unreadable(words) => (None, refused(FindingCode::NumberUnreadable, words)),
    };
    findings.extend(finding);
    let amount = amount?;
    let reduces = at.totals.reductions && amount > Decimal::ZERO;
    Some(TotalRow {
        tax: at.tax(kind, &label),
        rate: at.rate(kind, &label),
        amount: if reduces { -amount } else { amount },
        label: if label.is_empty() {
            format!("{kind:?}")
        } else {
            label
        },
        kind,
    })
}

/// Keeps one of several equal rows, as of a total that the page shows above and below its lines.
pub(super) fn keep_each(kind: TotalKind, rows: &mut Vec<TotalRow>) {
    let mut seen: Vec<(Decimal, TaxBasis)> = Vec::new();
    rows.retain(|row| {
        let shown = (row.amount, row.tax);
        let is_new = row.kind != kind || !seen.contains(&shown);
        seen.extend((row.kind == kind).then_some(shown));
        is_new
    });
}
