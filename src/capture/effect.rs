//! What is to be done outside the core.

use super::searching::SearchedBy;
use super::world::WindowId;
use crate::business_central::CompanyId;
use crate::capture_id::CaptureId;
use crate::http::Request;
use crate::oauth::ApiName;
use crate::snapshot::Plan;
use crate::timestamp::Timestamp;

/// Something to do. Each is repeatable, or guarded by the state that was stored before it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Take a snapshot of a tab; comes back as [`super::Event::SnapshotTaken`].
    TakeSnapshot {
        /// For which capture: of a click, or of what is confirmed.
        capture: CaptureId,
        /// The tab.
        tab: i64,
        /// What to take.
        plan: Plan,
        /// The one address at which it is taken; `None` for any.
        only_at: Option<String>,
    },
    /// Open the sign-in window; comes back as [`super::Event::SignInReturned`].
    OpenSignInWindow {
        /// The authorization request.
        url: String,
        /// Whether it may show itself.
        interactive: bool,
    },
    /// Send a request; comes back as [`super::Event::Answered`]. Not sent while one of the same task is under way.
    Fetch {
        /// What for.
        task: Task,
        /// What to send.
        request: Request,
    },
    /// Be awake at a moment; comes back as [`super::Event::Woken`].
    WakeAt(Timestamp),
}

/// A renewal belongs to one session: its answer is nobody's once another person has signed in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Renewal {
    /// Whose token is renewed.
    pub api: ApiName,
    /// When the session began.
    pub session: Timestamp,
}

/// What a request is for. At most one request of a task is under way in a worker.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Exchange the code of a sign-in for tokens.
    Redeem,
    /// Renew the token of an API.
    Renew(Renewal),
    /// List companies.
    Companies,
    /// List the environments that the user may see.
    Environments,
    /// List the templates of a company that items can be made from.
    ItemTemplates(CompanyId),
    /// Make an item from a template for a line under review.
    CreateItem {
        /// In which capture.
        capture: CaptureId,
        /// Which line, from 0.
        line: u32,
    },
    /// Ask what would be wrong with a capture before it is confirmed.
    Check {
        /// Which capture.
        capture: CaptureId,
        /// What tells the checked lines from others.
        of: String,
    },
    /// List the worksheets of a company.
    Worksheets(CompanyId),
    /// List the vendors of a company.
    Vendors(CompanyId),
    /// List the items of a company that can stand for lines without one.
    CatchAllItems(CompanyId),
    /// Ask how a shop is set up.
    SupplierSetup {
        /// In which company.
        company: CompanyId,
        /// The shop's host.
        host: String,
    },
    /// Look for items by the vendor's numbers.
    ItemMatches {
        /// In which company.
        company: CompanyId,
        /// `No.` of the vendor.
        vendor: String,
        /// The supplier's numbers that this request looks for.
        part_ids: Vec<String>,
    },
    /// Search what a buyer types.
    Search {
        /// In which window.
        window: WindowId,
        /// In which company.
        company: CompanyId,
        /// By what.
        by: SearchedBy,
        /// What was typed.
        text: String,
    },
    /// Ask for the credits.
    Credits,
    /// Hold a credit.
    Hold(CaptureId),
    /// Post a capture.
    Post(CaptureId),
    /// Read a capture whose posting has an unknown outcome.
    Read(CaptureId),
    /// Debit the held credit.
    Confirm(CaptureId),
    /// Give the held credit back.
    Release(CaptureId),
}

/// Whose limits a request counts against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    /// Business Central, for lists and look-ups.
    BusinessCentralLookUp,
    /// Business Central, for a confirmed capture.
    BusinessCentralCapture,
    /// The sign-in server or the credit service.
    Other,
}

impl Task {
    /// Tasks with the same lane are not under way together: captures are posted and read one after the other, and a
    /// capture is checked once at a time. Of what is typed one question is asked at a time.
    #[must_use]
    pub fn lane(&self) -> Self {
        match self {
            Self::Post(_) | Self::Read(_) => Self::Post(CaptureId::from_random([0; 16])),
            // A refresh token is good for one use; a second at the same time would be taken for a thief's.
            Self::Renew(_) => Self::Redeem,
            Self::Check { capture, .. } => Self::Check {
                capture: capture.clone(),
                of: String::new(),
            },
            Self::Search {
                window, company, ..
            } => Self::Search {
                window: *window,
                company: company.clone(),
                by: SearchedBy::Name,
                text: String::new(),
            },
            other => other.clone(),
        }
    }

    pub(super) fn peer(&self) -> Peer {
        match self {
            Self::Post(_) | Self::Read(_) => Peer::BusinessCentralCapture,
            Self::Redeem
            | Self::Renew(_)
            | Self::Credits
            | Self::Hold(_)
            | Self::Confirm(_)
            | Self::Release(_) => Peer::Other,
            _ => Peer::BusinessCentralLookUp,
        }
    }
}
