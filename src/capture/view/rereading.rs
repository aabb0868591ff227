//! What the page shows by now, beside what was reviewed.

use serde::Serialize;

use crate::capture::difference::{changed_totals, is_unchanged, pairs};
use crate::capture::edits::edited;
use crate::capture::mapping::Waiting;
use crate::capture::rereading::Again;
use crate::capture::world::Review;
use crate::cart::{Cart, CartLine, LineField};
use crate::money::{Currency, Decimal};

/// In what the page differs from the first reading of it.
#[derive(Debug, Serialize)]
pub(super) struct PageChangedView<'w> {
    lines: Vec<LineChangeView<'w>>,
    totals: Vec<TotalChangeView>,
    /// Before and now, where they differ.
    currencies: Option<[Option<Currency>; 2]>,
    /// The cart is empty by now: there is nothing to take.
    is_empty: bool,
    /// Whether taking it drops something that the buyer edited.
    drops_edits: bool,
}

#[derive(Debug, Serialize)]
struct LineChangeView<'w> {
    change: Change,
    description: &'w str,
    quantity: Decimal,
    /// What changed of it.
    values: Vec<ValueChangeView>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    Added,
    Removed,
    Changed,
}

#[derive(Debug, Serialize)]
struct ValueChangeView {
    field: LineField,
    before: Option<String>,
    now: Option<String>,
}

#[derive(Debug, Serialize)]
struct TotalChangeView {
    total: &'static str,
    before: Option<Decimal>,
    now: Option<Decimal>,
}

/// `None` where the page shows what was reviewed, or was not asked.
pub(super) fn page_changed(review: &Review) -> Option<PageChangedView<'_>> {
    let Again::Changed { cart, .. } = &review.details.origin.as_ref()?.again else {
        return None;
    };
    let before = &review.cart;
    let totals = changed_totals(&before.totals, &cart.totals);
    Some(PageChangedView {
        lines: line_changes(before, cart),
        totals: totals
            .map(|(total, before, now)| TotalChangeView { total, before, now })
            .collect(),
        currencies: (before.currency != cart.currency).then_some([before.currency, cart.currency]),
        is_empty: cart.lines.is_empty(),
        drops_edits: drops_edits(review, cart),
    })
}

/// What the review waits for while the page is read again, and after it was found changed.
pub(super) fn waits_for_page(review: &Review) -> Option<Waiting> {
    match review.details.origin.as_ref()?.again {
        Again::NotAsked => None,
        Again::Asked { .. } => Some(Waiting::ReadingAgain),
        Again::Changed { .. } => Some(Waiting::PageChanged),
    }
}

fn line_changes<'w>(before: &'w Cart, after: &'w Cart) -> Vec<LineChangeView<'w>> {
    let pairs = pairs(before, after).into_iter();
    pairs
        .map(|pair| pair.lines(before, after))
        .filter(|(one, other)| !is_unchanged(*one, *other))
        .filter_map(|(one, other)| {
            let line = other.or(one)?;
            Some(LineChangeView {
                change: match (one, other) {
                    (None, _) => Change::Added,
                    (_, None) => Change::Removed,
                    _ => Change::Changed,
                },
                description: &line.description,
                quantity: line.quantity,
                values: one.zip(other).map(value_changes).unwrap_or_default(),
            })
        })
        .collect()
}

fn value_changes((before, now): (&CartLine, &CartLine)) -> Vec<ValueChangeView> {
    let values = edited(before, now).zip(edited(now, before));
    values
        .map(|((field, before), (_, now))| ValueChangeView { field, before, now })
        .collect()
}

fn drops_edits(review: &Review, after: &Cart) -> bool {
    let edits = &review.details.edits;
    let pairs = pairs(&review.cart, after).into_iter();
    let mut changed = pairs.filter(|pair| {
        let (one, other) = pair.lines(&review.cart, after);
        !is_unchanged(one, other)
    });
    changed.any(|pair| {
        let place = pair.before.and_then(|place| u32::try_from(place).ok());
        place.is_some_and(|place| edits.lines.contains_key(&place) || edits.is_removed(place))
    })
}
