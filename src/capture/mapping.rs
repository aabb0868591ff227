//! From the lines of a reviewed cart to what is posted.

use serde::Serialize;

use super::choices::Choices;
use super::due_date::due_date;
use super::step::Turn;
use super::world::{Matches, Review};
use crate::business_central::{
    CapturePost, ItemMatch, LineFacts, LineProblem, Mapping, OrderTerms, RequisitionLine,
    requisition_line,
};
use crate::cart::{CartLine, Verdict};

/// The longest number that Business Central looks up, in UTF-16 code units: Text[50].
pub(super) const LONGEST_NUMBER: usize = 50;

/// UN/CEFACT codes of a single piece: the base unit of what is counted.
const PIECES: [&str; 3] = ["H87", "C62", "EA"];

/// Why a line becomes what it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    /// The buyer chose it for this line.
    Chosen,
    /// Business Central knows one item for its numbers.
    Known,
    /// The buyer chose it for the same number before.
    Remembered,
    /// It is what all lines without an item become.
    Rest,
}

/// What the buyer must still do before a cart can be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Waiting {
    SignIn,
    Company,
    Worksheet,
    Vendor,
    Currency,
    Tax,
    Items,
    Ambiguous,
    Unmatched,
    Units,
    NewItems,
    Edits,
    Differences,
    NothingToOrder,
    Duplicate,
    Credits,
    Check,
    ReadingAgain,
    PageChanged,
}

/// A line of a review with its place in the cart.
pub(super) type Placed<'r> = (u32, &'r CartLine);

/// The numbers of a line that Business Central can look up, the supplier's own first.
pub(super) fn numbers(line: &CartLine) -> impl Iterator<Item = &String> {
    let numbers = [
        &line.supplier_part_id,
        &line.gtin,
        &line.manufacturer_part_id,
    ];
    numbers
        .into_iter()
        .flatten()
        .filter(|number| !number.is_empty() && number.encode_utf16().count() <= LONGEST_NUMBER)
}

/// The lines of a review that are posted, with their places in the cart.
pub(super) fn placed(review: &Review) -> impl Iterator<Item = Placed<'_>> {
    review.ordered_lines()
}

