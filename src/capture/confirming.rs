//! What the buyer does with a reviewed cart and with what became of it.

use super::choices::Choices;
use super::step::Turn;
use super::world::{Cargo, Delivery, Doubt, Panel, Review, Stage, WindowId};
use crate::capture_id::CaptureId;
use crate::sorted::sort_by_key;

/// How long the history keeps captures that have ended: twelve months.
const HISTORY_SECONDS: i64 = 366 * 86_400;

/// How many of them at most; each is half a kilobyte in the storage.
const HISTORY: usize = 2000;

impl Turn<'_> {
    /// The buyer confirms the reviewed cart: it is sent once the page was read again. Confirming what is already on its way
    /// shows how far it is.
    pub(super) fn confirm(&mut self, window: WindowId) {
        let Some(Panel::Reviewing { review }) = self.world.desk.panels.get(&window) else {
            return;
        };
        if self.world.journal.is_on_its_way(&review.capture) {
            let capture = review.capture.clone();
            return self.follow(window, capture);
        }
        if self.delivery_of(review).is_some() && !self.asks_page(window) {
            self.send(window);
        }
    }

    /// Writes what was confirmed into the journal; from here on it is owed.
    pub(super) fn send(&mut self, window: WindowId) {
        let Some(Panel::Reviewing { review }) = self.world.desk.panels.get(&window) else {
            return;
        };
        let Some((delivery, choices)) = self.delivery_of(review) else {
            return;
        };
        let capture = review.capture.clone();
        if let Some(cargo) = &delivery.cargo {
            self.remember(&cargo.review, &choices);
        }
        let preferences = &mut self.world.journal.preferences;
        preferences.worksheet = Some(delivery.worksheet.clone());
        if let Some(vendor) = choices.vendor {
            if let Some(unmatched) = choices.unmatched {
                preferences.unmatched.insert(vendor.clone(), unmatched);
            }
            preferences.vendors.insert(delivery.host.clone(), vendor);
        }
        let deliveries = &mut self.world.journal.deliveries;
        deliveries.insert(capture.clone(), delivery);
        let panels = &mut self.world.desk.panels;
        panels.insert(window, Panel::Following { capture });
        self.trim_history();
    }

    /// What is owed once the buyer has confirmed; `None` while the review waits for something.
    fn delivery_of(&self, review: &Review) -> Option<(Delivery, Choices)> {
        let choices = self.choices(review);
        if self.check_objects(review, &choices) {
            return None;
        }
        let post = self.post_of(review, &choices)?;
        let mut reviewed = review.clone();
        // The journal keeps no address of a page.
        reviewed.details.origin = None;
        let delivery = Delivery {
            username: self.username()?,
            host: review.host.clone(),
            captured_at: review.captured_at,
            line_count: u32::try_from(review.ordered_lines().count()).unwrap_or(u32::MAX),
            environment: self.machine.environment().to_owned(),
            company: self.world.desk.books.company.clone()?,
            worksheet: choices.worksheet.clone()?,
            cargo: Some(Cargo {
                post,
                review: Box::new(reviewed),
            }),
            stage: Stage::Holding,
            tries: 0,
            next_try: self.now,
            doubt: Doubt::None,
            trouble: None,
            ordered: self.order_mark(review, &choices),
        };
        Some((delivery, choices))
    }

    pub(super) fn follow(&mut self, window: WindowId, capture: CaptureId) {
        if self.world.journal.deliveries.contains_key(&capture) {
            self.world
                .desk
                .panels
                .insert(window, Panel::Following { capture });
        }
    }

    /// The buyer gives up a capture that came back; its text is deleted, the fact is kept.
    pub(super) fn abandon(&mut self, capture: &CaptureId) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(capture)
            && matches!(delivery.stage, Stage::Returned { .. })
        {
            delivery.cargo = None;
        }
    }

    /// Keeps what has ended for twelve months; what is owed or came back with its cart is never dropped.
    pub(super) fn trim_history(&mut self) {
        let oldest = self.now.plus_seconds(-HISTORY_SECONDS);
        let deliveries = &mut self.world.journal.deliveries;
        deliveries.retain(|_, delivery| !delivery.is_history() || delivery.captured_at >= oldest);
        let ended = deliveries
            .iter()
            .filter(|(_, delivery)| delivery.is_history());
        let mut ended: Vec<_> = ended
            .map(|(id, delivery)| (delivery.captured_at, id.clone()))
            .collect();
        let surplus = ended.len().saturating_sub(HISTORY);
        if surplus == 0 {
            return;
        }
        sort_by_key(&mut ended, Clone::clone);
        for (_, id) in ended.into_iter().take(surplus) {
            deliveries.remove(&id);
        }
    }
}
