//! The page is read again when the buyer confirms: by then it may show another cart than the one that was reviewed.
//!
//! Nothing is written or held before its answer. A page that is gone, or does not answer in time, holds nobody up: what
//! was confirmed is sent.

use serde::{Deserialize, Serialize};

use super::details::Details;
use super::difference::{differ, is_unchanged, pairs};
use super::effect::Effect;
use super::event::SnapshotFailure;
use super::moments::is_due;
use super::notice::{Notice, NoticeCode};
use super::page_address::PageAddress;
use super::sources::Sources;
use super::step::Turn;
use super::world::{Panel, Review, WindowId};
use crate::capture_id::CaptureId;
use crate::cart::Cart;
use crate::extract::snapshot_plan;
use crate::sorted::SortedMap;
use crate::timestamp::Timestamp;

/// How long a page may take to be read again.
const PATIENCE_SECONDS: i64 = 10;

/// Where a cart was read, while its tab may still show it. It lies on the desk alone: a confirmed capture has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The tab.
    pub tab: i64,
    /// The address that it showed.
    pub url: String,
    /// What came of reading it again.
    pub again: Again,
}

/// What came of reading the page again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// The buyer has not confirmed yet.
    #[default]
    NotAsked,
    /// The buyer has confirmed, and the page is being read.
    Asked {
        /// The fingerprint of what was confirmed: nothing else is sent for it.
        of: String,
        /// Until when the answer is waited for.
        until: Timestamp,
    },
    /// The page shows something else by now; nothing is sent until the buyer decides.
    Changed {
        /// What it shows; without lines where the cart is empty.
        cart: Box<Cart>,
        /// When that was read.
        read_at: Timestamp,
    },
}

impl Turn<'_> {
    /// Asks the page, once, before what the buyer confirms is sent. Gives whether there is a page to ask.
    pub(super) fn asks_page(&mut self, window: WindowId) -> bool {
        let Some(of) = self.fingerprint_in(window) else {
            return false;
        };
        let until = self.now.plus_seconds(PATIENCE_SECONDS);
        let Some(again) = self.again_in(window) else {
            return false;
        };
        if *again == Again::NotAsked {
            *again = Again::Asked { of, until };
            self.ask_page(window);
        }
        true
    }

    /// The question itself, which a new worker asks again.
    pub(super) fn ask_page(&mut self, window: WindowId) {
        let Some(review) = self.review_in(window) else {
            return;
        };
        let Some(Origin { tab, url, again }) = &review.details.origin else {
            return;
        };
        let address = PageAddress::parse(url);
        if let (Some(address), Again::Asked { .. }) = (address, again) {
            let effect = Effect::TakeSnapshot {
                capture: review.capture.clone(),
                tab: *tab,
                plan: snapshot_plan(&self.machine.catalog, address.location()).plan,
                only_at: Some(url.clone()),
            };
            self.effects.push(effect);
        }
    }

    /// Compares what the page shows with what was read of it first, whatever the buyer has edited since.
    pub(super) fn read_again(
        &mut self,
        capture: &CaptureId,
        result: Result<String, SnapshotFailure>,
    ) {
        let is_asked = |panel: &Panel| match panel {
            Panel::Reviewing { review } => review.capture == *capture && is_asked(review).is_some(),
            _ => false,
        };
        let mut panels = self.world.desk.panels.iter();
        let Some((window, _)) = panels.find(|(_, panel)| is_asked(panel)) else {
            return;
        };
        let window = *window;
        match self.changed_cart(window, result) {
            None => self.send_confirmed(window),
            Some(cart) => {
                let read_at = self.now;
                if let Some(again) = self.again_in(window) {
                    let cart = Box::new(cart);
                    *again = Again::Changed { cart, read_at };
                }
            }
        }
    }

    /// What the page shows, where that is a cart, or an empty one, and not what was read first.
    fn changed_cart(
        &self,
        window: WindowId,
        result: Result<String, SnapshotFailure>,
    ) -> Option<Cart> {
        let review = self.review_in(window)?;
        let address = PageAddress::parse(&review.details.origin.as_ref()?.url)?;
        let cart = match self.machine.read_cart(&result.ok()?, &address) {
            Ok(cart) => cart,
            Err(notice) if notice.code == NoticeCode::CartEmpty => {
                Cart::new(review.cart.reader.clone())
            }
            Err(_) => return None,
        };
        differ(&review.cart, &cart).then_some(cart)
    }

    /// Sends what was confirmed, if that is still what is reviewed.
    pub(super) fn send_confirmed(&mut self, window: WindowId) {
        let now = self.fingerprint_in(window);
        let Some(again) = self.again_in(window) else {
            return;
        };
        if let Again::Asked { of, .. } = again {
            let is_confirmed = now.as_ref() == Some(of);
            *again = Again::NotAsked;
            if is_confirmed {
                self.send(window);
            }
        }
    }

    /// A page that does not answer is not waited for any longer.
    pub(super) fn owe_readings(&mut self) {
        let now = self.now;
        let panels = self.world.desk.panels.iter();
        let overdue: Vec<WindowId> = panels
            .filter(|(_, panel)| asked_until(panel).is_some_and(|until| is_due(until, now)))
            .map(|(window, _)| *window)
            .collect();
        for window in overdue {
            self.send_confirmed(window);
        }
    }

    /// Until when an answer of a page is waited for.
    pub(super) fn next_reading(&self) -> Option<Timestamp> {
        self.world
            .desk
            .panels
            .values()
            .filter_map(asked_until)
            .min()
    }

    /// The buyer takes what the page shows by now.
    pub(super) fn take_reading(&mut self, window: WindowId) {
        let Some(Panel::Reviewing { review }) = self.world.desk.panels.get_mut(&window) else {
            return;
        };
        let Some(again) = review
            .details
            .origin
            .as_mut()
            .map(|origin| &mut origin.again)
        else {
            return;
        };
        match std::mem::take(again) {
            Again::Changed { cart, .. } if cart.lines.is_empty() => {
                self.not_read(window, Notice::new(NoticeCode::CartEmpty));
            }
            Again::Changed { cart, read_at } => review.take(*cart, read_at),
            other => *again = other,
        }
    }

    /// The buyer sends what was reviewed although the page shows something else by now.
    pub(super) fn confirm_reviewed(&mut self, window: WindowId) {
        if matches!(self.again_in(window), Some(Again::Changed { .. })) {
            self.send(window);
        }
    }

    fn review_in(&self, window: WindowId) -> Option<&Review> {
        match self.world.desk.panels.get(&window)? {
            Panel::Reviewing { review } => Some(review),
            _ => None,
        }
    }

    fn again_in(&mut self, window: WindowId) -> Option<&mut Again> {
        match self.world.desk.panels.get_mut(&window)? {
            Panel::Reviewing { review } => Some(&mut review.details.origin.as_mut()?.again),
            _ => None,
        }
    }

    fn fingerprint_in(&self, window: WindowId) -> Option<String> {
        let review = self.review_in(window)?;
        self.checked_of(review, &self.choices(review))
    }
}

