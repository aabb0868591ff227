//! The reader of definitions: one cart out of a page as a definition says.

use crate::cart::{
    Cart, CartLine, Finding, FindingCode, Key, MOST_LINES, TotalRow, Verdict, reconcile,
};
use crate::css::Selector;
use crate::money::{NumberStyle, TaxBasis};
use crate::snapshot::{Node, Page};
use crate::supplier::{Definition, Lines, Words};

use super::currency::{self, Witnesses};
use super::field::{Scope, is_inside, select};
use super::line::{self, Row};
use super::number::Tally;
use super::total_rows;

/// Reads a page as a definition says, and checks the cart against its own totals.
pub(super) fn read(definition: &Definition, witnesses: Witnesses<'_>) -> Cart {
    let under = |style| Draft::read(definition, witnesses, style);
    let first = under(definition.numbers);
    let is_ambiguous = first
        .findings
        .iter()
        .any(|finding| finding.code == FindingCode::NumberUnreadable);
    if !is_ambiguous || definition.numbers.is_some() {
        return first.finish(definition, witnesses);
    }
    match first.tally.agreed() {
        Some(style) => under(Some(style)).finish(definition, witnesses),
        None if first.tally.styles.is_empty() => only_proved(definition, witnesses)
            .unwrap_or_else(|| first.finish(definition, witnesses)),
        None => first.finish(definition, witnesses),
    }
}

/// The cart under the one decimal sign with which the page adds up; `None` where both do, or neither.
///
/// `$1,249` and `$87` and their sum `$1,336` tell what none of them tells alone.
fn only_proved(definition: &Definition, witnesses: Witnesses<'_>) -> Option<Cart> {
    let styles = [NumberStyle::Dot, NumberStyle::Comma].into_iter();
    let carts = styles
        .map(|style| Draft::read(definition, witnesses, Some(style)).finish(definition, witnesses))
        .filter(|cart| cart.verdict.is_proved());
    let [cart] = <[Cart; 1]>::try_from(carts.collect::<Vec<_>>()).ok()?;
    Some(cart)
}

/// A cart before it is checked.
#[derive(Default)]
struct Draft {
    lines: Vec<CartLine>,
    rows: Vec<TotalRow>,
    findings: Vec<Finding>,
    tally: Tally,
}

impl Draft {
    fn read(definition: &Definition, witnesses: Witnesses<'_>, style: Option<NumberStyle>) -> Self {
        let page = witnesses.page;
        let mut draft = Self {
            tally: Tally {
                style,
                ..Tally::default()
            },
            ..Self::default()
        };
        let rows = rows(page, &definition.lines, witnesses.words);
        if rows.len() > MOST_LINES {
            let words = Key::TooManyLines.with(vec![rows.len().into(), MOST_LINES.into()]);
            draft
                .findings
                .push(Finding::of_cart(FindingCode::LimitExceeded, words));
        }
        for row in rows.into_iter().take(MOST_LINES) {
            let before = draft.tally.marks.len();
            match line::read(definition, row, draft.lines.len(), &mut draft.tally) {
                Row::Line(mut line, findings) => {
                    let own = draft.tally.marks.get(before..).unwrap_or_default();
                    line.currency = currency::of_line(own);
                    draft.lines.push(*line);
                    draft.findings.extend(findings);
                }
                Row::NotOrdered => {}
                Row::Unread(findings) => draft.findings.extend(findings),
            }
        }
        draft.state_basis(page, &definition.lines);
        if draft.looks_like_a_cart() {
            let (rows, findings) =
                total_rows::read(page, definition, witnesses.words, &mut draft.tally);
            draft.rows = rows;
            draft.findings.extend(findings);
        }
        draft
    }

    /// Gives the prices the tax basis that a mark on the page tells.
    fn state_basis(&mut self, page: &Page, lines: &Lines) {
        let basis = match (shows(page, &lines.net), shows(page, &lines.gross)) {
            (true, false) => TaxBasis::Net,
            (false, true) => TaxBasis::Gross,
            _ => return,
        };
        let prices = self.lines.iter_mut();
        for price in prices.filter_map(|line| line.unit_price.as_mut()) {
            if price.tax == TaxBasis::Unknown {
                price.tax = basis;
            }
        }
    }

    fn looks_like_a_cart(&self) -> bool {
        !self.lines.is_empty() || !self.findings.is_empty()
    }

    fn finish(mut self, definition: &Definition, witnesses: Witnesses<'_>) -> Cart {
        let page = witnesses.page;
        let mut currency = None;
        if self.looks_like_a_cart() {
            let (found, finding) = currency::decide(&self.tally.marks, witnesses);
            currency = found;
            currency::keep_own(&mut self.lines, &self.tally.marks);
            self.findings.extend(finding);
        } else if shows(page, &definition.empty) {
            self.findings
                .push(Finding::of_cart(FindingCode::CartEmpty, Key::EmptyCart));
        }
        let mut cart = Cart {
            currency,
            lines: self.lines,
            findings: self.findings,
            ..Cart::new(definition.reader())
        };
        reconcile(&mut cart, &self.rows);
        if cart.verdict == Verdict::Unreconciled {
            cart.findings.extend(unreached(page));
        }
        cart
    }
}

/// The elements of the lines that are ordered.
fn rows<'p>(page: &'p Page, lines: &Lines, words: &Words) -> Vec<Node<'p>> {
    let is_ordered = |row: &Node<'p>| {
        let stub = lines.skip_when_hidden.as_ref().is_some_and(|part| {
            let parts = row.select(part);
            !parts.is_empty() && !parts.iter().any(Node::is_visible)
        });
        let outside = lines
            .outside
            .as_ref()
            .is_some_and(|outside| is_inside(*row, outside));
        let skipped = lines.skip.iter().any(|selector| row.matches(selector));
        row.is_visible() && !stub && !outside && !skipped && !is_heading(*row, words)
    };
    select(Scope::Page(page), &lines.each)
        .into_iter()
        .filter(is_ordered)
        .collect()
}

/// Whether all that can be seen in a row are names of columns: themes build their headings as they build lines.
fn is_heading(row: Node<'_>, words: &Words) -> bool {
    let (mut waiting, mut names) = (vec![row], 0_usize);
    while let Some(node) = waiting.pop() {
        let text = node.own_text();
        if !text.is_empty() {
            if !words.columns.knows(&text) {
                return false;
            }
            names = names.saturating_add(1);
        }
        waiting.extend(node.children());
    }
    names > 1
}

fn shows(page: &Page, selectors: &[Selector]) -> bool {
    selectors
        .iter()
        .any(|selector| page.select(selector).iter().any(Node::is_visible))
}

/// Parts of the page that may hold what does not add up.
fn unreached(page: &Page) -> Vec<Finding> {
    let parts = page.unreachable().iter().take(5);
    let findings = parts.map(|part| {
        let why = match part.what.as_str() {
            "cross_origin_frame" => Key::PartOfOtherSite,
            "nested_too_deep" => Key::PartTooDeep,
            _ => Key::PartClosed,
        };
        let message = Key::PartUnread.with(vec![why.into(), part.name.clone().into()]);
        Finding::of_cart(FindingCode::PartUnreachable, message)
    });
    findings.collect()
}
