//! The state of the whole story.
//!
//! Two halves by where they are kept. The [`Desk`] lies in `chrome.storage.session`: tokens, lists, what is reviewed;
//! it dies with the browser. The [`Journal`] lies in `chrome.storage.local`: what the buyer confirmed and is still
//! owed; it survives the browser, and holds no token.

use oauth2::AuthorizationCode;
use serde::{Deserialize, Serialize};

pub use super::books::{Books, Failure, List, Matches};
use super::details::Details;
use super::duplicate::OrderMark;
use super::notice::Notice;
use super::searching::Search;
use crate::business_central::{
    CapturePost, Company, CompanyId, Environment, Mapping, Receipt, TaxTreatment, Worksheet,
};
use crate::capture_id::CaptureId;
use crate::cart::Cart;
use crate::credits::Credits;
use crate::money::Currency;
use crate::oauth::{PendingSignIn, Session};
use crate::sorted::SortedMap;
use crate::timestamp::Timestamp;

/// Everything that is remembered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// What dies with the browser.
    pub desk: Desk,
    /// What does not.
    pub journal: Journal,
}

/// A browser window, by `chrome.windows`' id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WindowId(pub i64);

/// What dies with the browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    /// Whether somebody is signed in.
    pub sign_in: SignIn,
    /// Whether a silent sign-in was tried since the last session ended: it is tried once.
    pub silent_sign_in_tried: bool,
    /// Tokens are not renewed before this moment, after a renewal failed.
    pub renew_not_before: Timestamp,
    /// What an API asked for that the next sign-in must prove, as JSON text (a claims challenge).
    pub claims: Option<String>,
    /// The environments of the signed-in user, where there is such a list.
    pub environments: List<Environment>,
    /// The companies of the signed-in user.
    pub companies: List<Company>,
    /// The lists of the chosen company.
    pub books: Books,
    /// The account's credits, as last told: one entry.
    pub credits: List<Credits>,
    /// What each window's panel shows.
    pub panels: SortedMap<WindowId, Panel>,
    /// What is searched in each window.
    pub searches: SortedMap<WindowId, Search>,
}

impl Desk {
    /// Whether a panel shows more than nothing or a sample: then lists and tokens are worth having.
    pub(super) fn is_watched(&self) -> bool {
        let needs_nothing = |panel: &Panel| matches!(panel, Panel::Idle | Panel::Sample { .. });
        !self.panels.values().all(needs_nothing)
    }
}

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// Nobody is.
    SignedOut {
        /// Why the last try failed.
        notice: Option<Notice>,
    },
    /// The sign-in window is open.
    WindowOpen {
        /// What the answer must fit.
        pending: PendingSignIn,
    },
    /// The window came back; its code is exchanged.
    Redeeming {
        /// What the answer must fit.
        pending: PendingSignIn,
        /// Used once.
        code: AuthorizationCode,
    },
    /// Somebody is.
    SignedIn {
        /// Who, with the tokens.
        session: Session,
    },
}

impl Default for SignIn {
    fn default() -> Self {
        Self::SignedOut { notice: None }
    }
}

/// What a window's panel shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    /// Nothing was captured yet.
    #[default]
    Idle,
    /// The page is being read.
    Reading {
        /// For which click.
        capture: CaptureId,
        /// The tab.
        tab: i64,
        /// The tab's address.
        url: String,
        /// When it was clicked.
        clicked_at: Timestamp,
    },
    /// The page gave no cart.
    NotRead {
        /// Why.
        notice: Notice,
    },
    /// The buyer reviews a cart.
    Reviewing {
        /// The cart and the choices.
        review: Box<Review>,
    },
    /// The buyer looks at a sample. It is no [`Panel::Reviewing`]: nothing of it can be chosen, looked up or confirmed.
    Sample {
        /// What was read of it.
        review: Box<Review>,
    },
    /// The buyer looks at a confirmed capture.
    Following {
        /// Which.
        capture: CaptureId,
    },
}

/// A cart under review with what the buyer chose. What was not chosen follows from the shop's set-up in Business
/// Central first, and from what was chosen before second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The capture's id.
    pub capture: CaptureId,
    /// The shop's host, from the tab.
    pub host: String,
    /// When the page was read.
    pub captured_at: Timestamp,
    /// What was read.
    pub cart: Cart,
    /// The chosen vendor.
    pub vendor: Option<String>,
    /// What lines without an item of their own become.
    pub unmatched: Option<Mapping>,
    /// How prices stand to tax.
    pub tax: Option<TaxTreatment>,
    /// The currency, where the page proves none.
    pub currency: Option<Currency>,
    /// Whether the buyer accepted that the totals do not follow.
    pub differences_accepted: bool,
    /// Why the capture came back, where it did.
    pub came_back: Option<Notice>,
    /// What was decided line by line, and what the dry run said.
    #[serde(default)]
    pub details: Details,
}

/// What survives the browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// What was chosen before.
    pub preferences: Preferences,
    /// Confirmed captures by id.
    pub deliveries: SortedMap<CaptureId, Delivery>,
    /// How many stored captures cannot be read: they are left as they are, and the buyer is told.
    pub unreadable: usize,
}

impl Journal {
    /// Whether a capture was confirmed and did not come back.
    pub(super) fn is_on_its_way(&self, capture: &CaptureId) -> bool {
        let delivery = self.deliveries.get(capture);
        delivery.is_some_and(|delivery| !matches!(delivery.stage, Stage::Returned { .. }))
    }
}