fn is_asked(review: &Review) -> Option<Timestamp> {
    match review.details.origin.as_ref()?.again {
        Again::Asked { until, .. } => Some(until),
        _ => None,
    }
}

fn asked_until(panel: &Panel) -> Option<Timestamp> {
    match panel {
        Panel::Reviewing { review } => is_asked(review),
        _ => None,
    }
}

impl Review {
    /// Takes another reading of the same page. What was decided for a line goes with it to its new place; what was edited
    /// of a line stays where the page shows it as before.
    fn take(&mut self, mut cart: Cart, read_at: Timestamp) {
        let mut products = Vec::new();
        let mut unchanged = Vec::new();
        for pair in pairs(&self.cart, &cart) {
            let places = (
                pair.before.map(u32::try_from),
                pair.after.map(u32::try_from),
            );
            let (Some(Ok(before)), Some(Ok(after))) = places else {
                continue;
            };
            products.push((before, after));
            let (one, other) = pair.lines(&self.cart, &cart);
            if is_unchanged(one, other) {
                unchanged.push((before, after));
            }
        }
        let Details { edits, .. } = &mut self.details;
        edits.lines = moved(&edits.lines, &unchanged);
        edits.refused.clear();
        let removed = unchanged
            .iter()
            .filter(|(before, _)| edits.removed.contains(before));
        edits.removed = removed.map(|(_, after)| *after).collect();
        self.details.lines = moved(&self.details.lines, &products);
        self.details.new_items = moved(&self.details.new_items, &products);
        self.details.sources = Sources::taken_from(&mut cart);
        self.details.traced = None;
        self.details.check = None;
        self.differences_accepted = false;
        self.captured_at = read_at;
        self.cart = cart;
    }
}

fn moved<V: Clone>(values: &SortedMap<u32, V>, places: &[(u32, u32)]) -> SortedMap<u32, V> {
    let values = places
        .iter()
        .filter_map(|(before, after)| Some((*after, values.get(before)?.clone())));
    values.collect()
}
