//! The control of a line, where its definition's own place for quantities is no longer there.

use crate::money::{Decimal, NumberStyle, read_quantity};
use crate::snapshot::Node;

/// What provenance says of a quantity that was found so.
pub(super) const LOCATOR: &str = "the one number of the line that can be changed";

/// The number in the one control of a line: a field, a menu, or a text between two buttons; `None` where there is none,
/// or where several say different things.
pub(super) fn quantity(row: Node<'_>) -> Option<Decimal> {
    let mut found = None;
    let mut open = vec![row];
    while let Some(node) = open.pop() {
        if !node.is_visible() {
            continue;
        }
        let inside = node.children();
        for value in number(node).into_iter().chain(stepped(&inside)) {
            if found.is_some_and(|found| found != value) {
                return None;
            }
            found = Some(value);
        }
        open.extend(inside);
    }
    found.filter(|value| !value.is_zero())
}

/// The number in a field for typing, or of a menu.
fn number(node: Node<'_>) -> Option<Decimal> {
    let kind = node.attr("type").unwrap_or("text");
    let is_field = node.name() == "input" && matches!(kind, "number" | "text" | "tel");
    let value = (is_field || node.name() == "select").then(|| node.value())??;
    read_quantity(&value, Some(NumberStyle::Dot)).ok()
}

/// The number in the one element between two buttons.
fn stepped(inside: &[Node<'_>]) -> Option<Decimal> {
    let [less, text, more] = inside else {
        return None;
    };
    let is_button =
        |node: &Node<'_>| node.name() == "button" || node.attr("role") == Some("button");
    let text = (is_button(less) && is_button(more)).then(|| text.visible_text())?;
    let is_bare = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_bare
        .then(|| read_quantity(&text, Some(NumberStyle::Dot)).ok())
        .flatten()
}
