//! A local Business Central for demos and tests.
//!
//! It answers the API of `docs/business-central-api.md` as the published facts about Business
//! Central say, keeps requisition lines in SQLite, and fails on demand. What it covers and what it
//! does not is in the crate's README.
//!
//! A request's way: [`connection`] → [`front`] (faults, ids, log) → [`service`] → [`odata`]
//! (address, query) and [`access`] (who) → [`store`], or for a capture [`capture`] (check, write, post).
//! What the base application does with a worksheet's lines by itself is in [`requisition`].
//! Beside it [`admin`] arranges faults and shows what is stored.

pub mod access;
pub mod admin;
pub mod capture;
pub mod connection;
pub mod decimal;
pub mod entra;
pub mod fault;
pub mod front;
pub mod line_table;
pub mod new_item;
pub mod odata;
pub mod request_log;
pub mod requisition;
pub mod requisition_entry;
pub mod server;
pub mod service;
pub mod store;
pub mod worksheet_page;

pub use server::{Options, Standin};
