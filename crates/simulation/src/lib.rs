//! The whole story of a capture under one seeded scheduler.
//!
//! The state machine, the requests that it writes and the answers that it reads are the shipped ones. Business Central
//! judges with the stand-in's code, the credit service with its own rules. Around them stand a clock, a network, disks
//! and workers that do the worst that is allowed, as one number says. `docs/simulation.md` tells what is tried and what
//! must hold.
//!
//! - [`schedule`]: what is tried: a scenario with a crash, or a number
//! - [`scenario`]: the stories
//! - [`browser`]: workers, their storage and their alarm
//! - [`outside`]: the servers
//! - [`simulation`]: clock, network, and who is next
//! - [`truth`]: what must hold at every moment and in the end
//! - [`guard`]: what can be taken away, to see that it is missed
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a simulation says what must hold by failing"
)]

pub mod browser;
pub mod explore;
pub mod given;
pub mod guard;
pub mod outside;
pub mod random;
pub mod scenario;
pub mod schedule;
pub mod simulation;
pub mod truth;
