//! Which of a line's amounts is the price of a unit and which the line's total.

use crate::cart::LineField;
use crate::letters::lower;
use crate::money::{Decimal, TaxBasis};
use crate::supplier::Mark;

use super::columns::{column, heading};
use super::counted::counted;
use super::quantity::Quantity;
use super::rows::Record;
use super::scene::{Amount, Scene};

/// The amounts of one line.
#[derive(Debug)]
pub(super) struct RowAmounts<'a> {
    quantity: Decimal,
    amounts: Vec<RowAmount<'a>>,
    /// Numbers in elements of their own that a price can be for: 10, 100, 1000.
    bases: Vec<Decimal>,
}

/// One amount of a line.
#[derive(Debug)]
struct RowAmount<'a> {
    amount: &'a Amount,
    /// The way from the line's element to it, equal in lines that are built alike.
    slot: String,
    /// What a heading, a label or a class says that it is.
    role: Option<LineField>,
    /// Whether its words say that it is without tax.
    is_net: bool,
}

/// The amounts of one line that are taken for its unit price and its total.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prices<'a> {
    /// The price of a unit.
    pub(super) unit: Option<&'a Amount>,
    /// The line's total.
    pub(super) total: Option<&'a Amount>,
    /// How many units the price is for, where only the line's sum tells which number beside it that is.
    pub(super) basis: Option<Decimal>,
}

/// Places of a line's unit price and total among its amounts.
type Choice = (Option<usize>, Option<usize>);

/// Most ways to read the amounts of a cart that are tried.
const MOST_WAYS: usize = 8;

impl<'a> RowAmounts<'a> {
    /// The amounts of a line that are prices: not savings, not earlier prices, not limits.
    pub(super) fn of(scene: &Scene<'_>, record: Record, amounts: &'a [Amount]) -> Self {
        let quantity = record.quantity.value.unwrap_or_default();
        Self {
            quantity,
            bases: bases(scene, record),
            amounts: counted(scene, record, amounts)
                .into_iter()
                .map(|amount| RowAmount {
                    amount,
                    slot: slot(scene, record.place, amount.place),
                    role: role(scene, record.place, amount),
                    is_net: is_net(scene, amount),
                })
                .collect(),
        }
    }

    fn at(&self, slot: &str) -> Option<usize> {
        self.amounts.iter().position(|own| own.slot == slot)
    }

    fn of_role(&self, role: LineField) -> Option<usize> {
        self.amounts.iter().position(|own| own.role == Some(role))
    }

    /// Whether quantity × one amount is the other.
    fn multiplies(&self, unit: usize, total: usize) -> bool {
        let (Some(unit), Some(total)) = (self.amounts.get(unit), self.amounts.get(total)) else {
            return false;
        };
        match &unit.amount.printed.basis {
            Some(basis) => self.makes(unit, total, basis.quantity),
            None => {
                self.makes(unit, total, Decimal::ONE) || self.basis_between(unit, total).is_some()
            }
        }
    }

    fn makes(&self, unit: &RowAmount<'_>, total: &RowAmount<'_>, basis: Decimal) -> bool {
        let product = unit.amount.value().checked_mul(self.quantity);
        let product = product.and_then(|product| product.checked_div(basis));
        let half = Decimal::new(5, 3);
        product.is_some_and(|product| (product - total.amount.value()).abs() <= half)
    }

    /// The number in an element of its own that makes a total of quantity × price, where the two alone do not.
    fn basis_between(&self, unit: &RowAmount<'_>, total: &RowAmount<'_>) -> Option<Decimal> {
        let is_open = unit.amount.printed.basis.is_none() && !total.amount.value().is_zero();
        let mut bases = self.bases.iter().copied();
        bases.find(|basis| {
            is_open && !self.makes(unit, total, Decimal::ONE) && self.makes(unit, total, *basis)
        })
    }

    /// Whether all amounts of the line are the same.
    fn shows_one(&self) -> bool {
        let mut values = self.amounts.iter().map(|own| own.amount.value());
        let first = values.next();
        first.is_some() && values.all(|value| Some(value) == first)
    }

    /// The amounts that are named, else the first and the last.
    fn first_and_last(&self) -> Choice {
        let last = self.amounts.len().checked_sub(1);
        let unit = self.of_role(LineField::UnitPrice).or(last.map(|_| 0));
        (
            unit,
            self.of_role(LineField::LineTotal)
                .or(last.filter(|last| Some(*last) != unit)),
        )
    }

    fn prices(&self, (unit, total): Choice) -> Prices<'a> {
        let at = |place: Option<usize>| self.amounts.get(place?);
        let (unit, total) = (at(unit), at(total));
        let both = unit.zip(total);
        Prices {
            unit: unit.map(|own| own.amount),
            total: total.map(|own| own.amount),
            basis: both.and_then(|(unit, total)| self.basis_between(unit, total)),
        }
    }
}

