//! What the buyer changed about the lines, beside what the page says.

use serde::Serialize;

use crate::business_central::Worksheet;
use crate::capture::choices::Choices;
use crate::capture::edits::{RefusedEdit, edited};
use crate::capture::step::Turn;
use crate::capture::world::Review;
use crate::cart::{CartLine, LineField, line_amount};
use crate::money::Decimal;
use crate::money::arithmetic::add;
use crate::timestamp::Timestamp;

/// All changes in sum.
#[derive(Debug, Serialize)]
pub(super) struct ChangesView {
    /// How many lines that are posted are not as the page shows them.
    edited: usize,
    removed: usize,
    /// The sum of the lines that are ordered; `None` where one has no amount, or they are in several currencies.
    ordered: Option<Decimal>,
    /// The sum of the page's lines.
    page: Option<Decimal>,
}

/// A field that is not as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct EditView {
    field: LineField,
    page: Option<String>,
}

/// The same lines, sent before.
#[derive(Debug, Serialize)]
pub(super) struct DuplicateView<'w> {
    confirmed_at: Timestamp,
    worksheet: &'w Worksheet,
}

impl Turn<'_> {
    /// `None` where everything is as the page shows it.
    pub(super) fn changes_view(&self, review: &Review, choices: &Choices) -> Option<ChangesView> {
        let edits = &review.details.edits;
        if edits.removed.is_empty() && edits.lines.is_empty() {
            return None;
        }
        let decimals = review.cart.decimals();
        let mut ordered = review
            .ordered_lines()
            .filter(|line| self.is_ordered(review, *line, choices))
            .map(|(_, line)| line);
        let has_sums = !review.cart.is_in_several_currencies();
        let edited = edits.lines.keys().filter(|line| !edits.is_removed(**line));
        Some(ChangesView {
            edited: edited.count(),
            removed: edits.removed.len(),
            ordered: has_sums.then(|| sum(&mut ordered, decimals)).flatten(),
            page: has_sums
                .then(|| sum(&mut review.cart.lines.iter(), decimals))
                .flatten(),
        })
    }

    pub(super) fn duplicate_view<'w>(
        &'w self,
        review: &Review,
        choices: &Choices,
    ) -> Option<DuplicateView<'w>> {
        let (_, delivery) = self.duplicate(review, choices)?;
        Some(DuplicateView {
            confirmed_at: delivery.ordered.confirmed_at,
            worksheet: &delivery.worksheet,
        })
    }
}

/// What is edited of the line at a place.
pub(super) fn edits_of(review: &Review, place: u32, line: &CartLine) -> Vec<EditView> {
    let page = review.page_line(place).filter(|page| *page != line);
    page.into_iter()
        .flat_map(|page| edited(page, line))
        .map(|(field, page)| EditView { field, page })
        .collect()
}

/// What was typed for the line at a place and cannot be taken.
pub(super) fn refused_of(review: &Review, place: u32) -> Vec<&RefusedEdit> {
    let refused = review.details.edits.refused.iter();
    refused.filter(|refused| refused.line == place).collect()
}

fn sum(lines: &mut dyn Iterator<Item = &CartLine>, decimals: u32) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for line in lines {
        sum = add(sum, line_amount(line, decimals)?)?;
    }
    Some(sum)
}
