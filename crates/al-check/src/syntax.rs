//! What does not parse.

use crate::finding::{Finding, Rule};
use crate::source::{Source, descendants};

/// Every place where the grammar found something else than AL.
#[must_use]
pub fn check(source: &Source) -> Vec<Finding> {
    descendants(source.root())
        .into_iter()
        .filter(|node| node.is_error() || node.is_missing())
        .map(|node| {
            let message = if node.is_missing() {
                format!("`{}` is missing", node.kind())
            } else {
                let shown: String = source.text_of(node).chars().take(40).collect();
                format!("this is no AL: {shown}")
            };
            source.finding(node, Rule::Syntax, message)
        })
        .collect()
}
