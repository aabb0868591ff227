//! What a window's panel shows, as plain data. The panel only renders it.

mod changes;
mod line;
mod rereading;
mod review;
mod search;

use std::cmp::Reverse;

use serde::Serialize;

use super::directory::trouble;
use super::notice::{Notice, NoticeCode};
use super::step::{Machine, Turn};
use super::world::{Delivery, Journal, Panel, SignIn, Stage, WindowId, World};
use crate::business_central::{Company, Environment, Receipt, Worksheet};
use crate::capture_id::CaptureId;
use crate::credits::Credits;
use crate::sorted::sort_by_key;
use crate::timestamp::Timestamp;
use review::ReviewView;
use search::SearchView;

/// The panel is given the whole list at each change, so it is kept short.
const MOST_SHOWN: usize = 200;

/// Everything that a window's panel shows.
#[derive(Debug, Serialize)]
pub struct View<'w> {
    sign_in: SignInView<'w>,
    credits: Option<&'w Credits>,
    /// Whether captures cost credits in this deployment.
    uses_credits: bool,
    destination: Destination<'w>,
    page: PageView<'w>,
    /// What is found for what the buyer types.
    search: Option<SearchView<'w>>,
    /// The newest captures, and all that have not ended.
    deliveries: Vec<DeliveryView<'w>>,
    /// How many captures the history has.
    delivery_count: usize,
    /// Something that concerns no capture in particular.
    trouble: Option<Notice>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
enum SignInView<'w> {
    SignedOut {
        notice: Option<&'w Notice>,
        /// Where an administrator allows the application, where that is what is missing.
        admin_consent_url: Option<String>,
    },
    Busy,
    SignedIn {
        username: &'w str,
    },
}

#[derive(Debug, Serialize)]
struct Destination<'w> {
    environments: &'w [Environment],
    environment: &'w str,
    companies: &'w [Company],
    /// No list of companies is to be had: the buyer may type the id of one.
    companies_refused: bool,
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
    Sample { review: Box<ReviewView<'w>> },
    Following { delivery: Box<DeliveryView<'w>> },
}

#[derive(Debug, Serialize)]
struct DeliveryView<'w> {
    capture: &'w CaptureId,
    host: &'w str,
    captured_at: Timestamp,
    line_count: u32,
    worksheet: &'w Worksheet,
    stage: &'static str,
    /// Why it is given up, in the stages that say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'w Notice>,
    /// What Business Central stored, when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'w Receipt>,
    trouble: Option<&'w Notice>,
    next_try: Option<Timestamp>,
    can_correct: bool,
    /// Whether its cart is still there, so that it can be exported.
    holds_cart: bool,
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
        View {
            sign_in: self.sign_in_view(),
            credits: desk.credits.entries().first(),
            uses_credits: self.machine.credit_service.is_some(),
            destination: Destination {
                environments: desk.environments.entries(),
                environment: self.machine.environment(),
                companies: desk.companies.entries(),
                companies_refused: desk.companies.is_refused(),
                company: desk.books.company.clone().map(String::from),
                worksheets: desk.books.worksheets.entries(),
                worksheet: journal.preferences.worksheet.clone(),
            },
            page: self.page_view(panel),
            search: self.search_view(window),
            deliveries: shown(journal),
            delivery_count: journal.deliveries.len(),
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
            Panel::Sample { review } => PageView::Sample {
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

    fn sign_in_view(&self) -> SignInView<'_> {
        match &self.world.desk.sign_in {
            SignIn::SignedOut { notice } => {
                let notice = notice.as_ref();
                let needs_consent =
                    notice.is_some_and(|notice| notice.code == NoticeCode::ConsentRequired);
                SignInView::SignedOut {
                    notice,
                    admin_consent_url: self.admin_consent_url().filter(|_| needs_consent),
                }
            }
            SignIn::WindowOpen { .. } | SignIn::Redeeming { .. } => SignInView::Busy,
            SignIn::SignedIn { session } => SignInView::SignedIn {
                username: &session.account.username,
            },
        }
    }
}

/// The newest deliveries; old ones that have ended are left to the export of the history.
fn shown(journal: &Journal) -> Vec<DeliveryView<'_>> {
    let deliveries = newest_first(journal).into_iter().enumerate();
    deliveries
        .filter(|(place, (_, delivery))| *place < MOST_SHOWN || !delivery.is_history())
        .map(|(_, (capture, delivery))| DeliveryView::new(capture, delivery))
        .collect()
}

/// All deliveries, the newest first.
pub(super) fn newest_first(journal: &Journal) -> Vec<(&CaptureId, &Delivery)> {
    let mut deliveries: Vec<_> = journal.deliveries.iter().collect();
    sort_by_key(&mut deliveries, |(_, delivery)| {
        Reverse(delivery.captured_at)
    });
    deliveries
}

/// The name of a stage, in the panel and in files.
pub(super) const fn stage_word(stage: &Stage) -> &'static str {
    match stage {
        Stage::Holding => "holding",
        Stage::Posting { .. } => "posting",
        Stage::Confirming { .. } => "confirming",
        Stage::Settling { .. } => "settling",
        Stage::Releasing { .. } => "releasing",
        Stage::Done { .. } => "done",
        Stage::Returned { .. } => "returned",
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
            stage: stage_word(&delivery.stage),
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
            holds_cart: delivery.cargo.is_some(),
        }
    }
}
