//! The amounts that a page shows, whatever they are.

use scraper::Selector;

use crate::money::{Decimal, Reading, Unreadable, read};
use crate::snapshot::{Node, Page};

/// Most elements in one that is still read as a single amount.
const MOST_PARTS: usize = 6;

/// Longest text that is read as a single amount, in bytes.
const LONGEST: usize = 120;

/// Every amount that a person can see, in rising order.
pub(super) struct Shown {
    amounts: Vec<Decimal>,
}

impl Shown {
    /// The amounts of a page. A text that can mean two numbers counts as both.
    pub(super) fn of(page: &Page) -> Self {
        let elements = Selector::parse("*").map(|all| page.select(&all));
        let mut amounts = Vec::new();
        for node in elements.unwrap_or_default() {
            if is_small(node) && node.is_visible() {
                add(&node.printed_text(), &mut amounts);
            }
        }
        amounts.sort_unstable();
        amounts.dedup();
        Self { amounts }
    }

    /// Whether the page shows this amount, with or without a minus sign.
    pub(super) fn holds(&self, amount: Decimal) -> bool {
        self.amounts
            .binary_search(&amount.abs().normalize())
            .is_ok()
    }
}

/// Whether nothing stands in an element but a few others.
fn is_small(node: Node<'_>) -> bool {
    let parts = node.children();
    parts.len() <= MOST_PARTS && parts.iter().all(|part| part.children().is_empty())
}

fn add(text: &str, amounts: &mut Vec<Decimal>) {
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    match read(text, Reading::default()) {
        Ok(printed) => amounts.push(printed.amount.abs().normalize()),
        Err(Unreadable::Ambiguous { dot, comma, .. }) => {
            amounts.extend([dot, comma].map(|amount| amount.abs().normalize()));
        }
        Err(_) => {}
    }
}
