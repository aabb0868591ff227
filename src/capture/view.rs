//! What a window's panel shows, as plain data. The panel only renders it.

use std::cmp::Reverse;

use serde::Serialize;

use super::directory::trouble;
use super::notice::{Notice, NoticeCode};
use super::reviewing::{Choices, Waiting};
use super::step::{Machine, Turn};
use super::world::{Delivery, Panel, Review, SignIn, Stage, WindowId, World};
use crate::business_central::Receipt;
use crate::business_central::{
    Company, Item, LineProblem, Mapping, TaxTreatment, Vendor, Worksheet, cut_of,
};
use crate::capture_id::CaptureId;
use crate::cart::{CartLine, Finding, Reader, TotalRow, Totals, Verdict};
use crate::credits::Credits;
use crate::money::{Currency, Decimal, Price};
use crate::sorted::sort_by_key;
use crate::supplier::{SupplierFile, VerifiedState};
use crate::timestamp::Timestamp;

/// Everything that a window's panel shows.
#[derive(Debug, Serialize)]
pub struct View<'w> {
    sign_in: SignInView<'w>,
    credits: Option<&'w Credits>,
    /// Whether captures cost credits in this deployment.
    uses_credits: bool,
    destination: Destination<'w>,
    page: PageView<'w>,
    deliveries: Vec<DeliveryView<'w>>,
    /// Something that concerns no capture in particular.
    trouble: Option<Notice>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
enum SignInView<'w> {
    SignedOut { notice: Option<&'w Notice> },
    Busy,
    SignedIn { username: &'w str },
}

#[derive(Debug, Serialize)]
struct Destination<'w> {
    companies: &'w [Company],
    company: Option<String>,
    worksheets: &'w [Worksheet],
    worksheet: Option<Worksheet>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "page")]
enum PageView<'w> {
    Idle,
    Reading,
    NotRead { notice: &'w Notice },
    Reviewing { review: Box<ReviewView<'w>> },
    Following { delivery: Box<DeliveryView<'w>> },
}

#[derive(Debug, Serialize)]
struct ReviewView<'w> {
    host: &'w str,
    /// The name of the supplier or platform whose definition read the page.
    supplier: Option<&'w str>,
    /// What that definition was verified on; one that was verified on nothing is not shown as supported.
    verified: Option<VerifiedState>,
    reader: &'w Reader,
    verdict: Verdict,
    currency: Option<Currency>,
    /// Whether the page proved the currency, so that it is not to be chosen.
    currency_proved: bool,
    lines: Vec<LineView<'w>>,
    totals: &'w Totals,
    /// What makes the totals, row by row.
    rows: &'w [TotalRow],
    findings: &'w [Finding],
    vendors: Vec<&'w Vendor>,
    vendor: Option<String>,
    catch_all_items: Vec<&'w Item>,
    unmatched: Option<Mapping>,
    tax: Option<TaxTreatment>,
    differences_accepted: bool,
    came_back: Option<&'w Notice>,
    waiting: Vec<Waiting>,
    can_confirm: bool,
}

#[derive(Debug, Serialize)]
struct LineView<'w> {
    description: &'w str,
    supplier_part_id: Option<&'w str>,
    quantity: Decimal,
    unit_of_measure: Option<&'w str>,
    unit_price: Option<&'w Price>,
    line_total: Option<Decimal>,
    mapping: Option<Mapping>,
    problem: Option<LineProblem>,
    /// The end of the description that Business Central has no room for.
    cut: Option<&'w str>,
}

#[derive(Debug, Serialize)]
struct DeliveryView<'w> {
    capture: &'w CaptureId,
    host: &'w str,
    captured_at: Timestamp,
    line_count: u32,
    worksheet: &'w Worksheet,
    stage: StageName,
    /// Why it is given up, in the stages that say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'w Notice>,
    /// What Business Central stored, when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'w Receipt>,
    trouble: Option<&'w Notice>,
    next_try: Option<Timestamp>,
    can_correct: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum StageName {
    Holding,
    Posting,
    Confirming,
    Settling,
    Releasing,
    Done,
    Returned,
}

impl View<'_> {
    /// Tells of something first of all.
    pub fn tell(&mut self, trouble: Notice) {
        self.trouble = Some(trouble);
    }
}

