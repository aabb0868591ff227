//! The workshop of supplier definitions.
//!
//! ```text
//! a saved page ─▶ skeleton (new) ─▶ selectors/<id>/supplier.toml ─▶ attempt (try)
//!              └▶ import, without what is about a person ─▶ fixtures/X.html, X.snapshot.json
//! selectors/<id>/supplier.toml ─▶ folder ─▶ check: lint, and every fixture against its expected cart
//!               fixtures/X.html ─▶ saved_page ─▶ Page ─▶ extract ─▶ report (the JSON of a cart)
//!               fixtures/X.cart.json ◀── bless
//! ```

pub mod attempt;
pub mod check;
pub mod english;
pub mod fixture;
pub mod folder;
pub mod import;
pub mod outline;
pub mod personal;
pub mod report;
pub mod saved;
pub mod saved_page;
pub mod schema;
pub mod skeleton;
pub mod stale;
pub mod url;
