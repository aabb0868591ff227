//! Accounts of credits for captures: one credit is held before a capture is posted to Business Central, debited once
//! the post is known to have happened, or given back.
//!
//! The map, from the inside out; each room knows only those above it:
//!
//! - [`clock`]: moments, and where they come from
//! - [`capture`]: what the service is told of a capture, by types with room for nothing else
//! - [`rules`]: what a hold, a confirmation and a release mean in each state — pure
//! - [`store`]: accounts, captures and the append-only ledger, one transaction per transition
//! - [`http`]: the API, for holders of a verified bearer token
//! - [`cli`]: the commands of the program
//!
//! What holds whatever crashes: a capture is debited at most once, live holds and debits together never exceed what
//! was granted, save where a finished post is confirmed late; that one is recorded as owed.

pub mod capture;
pub mod cli;
pub mod clock;
pub mod http;
pub mod rules;
pub mod store;
