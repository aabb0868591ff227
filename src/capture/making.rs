//! Items that are made from templates, for lines of which Business Central knows no item.

use super::choices::Choices;
use super::details::Making;
use super::effect::Task;
use super::lists::failure_of;
use super::mapping::{Placed, Reason, placed};
use super::step::Turn;
use super::world::{Panel, Review, WindowId};
use crate::business_central::{DirectoryError, Mapping, NewItem, read_new_item};
use crate::capture_id::CaptureId;
use crate::http::Exchange;
use crate::oauth::ApiName;

/// How a new item is said to have been found.
const MADE: &str = "Template";

/// An item that a line waits for.
struct Owed {
    capture: CaptureId,
    line: u32,
    item: NewItem,
    /// Whether an earlier request failed and it is too early for another.
    waits: bool,
}

impl Turn<'_> {
    /// An item for each line that has none, from one template. Lines without a number stay what the others become:
    /// for them, a repeated request could make a second item.
    pub(super) fn create_items(&mut self, window: WindowId, template: &str) {
        let Some(Panel::Reviewing { review }) = self.world.desk.panels.get(&window) else {
            return;
        };
        let choices = self.choices(review);
        let makeable = self.makeable(review, &choices);
        let places: Vec<u32> = makeable.map(|(place, _)| place).collect();
        let Some(Panel::Reviewing { review }) = self.world.desk.panels.get_mut(&window) else {
            return;
        };
        for place in places {
            review.details.create_item(place, template.to_owned());
        }
    }

    /// The lines that become what lines without an item of their own become.
    pub(super) fn without_item<'r>(
        &self,
        review: &'r Review,
        choices: &Choices,
    ) -> impl Iterator<Item = Placed<'r>> {
        let is_without = |placed: &Placed<'_>| match self.mapping(review, *placed, choices) {
            Some((_, reason)) => reason == Reason::Rest,
            None => self.candidates(placed.1, choices).is_empty(),
        };
        let is_made = |place: u32| review.details.new_items.contains_key(&place);
        placed(review).filter(move |line| !is_made(line.0) && is_without(line))
    }

    /// Those of them that have a number by which a new item is found again.
    pub(super) fn makeable<'r>(
        &self,
        review: &'r Review,
        choices: &Choices,
    ) -> impl Iterator<Item = Placed<'r>> {
        let without = self.without_item(review, choices);
        without.filter(|(_, line)| line.supplier_part_id.is_some())
    }

    /// Items that the buyer had made are owed until there is an answer; to ask again makes no second one.
    pub(super) fn owe_new_items(&mut self) {
        let Some(company) = self.world.desk.books.company.clone() else {
            return;
        };
        let mut owed: Vec<Owed> = Vec::new();
        for review in self.reviews() {
            let choices = self.choices(review);
            for (place, making) in &review.details.new_items {
                let item = self.item_of(review, (*place, making), &choices);
                // Two lines of one number: the second finds the item that the first has made.
                let is_first =
                    |item: &NewItem| !owed.iter().any(|one| item.is_of_same_number(&one.item));
                if let Some(item) = item.filter(is_first) {
                    let failure = making.failure.as_ref();
                    owed.push(Owed {
                        capture: review.capture.clone(),
                        line: *place,
                        item,
                        waits: failure.is_some_and(|failure| !failure.is_over(self.now)),
                    });
                }
            }
        }
        for Owed {
            capture,
            line,
            item,
            ..
        } in owed.into_iter().filter(|one| !one.waits)
        {
            let Some(token) = self.token(ApiName::BusinessCentral) else {
                return;
            };
            let service = &self.machine.business_central;
            let request = item.request(service, &company, &token);
            self.fetch(Task::CreateItem { capture, line }, request);
        }
    }

    fn item_of(
        &self,
        review: &Review,
        (place, making): (u32, &Making),
        choices: &Choices,
    ) -> Option<NewItem> {
        let line = review.ordered_line(place)?;
        let names = (
            choices.vendor_of(line)?.as_str(),
            line.supplier_part_id.as_deref()?,
        );
        Some(NewItem::new(&making.template, &line.description, names))
    }

    pub(super) fn item_created(&mut self, capture: &CaptureId, line: u32, exchange: &Exchange) {
        let (later, now) = (self.later(2, None), self.now);
        let answer = read_new_item(exchange);
        let refused = matches!(answer, Err(DirectoryError::TokenRefused(_)));
        if refused {
            return self.reject_token(ApiName::BusinessCentral);
        }
        for review in self.reviews_of(capture) {
            let Some(making) = review.details.new_items.get_mut(&line) else {
                continue;
            };
            match &answer {
                Ok(number) => {
                    let mapping = Mapping::Item {
                        number: number.clone(),
                        matched_by: Some(MADE.to_owned()),
                    };
                    review.details.choose_line(line, Some(mapping));
                }
                Err(error) => making.failure = Some(failure_of(error, later, now).0),
            }
        }
    }
}