/// What was chosen before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// User name of the last session: a hint for the next.
    pub username: Option<String>,
    /// The tenant of the last session: guests and shared authorities need it in the address of the next.
    pub tenant: Option<String>,
    /// The company.
    pub company: Option<CompanyId>,
    /// The worksheet.
    pub worksheet: Option<Worksheet>,
    /// Vendors by the shop's host.
    pub vendors: SortedMap<String, String>,
    /// Vendors of a marketplace's sellers, by the shop's host and the seller's name.
    pub sellers: SortedMap<String, SortedMap<String, String>>,
    /// What lines without an item become, by vendor.
    pub unmatched: SortedMap<String, Mapping>,
    /// What single numbers become, by vendor and the supplier's number.
    pub items: SortedMap<String, SortedMap<String, Mapping>>,
    /// Business Central's codes of units, by vendor and the unit as printed.
    pub units: SortedMap<String, SortedMap<String, String>>,
}

/// A confirmed capture on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// User name of who confirmed it: nobody else posts it.
    pub username: String,
    /// The shop's host.
    pub host: String,
    /// When the page was read.
    pub captured_at: Timestamp,
    /// How many lines it has.
    pub line_count: u32,
    /// The environment that it goes to; blank in records of before this was kept.
    #[serde(default)]
    pub environment: String,
    /// Where it goes.
    pub company: CompanyId,
    /// Where in the company.
    pub worksheet: Worksheet,
    /// The cart's text: what is posted, and what the buyer reviewed. Deleted as soon as it is no longer needed.
    pub cargo: Option<Cargo>,
    /// How far it is.
    pub stage: Stage,
    /// How often the present stage was tried in vain.
    pub tries: u32,
    /// When the present stage is tried again.
    pub next_try: Timestamp,
    /// Whether a post of it may still be at work in Business Central.
    #[serde(default)]
    pub doubt: Doubt,
    /// What tells it from other orders, when its text is gone.
    #[serde(default)]
    pub ordered: OrderMark,
    /// What the last try ran into.
    pub trouble: Option<Notice>,
}

impl Delivery {
    /// Whether it has ended and nothing of its cart is left.
    pub(super) fn is_history(&self) -> bool {
        self.stage.has_ended() && self.cargo.is_none()
    }
}

/// Whether a post may still be at work of which nobody hears any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// None is.
    #[default]
    None,
    /// The last one was not answered yet.
    LastPost,
    /// One before the last was never answered.
    EarlierPost,
}

/// Whether the credit service has a credit that can be debited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Debit {
    /// One was held before the post.
    #[default]
    Held,
    /// The service knows of no hold: one is to be held anew.
    Missing,
    /// One was held anew; if the service does not know that either, nothing more is tried.
    HeldAnew,
}

/// How often an absent capture is still asked for, until no earlier post of it can be at work any more.
///
/// The wait is made of several short ones, each ended by a question: a clock that is set forward shortens one of them,
/// not the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patience {
    /// How many questions are left.
    pub reads_left: u32,
    /// From when on the next one counts.
    pub counts_at: Timestamp,
}

impl Patience {
    /// Business Central lets a request wait for 8 minutes and run for 8: this is 25, and 20 if one wait is lost.
    const READS: u32 = 5;
    const PAUSE_SECONDS: i64 = 300;

    pub(super) fn from(now: Timestamp) -> Self {
        Self {
            reads_left: Self::READS,
            counts_at: now.plus_seconds(Self::PAUSE_SECONDS),
        }
    }

    /// Notes that the capture was asked for and is not there. Gives whether that was the last time.
    pub(super) fn was_absent(&mut self, now: Timestamp) -> bool {
        if self.counts_at <= now {
            self.reads_left = self.reads_left.saturating_sub(1);
            self.counts_at = now.plus_seconds(Self::PAUSE_SECONDS);
        }
        self.reads_left == 0
    }

    /// A clock that was set back makes no pause longer.
    pub(super) fn mend(&mut self, now: Timestamp) {
        let latest = now.plus_seconds(Self::PAUSE_SECONDS);
        self.counts_at = self.counts_at.min(latest);
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self::from(Timestamp::default())
    }
}

/// The cart's text in a delivery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cargo {
    /// What is posted; every repeat sends the same.
    pub post: CapturePost,
    /// What the buyer reviewed, for a correction.
    pub review: Box<Review>,
}

/// How far a delivery is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A credit is to be held.
    Holding,
    /// The capture is to be posted.
    Posting {
        /// Whether a post may have reached Business Central. Stored before the first try: from then on the capture
        /// is read before it is posted again.
        attempted: bool,
    },
    /// Business Central has it; the credit is to be debited.
    Confirming {
        /// What Business Central stored.
        receipt: Receipt,
        /// Whether there is anything to debit.
        #[serde(default)]
        debit: Debit,
    },
    /// Business Central refused it, but an earlier post of it, whose outcome nobody knows, may still be at work. It is
    /// read until that is over.
    Settling {
        /// Why it was refused.
        reason: Notice,
        /// How often it is still read.
        #[serde(default)]
        patience: Patience,
    },
    /// Business Central will not take it; the credit is to be given back.
    Releasing {
        /// Why.
        reason: Notice,
    },
    /// It is in Business Central, and paid for.
    Done {
        /// What Business Central stored.
        receipt: Receipt,
    },
    /// It came back to the buyer; no credit is held.
    Returned {
        /// Why.
        reason: Notice,
    },
}

impl Stage {
    /// Whether nothing is owed any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Returned { .. })
    }
}
