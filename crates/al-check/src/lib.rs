//! Checks the AL of `bc-app` by every means that exists without its compiler.
//!
//! - [`source`]: files and their syntax trees; [`syntax`] finds what does not parse
//! - [`model`]: objects, fields, variables and API pages, as the rules need them
//! - [`types`]: types of fields, variables and expressions
//! - [`facts`]: what is known of the base application and of the API, checked in beside the app
//! - [`rules`]: one module for each rule
//! - [`documents`]: `docs/permissions.md` and `docs/data-flow.md`, written from code and AL
//! - [`xliff`]: translation files, with the ids that the compiler gives
//!
//! [`Project::read`] loads an app, [`Project::findings`] applies every rule.

pub mod documents;
pub mod facts;
pub mod finding;
pub mod model;
pub mod project;
pub mod rules;
pub mod source;
pub mod syntax;
pub mod types;
pub mod xliff;

pub use finding::{Finding, Rule};
pub use project::{Project, ReadError};
