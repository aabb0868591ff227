//! The story of a capture: from the click to the confirmed credit. The only room that knows all the others.
//!
//! One state machine, [`Machine::step`]: the state ([`World`]) and an [`Input`] give the next state and the
//! [`Effect`]s to perform. Whoever runs it stores the state first, performs the effects second, and feeds what came of
//! them back as events, one at a time. Nothing is remembered outside the state, so a worker may be stopped anywhere:
//! what is owed is a function of the state, and the next worker derives it again.
//!
//! ```text
//! click ─▶ Reading ─▶ Reviewing ─▶ confirm ─▶ Holding ─▶ Posting ─▶ Confirming ─▶ Done
//!             │                                  │  402     │ refused
//!             ▼                                  ▼          ▼
//!          NotRead                            Returned ◀─ Releasing
//! ```

mod books;
mod checking;
mod choices;
mod confirming;
mod delivering;
mod details;
mod difference;
mod directory;
mod due_date;
mod duplicate;
mod edits;
mod effect;
mod event;
mod exporting;
mod lanes;
mod likeness;
mod lists;
mod making;
mod mapping;
mod moments;
mod notice;
mod outcome;
mod page_address;
mod records;
mod remembered;
mod rereading;
mod reviewing;
mod searching;
mod sellers;
mod signing_in;
mod sources;
mod step;
mod typed;
mod view;
mod world;

pub use details::{Check, Details, Making};
pub use duplicate::OrderMark;
pub use edits::{EditField, Edits, RefusedEdit};
pub use effect::{Effect, Renewal, Task};
pub use event::{Action, Event, Input, SnapshotFailure, WindowFailure};
pub use exporting::{Exporting, Wanted};
pub use lanes::Lanes;
pub use notice::{Notice, NoticeCode};
pub use records::{Changes, NotWritten, Records};
pub use remembered::Forgotten;
pub use rereading::{Again, Origin};
pub use searching::{Search, SearchedBy, Subject};
pub use sources::Sources;
pub use step::{Machine, Step};
pub use typed::EditProblem;
pub use view::View;
pub use world::{
    Books, Cargo, Debit, Delivery, Desk, Doubt, Failure, Journal, List, Matches, Panel, Patience,
    Preferences, Review, SignIn, Stage, WindowId, World,
};
