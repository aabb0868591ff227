//! Business Central: where it is, what it is asked, and what its answers mean.
//!
//! The contract is `docs/business-central-api.md`. Nothing here performs a request.

mod address;
mod capture;
mod check;
mod directory;
mod error;
mod line;
mod new_item;
mod orders;
mod search;

pub use address::{CompanyId, NotACompanyId, Service};
pub use capture::{CaptureAnswer, CapturePost, Receipt, read_capture};
pub use check::{LineTrouble, read_check};
pub use directory::{
    Company, Environment, Item, ItemMatch, ItemTemplate, ListPage, SupplierSetup, Vendor,
    Worksheet, read_page,
};
pub use error::{DirectoryError, Refusal, RefusalKind};
pub use line::{
    LineFacts, LineProblem, Mapping, OrderTerms, RequisitionLine, TaxTreatment, cut_of, lines_json,
    requisition_line,
};
pub use new_item::{NewItem, read_new_item};
pub use orders::{Order, orders_of};
pub use search::{MOST_FOUND, Searched};
