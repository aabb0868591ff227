//! The browser adapter, compiled for wasm32 only: performs what the core asks for, and feeds back what came of it.
//!
//! The service worker makes one [`Runtime`] and hands it what its listeners hear. Requests go out by `gloo-net`;
//! storage, identity and alarms are `chrome.*` bindings. What only a plain script can do (running the snapshot function
//! in a tab, telling the panels) is an object of the service worker, [`shim::Shim`]. The page for people who write
//! definitions has a [`Workshop`] of its own, which reads and performs nothing.

mod chrome;
mod fetch;
mod rehearsal;
mod runtime;
mod shim;
mod storage;
mod value;
mod workshop;

pub use runtime::Runtime;
pub use workshop::Workshop;
