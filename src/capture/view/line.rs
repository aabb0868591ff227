//! A line of a cart under review, as the panel shows it.

use serde::Serialize;

use super::changes::{EditView, edits_of, refused_of};
use crate::business_central::{ItemMatch, LineProblem, LineTrouble, Mapping, cut_of};
use crate::capture::choices::Choices;
use crate::capture::details::Details;
use crate::capture::edits::RefusedEdit;
use crate::capture::mapping::{Placed, Reason};
use crate::capture::notice::Notice;
use crate::capture::step::Turn;
use crate::capture::world::Review;
use crate::cart::{LineField, Source};
use crate::money::{Currency, Decimal, Price};
use crate::sorted::SortedMap;

/// A line as it is ordered, with what the page shows where that differs.
#[derive(Debug, Serialize)]
pub(super) struct LineView<'w> {
    description: &'w str,
    supplier_part_id: Option<&'w str>,
    quantity: Decimal,
    unit_of_measure: Option<&'w str>,
    unit_price: Option<&'w Price>,
    line_total: Option<Decimal>,
    /// Where the cart's amounts are in several.
    currency: Option<Currency>,
    /// Whether the buyer removed it: then it is not posted, and becomes nothing.
    removed: bool,
    edits: Vec<EditView>,
    refused: Vec<&'w RefusedEdit>,
    /// Where the page's values come from, for the line that is traced.
    sources: Option<&'w SortedMap<LineField, Source>>,
    mapping: Option<Mapping>,
    reason: Option<Reason>,
    /// Items that Business Central knows for the line's number, where there are several.
    candidates: &'w [ItemMatch],
    /// An item that is being made for it, from this template.
    making: Option<&'w str>,
    /// Why the item could not be made.
    making_notice: Option<&'w Notice>,
    /// `YYYY-MM-DD`.
    due_date: Option<String>,
    /// Why Business Central would refuse it, in its words.
    troubles: Vec<&'w str>,
    problem: Option<LineProblem>,
    /// The end of the description that Business Central has no room for.
    cut: Option<&'w str>,
}

impl Turn<'_> {
    /// All lines of the page, also those that the buyer removed.
    pub(super) fn line_views<'w>(
        &'w self,
        review: &'w Review,
        choices: &Choices,
        troubles: &'w [LineTrouble],
    ) -> Vec<LineView<'w>> {
        let mut posted = 0_u32;
        let view = |line: Placed<'w>| {
            let shown = self.line_as_read(review, line);
            if shown.removed {
                return shown;
            }
            posted = posted.saturating_add(1);
            let of_line = troubles.iter().filter(|trouble| trouble.line == posted);
            LineView {
                troubles: of_line.map(|trouble| trouble.message.as_str()).collect(),
                ..self.line_as_posted(review, line, (choices, shown))
            }
        };
        review.reviewed_lines().map(view).collect()
    }

    fn line_as_read<'w>(&self, review: &'w Review, (place, line): Placed<'w>) -> LineView<'w> {
        let Details {
            traced, sources, ..
        } = &review.details;
        LineView {
            description: &line.description,
            supplier_part_id: line.supplier_part_id.as_deref(),
            quantity: line.quantity,
            unit_of_measure: line.unit_of_measure.as_deref(),
            unit_price: line.unit_price.as_ref(),
            line_total: line.line_total,
            currency: line.currency,
            removed: review.details.edits.is_removed(place),
            edits: edits_of(review, place, line),
            refused: refused_of(review, place),
            sources: sources.of(place).filter(|_| *traced == Some(place)),
            mapping: None,
            reason: None,
            candidates: &[],
            making: None,
            making_notice: None,
            due_date: self.due_date(review, line),
            troubles: Vec::new(),
            problem: None,
            cut: None,
        }
    }

    fn line_as_posted<'w>(
        &'w self,
        review: &'w Review,
        (place, line): Placed<'w>,
        (choices, read): (&Choices, LineView<'w>),
    ) -> LineView<'w> {
        let mapping = self.mapping(review, (place, line), choices);
        let making = review.details.new_items.get(&place);
        let candidates = self.candidates(line, choices);
        LineView {
            reason: mapping.as_ref().map(|(_, reason)| *reason),
            mapping: mapping.map(|(mapping, _)| mapping),
            candidates: if candidates.len() > 1 {
                candidates
            } else {
                &[]
            },
            making: making.map(|making| making.template.as_str()),
            making_notice: making
                .and_then(|making| making.failure.as_ref())
                .map(|failure| &failure.notice),
            problem: self
                .line(review, (place, line), choices)
                .and_then(Result::err),
            cut: cut_of(&line.description),
            ..read
        }
    }
}