/// The record with the quantity of which two of its amounts multiply, where the text of it can mean two numbers.
pub(super) fn settled(scene: &Scene<'_>, record: Record, amounts: &[Amount]) -> Record {
    let Some(otherwise) = record.quantity.otherwise else {
        return record;
    };
    let other = Record {
        quantity: Quantity {
            value: Some(otherwise),
            ..record.quantity
        },
        ..record
    };
    let multiplies = |record: Record| {
        let row = RowAmounts::of(scene, record, amounts);
        forward(row.amounts.len())
            .any(|(one, two)| row.multiplies(one, two) || row.multiplies(two, one))
    };
    if multiplies(other) && !multiplies(record) {
        other
    } else {
        record
    }
}

/// The ways to read the amounts of all lines, the likeliest first.
///
/// No way leaves out an amount that could be a price: where no two amounts of a line multiply, the first and the last
/// are taken, and the check says that they do not.
pub(super) fn ways<'a>(rows: &[RowAmounts<'a>]) -> Vec<Vec<Prices<'a>>> {
    let mut choices: Vec<Vec<Choice>> = Vec::new();
    choices.extend(by_roles(rows));
    choices.extend(by_slots(rows));
    choices.extend(by_values(rows));
    choices.extend(by_one_amount(rows));
    choices.extend(by_one_with_tax(rows));
    choices.push(rows.iter().map(RowAmounts::first_and_last).collect());
    let mut distinct: Vec<Vec<Choice>> = Vec::new();
    for way in choices {
        if !distinct.contains(&way) {
            distinct.push(way);
        }
    }
    distinct.truncate(MOST_WAYS);
    let prices = |way: Vec<Choice>| {
        rows.iter()
            .zip(way)
            .map(|(row, choice)| row.prices(choice))
            .collect()
    };
    distinct.into_iter().map(prices).collect()
}

/// As headings, labels and classes say, where they name both in every line.
fn by_roles(rows: &[RowAmounts<'_>]) -> Option<Vec<Choice>> {
    let named = |row: &RowAmounts<'_>| {
        let unit = row.of_role(LineField::UnitPrice)?;
        Some((Some(unit), Some(row.of_role(LineField::LineTotal)?)))
    };
    rows.iter().map(named).collect()
}

/// Pairs of ways to amounts for which quantity × the one is the other in every line: a price before its total, else the
/// other way round.
fn by_slots(rows: &[RowAmounts<'_>]) -> Vec<Vec<Choice>> {
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let slots: Vec<&str> = first.amounts.iter().map(|own| own.slot.as_str()).collect();
    let fits = |unit: &str, total: &str| -> Option<Vec<Choice>> {
        let choice = |row: &RowAmounts<'_>| {
            let (unit, total) = (row.at(unit)?, row.at(total)?);
            let fits = row.multiplies(unit, total);
            fits.then_some((Some(unit), Some(total)))
        };
        rows.iter().map(choice).collect()
    };
    let of = |(unit, total): (usize, usize)| fits(slots.get(unit)?, slots.get(total)?);
    let found: Vec<Vec<Choice>> = forward(slots.len()).filter_map(of).collect();
    if found.is_empty() {
        return forward(slots.len())
            .filter_map(|(total, unit)| of((unit, total)))
            .collect();
    }
    found
}

/// In each line the first pair for which quantity × the one is the other; one amount for a quantity of one.
fn by_values(rows: &[RowAmounts<'_>]) -> Option<Vec<Choice>> {
    rows.iter()
        .map(|row| {
            let pairs = || forward(row.amounts.len());
            let reversed = pairs().map(|(total, unit)| (unit, total));
            let mut fitting = pairs()
                .chain(reversed)
                .filter(|(unit, total)| row.multiplies(*unit, *total));
            match fitting.next() {
                Some((unit, total)) => Some((Some(unit), Some(total))),
                None => (row.shows_one() && row.quantity == Decimal::ONE)
                    .then_some((Some(0), row.of_role(LineField::LineTotal))),
            }
        })
        .collect()
}

/// The places of two of so many amounts, the earlier first.
fn forward(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |one| (one.saturating_add(1)..count).map(move |other| (one, other)))
}

