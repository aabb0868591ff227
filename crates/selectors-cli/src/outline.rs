//! Parts of a saved page, named as a selector would.

use scraper::{ElementRef, Html, Selector};

/// The element in words that select it: its name and its first lasting class, or its id.
#[must_use]
pub fn short(element: ElementRef<'_>) -> String {
    let value = element.value();
    let name = value.name();
    if let Some(class) = value.classes().find(|class| is_lasting(class)) {
        return format!("{name}.{class}");
    }
    match value.id().filter(|id| is_lasting(id)) {
        Some(id) => format!("{name}#{id}"),
        None => name.to_owned(),
    }
}

/// Whether a class or an id reads like a name: no digits, nothing that would have to be escaped.
fn is_lasting(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphabetic() || matches!(letter, '-' | '_'))
}

/// The text with its white space folded.
#[must_use]
pub fn text_of(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every element that matches; none where the text is no selector.
#[must_use]
pub fn select<'d>(document: &'d Html, selector: &str) -> Vec<ElementRef<'d>> {
    let selector = Selector::parse(selector).ok();
    let found = selector.map(|selector| document.select(&selector).collect());
    found.unwrap_or_default()
}

/// The largest parts of a page that are not nearly all of it, with their bytes, the largest first.
#[must_use]
pub fn largest(document: &Html) -> Vec<(String, usize)> {
    let whole = document.html().len();
    let mut found: Vec<(String, usize)> = select(document, "body *")
        .into_iter()
        .map(|element| (short(element), element.html().len()))
        .filter(|(_, size)| size.saturating_mul(2) < whole)
        .collect();
    found.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    found.dedup_by(|one, two| one.0 == two.0);
    found.truncate(5);
    found
}
