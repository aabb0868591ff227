//! From the click to the moment before the buyer confirms.

use super::details::Details;
use super::effect::Effect;
use super::event::{Action, SnapshotFailure};
use super::notice::{Notice, NoticeCode};
use super::page_address::PageAddress;
use super::step::Turn;
use super::world::{Panel, Review, Stage, WindowId};
use crate::capture_id::CaptureId;
use crate::cart::{Cart, FindingCode, Verdict};
use crate::extract::{extract, snapshot_plan};
use crate::snapshot::{Page, Snapshot, SnapshotError};
use crate::timestamp::Timestamp;

impl Turn<'_> {
    pub(super) fn clicked(&mut self, window: WindowId, tab: i64, url: String) {
        let Some(address) = PageAddress::parse(&url) else {
            return self.not_read(window, Notice::new(NoticeCode::PageNotReachable));
        };
        let [id @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = self.random("capture");
        let capture = CaptureId::from_random(id);
        let plan = snapshot_plan(&self.machine.catalog, address.location()).plan;
        let panel = Panel::Reading {
            capture: capture.clone(),
            url,
            clicked_at: self.now,
        };
        self.world.desk.panels.insert(window, panel);
        self.effects
            .push(Effect::TakeSnapshot { capture, tab, plan });
    }

    pub(super) fn snapshot_taken(
        &mut self,
        taken: &CaptureId,
        result: Result<String, SnapshotFailure>,
    ) {
        let reading = self
            .world
            .desk
            .panels
            .iter()
            .find_map(|(window, panel)| match panel {
                Panel::Reading {
                    capture,
                    url,
                    clicked_at,
                } if capture == taken => Some((*window, url.clone(), *clicked_at)),
                _ => None,
            });
        let Some((window, url, captured_at)) = reading else {
            return;
        };
        let panel = match self.review_of(taken, &url, captured_at, result) {
            Ok(review) => Panel::Reviewing {
                review: Box::new(review),
            },
            Err(notice) => Panel::NotRead { notice },
        };
        self.world.desk.panels.insert(window, panel);
    }

    fn review_of(
        &self,
        capture: &CaptureId,
        url: &str,
        captured_at: Timestamp,
        result: Result<String, SnapshotFailure>,
    ) -> Result<Review, Notice> {
        let unreadable = || Notice::new(NoticeCode::PageUnreadable);
        let text = result.map_err(|failure| match failure {
            SnapshotFailure::NotReachable => Notice::new(NoticeCode::PageNotReachable),
            SnapshotFailure::Failed => unreadable(),
        })?;
        let address = PageAddress::parse(url).ok_or_else(unreadable)?;
        let cart = self.machine.read_cart(&text, &address)?;
        if cart.verdict == Verdict::NotACart {
            let empty = cart
                .findings
                .iter()
                .any(|f| f.code == FindingCode::CartEmpty);
            let code = if empty {
                NoticeCode::CartEmpty
            } else {
                NoticeCode::NotACart
            };
            return Err(Notice::new(code));
        }
        Ok(Review {
            capture: capture.clone(),
            host: address.location().host.to_owned(),
            captured_at,
            cart,
            vendor: None,
            unmatched: None,
            tax: None,
            currency: None,
            differences_accepted: false,
            came_back: None,
            details: Details::default(),
        })
    }

    /// A choice that belongs to the reviewed cart.
    pub(super) fn choose(&mut self, window: WindowId, action: Action) {
        let Some(Panel::Reviewing { review }) = self.world.desk.panels.get_mut(&window) else {
            return;
        };
        match action {
            Action::ChooseVendor { number } => {
                review.vendor = Some(number);
                review.unmatched = None;
                review.details.forget_vendor();
            }
            Action::ChooseUnmatched { mapping } => review.unmatched = Some(mapping),
            Action::ChooseTax { tax } => review.tax = Some(tax),
            Action::ChooseCurrency { currency } => review.currency = Some(currency),
            Action::ChooseLine { line, mapping } => review.details.choose_line(line, mapping),
            Action::ChooseUnit { unit, code } => {
                review.details.units.insert(unit, code);
            }
            Action::CreateItem { line, template } => review.details.create_item(line, template),
            Action::RemoveLine { line } => review.remove_line(line),
            Action::RestoreLine { line } => review.restore_line(line),
            Action::EditLine { line, field, text } => review.edit_line(line, field, text),
            Action::UndoEdit { line, field } => review.undo_edit(line, field),
            Action::Trace { line } => review.details.traced = line,
            Action::AcceptDifferences { accepted } => review.differences_accepted = accepted,
            _ => {}
        }
    }

    /// A capture that came back is reviewed again, under its own id.
    pub(super) fn correct(&mut self, window: WindowId, capture: &CaptureId) {
        let Some(delivery) = self.world.journal.deliveries.get(capture) else {
            return;
        };
        let (Stage::Returned { reason }, Some(cargo)) = (&delivery.stage, &delivery.cargo) else {
            return;
        };
        let mut review = cargo.review.clone();
        review.details.check = None;
        review.came_back = Some(reason.clone());
        self.world
            .desk
            .panels
            .insert(window, Panel::Reviewing { review });
    }
}

impl super::step::Machine {
    fn read_cart(&self, text: &str, address: &PageAddress) -> Result<Cart, Notice> {
        let notice = |error: SnapshotError| {
            let code = match error {
                SnapshotError::Refused { .. } | SnapshotError::TooMuch { .. } => {
                    NoticeCode::PageTooLarge
                }
                _ => NoticeCode::PageUnreadable,
            };
            Notice::with_detail(code, error.to_string())
        };
        let snapshot = Snapshot::from_json(text).map_err(notice)?;
        let allowed = snapshot_plan(&self.catalog, address.location()).attributes;
        let page = Page::read(&snapshot, &allowed).map_err(notice)?;
        Ok(extract(&page, address.location(), &self.catalog))
    }
}
