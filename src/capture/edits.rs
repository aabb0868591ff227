//! What the buyer changed about single lines: removed, and edited field by field. The page's own lines stay as they are,
//! and so does what the page proves of them.

use serde::{Deserialize, Serialize};

use super::typed::{self, EditProblem};
use super::world::Review;
use crate::cart::{CartLine, LineField, line_amount};
use crate::money::{Decimal, NumberStyle, Price};
use crate::sorted::SortedMap;

/// What was changed about a review's lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edits {
    /// Lines that are not ordered and not posted, by their places in the cart. A note, in contrast, is posted.
    pub removed: Vec<u32>,
    /// Lines as the buyer wants them, by their places. A line that is as the page says is not among them.
    pub lines: SortedMap<u32, CartLine>,
    /// What was typed and cannot be taken. Until it is mended or undone the cart waits.
    pub refused: Vec<RefusedEdit>,
}

/// A field of a line that the buyer can edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditField {
    /// [`CartLine::description`]
    Description,
    /// [`CartLine::supplier_part_id`]; blank for none.
    SupplierPartId,
    /// [`CartLine::quantity`]
    Quantity,
    /// [`CartLine::unit_of_measure`]; blank for none.
    UnitOfMeasure,
    /// [`CartLine::unit_price`], with its basis after a stroke: `12.90 / 100`.
    UnitPrice,
}

/// What was typed into a field and cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedEdit {
    /// The line's place in the cart, from 0.
    pub line: u32,
    /// The field.
    pub field: EditField,
    /// What was typed.
    pub text: String,
    /// Why it cannot be taken.
    pub problem: EditProblem,
}

impl RefusedEdit {
    fn is_of(&self, line: u32, field: EditField) -> bool {
        self.line == line && self.field == field
    }
}

impl Edits {
    fn forget_refusal(&mut self, line: u32, field: EditField) {
        self.refused.retain(|refused| !refused.is_of(line, field));
    }

    pub(super) fn is_removed(&self, line: u32) -> bool {
        self.removed.contains(&line)
    }

    /// Whether something that was typed for a line that is ordered cannot be taken.
    pub(super) fn wait(&self) -> bool {
        let mut refused = self.refused.iter();
        refused.any(|refused| !self.is_removed(refused.line))
    }
}

impl Review {
    /// The lines with their places in the cart, as the page shows them where the buyer edited nothing.
    pub(super) fn reviewed_lines(&self) -> impl Iterator<Item = (u32, &CartLine)> {
        let edited = &self.details.edits.lines;
        (0_u32..)
            .zip(&self.cart.lines)
            .map(|(place, line)| (place, edited.get(&place).unwrap_or(line)))
    }

    /// The lines as they are posted, with their places in the cart: edited, and without those that the buyer removed.
    /// Those that become notes are among them.
    pub fn ordered_lines(&self) -> impl Iterator<Item = (u32, &CartLine)> {
        self.reviewed_lines()
            .filter(|(place, _)| !self.details.edits.is_removed(*place))
    }

    /// A line as the page shows it.
    pub(super) fn page_line(&self, place: u32) -> Option<&CartLine> {
        self.cart.lines.get(usize::try_from(place).ok()?)
    }

    /// A line as it is ordered, unless it was removed.
    pub(super) fn ordered_line(&self, place: u32) -> Option<&CartLine> {
        let page = self.page_line(place)?;
        let edits = &self.details.edits;
        (!edits.is_removed(place)).then(|| edits.lines.get(&place).unwrap_or(page))
    }

    pub(super) fn remove_line(&mut self, place: u32) {
        if self.ordered_line(place).is_some() {
            self.details.new_items.remove(&place);
            self.details.edits.removed.push(place);
        }
    }

    pub(super) fn restore_line(&mut self, place: u32) {
        self.details.edits.removed.retain(|line| *line != place);
    }

    /// Takes what was typed into a field, or keeps it with the reason why it cannot be taken.
    pub(super) fn edit_line(
        &mut self,
        place: u32,
        field: EditField,
        (text, style): (String, NumberStyle),
    ) {
        let Some(mut line) = self.ordered_line(place).cloned() else {
            return;
        };
        self.details.edits.forget_refusal(place, field);
        match typed::put(&mut line, field, (&text, style), &self.cart) {
            Ok(()) => self.settle(place, line),
            Err(problem) => self.details.edits.refused.push(RefusedEdit {
                line: place,
                field,
                text,
                problem,
            }),
        }
    }

    /// Gives a field back what the page shows.
    pub(super) fn undo_edit(&mut self, place: u32, field: EditField) {
        self.details.edits.forget_refusal(place, field);
        let (Some(page), Some(mut line)) =
            (self.page_line(place), self.ordered_line(place).cloned())
        else {
            return;
        };
        match field {
            EditField::Description => line.description.clone_from(&page.description),
            EditField::SupplierPartId => line.supplier_part_id.clone_from(&page.supplier_part_id),
            EditField::Quantity => line.quantity = page.quantity,
            EditField::UnitOfMeasure => line.unit_of_measure.clone_from(&page.unit_of_measure),
            EditField::UnitPrice => line.unit_price.clone_from(&page.unit_price),
        }
        self.settle(place, line);
    }

    /// An edited line's amount is computed.
    fn settle(&mut self, place: u32, mut line: CartLine) {
        let Some(page) = self.page_line(place) else {
            return;
        };
        let is_computed = line.quantity != page.quantity || line.unit_price != page.unit_price;
        line.line_total = page.line_total;
        line.discount = page.discount;
        if is_computed {
            line.line_total = None;
            line.discount = None;
            line.line_total = line_amount(&line, self.cart.decimals());
        }
        let is_of_page = line == *page;
        let lines = &mut self.details.edits.lines;
        if is_of_page {
            lines.remove(&place);
        } else {
            lines.insert(place, line);
        }
    }
}

/// The fields of a line in which it differs from the page, each with what the page shows.
pub(super) fn edited(
    page: &CartLine,
    line: &CartLine,
) -> impl Iterator<Item = (LineField, Option<String>)> + use<> {
    let number = |number: Option<Decimal>| number.map(|number| number.to_string());
    let all = [
        (
            LineField::Description,
            line.description != page.description,
            Some(page.description.clone()),
        ),
        (
            LineField::SupplierPartId,
            line.supplier_part_id != page.supplier_part_id,
            page.supplier_part_id.clone(),
        ),
        (
            LineField::Quantity,
            line.quantity != page.quantity,
            number(Some(page.quantity)),
        ),
        (
            LineField::UnitOfMeasure,
            line.unit_of_measure != page.unit_of_measure,
            page.unit_of_measure.clone(),
        ),
        (
            LineField::UnitPrice,
            line.unit_price != page.unit_price,
            page.unit_price.as_ref().map(price_text),
        ),
        (
            LineField::LineTotal,
            line.line_total != page.line_total,
            number(page.line_total),
        ),
        (
            LineField::Discount,
            line.discount != page.discount,
            number(page.discount),
        ),
    ];
    all.into_iter()
        .filter(|(_, differs, _)| *differs)
        .map(|(field, _, shown)| (field, shown))
}

/// A price as it can be typed: `12.90`, `12.90 / 100`.
fn price_text(price: &Price) -> String {
    if price.basis == Decimal::ONE {
        return price.amount.to_string();
    }
    format!("{} / {}", price.amount, price.basis)
}
