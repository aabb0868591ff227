//! A cart under review, as the panel shows it.

use serde::Serialize;

use super::changes::{ChangesView, DuplicateView};
use super::line::LineView;
use super::rereading::{PageChangedView, page_changed, waits_for_page};
use crate::business_central::{Item, ItemTemplate, Mapping, TaxTreatment, Vendor};
use crate::capture::checking::CheckState;
use crate::capture::choices::Choices;
use crate::capture::mapping::{Waiting, placed};
use crate::capture::notice::Notice;
use crate::capture::sellers::SellerView;
use crate::capture::step::Turn;
use crate::capture::world::Review;
use crate::capture_id::CaptureId;
use crate::cart::{Finding, Reader, TotalRow, Totals, Verdict};
use crate::money::{Currency, Decimal};
use crate::supplier::{SupplierFile, VerifiedState};

#[derive(Debug, Serialize)]
pub(super) struct ReviewView<'w> {
    /// Tells one review from another in the same window.
    capture: &'w CaptureId,
    host: &'w str,
    /// The name of the supplier or platform whose definition read the page.
    supplier: Option<&'w str>,
    /// What that definition was verified on; one that was verified on nothing is not shown as supported.
    verified: Option<VerifiedState>,
    reader: &'w Reader,
    verdict: Verdict,
    currency: Option<Currency>,
    /// Whether the page proved the currency of every line, so that none is to be chosen.
    currency_proved: bool,
    lines: Vec<LineView<'w>>,
    /// What the buyer changed about them; `verdict`, `totals`, `rows` and `findings` are about the page.
    changes: Option<ChangesView>,
    /// The same lines, sent not long ago, while the buyer has not said to send them again.
    duplicate: Option<DuplicateView<'w>>,
    /// In what the page differs by now, found when the buyer confirmed.
    page_changed: Option<PageChangedView<'w>>,
    totals: &'w Totals,
    /// What makes the totals, row by row.
    rows: &'w [TotalRow],
    findings: &'w [Finding],
    vendor: Option<String>,
    /// The name of the vendor, where it is known.
    vendor_name: Option<&'w str>,
    /// A vendor whose name looks like the shop's: offered, never taken.
    vendor_alike: Option<&'w Vendor>,
    catch_all_items: Vec<&'w Item>,
    item_templates: &'w [ItemTemplate],
    /// How many lines become what lines without an item of their own become.
    without_item: usize,
    /// For how many of them an item can be made.
    makeable: usize,
    unmatched: Option<Mapping>,
    /// Units that are printed for items, with Business Central's code where somebody said it.
    units: Vec<UnitView<'w>>,
    /// Of how many lines Business Central was asked for every number.
    looked_up: usize,
    /// Sellers of a marketplace beside the shop, each of which may have a vendor of its own.
    sellers: Vec<SellerView<'w>>,
    /// The purchase orders that the lines become, once it is known what each line becomes.
    orders: Vec<OrderView<'w>>,
    check: CheckState,
    /// Why the dry run refused the capture as a whole, or could not be made.
    check_notice: Option<&'w Notice>,
    tax: Option<TaxTreatment>,
    differences_accepted: bool,
    came_back: Option<&'w Notice>,
    waiting: Vec<Waiting>,
    can_confirm: bool,
}

#[derive(Debug, Serialize)]
struct OrderView<'w> {
    vendor_number: String,
    vendor_name: Option<&'w str>,
    currency: Currency,
    lines: u32,
    /// Without tax.
    amount: Option<Decimal>,
}

#[derive(Debug, Serialize)]
struct UnitView<'w> {
    unit: &'w str,
    code: Option<&'w str>,
}