impl Machine {
    /// Calls `show` with what the panel of `window` shows. The state is lent, and given back as it was.
    pub fn view<R>(
        &self,
        world: &mut World,
        window: WindowId,
        now: Timestamp,
        show: impl FnOnce(View<'_>) -> R,
    ) -> R {
        let turn = Turn::looking(self, std::mem::take(world), now);
        let shown = show(turn.view(window));
        *world = turn.world;
        shown
    }
}

impl Turn<'_> {
    fn view(&self, window: WindowId) -> View<'_> {
        let World { desk, journal } = &self.world;
        let panel = desk.panels.get(&window).unwrap_or(&Panel::Idle);
        let mut deliveries: Vec<_> = journal
            .deliveries
            .iter()
            .map(|(capture, delivery)| DeliveryView::new(capture, delivery))
            .collect();
        sort_by_key(&mut deliveries, |delivery| Reverse(delivery.captured_at));
        View {
            sign_in: sign_in_view(&desk.sign_in),
            credits: desk.credits.entries().first(),
            uses_credits: self.machine.credit_service.is_some(),
            destination: Destination {
                companies: desk.companies.entries(),
                company: desk.books.company.clone().map(String::from),
                worksheets: desk.books.worksheets.entries(),
                worksheet: journal.preferences.worksheet.clone(),
            },
            page: self.page_view(panel),
            deliveries,
            trouble: self.trouble(),
        }
    }

    fn trouble(&self) -> Option<Notice> {
        let desk = &self.world.desk;
        let configured = self.machine.deployment.is_configured();
        (!configured)
            .then(|| Notice::new(NoticeCode::NotConfigured))
            .or_else(|| self.unreadable())
            .or_else(|| trouble(desk.companies.failure(), &desk.books))
            .or_else(|| desk.credits.failure().cloned())
    }

    fn unreadable(&self) -> Option<Notice> {
        let count = self.world.journal.unreadable;
        (count > 0).then(|| Notice::with_detail(NoticeCode::JournalUnreadable, count.to_string()))
    }

    fn page_view<'w>(&'w self, panel: &'w Panel) -> PageView<'w> {
        match panel {
            Panel::Idle => PageView::Idle,
            Panel::Reading { .. } => PageView::Reading,
            Panel::NotRead { notice } => PageView::NotRead { notice },
            Panel::Reviewing { review } => PageView::Reviewing {
                review: Box::new(self.review_view(review)),
            },
            Panel::Following { capture } => match self.world.journal.deliveries.get(capture) {
                Some(delivery) => PageView::Following {
                    delivery: Box::new(DeliveryView::new(capture, delivery)),
                },
                None => PageView::Idle,
            },
        }
    }

    fn review_view<'w>(&'w self, review: &'w Review) -> ReviewView<'w> {
        let choices = self.choices(review);
        let books = &self.world.desk.books;
        let cart = &review.cart;
        let definition = self.definition(&cart.reader);
        ReviewView {
            host: &review.host,
            supplier: definition.map(|file| file.name.as_str()),
            verified: definition.map(|file| file.verified.state),
            reader: &cart.reader,
            verdict: cart.verdict,
            currency: choices.currency,
            currency_proved: cart.currency.is_some(),
            lines: cart
                .lines
                .iter()
                .map(|line| self.line_view(line, &choices))
                .collect(),
            totals: &cart.totals,
            rows: &cart.rows,
            findings: &cart.findings,
            vendors: books
                .vendors
                .entries()
                .iter()
                .filter(|v| v.may_be_ordered_from())
                .collect(),
            catch_all_items: books
                .catch_all_items
                .entries()
                .iter()
                .filter(|i| !i.blocked)
                .collect(),
            waiting: self.waiting(review, &choices),
            can_confirm: self.post_of(review, &choices).is_some(),
            vendor: choices.vendor,
            unmatched: choices.unmatched,
            tax: choices.tax,
            differences_accepted: review.differences_accepted,
            came_back: review.came_back.as_ref(),
        }
    }

    fn definition(&self, reader: &Reader) -> Option<&SupplierFile> {
        let (Reader::Supplier(id) | Reader::Platform(id)) = reader else {
            return None;
        };
        self.machine.catalog.file(id)
    }

    fn line_view<'w>(&self, line: &'w CartLine, choices: &Choices) -> LineView<'w> {
        LineView {
            description: &line.description,
            supplier_part_id: line.supplier_part_id.as_deref(),
            quantity: line.quantity,
            unit_of_measure: line.unit_of_measure.as_deref(),
            unit_price: line.unit_price.as_ref(),
            line_total: line.line_total,
            mapping: self.mapping(line, choices),
            problem: self.line(line, choices).and_then(Result::err),
            cut: cut_of(&line.description),
        }
    }
}

fn sign_in_view(sign_in: &SignIn) -> SignInView<'_> {
    match sign_in {
        SignIn::SignedOut { notice } => SignInView::SignedOut {
            notice: notice.as_ref(),
        },
        SignIn::WindowOpen { .. } | SignIn::Redeeming { .. } => SignInView::Busy,
        SignIn::SignedIn { session } => SignInView::SignedIn {
            username: &session.account.username,
        },
    }
}

fn stage_name(stage: &Stage) -> StageName {
    match stage {
        Stage::Holding => StageName::Holding,
        Stage::Posting { .. } => StageName::Posting,
        Stage::Confirming { .. } => StageName::Confirming,
        Stage::Settling { .. } => StageName::Settling,
        Stage::Releasing { .. } => StageName::Releasing,
        Stage::Done { .. } => StageName::Done,
        Stage::Returned { .. } => StageName::Returned,
    }
}

impl<'w> DeliveryView<'w> {
    fn new(capture: &'w CaptureId, delivery: &'w Delivery) -> Self {
        let returned = matches!(delivery.stage, Stage::Returned { .. });
        let waits = delivery.trouble.is_some() && !delivery.stage.has_ended();
        Self {
            capture,
            host: &delivery.host,
            captured_at: delivery.captured_at,
            line_count: delivery.line_count,
            worksheet: &delivery.worksheet,
            stage: stage_name(&delivery.stage),
            reason: match &delivery.stage {
                Stage::Settling { reason, .. }
                | Stage::Releasing { reason }
                | Stage::Returned { reason } => Some(reason),
                _ => None,
            },
            receipt: match &delivery.stage {
                Stage::Done { receipt } => Some(receipt),
                _ => None,
            },
            trouble: delivery.trouble.as_ref(),
            next_try: waits.then_some(delivery.next_try),
            can_correct: returned && delivery.cargo.is_some(),
        }
    }
}
