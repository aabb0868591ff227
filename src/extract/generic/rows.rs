//! Which elements are the lines: around each quantity, as much as belongs to it alone.

use crate::cart::TotalKind;

use super::areas::Areas;
use super::describe::{has_description, links};
use super::quantity::Quantity;
use super::scene::{Amount, Scene};

/// Most steps from a quantity to the element of its line.
const MOST_LEVELS: usize = 24;

/// Amounts that the line of a cart with one line may show.
const MOST_AMOUNTS: usize = 8;

/// A line as an element with its quantity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    /// The place of the element.
    pub(super) place: usize,
    /// Its quantity.
    pub(super) quantity: Quantity,
    /// The place of the element before it that names what it is of, where each line has two.
    pub(super) preface: Option<usize>,
}

/// What rows are looked for in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder<'s, 'p> {
    pub(super) scene: &'s Scene<'p>,
    pub(super) amounts: &'s [Amount],
    pub(super) areas: &'s Areas,
}

impl Finder<'_, '_> {
    /// The lists of lines that quantities make: all lines together, then those of each container alone.
    pub(super) fn lists(&self, quantities: &[Quantity]) -> Vec<Vec<Record>> {
        let mut all: Vec<Record> = Vec::new();
        for quantity in quantities {
            if self.areas.are_beside(self.scene, quantity.place) {
                continue;
            }
            let Some(place) = self.row(*quantity, quantities) else {
                continue;
            };
            let known = all.iter().any(|record| {
                self.scene.outline.holds(record.place, place)
                    || self.scene.outline.holds(place, record.place)
            });
            if !known {
                all.push(Record {
                    place,
                    quantity: *quantity,
                    preface: None,
                });
            }
        }
        self.preface(&mut all);
        self.by_container(all)
    }

    /// Where no line links a product and before each stands an element that does, that belongs to the line.
    fn preface(&self, all: &mut [Record]) {
        let outline = &self.scene.outline;
        let taken: Vec<usize> = all.iter().map(|record| record.place).collect();
        let before = |record: &Record| -> Option<usize> {
            let parent = outline.parent(record.place)?;
            let before = outline
                .children(parent)
                .take_while(|child| *child < record.place);
            before.last().filter(|place| {
                !taken.contains(place) && self.amounts_in(*place) == 0 && links(self.scene, *place)
            })
        };
        let prefaces: Option<Vec<usize>> = all
            .iter()
            .map(|record| before(record).filter(|_| !links(self.scene, record.place)))
            .collect();
        for (record, preface) in all.iter_mut().zip(prefaces.into_iter().flatten()) {
            record.preface = Some(preface);
        }
    }

    /// The element of the line that a quantity belongs to.
    fn row(&self, quantity: Quantity, quantities: &[Quantity]) -> Option<usize> {
        let outline = &self.scene.outline;
        let others = |place: usize| {
            quantities
                .iter()
                .filter(|other| outline.holds(place, other.place))
                .collect::<Vec<_>>()
        };
        let alone = |place: &usize| others(*place).len() <= 1;
        let around = || outline.ancestors(quantity.place).take(MOST_LEVELS);
        let least = around().find(|place| self.is_whole(*place))?;
        if quantities.len() > 1 && alone(&least) {
            let wide = around().take_while(alone).last()?;
            // The other quantities may be those of no line, far away.
            let is_too_wide = around().take_while(alone).any(|place| self.is_top(place))
                && self.holds_total(wide);
            return Some(if is_too_wide {
                self.widened(least)
            } else {
                wide
            });
        }
        if quantities.len() > 1 {
            // Rendered twice, for narrow and wide screens: the same quantity again in the same line.
            let same = others(least)
                .iter()
                .all(|other| other.value == quantity.value);
            if same && others(least).len() <= 2 {
                return Some(least);
            }
            // What names it may stand in a row of its own before it.
            let row = around().take_while(alone).last()?;
            return (self.amounts_in(row) > 0 && self.is_item(row)).then_some(row);
        }
        Some(self.widened(least))
    }

    /// Whether an element holds a description and an amount.
    fn is_whole(&self, place: usize) -> bool {
        self.amounts_in(place) > 0 && has_description(self.scene, place, self.amounts)
    }

    pub(super) fn amounts_in(&self, place: usize) -> usize {
        self.scene.amounts_in(place, self.amounts).len()
    }

    /// The line of a cart with one line: the item or row that it stands in, else as far as only amounts are added.
    fn widened(&self, least: usize) -> usize {
        let outline = &self.scene.outline;
        let around = || {
            std::iter::once(least)
                .chain(outline.ancestors(least))
                .take(5)
        };
        if let Some(item) = around().find(|place| self.is_item(*place))
            && !self.holds_total(item)
        {
            return item;
        }
        let grows = |place: &usize| {
            self.amounts_in(*place) <= MOST_AMOUNTS
                && !self.holds_total(*place)
                && !self.is_top(*place)
        };
        let wide = around().take_while(grows).last().unwrap_or(least);
        let texts = |place: usize| {
            let inside = self.scene.outline.within(place);
            inside.filter(|(_, entry)| !entry.text.is_empty()).count()
        };
        // The narrowest that holds as much: its parts are the line's.
        let all = texts(wide);
        around().find(|place| texts(*place) == all).unwrap_or(wide)
    }

    fn is_item(&self, place: usize) -> bool {
        self.scene.node(place).is_some_and(|node| {
            matches!(node.name(), "tr" | "li" | "article")
                || matches!(node.attr("role"), Some("row" | "listitem"))
        })
    }

    fn is_top(&self, place: usize) -> bool {
        self.scene.node(place).is_none_or(|node| {
            matches!(
                node.name(),
                "body" | "main" | "form" | "table" | "tbody" | "ul" | "ol" | "html"
            )
        })
    }

    /// Whether an element holds a heading or a row of the totals.
    fn holds_total(&self, place: usize) -> bool {
        let words = self.scene.words;
        let (mut subtotal, mut grand_total) = (false, false);
        self.scene.outline.within(place).any(|(_, entry)| {
            let is_heading = matches!(entry.node.name(), "h1" | "thead");
            let kind = (entry.text.len() < 60)
                .then(|| words.total_kind(&entry.text))
                .flatten();
            // A line can show one of them, and no line both.
            subtotal |= kind == Some(TotalKind::Subtotal);
            grand_total |= kind == Some(TotalKind::GrandTotal);
            let is_row = kind.is_some() && words.columns.meaning(&entry.text).is_none();
            is_heading || is_row || (subtotal && grand_total)
        })
    }

    /// All records, then those of each container, where there are several.
    fn by_container(&self, all: Vec<Record>) -> Vec<Vec<Record>> {
        let mut lists: Vec<(Option<usize>, Vec<Record>)> = Vec::new();
        for record in &all {
            let container = self.scene.outline.parent(record.place);
            match lists.iter_mut().find(|(known, _)| *known == container) {
                Some((_, list)) => list.push(*record),
                None => lists.push((container, vec![*record])),
            }
        }
        let single = lists.len() == 1;
        let mut found = vec![all];
        if !single {
            found.extend(lists.into_iter().map(|(_, list)| list));
        }
        found.retain(|list| !list.is_empty());
        found.truncate(6);
        found
    }
}
