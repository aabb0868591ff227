//! The stand-in from outside: real sockets, real tokens.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "helpers of tests may fail as tests do; Clippy only excepts the tests themselves"
)]

mod access;
mod batch;
mod carry_out;
mod checks;
mod dry_run;
mod faults;
mod filters;
mod http;
mod new_items;
mod posting;
mod reading;
mod validation;
mod whole_body;
mod whole_cart;
mod world;
