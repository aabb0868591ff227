//! What a line is of: its description, its link, its number.

use crate::cart::LineField;
use crate::snapshot::{Entry, Node};
use crate::supplier::Mark;

use super::scene::{Amount, Scene};

/// A description and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Described {
    /// The place of its element.
    pub(super) place: usize,
    /// Its text.
    pub(super) text: String,
    /// The address that the element links.
    pub(super) url: Option<String>,
}

/// The longest description, in bytes.
const LONGEST: usize = 600;

/// Parts of classes and ids of descriptions.
const NAMES: &[&str] = &["name", "title", "desc", "label", "product"];

/// The best description in an element.
pub(super) fn describe(scene: &Scene<'_>, row: usize, amounts: &[Amount]) -> Option<Described> {
    let candidates = scene
        .outline
        .within(row)
        .filter_map(|(place, entry)| candidate(scene, row, place, entry, amounts));
    let mut best: Option<(u32, Described)> = None;
    for (score, described) in candidates {
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, described));
        }
    }
    best.map(|(_, described)| described)
}

fn candidate(
    scene: &Scene<'_>,
    row: usize,
    place: usize,
    entry: &Entry<'_>,
    amounts: &[Amount],
) -> Option<(u32, Described)> {
    let node = entry.node;
    let link = node.attr("href").filter(|href| is_product_link(href));
    let is_link = node.name() == "a" && link.is_some();
    if !is_link && entry.text.is_empty() {
        return None;
    }
    let in_link = enclosing_link(scene, row, place);
    if in_link.is_some() && !is_link && !is_heading(node) {
        return None;
    }
    let is_button = |place: usize| {
        scene.node(place).is_some_and(|node| {
            matches!(node.name(), "button" | "label" | "option")
                || node.attr("role") == Some("button")
        })
    };
    if is_button(place) || scene.outline.ancestors(place).take(3).any(is_button) {
        return None;
    }
    let text = scene.short_text(place, LONGEST)?;
    let is_amount = amounts
        .iter()
        .any(|amount| scene.outline.holds(amount.place, place));
    if is_amount || !is_description(scene, &text) {
        return None;
    }
    let mut score = 0;
    if is_link {
        score += 40;
    }
    if is_heading(node)
        || scene
            .outline
            .ancestors(place)
            .take(2)
            .any(|place| scene.node(place).is_some_and(is_heading))
    {
        score += 25;
    }
    if is_named(node)
        || scene
            .outline
            .parent(place)
            .and_then(|place| scene.node(place))
            .is_some_and(is_named)
    {
        score += 15;
    }
    if link.is_some_and(|link| repeats(scene, row, place, link)) {
        score += 10;
    }
    let column = super::quantity::column(scene, place);
    if column == Some(LineField::Description) {
        score += 20;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    score += u32::try_from(letters.min(12)).unwrap_or_default();
    if is_code(&text) {
        score = score.saturating_sub(35);
    }
    let text = principal(scene, place).unwrap_or(text);
    let url = link
        .or_else(|| in_link?.attr("href"))
        .or_else(|| inner_link(scene, place));
    Some((
        score,
        Described {
            place,
            text,
            url: url.map(str::to_owned),
        },
    ))
}

/// Whether a text is a number of an article rather than its name.
fn is_code(text: &str) -> bool {
    !text.contains(' ') && text.chars().any(|c| c.is_ascii_digit())
}

/// Of an element that holds a maker and a name, or a name and its shortened form, each in an element of its own, the
/// name; `None` where it holds one text.
fn principal(scene: &Scene<'_>, place: usize) -> Option<String> {
    let own = scene.outline.get(place)?;
    let parts: Vec<&str> = scene
        .outline
        .within(place)
        .skip(1)
        .map(|(_, entry)| entry.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let longest = parts
        .iter()
        .max_by_key(|part| part.trim_end_matches('…').chars().count())?;
    let is_minor = |part: &&str| {
        let shortened = part.trim_end_matches(['…', '.', ' ']);
        part == longest
            || longest.starts_with(shortened)
            || longest.chars().count() > part.chars().count().saturating_mul(2)
    };
    let whole = own.text.is_empty() && parts.len() == 2 && parts.iter().all(is_minor);
    whole.then(|| longest.trim_end_matches('…').to_owned())
}

fn is_heading(node: Node<'_>) -> bool {
    matches!(node.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_named(node: Node<'_>) -> bool {
    let says = [
        node.attr("class"),
        node.attr("itemprop"),
        node.attr("data-testid"),
    ];
    says.into_iter().flatten().any(|says| {
        let says = says.to_ascii_lowercase();
        NAMES.iter().any(|part| says.contains(part))
    })
}

/// Whether another link of the line leads to the same page: picture and name.
fn repeats(scene: &Scene<'_>, row: usize, own: usize, link: &str) -> bool {
    scene
        .outline
        .within(row)
        .any(|(place, entry)| place != own && entry.node.attr("href") == Some(link))
}

fn enclosing_link<'p>(scene: &Scene<'p>, row: usize, place: usize) -> Option<Node<'p>> {
    let around = scene
        .outline
        .ancestors(place)
        .take_while(|around| *around > row);
    around
        .filter_map(|place| scene.node(place))
        .find(|node| node.name() == "a")
}

fn inner_link<'p>(scene: &Scene<'p>, place: usize) -> Option<&'p str> {
    let outline = &scene.outline;
    let (_, entry) = outline
        .within(place)
        .find(|(_, entry)| entry.node.name() == "a" && entry.node.attr("href").is_some())?;
    entry.node.attr("href")
}

