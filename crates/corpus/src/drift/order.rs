//! Order: of columns, and of lines.

use serde_json::Value;

use crate::markup::{Element, Node};

/// Moves the last column of every table of at least four to the front, and the last part of parts that repeat.
///
/// The parts may be lists of the cart's lines themselves: a page whose lines would change places stays as it is.
pub(super) fn move_columns(page: &mut Element, truth: &Value) {
    let mut moved = page.clone();
    move_last(&mut moved);
    let names = names(truth);
    if order_of(&moved.text(), &names) == order_of(&page.text(), &names) {
        *page = moved;
    }
}

/// The places of names, as they follow each other in a text.
fn order_of(text: &str, names: &[String]) -> Vec<usize> {
    let mut found: Vec<(Option<usize>, usize)> = names
        .iter()
        .enumerate()
        .map(|(place, name)| (text.find(name.as_str()), place))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, place)| place).collect()
}

fn names(truth: &Value) -> Vec<String> {
    let lines = truth.get("lines").and_then(Value::as_array);
    let name = |line: &Value| Some(line.get("description")?.as_str()?.to_owned());
    lines.into_iter().flatten().filter_map(name).collect()
}

fn move_last(page: &mut Element) {
    page.change_all(&mut |element| {
        if matches!(element.name.as_str(), "tbody" | "tfoot" | "thead" | "table") {
            for child in &mut element.children {
                if let Node::Element(row) = child
                    && row.name == "tr"
                    && is_full_row(row)
                {
                    last_to_front(row);
                }
            }
        } else if repeats(element) {
            for child in &mut element.children {
                if let Node::Element(part) = child
                    && is_free_part(part)
                {
                    last_to_front(part);
                }
            }
        }
    });
}

/// A row of at least four cells whose last one covers one column.
fn is_full_row(row: &Element) -> bool {
    let is_single = |cell: &Element| matches!(cell.attribute("colspan"), None | Some("1"));
    row.elements().count() >= 4 && row.elements().last().is_some_and(is_single)
}

/// Whether an element holds at least two parts of one kind and nothing else.
fn repeats(element: &Element) -> bool {
    let kind = |part: &Element| {
        (
            part.name.clone(),
            part.attribute("class").map(str::to_owned),
        )
    };
    let mut parts = element.elements().map(kind);
    let Some(first) = parts.next() else {
        return false;
    };
    let rest: Vec<_> = parts.collect();
    let is_flow = matches!(first.0.as_str(), "article" | "div" | "li" | "section");
    is_flow && !rest.is_empty() && rest.iter().all(|part| *part == first)
}

/// Whether the order of what is in a part may change: no label would be parted from its value.
fn is_free_part(part: &Element) -> bool {
    let is_label = |child: &Element| {
        let text = child.text();
        let has_digit = text.chars().any(|letter| letter.is_ascii_digit());
        !text.is_empty() && (text.ends_with(':') || !has_digit) && !is_control(child)
    };
    let is_block = |child: &Element| {
        matches!(
            child.name.as_str(),
            "a" | "article" | "button" | "div" | "p" | "section" | "span"
        )
    };
    part.elements().count() >= 3
        && !part.has_own_text()
        && part
            .elements()
            .all(|child| is_block(child) && !is_label(child))
}

fn is_control(element: &Element) -> bool {
    let mut found = false;
    element.look_at_all(&mut |inner| found |= matches!(inner.name.as_str(), "a" | "button"));
    found
}

fn last_to_front(row: &mut Element) {
    let is_element = |child: &Node| matches!(child, Node::Element(_));
    if let Some(last) = row.children.iter().rposition(is_element) {
        let moved = row.children.remove(last);
        row.children.insert(0, moved);
    }
}

/// Reverses the lines, and with them the truth, where each stands in one element of its own and nothing else beside.
///
/// A page that shows its lines twice, or names them in a script, would then say two things: it stays as it is.
pub(super) fn reverse_rows(page: &mut Element, truth: &mut Value) {
    let names = names(truth);
    let Some(lines) = truth.get_mut("lines").and_then(Value::as_array_mut) else {
        return;
    };
    if names.len() < 2 || names.len() != lines.len() || is_named_in_script(page, &names) {
        return;
    }
    let mut other = page.clone();
    other.change_all(&mut |element| {
        if !element.is_hidden() && holds_exactly(element, &names) {
            reverse(element);
        }
    });
    if is_reversed(&other.text(), &names) {
        *page = other;
        lines.reverse();
    }
}

fn reverse(element: &mut Element) {
    let children = std::mem::take(&mut element.children);
    let (elements, mut rest): (Vec<Node>, Vec<Node>) = children
        .into_iter()
        .partition(|child| matches!(child, Node::Element(_)));
    element.children = elements.into_iter().rev().collect();
    element.children.append(&mut rest);
}

/// Whether the last line stands before the first one wherever both are.
fn is_reversed(text: &str, names: &[String]) -> bool {
    let ends = |name: &String| Some((text.find(name.as_str())?, text.rfind(name.as_str())?));
    let (first, last) = (names.first().and_then(ends), names.last().and_then(ends));
    match (first, last) {
        (Some(first), Some(last)) => last.0 < first.0 && last.1 < first.1,
        _ => false,
    }
}

fn is_named_in_script(page: &Element, names: &[String]) -> bool {
    let mut found = false;
    page.look_at_all(&mut |element| {
        let texts = element.children.iter().filter_map(|child| match child {
            Node::Text(text) if element.name == "script" => Some(text),
            _ => None,
        });
        found |= texts
            .into_iter()
            .any(|text| names.iter().any(|name| text.contains(name.as_str())));
    });
    found
}

/// Whether an element's children are the lines in their order, with a number each.
fn holds_exactly(element: &Element, names: &[String]) -> bool {
    let texts: Vec<String> = element.elements().map(Element::text).collect();
    let digits = |text: &str| text.chars().any(|letter| letter.is_ascii_digit());
    texts.len() == names.len()
        && texts.iter().zip(names).all(|(text, name)| {
            let rest = text.replacen(name.as_str(), "", 1);
            text.contains(name.as_str()) && digits(&rest)
        })
}
