//! The totals that a page shows: amounts beside words for totals, in blocks outside the lines.

use crate::cart::{LineField, TotalKind, TotalRow};
use crate::money::{CurrencyMark, Decimal};
use crate::supplier::{Mark, fold};

use super::areas::Areas;
use super::labels::{
    LONGEST_ROW, Side, beside, facing, follows, is_in_row_of, lead, leads, row_heading, row_of,
    says_again, says_something,
};
use super::prices::label_before;
use super::rows::Record;
use super::scene::{Amount, Scene, has_digit};

/// Most steps from an amount to the element that holds its label.
const MOST_LEVELS: usize = 6;

/// As many words around an amount make a sentence.
const MOST_WORDS: usize = 8;

/// The shortest word that is known inside another, in bytes.
const SHORTEST_PART: usize = 6;

/// The longest text that says that nothing is charged, in bytes.
const LONGEST_FREE: usize = 40;

/// Rows of totals that stand together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The place of the element that holds them and no line.
    pub(super) place: usize,
    /// The rows, in the page's order.
    pub(super) rows: Vec<TotalRow>,
    /// The currency marks beside their amounts.
    pub(super) marks: Vec<CurrencyMark>,
}

/// An amount outside the lines, with its label.
struct Labelled {
    /// The place of the element that holds both.
    place: usize,
    /// What the label says; `None` where it is not known.
    kind: Option<TotalKind>,
    label: String,
    amount: Decimal,
    mark: CurrencyMark,
}

/// Every block of totals.
pub(super) fn blocks(
    scene: &Scene<'_>,
    amounts: &[Amount],
    records: &[Record],
    areas: &Areas,
) -> Vec<Block> {
    let is_outside = |amount: &&Amount| {
        let in_line = records
            .iter()
            .any(|record| scene.outline.holds(record.place, amount.place));
        !in_line
            && !areas.are_beside(scene, amount.place)
            && !is_unchosen(scene, amounts, amount.place)
    };
    let outside: Vec<&Amount> = amounts.iter().filter(is_outside).collect();
    let labelled: Vec<Labelled> = (0..outside.len())
        .filter_map(|index| labelled(scene, &outside, index))
        .collect();
    let mut blocks: Vec<Block> = Vec::new();
    let is_row = |found: &&Labelled| counts(scene, found, &labelled) && !tells_saving(scene, found);
    for found in labelled.iter().filter(is_row) {
        let place = top(scene, found.place, records);
        let row = total_row(
            found
                .kind
                .or_else(|| untold(scene, found))
                .unwrap_or(TotalKind::Unrecognised),
            found.label.clone(),
            found.amount,
        );
        match blocks.iter_mut().find(|block| block.place == place) {
            Some(block) => {
                block.rows.push(row);
                block.marks.push(found.mark);
            }
            None => blocks.push(Block {
                place,
                rows: vec![row],
                marks: vec![found.mark],
            }),
        }
    }
    for block in &mut blocks {
        once(&mut block.rows);
        free_delivery(scene, block);
    }
    blocks
}

/// Adds the delivery that a word says to cost nothing, where the block shows no other.
fn free_delivery(scene: &Scene<'_>, block: &mut Block) {
    if block.rows.iter().any(|row| row.kind == TotalKind::Shipping) {
        return;
    }
    let is_short = |text: &str| !text.is_empty() && text.len() <= LONGEST_FREE;
    let inside = scene.outline.within(block.place);
    let free =
        inside.filter(|(_, entry)| is_short(&entry.text) && scene.words.is_free(&entry.text));
    let label = free.filter_map(|(place, _)| {
        let label =
            row_heading(scene, place).or_else(|| label_before(scene, block.place, place))?;
        (scene.words.total_kind(&label) == Some(TotalKind::Shipping)).then_some(label)
    });
    let row = label.map(|label| total_row(TotalKind::Shipping, label, Decimal::ZERO));
    block.rows.extend(row.take(1));
}

/// Whether an amount is a row of totals: one that nothing is known of is where it stands directly among known ones.
fn counts(scene: &Scene<'_>, found: &Labelled, all: &[Labelled]) -> bool {
    let beside = |other: &Labelled| {
        other.kind.is_some()
            && scene.outline.parent(other.place) == scene.outline.parent(found.place)
    };
    found.kind.is_some() || all.iter().any(beside)
}

/// Whether a row only tells what was saved, or what it was before: `You save`, `Original price`.
fn tells_saving(scene: &Scene<'_>, found: &Labelled) -> bool {
    let meaning = scene.words.marks.meaning(&found.label);
    found.kind.is_none()
        && found.amount > Decimal::ZERO
        && matches!(meaning, Some(Mark::Saving | Mark::Before))
}

/// What a row is whose label is no word for totals: what is named as the lines are is their sum, and what takes
/// something off and is named by a code, or by a hint beside it, is a coupon.
fn untold(scene: &Scene<'_>, found: &Labelled) -> Option<TotalKind> {
    let label = found.label.trim_matches([':', ' ', '(', ')', '"']);
    if found.amount >= Decimal::ZERO {
        let words = label.split_whitespace();
        let words: Vec<&str> = words.filter(|word| !has_digit(word)).collect();
        let is_lines = scene
            .words
            .columns
            .is(&words.join(" "), LineField::Description);
        return is_lines.then_some(TotalKind::Subtotal);
    }
    let is_code = label.len() > 3
        && label.chars().any(char::is_uppercase)
        && label.chars().any(|c| c.is_ascii_digit())
        && label
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    let is_hinted = || {
        let inside = scene.outline.within(found.place);
        let mut hints = inside.filter_map(|(_, entry)| entry.node.attr("title"));
        hints.any(|hint| scene.words.total_kind(hint) == Some(TotalKind::Discount))
    };
    (is_code || is_hinted() || is_compound(scene, label)).then_some(TotalKind::Discount)
}

