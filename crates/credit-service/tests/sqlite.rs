//! The whole suite on SQLite.

#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod suite;

use suite::scene::Kind;

const KIND: Kind = Kind::Sqlite;
