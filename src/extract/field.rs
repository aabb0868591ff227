//! The places of one value: which elements count, and what they say.

use crate::css::Selector;

use crate::json::{self, Value};
use crate::letters::lower;
use crate::money::NumberStyle;
use crate::snapshot::{Node, Page};
use crate::supplier::{Field, Take, fold};

/// Where places are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'p> {
    /// A line or a row.
    Element(Node<'p>),
    /// The whole page.
    Page(&'p Page),
}

/// A text that a place holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) text: String,
    /// The decimal sign that this place always uses.
    pub(super) numbers: Option<NumberStyle>,
    /// Whether the text is printed for people, so that the page's style applies to it.
    pub(super) printed: bool,
    /// Whether the page has characters there that change what is seen, and that were left out.
    pub(super) cleaned: bool,
}

/// Whether the text is wanted as it is read, or as a price is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum As {
    Text,
    Number,
}

/// Every different text at a place, in the page's order.
pub(super) fn held(field: &Field, scope: Scope<'_>, kind: As) -> Vec<Held> {
    let mut found: Vec<Held> = Vec::new();
    for node in nodes(field, scope) {
        if let Some(held) = text_of(field, node, kind)
            && !found.contains(&held)
        {
            found.push(held);
        }
    }
    found
}

/// The elements of a place that count.
pub(super) fn nodes<'p>(field: &Field, scope: Scope<'p>) -> Vec<Node<'p>> {
    let scopes: Vec<Scope<'p>> = match &field.chosen {
        None => vec![scope],
        Some(choice) => select(scope, &choice.option)
            .into_iter()
            .filter(|option| is_chosen(*option, &choice.control))
            .map(Scope::Element)
            .collect(),
    };
    let picked = scopes
        .into_iter()
        .flat_map(|scope| match (&field.select, scope) {
            (Some(selector), scope) => select(scope, selector),
            (None, Scope::Element(node)) => vec![node],
            (None, Scope::Page(_)) => Vec::new(),
        });
    picked
        .filter(|node| {
            field
                .outside
                .as_ref()
                .is_none_or(|outside| !is_inside(*node, outside))
        })
        .collect()
}

/// The elements that match; in a page, those of one element or of all.
pub(super) fn select<'p>(scope: Scope<'p>, selector: &Selector) -> Vec<Node<'p>> {
    match scope {
        Scope::Element(node) => node.select(selector),
        Scope::Page(page) => page.select(selector),
    }
}

/// Whether a node matches, or stands in one that does.
pub(super) fn is_inside(node: Node<'_>, selector: &Selector) -> bool {
    let mut here = Some(node);
    while let Some(node) = here {
        if node.matches(selector) {
            return true;
        }
        here = node.parent();
    }
    false
}

