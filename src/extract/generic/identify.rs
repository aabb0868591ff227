//! The numbers and other values of a line that a label, a column or an attribute names.

use crate::cart::LineField;
use crate::letters::lower;

use super::columns::column;
use super::prices::label_before;
use super::scene::Scene;

/// Attributes that name the supplier's number of an article.
const ATTRIBUTES: &[&str] = &[
    "data-sku",
    "data-product_sku",
    "data-product-sku",
    "data-item-sku",
    "data-article-number",
    "data-articlenumber",
    "data-item-number",
    "data-part-number",
    "data-product-code",
    "data-asin",
    "data-stock-number",
];

/// Parts of classes of elements that show the supplier's number of an article.
const CLASSES: &[&str] = &["sku", "article-n", "articlen", "artikelnummer"];

/// The longest text that holds labels and values, in bytes.
const LONGEST: usize = 240;

/// The longest value, in bytes.
const LONGEST_VALUE: usize = 60;

/// A value and the place of its element.
type Named = (usize, String);

/// The supplier's number of a line.
pub(super) fn part_id(scene: &Scene<'_>, row: usize) -> Option<Named> {
    labelled(scene, row, LineField::SupplierPartId, is_id)
        .or_else(|| marked_id(scene, row))
        .or_else(|| classed_id(scene, row))
}

/// The number of a field that is one, such as the manufacturer's.
pub(super) fn number(scene: &Scene<'_>, row: usize, field: LineField) -> Option<Named> {
    labelled(scene, row, field, is_id)
}

/// A number that an attribute of the line names as the article's; `None` where several differ.
fn marked_id(scene: &Scene<'_>, row: usize) -> Option<Named> {
    let mut found = scene.outline.within(row).filter_map(|(place, entry)| {
        let id = ATTRIBUTES.iter().find_map(|name| entry.node.attr(name))?;
        is_id(id).then(|| (place, id.to_owned()))
    });
    let first = found.next()?;
    found.all(|(_, other)| other == first.1).then_some(first)
}

/// A code that stands alone in an element whose class says that it is the article's number.
fn classed_id(scene: &Scene<'_>, row: usize) -> Option<Named> {
    let mut found = scene.outline.within(row).filter_map(|(place, entry)| {
        let class = lower(entry.node.attr("class")?);
        let is_named = CLASSES.iter().any(|part| class.contains(part));
        let is_code = is_id(&entry.text)
            && !entry.text.contains(char::is_whitespace)
            && entry.text.contains(|c: char| c.is_ascii_digit());
        (is_named && is_code).then(|| (place, entry.text.clone()))
    });
    let first = found.next()?;
    found.all(|(_, other)| other == first.1).then_some(first)
}

/// A value of a line, where a label says what it is: `SKU: A-1`, `SKU A-1`, `SKU` and `A-1` in elements of their own,
/// or a column. The first that `fits` counts: two columns can be named alike, as units and packs are.
pub(super) fn labelled(
    scene: &Scene<'_>,
    row: usize,
    field: LineField,
    fits: fn(&str) -> bool,
) -> Option<Named> {
    let texts = || {
        scene
            .outline
            .within(row)
            .filter(|(_, entry)| !entry.text.is_empty() && entry.text.len() <= LONGEST)
    };
    let within = texts().find_map(|(place, entry)| {
        let own = value_in(scene, &entry.text, field).filter(|value| fits(value));
        if let Some(value) = own {
            return Some((place, value));
        }
        let around = scene.outline.parent(place).filter(|parent| *parent > row);
        let own = std::iter::once(place).chain(around);
        let mut own = own.filter_map(|place| Some((place, scene.short_text(place, LONGEST)?)));
        own.find_map(|(place, text)| Some((place, value_in(scene, &text, field)?)))
            .filter(|(_, value)| fits(value))
    });
    let beside = || {
        texts().find_map(|(place, _)| {
            let label = label_before(scene, row, place)?;
            let value = scene.short_text(place, LONGEST_VALUE)?;
            let columns = &scene.words.columns;
            // The heading of one column stands beside that of another.
            let is_heading = columns.exactly(&value).is_some();
            (columns.is(&label, field) && !is_heading && fits(&value)).then_some((place, value))
        })
    };
    let in_column = || {
        let cells = scene.outline.children(row);
        let mut cells = cells.filter(|cell| column(scene, *cell) == Some(field));
        cells.find_map(|cell| {
            let value = scene.short_text(cell, LONGEST_VALUE)?;
            fits(&value).then_some((cell, value))
        })
    };
    within.or_else(beside).or_else(in_column)
}

/// The value that follows a label of this field in a text of several: `Maker: Onno - SKU: A-1`.
fn value_in(scene: &Scene<'_>, text: &str, field: LineField) -> Option<String> {
    let columns = &scene.words.columns;
    let parts = text
        .split(['|', '•', '·', ';'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(", "));
    parts.map(str::trim).find_map(|part| {
        if let Some((label, value)) = part.split_once([':', '：', '#']) {
            let value = value.trim_start_matches([':', '：', '#', ' ']).trim();
            // What goes on with another label is more than the value.
            let is_one = !value.is_empty() && !value.contains([':', '：']);
            let fits = columns.is(label, field) && is_one;
            return (fits && value.len() <= LONGEST_VALUE).then(|| value.to_owned());
        }
        let (label, value) = part.rsplit_once(' ')?;
        let is_code = value.chars().any(|c| c.is_ascii_digit());
        (is_code && columns.is(label, field)).then(|| value.to_owned())
    })
}

/// Whether a text is a number of an article: one word to three, short.
fn is_id(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=3).contains(&words) && text.len() <= 40 && text.chars().any(char::is_alphanumeric)
}
