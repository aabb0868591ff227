//! The browser adapter, compiled for wasm32 only: performs what the core asks for, and feeds back what came of it.
//!
//! The service worker makes one [`Runtime`] and hands it what its listeners hear. Requests go out by `gloo-net`;
//! storage, identity and alarms are `chrome.*` bindings. What only a plain script can do (running the snapshot function
//! in a tab, telling the panels) is an object of the service worker, [`shim::Shim`].

mod chrome;
mod fetch;
mod runtime;
mod shim;
mod storage;
mod value;

pub use runtime::Runtime;