/// Whether an address can be that of a product's page.
fn is_product_link(href: &str) -> bool {
    let lower = href.trim().to_ascii_lowercase();
    let acts = [
        "remove", "delete", "wishlist", "edit", "move", "share", "login", "help",
    ];
    let is_place =
        !lower.is_empty() && !lower.starts_with('#') && !lower.starts_with("javascript:");
    is_place && !acts.iter().any(|act| lower.contains(act))
}

/// Whether a text can be the name of a product: letters, and not one of the words around products.
fn is_description(scene: &Scene<'_>, text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = scene.words;
    let labels = [
        Mark::Remove,
        Mark::Add,
        Mark::Later,
        Mark::WishList,
        Mark::Free,
        Mark::Saving,
        Mark::Checkout,
        Mark::Gross,
        Mark::Net,
    ];
    let is_label = labels.iter().any(|mark| words.marks.is(text, *mark));
    let is_column = words
        .columns
        .meaning(text)
        .is_some_and(|field| words.columns.is(text, field));
    let begins_with_label = text.split_once(':').is_some_and(|(label, _)| {
        words
            .columns
            .meaning(label)
            .is_some_and(|field| words.columns.is(label, field))
    });
    letters >= 2 && !is_label && !is_column && !begins_with_label
}

/// The supplier's number of a line, where a label says it.
pub(super) fn part_id(scene: &Scene<'_>, row: usize) -> Option<(usize, String)> {
    labelled(scene, row, LineField::SupplierPartId)
        .filter(|(_, id)| is_id(id))
        .or_else(|| marked_id(scene, row))
}

/// A number that an attribute of the line names as the article's.
fn marked_id(scene: &Scene<'_>, row: usize) -> Option<(usize, String)> {
    let names = [
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
    let mut found = scene.outline.within(row).filter_map(|(place, entry)| {
        let id = names.iter().find_map(|name| entry.node.attr(name))?;
        is_id(id).then(|| (place, id.to_owned()))
    });
    let first = found.next()?;
    found.all(|(_, other)| other == first.1).then_some(first)
}

/// A value of a line, where a label says what it is: `SKU: A-1`, or `SKU` and `A-1` in elements of their own.
pub(super) fn labelled(scene: &Scene<'_>, row: usize, field: LineField) -> Option<(usize, String)> {
    let words = &scene.words.columns;
    let in_text = |place: usize| {
        let text = scene.short_text(place, 120)?;
        let (label, value) = text.split_once([':', '#'])?;
        let value = value.trim().trim_start_matches(':').trim();
        (words.is(label, field) && !value.is_empty()).then(|| (place, value.to_owned()))
    };
    let own = scene
        .outline
        .within(row)
        .filter(|(_, entry)| !entry.text.is_empty())
        .find_map(|(place, _)| {
            in_text(place).or_else(|| {
                scene
                    .outline
                    .parent(place)
                    .filter(|p| *p > row)
                    .and_then(in_text)
            })
        });
    own.or_else(|| {
        let cells = scene.outline.children(row);
        let mut cells = cells.filter(|cell| super::quantity::column(scene, *cell) == Some(field));
        let cell = cells.next()?;
        Some((cell, scene.short_text(cell, 80)?))
    })
}

/// Whether a text is a number of an article: one word or two with a digit, or a short code.
fn is_id(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=3).contains(&words) && text.len() <= 40 && text.chars().any(char::is_alphanumeric)
}
