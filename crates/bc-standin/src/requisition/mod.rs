//! The requisition worksheet itself: what the base application does with a line, without the app.

mod carry_out;
mod validation;

pub use carry_out::{OrderHead, OrderLine, Plan, PlannedOrder, carry_out};
pub use validation::{EnteredBy, Entry, Field};