/// Whether a word for what takes something off is part of another, as in `Bestellrabatt`.
fn is_compound(scene: &Scene<'_>, label: &str) -> bool {
    let label = fold(label);
    let mut phrases = scene.words.totals.phrases();
    phrases.any(|(phrase, kind)| {
        kind == TotalKind::Discount && phrase.len() >= SHORTEST_PART && label.contains(phrase)
    })
}

fn total_row(kind: TotalKind, label: String, amount: Decimal) -> TotalRow {
    let reduces = kind == TotalKind::Discount && amount > Decimal::ZERO;
    TotalRow::new(kind, label, if reduces { -amount } else { amount })
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

/// An amount with its label; `None` where it has none.
fn labelled(scene: &Scene<'_>, amounts: &[&Amount], index: usize) -> Option<Labelled> {
    let amount = amounts.get(index)?;
    let own = amount.words();
    let of = |place: usize, kind: Option<TotalKind>, label: String| Labelled {
        place,
        kind,
        label,
        amount: amount.value(),
        mark: amount.printed.currency,
    };
    let kind = scene.words.total_kind(&own);
    if is_sentence(scene, amount, kind) {
        return None;
    }
    // `incl. VAT` beside an amount says what the amount contains; beside the second of two it says what the second is.
    let qualifies = |label: &str| {
        matches!(
            scene.words.marks.meaning(label),
            Some(Mark::Net | Mark::Gross)
        )
    };
    if kind == Some(TotalKind::Discount) && follows(amount) {
        return None;
    }
    let before = index.checked_sub(1).and_then(|before| amounts.get(before));
    if qualifies(&own) && before.is_some_and(|before| says_again(scene, before, amount, amounts)) {
        return None;
    }
    // `Gross total` is a total, whatever it says of tax, and so is `plus VAT` before its amount.
    let is_tax = matches!(kind, Some(TotalKind::Tax | TotalKind::IncludedTax));
    if kind.is_some() && (!is_tax || !qualifies(&own) || leads(amount)) {
        return Some(of(amount.place, kind, own));
    }
    if amount.is_part {
        let lead = lead(scene, amount);
        let kind = scene.words.total_kind(&lead).filter(|_| !lead.is_empty());
        if kind.is_some() && !qualifies(&own) {
            return Some(of(amount.place, kind, lead));
        }
    }
    let is_second = |place: usize| {
        let before = index.checked_sub(1).and_then(|before| amounts.get(before));
        before.is_some_and(|before| scene.outline.holds(place, before.place))
    };
    let heading = row_heading(scene, amount.place).unwrap_or_default();
    if let Some(kind) = scene.words.total_kind(&heading)
        && !amounts
            .iter()
            .take(index)
            .any(|other| is_in_row_of(scene, amount.place, other.place))
    {
        return Some(of(
            row_of(scene, amount.place).unwrap_or(amount.place),
            Some(kind),
            heading,
        ));
    }
    if let Some((part, label)) = facing(scene, amount.place) {
        return Some(of(part, scene.words.total_kind(&label), label));
    }
    let included = kind.filter(|kind| *kind == TotalKind::IncludedTax);
    let mut unknown =
        (says_something(&own) && kind.is_none()).then(|| of(amount.place, None, own.clone()));
    for place in scene.outline.ancestors(amount.place).take(MOST_LEVELS) {
        if !scene.is_short(place, LONGEST_ROW) {
            break;
        }
        if included.is_some() && is_second(place) {
            return Some(of(place, included, own));
        }
        let (label, side) = beside(scene, amounts, index, place);
        let kind = scene.words.total_kind(&label);
        if kind.is_some() && (side == Side::Before || !qualifies(&label)) {
            return Some(of(place, kind, label));
        }
        if unknown.is_none() && says_something(&label) {
            unknown = Some(of(place, None, label));
        }
        let inside = |other: &&&Amount| scene.outline.holds(place, other.place);
        if amounts.iter().filter(inside).count() > 2 {
            break;
        }
    }
    unknown
}

/// Whether an amount is part of a sentence, such as a notice of what lacks for free delivery, and no row of its own.
fn is_sentence(scene: &Scene<'_>, amount: &Amount, kind: Option<TotalKind>) -> bool {
    let around = scene
        .outline
        .parent(amount.place)
        .and_then(|parent| scene.outline.get(parent))
        .map(|entry| format!("{} {}", entry.text, amount.words()))
        .unwrap_or_default();
    let words = fold(&around).split(' ').count();
    let marks = &scene.words.marks;
    let offers = marks.holds(&around, Mark::Free) || marks.holds(&around, Mark::Threshold);
    (words >= MOST_WORDS && kind != Some(TotalKind::IncludedTax)) || (offers && words >= 3)
}

/// Whether an amount belongs to an option, such as a way of delivery, that is not chosen.
fn is_unchosen(scene: &Scene<'_>, amounts: &[Amount], place: usize) -> bool {
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
            // A box among several amounts, such as one for using points, is for none of them.
            [one] => {
                let inside = |other: &&Amount| outline.holds(around, other.place);
                return !one && amounts.iter().filter(inside).count() == 1;
            }
            _ => return false,
        }
    }
    false
}
