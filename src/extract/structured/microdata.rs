//! schema.org in microdata, read as the JSON-LD that says the same.

use crate::css::Selector;

use crate::json::Value;
use crate::snapshot::{Node, Page};

use super::draft::Draft;
use super::json_ld::draft_of;

/// Items within each other, and properties, that are read at most.
const DEEPEST: u8 = 16;

/// The one list of ordered items in the page's microdata.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let Ok(scopes) = Selector::parse("[itemscope]:not([itemprop])") else {
        return Vec::new();
    };
    let tops = page.select(&scopes).into_iter();
    let values: Vec<Value> = tops.map(|top| item_of(top, DEEPEST)).collect();
    // Loose items beside each other are a list, as the page shows one.
    let (items, others): (Vec<Value>, Vec<Value>) = values
        .into_iter()
        .partition(|value| value.property("orderQuantity").is_some());
    let mut values = others;
    values.push(Value::List(items));
    draft_of(&values, "microdata").into_iter().collect()
}

/// An item as an object; what is there several times becomes a list.
fn item_of(scope: Node<'_>, room: u8) -> Value {
    let mut properties: Vec<(String, Value)> = Vec::new();
    for child in scope.children() {
        collect(child, room, &mut properties);
    }
    Value::Object(properties)
}

fn collect(node: Node<'_>, room: u8, properties: &mut Vec<(String, Value)>) {
    let is_item = node.attr("itemscope").is_some();
    if let Some(names) = node.attr("itemprop") {
        for name in names.split_ascii_whitespace() {
            let value = match room.checked_sub(1) {
                Some(room) if is_item => item_of(node, room),
                _ => text_of(node),
            };
            add(name, value, properties);
        }
    }
    if !is_item {
        for child in node.children() {
            collect(child, room, properties);
        }
    }
}

fn add(name: &str, value: Value, properties: &mut Vec<(String, Value)>) {
    let known = properties.iter_mut().find(|(own, _)| own == name);
    match known.map(|(_, known)| known) {
        None => properties.push((name.to_owned(), value)),
        Some(Value::List(values)) => values.push(value),
        Some(known) => {
            let first = std::mem::replace(known, Value::Null);
            *known = Value::List(vec![first, value]);
        }
    }
}

/// What an element says as a property: its `content`, its address, what has been typed, else its text.
fn text_of(node: Node<'_>) -> Value {
    let written = node
        .attr("content")
        .or_else(|| node.attr("href"))
        .map(str::to_owned);
    let text = written.or_else(|| node.value());
    Value::Text(text.unwrap_or_else(|| node.visible_text()))
}
