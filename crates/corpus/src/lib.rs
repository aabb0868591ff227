//! Pages of shops with the truth known before, and how well they are read.
//!
//! ```text
//! corpus/shops/<shop>/*.html ─┐
//! corpus/scenarios/*.toml ────┼─▶ basket ─▶ page ─▶ the HTML
//! corpus/languages/*.toml ────┘      └────▶ truth: the cart that a reader must find ─▶ judge ─▶ score ─▶ document
//!                       page ─▶ drift: the same cart on a page made otherwise ───┘
//! ```
//!
//! The truth follows from the scenario and the shop's rules and never from a reader. Nothing here has a clock, and
//! nothing is random but what a given seed decides. `corpus/README.md` says how a shop is written.

pub mod basket;
pub mod command;
pub mod document;
pub mod drift;
pub mod judge;
pub mod language;
pub mod library;
pub mod locale;
pub mod markup;
pub mod measure;
pub mod page;
pub mod product;
pub mod scenario;
pub mod score;
pub mod shop;
pub mod truth;
