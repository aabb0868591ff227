//! From the click to the moment before the buyer confirms.

use super::details::Details;
use super::effect::Effect;
use super::event::{Action, SnapshotFailure};
use super::notice::{Notice, NoticeCode};
use super::page_address::PageAddress;
use super::rereading::{Again, Origin};
use super::sources::Sources;
use super::step::Turn;
use super::world::{Panel, Review, Stage, WindowId};
use crate::capture_id::CaptureId;
use crate::cart::{Cart, FindingCode, Verdict};
use crate::extract::{extract, snapshot_plan};
use crate::snapshot::{Page, Snapshot, SnapshotError};
use crate::timestamp::Timestamp;

/// Where the sample is: a domain that nobody can register (RFC 2606), so no shop's definition and no set-up is for it.
const SAMPLE: &str = "https://sample.example/cart";

impl Turn<'_> {
    pub(super) fn clicked(&mut self, window: WindowId, tab: i64, url: String) {
        let Some(address) = PageAddress::parse(&url) else {
            return self.not_read(window, Notice::new(NoticeCode::PageNotReachable));
        };
        let capture = self.new_capture();
        let plan = snapshot_plan(&self.machine.catalog, address.location()).plan;
        let panel = Panel::Reading {
            capture: capture.clone(),
            tab,
            url,
            clicked_at: self.now,
        };
        self.world.desk.panels.insert(window, panel);
        self.effects.push(Effect::TakeSnapshot {
            capture,
            tab,
            plan,
            only_at: None,
        });
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
                    tab,
                    url,
                    clicked_at,
                } if capture == taken => Some((*window, *tab, url.clone(), *clicked_at)),
                _ => None,
            });
        let Some((window, tab, url, captured_at)) = reading else {
            return self.read_again(taken, result);
        };
        let panel = match self.review_of(taken, &url, captured_at, result) {
            Ok(mut review) => {
                let again = Again::NotAsked;
                review.details.origin = Some(Origin { tab, url, again });
                let review = Box::new(review);
                Panel::Reviewing { review }
            }
            Err(notice) => Panel::NotRead { notice },
        };
        self.world.desk.panels.insert(window, panel);
    }

    fn new_capture(&self) -> CaptureId {
        let [id @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = self.random("capture");
        CaptureId::from_random(id)
    }

    /// Reads the sample as a page is read.
    pub(super) fn try_sample(&mut self, window: WindowId, snapshot: String) {
        let capture = self.new_capture();
        let panel = match self.review_of(&capture, SAMPLE, self.now, Ok(snapshot)) {
            Ok(review) => Panel::Sample {
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
        let mut cart = self.machine.read_cart(&text, &address)?;
        let sources = Sources::taken_from(&mut cart);
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
            details: Details {
                sources,
                ..Details::default()
            },
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
            Action::ChooseSellerVendor { seller, number } => {
                review.choose_seller_vendor(seller, number);
            }
            Action::ChooseUnmatched { mapping } => {
                review.unmatched = Some(mapping);
                review.details.leave_refused_items();
            }
            Action::ChooseTax { tax } => review.tax = Some(tax),
            Action::ChooseCurrency { currency } => review.currency = Some(currency),
            Action::ChooseLine { line, mapping } => review.details.choose_line(line, mapping),
            Action::ChooseUnit { unit, code } => {
                review.details.units.insert(unit, code);
            }
            Action::CreateItem { line, template } => review.details.create_item(line, template),
            Action::RemoveLine { line } => review.remove_line(line),
            Action::RestoreLine { line } => review.restore_line(line),
            Action::EditLine {
                line,
                field,
                text,
                style,
            } => review.edit_line(line, field, (text, style)),
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
    /// Whether a definition of a supplier names this address as its cart's. The page itself is not looked at.
    #[must_use]
    pub fn is_cart_address(&self, url: &str) -> bool {
        PageAddress::parse(url).is_some_and(|address| {
            let mut suppliers = self.catalog.suppliers_at(address.location());
            suppliers.next().is_some()
        })
    }

    pub(super) fn read_cart(&self, text: &str, address: &PageAddress) -> Result<Cart, Notice> {
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
        let cart = extract(&page, address.location(), &self.catalog);
        match cart.verdict {
            Verdict::NotACart => Err(no_cart(&cart, &page)),
            _ => Ok(cart),
        }
    }
}

/// Why there is no cart: it is empty, it may be in a part that cannot be reached, or it is not here.
fn no_cart(cart: &Cart, page: &Page) -> Notice {
    let mut findings = cart.findings.iter();
    if findings.any(|finding| finding.code == FindingCode::CartEmpty) {
        return Notice::new(NoticeCode::CartEmpty);
    }
    match page.unreachable() {
        [part, ..] => Notice::with_detail(NoticeCode::PartNotReachable, part.name.clone()),
        [] => Notice::new(NoticeCode::NotACart),
    }
}
