//! From the click to the moment before the buyer confirms.

use super::effect::Effect;
use super::event::{Action, SnapshotFailure};
use super::notice::{Notice, NoticeCode};
use super::page_address::PageAddress;
use super::step::Turn;
use super::world::{Panel, Review, Stage, WindowId};
use crate::business_central::{
    CapturePost, LineProblem, Mapping, OrderTerms, RequisitionLine, SupplierSetup, TaxTreatment,
    Worksheet, requisition_line,
};
use crate::capture_id::CaptureId;
use crate::cart::{Cart, CartLine, FindingCode, Verdict};
use crate::extract::{extract, snapshot_plan};
use crate::money::{Currency, TaxBasis};
use crate::snapshot::{Page, Snapshot, SnapshotError};
use crate::timestamp::Timestamp;

/// What holds for a review: what the buyer chose, else what the shop's set-up in Business Central says, else what was
/// chosen before.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    /// `No.` of the vendor.
    pub(super) vendor: Option<String>,
    /// What lines without an item of their own become.
    pub(super) unmatched: Option<Mapping>,
    /// How prices stand to tax.
    pub(super) tax: Option<TaxTreatment>,
    /// The currency of all amounts.
    pub(super) currency: Option<Currency>,
    /// The worksheet.
    pub(super) worksheet: Option<Worksheet>,
}