/// The `dt` that a `dd` belongs to: the last one before it.
pub(super) fn term_of(node: Node<'_>) -> Option<Node<'_>> {
    let siblings = (node.name() == "dd").then(|| node.parent())??.children();
    let before = siblings
        .into_iter()
        .take_while(|sibling| sibling.id() != node.id());
    before.filter(|sibling| sibling.name() == "dt").last()
}

/// An option counts where its button is checked, or where it has no button to choose with.
fn is_chosen(option: Node<'_>, control: &Selector) -> bool {
    option.select(control).into_iter().all(|control| {
        let is_button = matches!(control.attr("type"), Some("radio" | "checkbox"));
        !is_button || control.checked()
    })
}

/// What a place says at one of its elements.
pub(super) fn text_of(field: &Field, node: Node<'_>, kind: As) -> Option<Held> {
    let without = field.without.as_ref();
    let (raw, printed) = match &field.take {
        Take::VisibleText if kind == As::Number && node.is_struck() => return None,
        Take::VisibleText if kind == As::Number => (node.printed_text_without(without), true),
        Take::VisibleText => (node.visible_text_without(without), true),
        Take::OwnText if kind == As::Number && node.is_struck() => return None,
        Take::OwnText => (node.own_text(), true),
        Take::AllText => (node.text_without(without), true),
        Take::Value => (node.value()?, false),
        Take::Attribute(name) => (node.attr(name)?.to_owned(), false),
        Take::Derived(_) => return None,
    };
    let raw = match &field.json {
        Some(pointer) => at_pointer(&raw, pointer)?,
        None => raw,
    };
    let text = after_label(&raw, field)?;
    let text = match &field.after_last {
        Some(sign) => end_of_address(&text, sign)?,
        None => text,
    };
    let is_number_input = field.take == Take::Value && node.attr("type") == Some("number");
    let numbers = field
        .numbers
        .or_else(|| is_number_input.then_some(NumberStyle::Dot));
    let cleaned = printed && node.hides_characters();
    (!text.is_empty()).then_some(Held {
        text,
        numbers,
        printed,
        cleaned,
    })
}

/// A string or whole number inside a JSON text. Others are not read: a fraction may have lost digits.
fn at_pointer(json: &str, pointer: &str) -> Option<String> {
    match json::parse(json).ok()?.pointer(pointer)? {
        Value::Text(text) => Some(text.clone()),
        Value::Number(digits) => digits.parse().ok().map(|number: i64| number.to_string()),
        _ => None,
    }
}

/// What follows one of the labels; the whole text where there are no labels.
fn after_label(text: &str, field: &Field) -> Option<String> {
    let text = text.trim();
    if field.after.is_empty() && field.label.is_none() {
        return Some(text.to_owned());
    }
    let start = text.trim_start_matches(['-', '–', '•', ' ']);
    after_own(start, &field.after).or_else(|| after_common(start, &field.common))
}

fn after_own(text: &str, labels: &[String]) -> Option<String> {
    let lower = lower(text);
    let label = labels
        .iter()
        .find(|label| lower.starts_with(label.as_str()))?;
    let value: String = text.chars().skip(label.chars().count()).collect();
    Some(value.trim().to_owned())
}

/// What follows the last `sign` of an address, without its query and file ending, where that is a number or
/// code and not words.
fn end_of_address(address: &str, sign: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?.trim_end_matches('/');
    let (_, end) = path.rsplit_once(sign)?;
    let code = end.split('.').next()?;
    let plain = |c: char| c.is_ascii_alphanumeric();
    let is_code = code.chars().all(plain) && code.contains(|c: char| c.is_ascii_digit());
    is_code.then(|| code.to_owned())
}

/// Longest label that is looked for, in characters.
const LONGEST_LABEL: usize = 40;

/// What follows the longest common label that the text begins with, as whole words.
fn after_common(text: &str, labels: &[String]) -> Option<String> {
    let ends = text.char_indices().skip(1).take(LONGEST_LABEL);
    let ends = ends.filter(|(_, next)| !next.is_alphanumeric());
    let values = ends.filter_map(|(end, _)| {
        let (label, value) = text.split_at_checked(end)?;
        let is_label = label.ends_with(char::is_alphanumeric) && labels.contains(&fold(label));
        is_label.then_some(value)
    });
    let value = values.last()?;
    let separates = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '.' | '#' | '=' | '°');
    Some(value.trim_start_matches(separates).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_address_is_its_number() {
        let number = |address, sign| end_of_address(address, sign);
        assert_eq!(
            number("/de/s1/product/bohrer-12?x=1-2", "-").as_deref(),
            Some("12")
        );
        assert_eq!(number("/p/lamp--p0009/", "--p").as_deref(), Some("0009"));
        assert_eq!(
            number("/a/C137394.html#top", "/").as_deref(),
            Some("C137394")
        );
        assert_eq!(number("/de/help-us", "-"), None);
        assert_eq!(number("/de/lamp", "-"), None);
        assert_eq!(number("/p/desk-lamp-12", "/"), None);
    }

    #[test]
    fn a_label_is_taken_off_in_any_case() {
        let labels = ["model:".to_owned()];
        assert_eq!(after_own("Model: AB-1", &labels).as_deref(), Some("AB-1"));
        assert_eq!(after_own("Colour: red", &labels), None);
    }

    #[test]
    fn a_common_label_is_taken_off_as_whole_words_with_what_separates_it() {
        let labels = ["item".to_owned(), "item no".to_owned(), "art nr".to_owned()];
        let value = |text| after_common(text, &labels);
        assert_eq!(value("Item No.: AB-1").as_deref(), Some("AB-1"));
        assert_eq!(value("ART.-NR. 12.5").as_deref(), Some("12.5"));
        assert_eq!(value("Item #7").as_deref(), Some("7"));
        assert_eq!(value("Itemised: 7"), None);
        assert_eq!(value("Colour: red"), None);
        assert_eq!(value("Größe: é"), None);
    }

    #[test]
    fn a_pointer_reads_strings_and_whole_numbers_only() {
        let json = r#"{"subtotal":{"code":"EUR","amount":12.5,"items":3}}"#;
        assert_eq!(at_pointer(json, "/subtotal/code").as_deref(), Some("EUR"));
        assert_eq!(at_pointer(json, "/subtotal/items").as_deref(), Some("3"));
        assert_eq!(at_pointer(json, "/subtotal/amount"), None);
    }
}
