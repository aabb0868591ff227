//! The words beside an amount of the totals, on which side of it they stand, and what they leave to say.

use crate::money::Decimal;

use super::scene::{Amount, Scene, has_digit};

/// The longest text of an amount with its label, in bytes.
pub(super) const LONGEST_ROW: usize = 160;

/// Most steps from an amount to the column that it stands in.
const MOST_COLUMN: usize = 3;

/// Whether an amount stands alone with another, in its text or beside it, and is most of it: the same for those who reckon
/// without the tax. A tax is less.
pub(super) fn says_again(
    scene: &Scene<'_>,
    before: &Amount,
    amount: &Amount,
    amounts: &[&Amount],
) -> bool {
    let twice = amount.value().checked_mul(Decimal::TWO);
    let is_most = twice.is_some_and(|twice| twice > before.value());
    let parent = scene.outline.parent(amount.place);
    let is_beside = parent.is_some_and(|parent| {
        let inside = |other: &&&Amount| scene.outline.holds(parent, other.place);
        scene.outline.parent(before.place) == Some(parent)
            && amounts.iter().filter(inside).count() == 2
    });
    is_most && ((before.place == amount.place && amount.is_part) || is_beside)
}

/// What is said in an amount's element before it, where other elements say it: `<b>Total:</b> 850`.
pub(super) fn lead(scene: &Scene<'_>, amount: &Amount) -> String {
    let text = scene.short_text(amount.place, LONGEST_ROW);
    let text = text.unwrap_or_default();
    let own = amount.text.trim().to_owned();
    let before = text.split_once(own.as_str()).map(|(before, _)| before);
    before.unwrap_or_default().trim().to_owned()
}

/// Whether words for tax that is added stand before an amount, and none after it.
pub(super) fn leads(amount: &Amount) -> bool {
    let after = amount.text.rsplit(|c: char| c.is_ascii_digit()).next();
    let letters = after
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphabetic());
    !follows(amount) && letters.count() <= 3
}

/// Whether words come only after an amount that takes nothing off: `9.50 with 5 % discount` is an offer.
pub(super) fn follows(amount: &Amount) -> bool {
    let before = amount.text.split(|c: char| c.is_ascii_digit()).next();
    let letters = before
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphabetic());
    amount.value() > Decimal::ZERO && letters.count() <= 3
}

/// The row of a table that an element stands in.
pub(super) fn row_of(scene: &Scene<'_>, place: usize) -> Option<usize> {
    scene.outline.ancestors(place).take(12).find(|around| {
        scene
            .node(*around)
            .is_some_and(|node| node.name() == "tr" || node.attr("role") == Some("row"))
    })
}

pub(super) fn is_in_row_of(scene: &Scene<'_>, place: usize, other: usize) -> bool {
    row_of(scene, place).is_some_and(|row| scene.outline.holds(row, other))
}

/// The first cell of the row of a table that an element stands in, where it is another.
pub(super) fn row_heading(scene: &Scene<'_>, place: usize) -> Option<String> {
    let row = row_of(scene, place)?;
    let first = scene.outline.children(row).next()?;
    (!scene.outline.holds(first, place)).then(|| scene.short_text(first, 80))?
}

/// Whether a text is more than the name of a currency.
pub(super) fn says_something(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 3
}

/// On which side of an amount its label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before it, as most labels do.
    Before,
    /// Behind it.
    After,
}

/// The words in an element between the amount before and the amount itself; where there are none, those after it.
pub(super) fn beside(
    scene: &Scene<'_>,
    amounts: &[&Amount],
    index: usize,
    place: usize,
) -> (String, Side) {
    let outline = &scene.outline;
    let Some(own) = amounts.get(index) else {
        return (String::new(), Side::After);
    };
    // What stands in the same part as the amount before belongs to that, as far as the part does not hold the amount itself.
    let before = index.checked_sub(1).and_then(|before| amounts.get(before));
    let start = before.map_or(0, |before| {
        let around = std::iter::once(before.place).chain(outline.ancestors(before.place));
        let part = around.take_while(|around| !outline.holds(*around, own.place));
        outline.end(part.last().unwrap_or(before.place))
    });
    let next = amounts
        .get(index.saturating_add(1))
        .map_or(usize::MAX, |next| next.place);
    let mut before = Vec::new();
    let mut after = Vec::new();
    for (at, entry) in outline.within(place) {
        if entry.text.is_empty() || entry.is_struck || outline.holds(own.place, at) {
            continue;
        }
        if at >= start && at < own.place {
            before.push(entry.text.as_str());
        } else if at > own.place && at < next {
            after.push(entry.text.as_str());
        }
    }
    let nearest = before.last().copied().unwrap_or_default();
    if scene.words.total_kind(nearest).is_some() {
        return (nearest.to_owned(), Side::Before);
    }
    let before = before.join(" ");
    if before.chars().any(char::is_alphabetic) {
        (before, Side::Before)
    } else {
        (after.join(" "), Side::After)
    }
}

/// The part of a column that an amount stands in, and the words in the column beside that stand as far down, where the one
/// has amounts alone, the other words alone, and both equally many parts:
/// `<div><p>Sum</p><p>Total</p></div><div><p>9.00</p><p>10.00</p></div>`.
pub(super) fn facing(scene: &Scene<'_>, place: usize) -> Option<(usize, String)> {
    let outline = &scene.outline;
    let texts = |column: usize| -> Option<Vec<String>> {
        let parts = outline.children(column);
        parts
            .map(|part| scene.short_text(part, LONGEST_ROW))
            .collect()
    };
    let own = std::iter::once(place).chain(outline.ancestors(place));
    own.take(MOST_COLUMN).find_map(|part| {
        let column = outline.parent(part)?;
        let down = outline.children(column).position(|own| own == part)?;
        let around = outline.parent(column)?;
        let words = outline.children(around).take_while(|other| *other < column);
        let words = texts(words.last()?)?;
        let amounts = texts(column)?;
        let is_facing = words.len() == amounts.len()
            && words.len() > 1
            && !words.iter().any(|text| has_amount(text))
            && amounts
                .iter()
                .all(|text| text.is_empty() || is_bare(scene, text));
        let label = words.get(down)?;
        (is_facing && !label.is_empty()).then(|| (part, label.clone()))
    })
}

/// Whether a text is an amount without words.
fn is_bare(scene: &Scene<'_>, text: &str) -> bool {
    let amount = scene.amount_in_text(0, text);
    amount.is_some_and(|amount| !says_something(&amount.words()))
}

/// Whether a text holds what may be an amount.
fn has_amount(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.any(|word| has_digit(word) && word.contains([',', '.', '€', '$', '£']))
}
