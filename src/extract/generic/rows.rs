//! Which elements are the lines: around each quantity, as much as belongs to it alone.

use super::areas::Areas;
use super::describe::describe;
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
                });
            }
        }
        self.by_container(all)
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
            return around().take_while(alone).last();
        }
        if quantities.len() > 1 {
            // Rendered twice, for narrow and wide screens: the same quantity again in the same line.
            let same = others(least)
                .iter()
                .all(|other| other.value == quantity.value);
            return (same && others(least).len() <= 2).then_some(least);
        }
        Some(self.widened(least))
    }

    /// Whether an element holds a description and an amount.
    fn is_whole(&self, place: usize) -> bool {
        self.amounts_in(place) > 0 && describe(self.scene, place, self.amounts).is_some()
    }

    pub(super) fn amounts_in(&self, place: usize) -> usize {
        let outline = &self.scene.outline;
        let inside = |amount: &&Amount| outline.holds(place, amount.place);
        self.amounts.iter().filter(inside).count()
    }

    /// The line of a cart with one line: the item or row that it stands in, else as far as only amounts are added.
    fn widened(&self, least: usize) -> usize {
        let outline = &self.scene.outline;
        let is_item = |place: &usize| {
            self.scene.node(*place).is_some_and(|node| {
                matches!(node.name(), "tr" | "li" | "article")
                    || matches!(node.attr("role"), Some("row" | "listitem"))
            })
        };
        let around = || {
            std::iter::once(least)
                .chain(outline.ancestors(least))
                .take(5)
        };
        if let Some(item) = around().find(is_item)
            && !self.holds_total(item)
        {
            return item;
        }
        let grows = |place: &usize| {
            self.amounts_in(*place) <= MOST_AMOUNTS
                && !self.holds_total(*place)
                && !self.is_top(*place)
        };
        around().take_while(grows).last().unwrap_or(least)
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
        self.scene.outline.within(place).any(|(_, entry)| {
            let is_heading = matches!(entry.node.name(), "h1" | "h2" | "thead");
            let kind = (entry.text.len() < 60)
                .then(|| words.total_kind(&entry.text))
                .flatten();
            is_heading || (kind.is_some() && words.columns.meaning(&entry.text).is_none())
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
