//! What can happen.

use serde::Deserialize;

use super::edits::EditField;
use super::effect::Task;
use super::remembered::Forgotten;
use super::searching::Subject;
use super::world::WindowId;
use crate::business_central::{CompanyId, Mapping, TaxTreatment, Worksheet};
use crate::capture_id::CaptureId;
use crate::http::Exchange;
use crate::money::{Currency, NumberStyle};
use crate::timestamp::Timestamp;

/// An event with the moment and the randomness that the core does not have itself.
#[derive(Clone, Debug)]
pub struct Input {
    /// What happened.
    pub event: Event,
    /// When.
    pub now: Timestamp,
    /// 32 bytes from the system's secure random source, fresh for each input.
    pub entropy: [u8; 32],
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A worker began its life. Whatever an earlier one had under way is gone.
    Started,
    /// Something suggests to look at what is owed: an alarm, the panel was opened, the network came back.
    Woken,
    /// The toolbar button or the shortcut, which grants access to the tab.
    Clicked {
        /// The browser window.
        window: WindowId,
        /// The tab.
        tab: i64,
        /// The tab's address, from the browser, not from the page.
        url: String,
    },
    /// The shim took a snapshot, or could not.
    SnapshotTaken {
        /// For which capture: of a click, or of what is confirmed.
        capture: CaptureId,
        /// The snapshot as JSON text.
        result: Result<String, SnapshotFailure>,
    },
    /// The sign-in window came back.
    SignInReturned(Result<String, WindowFailure>),
    /// A request was answered, or not.
    Answered {
        /// Which request.
        task: Task,
        /// What came of it.
        exchange: Exchange,
    },
    /// The buyer did something in the panel.
    Acted {
        /// In which window.
        window: WindowId,
        /// What.
        action: Action,
    },
    /// A browser window was closed.
    WindowClosed(WindowId),
}

/// Why there is no snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotFailure {
    /// The browser does not let the page be read, or the tab shows another.
    NotReachable,
    /// The shim failed.
    Failed,
}

/// Why the sign-in window brought nothing back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowFailure {
    /// The person closed it or declined.
    Closed,
    /// It needed the person but was not allowed to show itself.
    InteractionRequired,
    /// The page did not load.
    NotLoaded,
}

/// What a buyer can do in the panel.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Sign in.
    SignIn,
    /// Sign in with another account.
    SwitchAccount,
    /// Forget the session.
    SignOut,
    /// Choose the company.
    ChooseCompany {
        /// Which.
        company: CompanyId,
    },
    /// Choose the worksheet.
    ChooseWorksheet {
        /// Which.
        worksheet: Worksheet,
    },
    /// Choose the vendor.
    ChooseVendor {
        /// `No.`
        number: String,
    },
    /// Choose the vendor of one seller of a marketplace.
    ChooseSellerVendor {
        /// The seller, as the page names it.
        seller: String,
        /// `No.`; blank for the shop's vendor.
        number: String,
    },
    /// Choose what lines without an item of their own become.
    ChooseUnmatched {
        /// A catch-all item, a G/L account or a note.
        mapping: Mapping,
    },
    /// Choose what one line becomes.
    ChooseLine {
        /// Its place in the cart, from 0.
        line: u32,
        /// What it becomes; `None` for what the others become.
        mapping: Option<Mapping>,
    },
    /// Say what a unit is in Business Central.
    ChooseUnit {
        /// As the page prints it.
        unit: String,
        /// `Unit of Measure Code`; blank for the item's base unit.
        code: String,
    },
    /// Make an item for a line.
    CreateItem {
        /// Its place in the cart, from 0.
        line: u32,
        /// The template's code.
        template: String,
    },
    /// Make an item for each line that has none and a number.
    CreateItems {
        /// The template's code.
        template: String,
    },
    /// Say how the page's prices stand to tax.
    ChooseTax {
        /// Net, or gross with the rate.
        tax: TaxTreatment,
    },
    /// Say which currency the page's amounts are in, where the page does not.
    ChooseCurrency {
        /// Which.
        currency: Currency,
    },
    /// Look at a sample cart: it is read like any other, and never leaves this computer.
    TrySample {
        /// The snapshot of the sample's page as JSON text.
        snapshot: String,
    },
    /// Accept that the page's totals do not follow from the lines.
    AcceptDifferences {
        /// Accept or not.
        accepted: bool,
    },
    /// Leave a line out of the order; it stays in view.
    RemoveLine {
        /// Its place in the cart, from 0.
        line: u32,
    },
    /// Order a line after all that was removed.
    RestoreLine {
        /// Its place in the cart, from 0.
        line: u32,
    },
    /// Change what is ordered.
    EditLine {
        /// Its place in the cart, from 0.
        line: u32,
        /// Which field.
        field: EditField,
        /// What was typed.
        text: String,
        /// How the buyer writes numbers.
        style: NumberStyle,
    },
    /// Go back to what the page shows.
    UndoEdit {
        /// The line's place in the cart, from 0.
        line: u32,
        /// Which field.
        field: EditField,
    },
    /// Show where on the page a line's values come from.
    Trace {
        /// Its place in the cart, from 0; `None` for no line any more.
        line: Option<u32>,
    },
    /// Search vendors or items by what was typed. Any other action ends the search.
    Search {
        /// What for.
        subject: Subject,
        /// What was typed.
        text: String,
    },
    /// Search nothing any more.
    EndSearch,
    /// Forget what was chosen before.
    Forget {
        /// What of it.
        what: Forgotten,
    },
    /// Send lines that were sent not long ago.
    SendAgain,
    /// Post the reviewed cart, if the page still shows it.
    Confirm,
    /// Review what the page shows by now instead.
    TakeReading,
    /// Post the reviewed cart although the page shows another by now.
    ConfirmReviewed,
    /// Throw the reviewed cart away, or look away from a delivery.
    Dismiss,
    /// Look at a delivery.
    Follow {
        /// Which.
        capture: CaptureId,
    },
    /// Review a capture again that came back.
    Correct {
        /// Which.
        capture: CaptureId,
    },
    /// Give a capture up that came back.
    Abandon {
        /// Which.
        capture: CaptureId,
    },
    /// Try what is owed, and what failed, now.
    Retry,
}
