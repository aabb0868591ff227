//! Whether what looks like lines is a cart.

use crate::letters::lower;
use crate::money::Decimal;
use crate::supplier::Mark;

use super::quantity::Kind;
use super::rows::Record;
use super::scene::Scene;

/// Parts of classes, names and labels of what takes a line out of the cart.
const REMOVES: &[&str] = &[
    "remove", "delete", "trash", "discard", "entfern", "loesch", "supprim", "rimuov", "elimin",
];

/// Parts of what only makes a quantity less.
const COUNTS: &[&str] = &[
    "minus",
    "decre",
    "quantity",
    "qty",
    "ion-ios-remove",
    "coupon",
    "filter",
];

/// The longest text of a button, in bytes.
const LONGEST_BUTTON: usize = 60;

/// What a page calls itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    is_cart: bool,
    is_other: bool,
    is_checkout: bool,
}

/// Whether these lines are those of a cart.
///
/// A page that calls itself a cart is one, unless its lines are offered for the cart; another is one where its lines
/// can be changed and taken out and the page goes on to a checkout, or is one with the cart on the same page.
pub(super) fn is_cart(scene: &Scene<'_>, names: Names, records: &[Record]) -> bool {
    let orders = records.iter().any(|record| {
        record
            .quantity
            .value
            .is_some_and(|value| value > Decimal::ZERO)
    });
    if !orders {
        return false;
    }
    let (mut removable, mut offered) = (0_usize, 0_usize);
    for record in records {
        let removes = says(scene, record.place, Mark::Remove) || has_remover(scene, record.place);
        let adds = says(scene, record.place, Mark::Add);
        removable = removable.saturating_add(usize::from(removes));
        offered = offered.saturating_add(usize::from(adds && !removes));
    }
    let most = |count: usize| count.saturating_mul(2) > records.len();
    if most(offered) {
        return false;
    }
    let changes = records
        .iter()
        .any(|record| record.quantity.kind <= Kind::Unnamed);
    let is_fixed = !changes && !most(removable);
    if is_fixed && (names.is_other || names.is_checkout) {
        return false;
    }
    if names.is_cart && (changes || most(removable) || !names.is_other) {
        return true;
    }
    let goes_on = names.is_checkout || goes_on(scene);
    !names.is_other && changes && most(removable) && goes_on && !says(scene, 0, Mark::Add)
}

/// What the page calls itself, in its address, title and first heading.
pub(super) fn names(scene: &Scene<'_>) -> Names {
    let marks = &scene.words.marks;
    let heading = scene
        .entries()
        .find(|(_, entry)| entry.node.name() == "h1")
        .map(|(place, _)| scene.short_text(place, 200).unwrap_or_default());
    let canonical = scene.page.canonical().unwrap_or_default();
    let address = canonical.split_once("//").map_or("", |(_, rest)| rest);
    let address = address.split_once('/').map_or("", |(_, path)| path);
    let texts = [
        scene.at.path,
        scene.page.title(),
        heading.as_deref().unwrap_or_default(),
        address,
    ];
    let says = |mark: Mark| texts.iter().any(|text| marks.holds(text, mark));
    let is_other = says(Mark::WishList) || says(Mark::Orders);
    let by_address = marks.holds(scene.at.path, Mark::Cart) || marks.holds(address, Mark::Cart);
    Names {
        is_cart: by_address || (says(Mark::Cart) && !is_other),
        is_other,
        is_checkout: says(Mark::Checkout),
    }
}

/// Whether a text, or the label of something to press, says this.
fn says(scene: &Scene<'_>, place: usize, mark: Mark) -> bool {
    let marks = &scene.words.marks;
    scene.outline.within(place).any(|(_, entry)| {
        let node = entry.node;
        let labels = ["aria-label", "title", "alt", "value"]
            .iter()
            .filter_map(|name| node.attr(name));
        let text = std::iter::once(entry.text.as_str()).filter(|text| !text.is_empty());
        text.chain(labels)
            .any(|text| text.len() <= LONGEST_BUTTON && marks.meaning(text) == Some(mark))
    })
}

/// Whether something in a line takes it out of the cart, by its class, name or address.
fn has_remover(scene: &Scene<'_>, place: usize) -> bool {
    scene.outline.within(place).any(|(_, entry)| {
        let node = entry.node;
        let presses = matches!(node.name(), "a" | "button" | "input" | "i" | "svg")
            || node.attr("role") == Some("button");
        let says = ["class", "name", "href", "data-testid", "data-action", "id"]
            .iter()
            .filter_map(|name| node.attr(name));
        presses
            && says.map(lower).any(|says| {
                let counts_down = COUNTS.iter().any(|part| says.contains(part));
                !counts_down && REMOVES.iter().any(|part| says.contains(part))
            })
    })
}

/// Whether the page goes on to a checkout.
fn goes_on(scene: &Scene<'_>) -> bool {
    let marks = &scene.words.marks;
    scene.entries().any(|(_, entry)| {
        let node = entry.node;
        let presses = matches!(node.name(), "a" | "button" | "input" | "span" | "div");
        let label = node
            .attr("value")
            .filter(|_| node.name() == "input")
            .unwrap_or(&entry.text);
        presses
            && label.len() <= LONGEST_BUTTON
            && !label.is_empty()
            && marks.holds(label, Mark::Checkout)
    })
}
