//! Definitions of suppliers and shop platforms: plain data that says where a cart's values stand.
//!
//! ```text
//! selectors/<id>/supplier.toml ──(selectors catalog)──▶ catalog.json ──▶ Catalog ──▶ Definition
//!        SupplierFile, as written, with lint                              validated, selectors compiled
//! ```
//!
//! The format is described in `docs/supplier-file.md`. It is data and never grows into a language.

mod catalog;
mod definition;
mod entry;
mod error;
mod file;
pub mod lint;
mod place;
mod vocabulary;
mod words;

pub use catalog::{Catalog, CatalogError};
pub use definition::{Choice, Definition, Field, Lines, Menu, RowKind, Take, Totals};
pub use entry::Entry;
pub use error::{DefinitionError, Problem};
pub use file::{
    CartFile, ChosenFile, CurrencyFile, Derive, DetectFile, FieldFile, FractionFile, Kind,
    LabelFile, LinesFile, MenuFile, SignFile, SupplierFile, TakeFile, TaxFile, TotalsFile,
    VerifiedFile, VerifiedState, VisibilityFile,
};
pub use place::Location;
pub use vocabulary::{Vocabulary, fold};
pub use words::{Mark, Words, WordsFile};

/// The version of the file format that this crate reads.
pub const FORMAT: u32 = 1;