/// Where every line shows one amount only: as it is named first, because `Price` may stand above totals too.
fn by_one_amount(rows: &[RowAmounts<'_>]) -> Vec<Vec<Choice>> {
    if !rows.iter().all(RowAmounts::shows_one) {
        return Vec::new();
    }
    let is = |role: LineField| rows.iter().all(|row| row.of_role(role).is_some());
    let unit = vec![(Some(0), None); rows.len()];
    let total = vec![(None, Some(0)); rows.len()];
    if is(LineField::LineTotal) {
        vec![total, unit]
    } else {
        vec![unit, total]
    }
}

/// Where every line shows one amount, and else only what it is without tax.
fn by_one_with_tax(rows: &[RowAmounts<'_>]) -> Vec<Vec<Choice>> {
    let one = |row: &RowAmounts<'_>| {
        let mut with_tax = row
            .amounts
            .iter()
            .enumerate()
            .filter(|(_, own)| !own.is_net);
        let (place, _) = with_tax.next()?;
        (with_tax.next().is_none() && row.amounts.len() > 1).then_some(place)
    };
    let places: Option<Vec<usize>> = rows.iter().map(one).collect();
    let places = places.unwrap_or_default();
    if places.is_empty() {
        return Vec::new();
    }
    let unit = places.iter().map(|place| (Some(*place), None));
    let total = places.iter().map(|place| (None, Some(*place)));
    vec![unit.collect(), total.collect()]
}

fn is_net(scene: &Scene<'_>, amount: &Amount) -> bool {
    let words = amount.words();
    Mark::tax_basis(|mark| scene.words.marks.holds(&words, mark)) == TaxBasis::Net
}

/// The numbers of a line, in elements of their own or in the headings of prices, that shops print prices for.
fn bases(scene: &Scene<'_>, record: Record) -> Vec<Decimal> {
    let inside = scene.outline.within(record.place);
    let own = inside.filter(|(place, _)| !scene.outline.holds(*place, record.quantity.place));
    let found = own.filter_map(|(_, entry)| usual_basis(entry.text.trim()));
    let of_prices =
        |heading: &String| scene.words.columns.meaning(heading) == Some(LineField::UnitPrice);
    let cells = scene.outline.children(record.place);
    let headings = cells
        .filter_map(|cell| heading(scene, cell))
        .filter(of_prices);
    let named = headings.filter_map(|heading| heading.split_whitespace().find_map(usual_basis));
    found.chain(named).collect()
}

fn usual_basis(text: &str) -> Option<Decimal> {
    match text {
        "10" => Some(Decimal::TEN),
        "100" => Some(Decimal::ONE_HUNDRED),
        "1000" => Some(Decimal::ONE_THOUSAND),
        _ => None,
    }
}

/// The way from a line's element to an amount: the place of its part among the parts, then names and first classes.
fn slot(scene: &Scene<'_>, row: usize, place: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut here = place;
    while here > row {
        let Some(parent) = scene.outline.parent(here) else {
            break;
        };
        let name = scene.node(here).map(|node| node.name()).unwrap_or_default();
        let class = scene
            .node(here)
            .and_then(|node| node.attr("class")?.split_whitespace().next())
            .unwrap_or_default();
        let number = if parent == row {
            scene
                .outline
                .children(row)
                .take_while(|child| *child < here)
                .count()
        } else {
            0
        };
        parts.push(format!("{number}{name}.{class}"));
        here = parent;
    }
    parts.reverse();
    parts.join(">")
}

/// What an amount is by the heading of its column, its label, or its class.
fn role(scene: &Scene<'_>, row: usize, amount: &Amount) -> Option<LineField> {
    let is_price = |field: &LineField| matches!(field, LineField::UnitPrice | LineField::LineTotal);
    let by_column = column(scene, amount.place).filter(is_price);
    let by_own_words = || {
        scene
            .words
            .columns
            .meaning(&amount.words())
            .filter(is_price)
    };
    let by_label = || {
        let label = label_before(scene, row, amount.place)?;
        scene.words.columns.meaning(&label).filter(is_price)
    };
    // What is said beside one of several amounts in a cell is truer of it than the heading of the column.
    by_own_words()
        .or(by_column)
        .or_else(by_label)
        .or_else(|| by_class(scene, row, amount.place))
}

fn by_class(scene: &Scene<'_>, row: usize, place: usize) -> Option<LineField> {
    let around = std::iter::once(place).chain(scene.outline.ancestors(place));
    around.take_while(|around| *around > row).find_map(|place| {
        let node = scene.node(place)?;
        let says = [
            node.attr("class"),
            node.attr("data-testid"),
            node.attr("data-role"),
            node.attr("id"),
        ];
        let says = lower(&says.into_iter().flatten().collect::<Vec<_>>().join(" "));
        if ["subtotal", "sub-total", "total", "line-sum", "sum"]
            .iter()
            .any(|part| says.contains(part))
        {
            Some(LineField::LineTotal)
        } else if ["unit", "single", "each", "item-price"]
            .iter()
            .any(|part| says.contains(part))
        {
            Some(LineField::UnitPrice)
        } else {
            None
        }
    })
}

/// The text directly before an amount, in the same part of the line; cells of a table have headings instead.
pub(super) fn label_before(scene: &Scene<'_>, row: usize, place: usize) -> Option<String> {
    let outline = &scene.outline;
    let is_cell = |place: usize| {
        scene
            .node(place)
            .is_some_and(|node| matches!(node.name(), "td" | "th"))
    };
    let around = std::iter::once(place).chain(outline.ancestors(place));
    around
        .take_while(|around| *around > row && !is_cell(*around))
        .take(3)
        .find_map(|inner| {
            let parent = outline.parent(inner)?;
            let own = outline.get(parent).map(|entry| entry.text.clone());
            let own = own.filter(|text| !text.is_empty() && parent != row);
            let before = outline.children(parent).take_while(|child| *child < inner);
            let before = before.last().and_then(|place| scene.short_text(place, 40));
            before.filter(|text| !text.is_empty()).or(own)
        })
}
