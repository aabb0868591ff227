//! The page as the shim wrote it, and as the readers of carts ask it.
//!
//! ```text
//! extension/snapshot.js ──Snapshot──▶ xhtml (text → parts) ──▶ build (parts → tree + live state) ──▶ Page, Node
//! ```
//!
//! A [`Plan`] says what the shim is to write, a [`Snapshot`] is what it wrote (`docs/snapshot-format.md`), and a
//! [`Page`] is that text as trees with the live state beside them. Nothing here knows what a cart is, and nothing
//! here parses HTML: the markup is the browser's own `XMLSerializer` output, so `p > div`, `table > tr` and `a > a`
//! stay what they were in the page.

mod attributes;
mod build;
mod error;
mod format;
mod live;
mod names;
mod node;
mod outline;
mod page;
mod plan;
mod visible;
mod xhtml;

pub use attributes::AllowedAttributes;
pub use error::SnapshotError;
pub use format::{
    Ancestor, FORMAT, Frame, InlineState, LiveState, Meta, Refused, Root, Shadow, Snapshot,
    TreeText, Unreachable,
};
pub use node::{Node, NodeKey};
pub use outline::{Entry, Outline};
pub use page::Page;
pub use plan::{Limits, Plan, RootCandidate, WantedState};
