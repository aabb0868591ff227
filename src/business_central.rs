//! Business Central: where it is, what it is asked, and what its answers mean.
//!
//! The contract is `docs/business-central-api.md`. Nothing here performs a request.

mod address;
mod capture;
mod directory;
mod error;
mod line;

pub use address::{CompanyId, NotACompanyId, Service};
pub use capture::{CaptureAnswer, CapturePost, Receipt, read_capture};
pub use directory::{
    Company, Item, ItemMatch, ListPage, SupplierSetup, Vendor, Worksheet, read_page,
};
pub use error::{DirectoryError, Refusal, RefusalKind};
pub use line::{
    LineProblem, Mapping, OrderTerms, RequisitionLine, TaxTreatment, cut_of, lines_json,
    requisition_line,
};