/// What the buyer must still do before a cart can be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Waiting {
    SignIn,
    Company,
    Worksheet,
    Vendor,
    Currency,
    Tax,
    Items,
    Unmatched,
    Differences,
    NothingToOrder,
    Credits,
}

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
            }
            Action::ChooseUnmatched { mapping } => review.unmatched = Some(mapping),
            Action::ChooseTax { tax } => review.tax = Some(tax),
            Action::ChooseCurrency { currency } => review.currency = Some(currency),
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
        review.came_back = Some(reason.clone());
        self.world
            .desk
            .panels
            .insert(window, Panel::Reviewing { review });
    }

    pub(super) fn choices(&self, review: &Review) -> Choices {
        let preferences = &self.world.journal.preferences;
        let books = &self.world.desk.books;
        let setup = books.setup(&review.host);
        let remembered = preferences.vendors.get(&review.host).cloned();
        let set_up = setup.as_ref().and_then(|s| stated(&s.vendor_number));
        let known = |number: &String| {
            !books.vendors.is_loaded()
                || books
                    .vendors
                    .entries()
                    .iter()
                    .any(|v| v.number == *number && v.may_be_ordered_from())
        };
        let vendor = review
            .vendor
            .clone()
            .or(set_up.clone())
            .or(remembered)
            .filter(known);
        let of_set_up_vendor = setup
            .as_ref()
            .filter(|_| set_up.is_some() && set_up == vendor);
        let unmatched = review
            .unmatched
            .clone()
            .or_else(|| of_set_up_vendor.and_then(catch_all));
        let unmatched = unmatched.or_else(|| preferences.unmatched.get(vendor.as_ref()?).cloned());
        let worksheet = preferences.worksheet.clone().filter(|chosen| {
            books
                .worksheets
                .entries()
                .iter()
                .any(|worksheet| same(worksheet, chosen))
        });
        Choices {
            unmatched,
            tax: review
                .tax
                .clone()
                .or_else(|| tax_of(&review.cart, setup.as_ref())),
            currency: review.cart.currency.or(review.currency),
            worksheet,
            vendor,
        }
    }

    /// What a line becomes: the one item that Business Central knows for it, else what was chosen for the rest.
    pub(super) fn mapping(&self, line: &CartLine, choices: &Choices) -> Option<Mapping> {
        let known = choices
            .vendor
            .as_ref()
            .and_then(|vendor| self.world.desk.books.matches.get(vendor))
            .and_then(|matches| matches.known.get(line.supplier_part_id.as_ref()?)?.as_ref());
        match known {
            Some(item) => Some(Mapping::Item {
                number: item.item_number.clone(),
                matched_by: Some(item.matched_by.clone()),
            }),
            None => choices.unmatched.clone(),
        }
    }

    /// The requisition line that a line becomes; `None` while something is still to be chosen.
    pub(super) fn line(
        &self,
        line: &CartLine,
        choices: &Choices,
    ) -> Option<Result<RequisitionLine, LineProblem>> {
        let mapping = self.mapping(line, choices)?;
        let terms = OrderTerms {
            vendor_number: choices.vendor.as_deref()?,
            currency: choices.currency?,
            tax: choices.tax.as_ref()?,
        };
        Some(requisition_line(line, &mapping, &terms))
    }

    /// What the buyer must still do.
    pub(super) fn waiting(&self, review: &Review, choices: &Choices) -> Vec<Waiting> {
        let desk = &self.world.desk;
        let cart = &review.cart;
        let becomes: Vec<_> = cart
            .lines
            .iter()
            .map(|line| self.mapping(line, choices))
            .collect();
        let no_credits = desk
            .credits
            .entries()
            .first()
            .is_some_and(|credits| credits.available < 1);
        let accepted = review.differences_accepted || cart.verdict != Verdict::Unreconciled;
        let orders = |mapping: &Option<Mapping>| !matches!(mapping, Some(Mapping::Note));
        let all = [
            (Waiting::SignIn, self.username().is_none()),
            (Waiting::Company, desk.books.company.is_none()),
            (Waiting::Worksheet, choices.worksheet.is_none()),
            (Waiting::Vendor, choices.vendor.is_none()),
            (Waiting::Currency, choices.currency.is_none()),
            (Waiting::Tax, choices.tax.is_none()),
            (
                Waiting::Items,
                choices.vendor.is_some() && !self.items_are_known(cart, choices),
            ),
            (Waiting::Unmatched, becomes.iter().any(Option::is_none)),
            (Waiting::Differences, !accepted),
            (Waiting::NothingToOrder, !becomes.iter().any(orders)),
            (Waiting::Credits, no_credits),
        ];
        all.into_iter()
            .filter(|(_, waits)| *waits)
            .map(|(waiting, _)| waiting)
            .collect()
    }

    /// Whether Business Central was asked for every number: what it would have matched is not ordered as something else.
    fn items_are_known(&self, cart: &Cart, choices: &Choices) -> bool {
        let matches = choices
            .vendor
            .as_ref()
            .and_then(|v| self.world.desk.books.matches.get(v));
        let mut parts = cart
            .lines
            .iter()
            .filter_map(|line| line.supplier_part_id.as_ref());
        parts.all(|part| matches.is_some_and(|matches| matches.known.contains_key(part)))
    }

    /// What would be posted for a review, once nothing is waiting and every line can be ordered or is a note.
    pub(super) fn post_of(&self, review: &Review, choices: &Choices) -> Option<CapturePost> {
        if !self.waiting(review, choices).is_empty() {
            return None;
        }
        let lines = review
            .cart
            .lines
            .iter()
            .map(|line| self.line(line, choices)?.ok())
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

fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn catch_all(setup: &SupplierSetup) -> Option<Mapping> {
    let item = stated(&setup.catch_all_item_number).map(|number| Mapping::CatchAll { number });
    item.or_else(|| stated(&setup.gl_account_number).map(|number| Mapping::GlAccount { number }))
}

fn same(one: &Worksheet, other: &Worksheet) -> bool {
    one.worksheet_template_name == other.worksheet_template_name && one.name == other.name
}

/// What the page proves comes first, then the shop's set-up. A page that proves tax in its prices needs a rate from the
/// set-up or from the buyer.
fn tax_of(cart: &Cart, setup: Option<&SupplierSetup>) -> Option<TaxTreatment> {
    let mut bases = cart
        .lines
        .iter()
        .filter_map(|line| Some(line.unit_price.as_ref()?.tax));
    let first = bases.next()?;
    let proved = if bases.all(|basis| basis == first) {
        first
    } else {
        TaxBasis::Unknown
    };
    let gross = || {
        let percent = setup?.tax_percent?;
        Some(TaxTreatment::Gross { percent })
    };
    match (proved, setup.map(|setup| setup.tax_basis.as_str())) {
        (TaxBasis::Net, _) | (TaxBasis::Unknown, Some("Net")) => Some(TaxTreatment::Net),
        (TaxBasis::Gross, _) | (TaxBasis::Unknown, Some("Gross")) => gross(),
        (TaxBasis::Unknown, _) => None,
    }
}
