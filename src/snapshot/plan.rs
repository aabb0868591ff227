//! What the shim is asked to write.

use serde::{Deserialize, Serialize};

use super::format::FORMAT;

/// The one argument of `takeSnapshot`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of the snapshot format that the core reads: [`FORMAT`].
    pub format: u32,
    /// Where the cart may be, best first; the first that matches exactly one element is written, else the body.
    pub roots: Vec<RootCandidate>,
    /// Inline JSON that may leave the page.
    pub state: Vec<WantedState>,
    /// What is too much.
    pub limits: Limits,
}

/// One place where the cart may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootCandidate {
    /// A CSS selector of the document.
    pub selector: String,
}

/// JSON of inline scripts that may leave the page, and what of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedState {
    /// The name that a script assigns it to, the `id` or the `type` of a script that is JSON, or the last text before
    /// it among the arguments of a call: `prestashop`, `application/json`, `view_cart`.
    pub name: String,
    /// The properties to keep of the object, or of each object of the list; all where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    /// Texts of which the JSON must hold one; any JSON where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holding: Vec<String>,
}

impl WantedState {
    /// All of the JSON of a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

/// What is too much for one snapshot, all its trees together.
///
/// The shim holds these before it serialises anything, the core again while it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Elements.
    pub elements: usize,
    /// Levels of elements below each other, counted on through shadow roots and frames.
    pub depth: usize,
    /// Bytes of text. The shim counts UTF-16 code units, which are never more.
    pub bytes: usize,
    /// Bytes of inline state in all. What would be more is left out, since a page can be read without it.
    pub state: usize,
}

impl Default for Limits {
    /// Three times the largest page that was measured, and the depth at which Chromium's own parser stops.
    fn default() -> Self {
        Self {
            elements: 150_000,
            depth: 512,
            bytes: 16 << 20,
            state: 2 << 20,
        }
    }
}

impl Default for Plan {
    /// The whole body, no inline state.
    fn default() -> Self {
        Self {
            format: FORMAT,
            roots: Vec::new(),
            state: Vec::new(),
            limits: Limits::default(),
        }
    }
}
