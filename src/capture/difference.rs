//! In what two readings of a cart differ.

use super::edits::edited;
use crate::cart::{Cart, CartLine, Totals};
use crate::money::Decimal;

/// A line of the earlier reading with the line of the later one that is the same product, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its place in the earlier reading; `None` where it was added.
    pub(super) before: Option<usize>,
    /// Its place in the later reading; `None` where it was removed.
    pub(super) after: Option<usize>,
}

/// Two lines, either of which may be absent.
pub(super) type Lines<'c> = (Option<&'c CartLine>, Option<&'c CartLine>);

impl Pair {
    /// The lines themselves.
    pub(super) fn lines<'c>(&self, before: &'c Cart, after: &'c Cart) -> Lines<'c> {
        let line = |cart: &'c Cart, place: Option<usize>| cart.lines.get(place?);
        (line(before, self.before), line(after, self.after))
    }
}

/// Whether the buyer would be told of anything.
pub(super) fn differ(before: &Cart, after: &Cart) -> bool {
    before.currency != after.currency
        || before.totals != after.totals
        || pairs(before, after).iter().any(|pair| {
            let (one, other) = pair.lines(before, after);
            !is_unchanged(one, other)
        })
}

/// Whether a line stands in both readings with the same values.
pub(super) fn is_unchanged(before: Option<&CartLine>, after: Option<&CartLine>) -> bool {
    before
        .zip(after)
        .is_some_and(|(before, after)| edited(before, after).next().is_none())
}

/// All lines of both readings, those of the earlier one first. Lines with the same values find each other before those of
/// the same name do, so that of two alike the right one is missing.
pub(super) fn pairs(before: &Cart, after: &Cart) -> Vec<Pair> {
    let mut found: Vec<Option<usize>> = vec![None; before.lines.len()];
    let mut is_free = vec![true; after.lines.len()];
    for exactly in [true, false] {
        for (line, found) in before.lines.iter().zip(&mut found) {
            if found.is_some() {
                continue;
            }
            let mut free = is_free.iter_mut().zip(&after.lines).enumerate();
            let alike = free.find(|(_, (is_free, other))| {
                let fits = || !exactly || is_unchanged(Some(line), Some(other));
                **is_free && is_same_product(line, other) && fits()
            });
            if let Some((place, (is_free, _))) = alike {
                *is_free = false;
                *found = Some(place);
            }
        }
    }
    let kept = found.into_iter().enumerate().map(|(place, after)| Pair {
        before: Some(place),
        after,
    });
    let added = is_free.into_iter().enumerate();
    let added = added
        .filter(|(_, is_free)| *is_free)
        .map(|(place, _)| Pair {
            before: None,
            after: Some(place),
        });
    kept.chain(added).collect()
}

/// The supplier's number tells products apart, else the description; and what was chosen of it, who sells it, and in which
/// currency.
fn is_same_product(one: &CartLine, other: &CartLine) -> bool {
    let is_named_alike = match (&one.supplier_part_id, &other.supplier_part_id) {
        (None, None) => one.description == other.description,
        (one, other) => one == other,
    };
    let are_sold_alike = one.seller == other.seller && one.currency == other.currency;
    is_named_alike && one.options == other.options && are_sold_alike
}

/// The totals that are not the same, each with what the page showed before and what it shows now.
pub(super) fn changed_totals(
    before: &Totals,
    after: &Totals,
) -> impl Iterator<Item = (&'static str, Option<Decimal>, Option<Decimal>)> + use<> {
    let all = [
        ("subtotal", before.subtotal, after.subtotal),
        ("discount", before.discount, after.discount),
        ("shipping", before.shipping, after.shipping),
        ("fees", before.fees, after.fees),
        ("tax", before.tax, after.tax),
        ("grand_total", before.grand_total, after.grand_total),
    ];
    all.into_iter().filter(|(_, before, after)| before != after)
}
