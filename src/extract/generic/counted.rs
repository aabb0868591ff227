//! Which of a line's amounts are prices that count.

use crate::money::Decimal;
use crate::supplier::Mark;

use super::prices::label_before;
use super::rows::Record;
use super::scene::{Amount, Scene};

/// The amounts of a line that are prices, in the page's order: not savings, not earlier prices, not limits.
///
/// What is called the regular price is the price where the line's total is made of it: shop software says so of every
/// product that is not reduced.
pub(super) fn counted<'a>(
    scene: &Scene<'_>,
    record: Record,
    amounts: &'a [Amount],
) -> Vec<&'a Amount> {
    let inside = scene.amounts_in(record.place, amounts).iter();
    let inside: Vec<(&Amount, bool)> = inside
        .filter(|amount| amount.value() >= Decimal::ZERO)
        .map(|amount| (amount, is_price(scene, record.place, amount)))
        .collect();
    let is_total = |product: Decimal| {
        let mut prices = inside.iter().filter(|(_, is_price)| *is_price);
        prices.any(|(amount, _)| amount.value() == product)
    };
    let is_made_of = |amount: &Amount| {
        let product = amount.value().checked_mul(record.quantity.value?);
        Some(product.is_some_and(is_total) && is_regular(scene, record.place, amount))
    };
    let found = inside
        .iter()
        .filter(|(amount, is_price)| *is_price || is_made_of(amount) == Some(true));
    found.map(|(amount, _)| *amount).collect()
}

/// Whether an amount is called the price before others, and is not struck.
fn is_regular(scene: &Scene<'_>, row: usize, amount: &Amount) -> bool {
    let label = label_before(scene, row, amount.place).unwrap_or_default();
    scene.words.marks.meaning(&label) == Some(Mark::Before)
}

/// Whether an amount is a price that counts.
fn is_price(scene: &Scene<'_>, row: usize, amount: &Amount) -> bool {
    let marks = &scene.words.marks;
    let says_other = |text: &str| {
        let mark = marks.meaning(text);
        matches!(mark, Some(Mark::Saving | Mark::Before | Mark::Threshold))
    };
    let by_label =
        || label_before(scene, row, amount.place).is_some_and(|label| says_other(&label));
    let around = || std::iter::once(amount.place).chain(scene.outline.ancestors(amount.place));
    let by_class = || {
        around()
            .take_while(|around| *around > row)
            .take(2)
            .any(|place| {
                let class = scene
                    .node(place)
                    .and_then(|node| node.attr("class"))
                    .unwrap_or_default();
                let class = class.to_ascii_lowercase();
                [
                    "old-price",
                    "oldprice",
                    "price-old",
                    "was-price",
                    "regular-price",
                    "strike",
                    "line-through",
                    "compare",
                    "saving",
                    "discount-amount",
                ]
                .iter()
                .any(|part| class.contains(part))
            })
    };
    !says_other(&amount.words()) && !by_label() && !by_class()
}
