//! The totals that a page shows: amounts beside words for totals, in blocks outside the lines.

use crate::cart::{TotalKind, TotalRow};
use crate::money::Decimal;

use super::areas::Areas;
use super::rows::Record;
use super::scene::{Amount, Scene};

/// Most steps from an amount to the element that holds its label.
const MOST_LEVELS: usize = 6;

/// The longest text of an amount with its label, in bytes.
const LONGEST_ROW: usize = 160;

/// Rows of totals that stand together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The place of the element that holds them and no line.
    pub(super) place: usize,
    /// The rows, in the page's order.
    pub(super) rows: Vec<TotalRow>,
    /// Whether it stands beside the cart: in the page's head, or among what is recommended.
    pub(super) is_beside: bool,
}

/// Every block of totals.
pub(super) fn blocks(
    scene: &Scene<'_>,
    amounts: &[Amount],
    records: &[Record],
    areas: &Areas,
) -> Vec<Block> {
    let outside: Vec<&Amount> = amounts
        .iter()
        .filter(|amount| {
            !records
                .iter()
                .any(|record| scene.outline.holds(record.place, amount.place))
        })
        .collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut unknown: Vec<(usize, TotalRow)> = Vec::new();
    for (index, amount) in outside.iter().enumerate() {
        if is_unchosen(scene, amount.place) {
            continue;
        }
        let Some((row, label)) = labelled(scene, &outside, index) else {
            continue;
        };
        let top = top(scene, amount.place, records);
        match row {
            Some(kind) => add(
                &mut blocks,
                top,
                areas.are_beside(scene, amount.place),
                total_row(kind, label, amount.value()),
            ),
            None => unknown.push((
                top,
                total_row(TotalKind::Unrecognised, label, amount.value()),
            )),
        }
    }
    for (top, row) in unknown {
        // An amount that nothing is known of counts where it stands among known ones.
        if let Some(block) = blocks.iter_mut().find(|block| block.place == top) {
            block.rows.push(row);
        }
    }
    for block in &mut blocks {
        once(&mut block.rows);
    }
    blocks
}

fn total_row(kind: TotalKind, label: String, amount: Decimal) -> TotalRow {
    let reduces = kind == TotalKind::Discount && amount > Decimal::ZERO;
    TotalRow {
        kind,
        label,
        amount: if reduces { -amount } else { amount },
    }
}

fn add(blocks: &mut Vec<Block>, place: usize, is_beside: bool, row: TotalRow) {
    match blocks.iter_mut().find(|block| block.place == place) {
        Some(block) => block.rows.push(row),
        None => blocks.push(Block {
            place,
            rows: vec![row],
            is_beside,
        }),
    }
}

/// The same row again, as for narrow screens, counts once.
fn once(rows: &mut Vec<TotalRow>) {
    let mut seen: Vec<TotalRow> = Vec::new();
    rows.retain(|row| {
        let known = seen.contains(row);
        seen.push(row.clone());
        !known
    });
}

/// The element that holds an amount's block: the element below the nearest one that holds a line.
///
/// Rows that stand directly beside the lines, as in one table, make one block: that of the element around them.
fn top(scene: &Scene<'_>, place: usize, records: &[Record]) -> usize {
    let holds_line = |place: usize| {
        records
            .iter()
            .any(|record| scene.outline.holds(place, record.place))
    };
    let mut top = place;
    for around in scene.outline.ancestors(place) {
        if holds_line(around) {
            let is_row = scene
                .node(top)
                .is_some_and(|node| matches!(node.name(), "tr" | "li" | "dd" | "dt"));
            return if is_row { around } else { top };
        }
        top = around;
    }
    top
}

/// What an amount's label says, and the label; `None` where it has none. The kind is `None` where the label is unknown.
fn labelled(
    scene: &Scene<'_>,
    amounts: &[&Amount],
    index: usize,
) -> Option<(Option<TotalKind>, String)> {
    let amount = amounts.get(index)?;
    let own = amount.words();
    let mut label = (!own.is_empty()).then(|| own.clone());
    if let Some(kind) = scene.words.totals.meaning(&own) {
        return Some((Some(kind), own));
    }
    let around = scene.outline.ancestors(amount.place).take(MOST_LEVELS);
    for place in around {
        let Some(text) = scene.short_text(place, LONGEST_ROW) else {
            break;
        };
        let found = beside(scene, amounts, index, place);
        if let Some(kind) = scene.words.totals.meaning(&found) {
            return Some((Some(kind), found));
        }
        if label.is_none() && found.chars().any(char::is_alphabetic) {
            label = Some(found);
        }
        let others = amounts
            .iter()
            .filter(|other| scene.outline.holds(place, other.place))
            .count();
        if others > 2 || text.is_empty() {
            break;
        }
    }
    label.map(|label| (None, label))
}

/// The words in an element between the amount before and the amount itself; where there are none, those after it.
fn beside(scene: &Scene<'_>, amounts: &[&Amount], index: usize, place: usize) -> String {
    let outline = &scene.outline;
    let Some(own) = amounts.get(index) else {
        return String::new();
    };
    let start = index
        .checked_sub(1)
        .and_then(|before| amounts.get(before))
        .map_or(0, |before| outline.end(before.place));
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
    let before = before.join(" ");
    if before.chars().any(char::is_alphabetic) {
        before
    } else {
        after.join(" ")
    }
}

/// Whether an amount belongs to an option, such as a way of delivery, that is not chosen.
fn is_unchosen(scene: &Scene<'_>, place: usize) -> bool {
    let outline = &scene.outline;
    let around = std::iter::once(place)
        .chain(outline.ancestors(place))
        .take(5);
    for around in around {
        let buttons: Vec<bool> = outline
            .within(around)
            .filter(|(_, entry)| {
                entry.node.name() == "input"
                    && matches!(entry.node.attr("type"), Some("radio" | "checkbox"))
            })
            .map(|(_, entry)| entry.node.checked())
            .collect();
        match buttons.as_slice() {
            [] => {}
            [one] => return !one,
            _ => return false,
        }
    }
    false
}