impl Turn<'_> {
    pub(super) fn review_view<'w>(&'w self, review: &'w Review) -> ReviewView<'w> {
        let choices = self.choices(review);
        let books = &self.world.desk.books;
        let cart = &review.cart;
        let definition = self.definition(&cart.reader);
        let check = self.check_state(review, &choices);
        let troubles = match (&review.details.check, check) {
            (Some(check), CheckState::Objected) => check.troubles.as_slice(),
            _ => &[],
        };
        ReviewView {
            capture: &review.capture,
            host: &review.host,
            supplier: definition.map(|file| file.name.as_str()),
            verified: definition.map(|file| file.verified.state),
            reader: &cart.reader,
            verdict: cart.verdict,
            currency: choices.currency,
            currency_proved: cart.tells_currencies(),
            lines: self.line_views(review, &choices, troubles),
            changes: self.changes_view(review, &choices),
            duplicate: self.duplicate_view(review, &choices),
            page_changed: page_changed(review),
            totals: &cart.totals,
            rows: &cart.rows,
            findings: &cart.findings,
            catch_all_items: books
                .catch_all_items
                .entries()
                .iter()
                .filter(|i| !i.blocked)
                .collect(),
            waiting: self.waits_for(review, &choices, check),
            can_confirm: matches!(check, CheckState::Passed | CheckState::Unknown),
            check,
            check_notice: check_notice(review, check),
            vendor_alike: self.vendor_alike(review, &choices),
            item_templates: books.item_templates.entries(),
            without_item: self.without_item(review, &choices).count(),
            makeable: self.makeable(review, &choices).count(),
            units: self.units(review, &choices),
            looked_up: self.looked_up(review, &choices),
            vendor_name: choices
                .vendor
                .as_deref()
                .and_then(|number| self.name_of(number)),
            sellers: self.seller_views(review, &choices),
            orders: self.order_views(review, &choices),
            vendor: choices.vendor,
            unmatched: choices.unmatched,
            tax: choices.tax,
            differences_accepted: review.differences_accepted,
            came_back: review.came_back.as_ref(),
        }
    }

    /// The name of the vendor with this `No.`, where it is known.
    pub(in crate::capture) fn name_of(&self, number: &str) -> Option<&str> {
        let mut vendors = self.world.desk.books.vendors.entries().iter();
        let vendor = vendors.find(|vendor| vendor.number == number)?;
        Some(&vendor.display_name)
    }

    /// The purchase orders that the lines become.
    fn order_views(&self, review: &Review, choices: &Choices) -> Vec<OrderView<'_>> {
        let orders = self.orders(review, choices).into_iter();
        orders
            .map(|order| OrderView {
                vendor_name: self.name_of(&order.vendor_number),
                vendor_number: order.vendor_number,
                currency: order.currency,
                lines: order.lines,
                amount: order.amount,
            })
            .collect()
    }

    fn definition(&self, reader: &Reader) -> Option<&SupplierFile> {
        let (Reader::Supplier(id) | Reader::Platform(id)) = reader else {
            return None;
        };
        self.machine.catalog.file(id)
    }

    /// A dry run that is under way is waited for, and said so.
    fn waits_for(&self, review: &Review, choices: &Choices, check: CheckState) -> Vec<Waiting> {
        let mut waiting = self.waiting(review, choices);
        if check == CheckState::UnderWay {
            waiting.push(Waiting::Check);
        }
        waiting.extend(waits_for_page(review));
        waiting
    }

    fn units<'w>(&'w self, review: &'w Review, choices: &Choices) -> Vec<UnitView<'w>> {
        let mut units: Vec<UnitView<'w>> = Vec::new();
        for (place, line) in placed(review) {
            let mapping = self.mapping(review, (place, line), choices);
            let is_item = matches!(mapping, Some((Mapping::Item { .. }, _)));
            let Some(unit) = self.printed_unit(line).filter(|_| is_item) else {
                continue;
            };
            if units.iter().all(|known| known.unit != unit) {
                let code = self.unit_code(review, unit, choices.vendor_of(line));
                let code = code.map(String::as_str);
                units.push(UnitView { unit, code });
            }
        }
        units
    }
}

/// Why the dry run refused the capture as a whole, or could not be made.
fn check_notice(review: &Review, state: CheckState) -> Option<&Notice> {
    let speaks = matches!(state, CheckState::Objected | CheckState::Unknown);
    let check = review.details.check.as_ref().filter(|_| speaks)?;
    check.failure.as_ref().map(|failure| &failure.notice)
}
