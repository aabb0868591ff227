//! Reads a web shop's cart in the browser and posts it to Business Central's Requisition Worksheet.
//!
//! ```text
//! page ─▶ snapshot ─▶ extract ─▶ Cart ─▶ review ─▶ requisition lines ─▶ Business Central
//!                     (supplier)  │         (capture: the one state machine)      credits: metadata only
//! ```
//!
//! | room | what it knows | what it may import |
//! |---|---|---|
//! | [`money`] | exact amounts, currencies, numbers as shops print them | – |
//! | [`timestamp`], [`capture_id`], [`http`], [`json`], [`css`], [`letters`], [`sorted`] | a moment, a name, a request, a way to read, selectors, small letters, an order: what several rooms share | – |
//! | [`snapshot`] | the page as the shim wrote it | `json` |
//! | [`cart`] | lines, totals, what does not add up | `money` |
//! | [`supplier`] | the files that say where a shop's cart stands | `cart`, `json`, `money` |
//! | [`extract`] | from a page to a cart | `cart`, `json`, `money`, `snapshot`, `supplier` |
//! | [`export`] | a reviewed cart as a file for other programs | `capture_id`, `cart`, `money`, `timestamp` |
//! | [`oauth`] | signing in | `http`, `json`, `timestamp` |
//! | [`credits`] | what the credit service is asked | `capture_id`, `http`, `json`, `timestamp` |
//! | [`deployment`] | what an administrator configures | `json`, `oauth` |
//! | [`business_central`] | addresses, lists, captures, errors | `capture_id`, `cart`, `http`, `json`, `money`, `timestamp` |
//! | [`capture`] | the story of a capture | `business_central`, `capture_id`, `cart`, `credits`, `deployment`, `export`, `extract`, `http`, `json`, `money`, `oauth`, `snapshot`, `supplier`, `timestamp` |
//! | `browser` (wasm32 only) | performs what `capture` asks for, and reads pages for the workshop | `capture`, `cart`, `deployment`, `extract`, `http`, `json`, `snapshot`, `supplier`, `timestamp` |
//!
//! `tests/architecture.rs` holds the table against the code. All of it but `browser` is pure: no clock, no
//! randomness, no network, no storage, nothing of the browser.

pub mod business_central;
pub mod capture;
pub mod capture_id;
pub mod cart;
pub mod credits;
pub mod css;
pub mod deployment;
pub mod export;
pub mod extract;
pub mod http;
pub mod json;
pub mod letters;
pub mod money;
pub mod oauth;
pub mod snapshot;
pub mod sorted;
pub mod supplier;
pub mod timestamp;

#[cfg(target_arch = "wasm32")]
pub mod browser;
