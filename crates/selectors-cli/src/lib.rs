//! The workshop of supplier definitions.
//!
//! ```text
//! selectors/<id>/supplier.toml ─▶ folder ─▶ check: lint, and every fixture against its expected cart
//!               fixtures/X.html ─▶ saved_page ─▶ Page ─▶ extract ─▶ report (the JSON of a cart)
//!               fixtures/X.cart.json ◀── bless
//! ```

pub mod check;
pub mod fixture;
pub mod folder;
pub mod report;
pub mod saved_page;
pub mod url;