impl Turn<'_> {
    fn matches(&self, line: &CartLine, choices: &Choices) -> Option<&Matches> {
        let vendor = choices.vendor_of(line)?;
        self.world.desk.books.matches.get(vendor)
    }

    /// The items that Business Central knows for the first number of a line that it knows anything for.
    pub(super) fn candidates(&self, line: &CartLine, choices: &Choices) -> &[ItemMatch] {
        let matches = self.matches(line, choices);
        let known = |number| matches?.known.get(number);
        let mut found = numbers(line)
            .filter_map(known)
            .filter(|items| !items.is_empty());
        found.next().map_or(&[], Vec::as_slice)
    }

    /// What a line becomes, and why. An item that is one of several is never taken without the buyer.
    pub(super) fn mapping(
        &self,
        review: &Review,
        (place, line): Placed<'_>,
        choices: &Choices,
    ) -> Option<(Mapping, Reason)> {
        if let Some(chosen) = review.details.lines.get(&place) {
            return Some((chosen.clone(), Reason::Chosen));
        }
        let candidates = self.candidates(line, choices);
        if let [first, rest @ ..] = candidates
            && rest
                .iter()
                .all(|other| other.item_number == first.item_number)
        {
            let mapping = Mapping::Item {
                number: first.item_number.clone(),
                matched_by: Some(first.matched_by.clone()),
            };
            return Some((mapping, Reason::Known));
        }
        if let Some(remembered) = self.remembered(line, choices) {
            return Some((remembered.clone(), Reason::Remembered));
        }
        if !candidates.is_empty() {
            return None;
        }
        Some((choices.unmatched.clone()?, Reason::Rest))
    }

    fn remembered(&self, line: &CartLine, choices: &Choices) -> Option<&Mapping> {
        let items = &self.world.journal.preferences.items;
        let part_id = line.supplier_part_id.as_ref()?;
        items.get(choices.vendor_of(line)?)?.get(part_id)
    }

    /// The unit of a line that is printed and is not simply a piece.
    pub(super) fn printed_unit<'l>(&self, line: &'l CartLine) -> Option<&'l str> {
        let unit = line.unit_of_measure.as_deref().map(str::trim)?;
        let code = self.machine.catalog.words().unit_code(unit, None);
        let is_piece = code.is_some_and(|code| PIECES.contains(&code.to_string().as_str()));
        (!unit.is_empty() && !is_piece).then_some(unit)
    }

    /// Business Central's code for a unit as printed; blank for the item's base unit, `None` where nobody said.
    pub(super) fn unit_code<'r>(
        &'r self,
        review: &'r Review,
        unit: &str,
        vendor: Option<&String>,
    ) -> Option<&'r String> {
        let units = &self.world.journal.preferences.units;
        let remembered = || units.get(vendor?)?.get(unit);
        review.details.units.get(unit).or_else(remembered)
    }

    /// The requisition line that a line becomes; `None` while something is still to be chosen.
    pub(super) fn line(
        &self,
        review: &Review,
        placed: Placed<'_>,
        choices: &Choices,
    ) -> Option<Result<RequisitionLine, LineProblem>> {
        let (mapping, _) = self.mapping(review, placed, choices)?;
        let (_, line) = placed;
        let vendor = choices.vendor_of(line);
        let terms = OrderTerms {
            vendor_number: vendor?,
            currency: choices.currency_of(line)?,
            tax: choices.tax.as_ref()?,
        };
        let unit = self
            .printed_unit(line)
            .filter(|_| matches!(mapping, Mapping::Item { .. }))
            .and_then(|unit| self.unit_code(review, unit, vendor));
        let facts = LineFacts {
            unit_of_measure_code: unit.filter(|code| !code.is_empty()).cloned(),
            due_date: self.due_date(review, line),
        };
        Some(requisition_line(line, &mapping, &terms, facts))
    }

    pub(super) fn due_date(&self, review: &Review, line: &CartLine) -> Option<String> {
        due_date(line.delivery.as_deref()?, review.captured_at)
    }

    /// Whether a line that becomes an item has a unit for which nobody said what it is in Business Central.
    pub(super) fn unit_is_open(
        &self,
        review: &Review,
        placed: Placed<'_>,
        choices: &Choices,
    ) -> bool {
        let is_item = matches!(
            self.mapping(review, placed, choices),
            Some((Mapping::Item { .. }, _))
        );
        let unit = self.printed_unit(placed.1).filter(|_| is_item);
        let vendor = choices.vendor_of(placed.1);
        unit.is_some_and(|unit| self.unit_code(review, unit, vendor).is_none())
    }

    /// What the buyer must still do.
    pub(super) fn waiting(&self, review: &Review, choices: &Choices) -> Vec<Waiting> {
        let desk = &self.world.desk;
        let becomes: Vec<_> = placed(review)
            .map(|line| Some(self.mapping(review, line, choices)?.0))
            .collect();
        let open = |several: bool| {
            let mut lines = placed(review).zip(&becomes);
            lines.any(|((place, line), mapping)| {
                mapping.is_none()
                    && !review.details.new_items.contains_key(&place)
                    && self.candidates(line, choices).is_empty() != several
            })
        };
        let no_credits = desk
            .credits
            .entries()
            .first()
            .is_some_and(|credits| credits.available < 1);
        let accepted = review.differences_accepted || review.cart.verdict != Verdict::Unreconciled;
        let orders = |mapping: &Option<Mapping>| !matches!(mapping, Some(Mapping::Note));
        let no_vendor = placed(review).any(|(_, line)| choices.vendor_of(line).is_none());
        let no_currency = placed(review).any(|(_, line)| choices.currency_of(line).is_none());
        let units = placed(review).any(|line| self.unit_is_open(review, line, choices));
        let all = [
            (Waiting::SignIn, self.username().is_none()),
            (Waiting::Company, desk.books.company.is_none()),
            (Waiting::Worksheet, choices.worksheet.is_none()),
            (Waiting::Vendor, no_vendor),
            (Waiting::Currency, no_currency),
            (Waiting::Tax, choices.tax.is_none()),
            (
                Waiting::Items,
                !no_vendor && self.looked_up(review, choices) < becomes.len(),
            ),
            (Waiting::Ambiguous, open(true)),
            (Waiting::Unmatched, open(false)),
            (Waiting::Units, units),
            (Waiting::NewItems, !review.details.new_items.is_empty()),
            (Waiting::Edits, review.details.edits.wait()),
            (Waiting::Differences, !accepted),
            (Waiting::NothingToOrder, !becomes.iter().any(orders)),
            (
                Waiting::Duplicate,
                self.duplicate(review, choices).is_some(),
            ),
            (Waiting::Credits, no_credits),
        ];
        all.into_iter()
            .filter(|(_, waits)| *waits)
            .map(|(waiting, _)| waiting)
            .collect()
    }

    /// Of how many lines Business Central was asked for every number: what it would have matched is not ordered as something
    /// else.
    pub(super) fn looked_up(&self, review: &Review, choices: &Choices) -> usize {
        let is_known = |line: &CartLine| {
            let known = self.matches(line, choices).map(|matches| &matches.known);
            numbers(line).all(|number| known.is_some_and(|known| known.contains_key(number)))
        };
        placed(review).filter(|(_, line)| is_known(line)).count()
    }

    /// What would be posted for a review, once nothing is waiting and every line can be ordered or is a note.
    pub(super) fn post_of(&self, review: &Review, choices: &Choices) -> Option<CapturePost> {
        if !self.waiting(review, choices).is_empty() {
            return None;
        }
        let lines = placed(review)
            .map(|line| self.line(review, line, choices)?.ok())
            .collect::<Option<Vec<_>>>()?;
        let worksheet = choices.worksheet.as_ref()?;
        let place = (review.host.as_str(), review.captured_at);
        Some(CapturePost::new(
            review.capture.clone(),
            place,
            worksheet,
            &lines,
        ))
    }

    /// What the buyer chose for numbers and units of vendors, and for sellers, is known the next time.
    pub(super) fn remember(&mut self, review: &Review, choices: &Choices) {
        let preferences = &mut self.world.journal.preferences;
        for (place, line) in placed(review) {
            let Some(vendor) = choices.vendor_of(line) else {
                continue;
            };
            let chosen = review.details.lines.get(&place);
            if let (Some(mapping), Some(part_id)) = (chosen, &line.supplier_part_id) {
                let items = preferences.items.entry(vendor.clone()).or_default();
                items.insert(part_id.clone(), mapping.clone());
            }
            let unit = line.unit_of_measure.as_deref().map(str::trim);
            if let Some((unit, code)) = unit.and_then(|u| Some((u, review.details.units.get(u)?))) {
                let units = preferences.units.entry(vendor.clone()).or_default();
                units.insert(unit.to_owned(), code.clone());
            }
        }
        for (seller, vendor) in &review.details.sellers {
            let sellers = preferences.sellers.entry(review.host.clone()).or_default();
            if vendor.is_empty() {
                sellers.remove(seller);
            } else {
                sellers.insert(seller.clone(), vendor.clone());
            }
        }
    }
}
