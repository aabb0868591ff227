//! Where lines, fields and totals stand on a page, as selectors.

use punchout::cart::{Cart, LineField};
use scraper::{ElementRef, Html, Selector};

use crate::outline::{select, short, text_of};

/// Where a field stands on all lines, as a selector; what differs from line to line is left out of it.
pub(super) fn common(cart: &Cart, field: LineField) -> Option<String> {
    let sources = cart.lines.iter().map(|line| line.provenance.get(&field));
    let mut places: Vec<&str> = sources
        .flatten()
        .map(|source| source.locator.as_str())
        .collect();
    places.dedup();
    let first = *places.first()?;
    if places.len() == 1 && !first.chars().any(|c| c.is_ascii_digit()) {
        return Some(first.to_owned());
    }
    let without_ids = first
        .split(" > ")
        .map(|part| part.split('#').next().unwrap_or(part));
    Some(without_ids.collect::<Vec<_>>().join(" > "))
}

/// The smallest element that holds a description and a quantity, as most descriptions have it.
pub(super) fn row<'d>(document: &'d Html, description: &str, quantity: &str) -> Option<Row<'d>> {
    let quantities = select(document, quantity);
    let holds_one = |element: &ElementRef<'_>| {
        quantities
            .iter()
            .any(|quantity| quantity.ancestors().any(|above| above.id() == element.id()))
    };
    let mut rows = select(document, description).into_iter().filter_map(|own| {
        let mut above = own.ancestors().filter_map(ElementRef::wrap);
        above.find(holds_one)
    });
    let first = rows.next()?;
    let named = short(first);
    let each = if named.contains(['.', '#']) {
        named
    } else {
        let control = quantity.rsplit(" > ").next().unwrap_or(quantity);
        format!("{named}:has({control})")
    };
    Some(Row {
        each,
        element: first,
    })
}

/// The element of a line.
pub(super) struct Row<'d> {
    pub(super) each: String,
    element: ElementRef<'d>,
}

impl Row<'_> {
    /// A place that means one element of this row: itself, or by its position where several are alike.
    pub(super) fn place(&self, place: &str, wanted: &Wanting<'_>) -> String {
        let Ok(selector) = Selector::parse(place) else {
            return place.to_owned();
        };
        let alike: Vec<ElementRef<'_>> = self.element.select(&selector).collect();
        let chosen = match (alike.as_slice(), wanted) {
            ([_], _) | ([], _) => None,
            (_, Wanting::Text(text)) => alike.iter().find(|own| text_of(**own) == *text),
            (_, Wanting::Nth(number)) => alike.get(*number),
        };
        let position = |element: &ElementRef<'_>| {
            let before = element.prev_siblings().filter_map(ElementRef::wrap);
            let position = before.count().saturating_add(1);
            format!("{}:nth-child({position})", element.value().name())
        };
        chosen.map_or_else(|| place.to_owned(), position)
    }
}

/// Which of several elements is meant.
pub(super) enum Wanting<'w> {
    /// The one with this text.
    Text(&'w str),
    /// This one in the page's order, from 0.
    Nth(usize),
}

/// The element of a label, and the smallest around it that shows a number as well; the last on the page.
pub(super) fn total_row<'d>(
    document: &'d Html,
    label: &str,
) -> Option<(ElementRef<'d>, ElementRef<'d>)> {
    let is_label = |element: &ElementRef<'_>| text_of(*element) == label;
    let own = select(document, "body *").into_iter().rfind(is_label)?;
    let digits = |element: ElementRef<'_>| {
        text_of(element)
            .chars()
            .filter(char::is_ascii_digit)
            .count()
    };
    let above = own.ancestors().filter_map(ElementRef::wrap);
    let row = above
        .into_iter()
        .find(|above| digits(*above) > digits(own))?;
    Some((own, row))
}
