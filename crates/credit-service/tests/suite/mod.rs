//! The suite: what the service does, on whichever database the crate around it names.

pub mod cluster;
pub mod scene;

mod credits;
mod kills;
mod ledger;
mod limits;
mod load;
mod model;
mod program;
mod races;
mod requests;
mod retention;
mod stripe;
mod tls;
