//! Why a snapshot cannot be read.

use thiserror::Error;

/// Why a snapshot cannot be read, and what the person can do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SnapshotError {
    /// The text is not a snapshot at all.
    #[error("this is not a snapshot of a page: {reason}")]
    Malformed {
        /// What the JSON reader says: a place and a kind, never text of the page.
        reason: String,
    },
    /// Written by a newer or older shim.
    #[error(
        "the snapshot has format {found}, this version reads format {expected}: reload the extension"
    )]
    Format {
        /// The version in the snapshot.
        found: u32,
        /// The version that is read here.
        expected: u32,
    },
    /// The shim wrote no tree because the page exceeds a limit of the plan.
    #[error(
        "the page was not read: it has {found} {limit} where {allowed} are allowed; open the cart's own page"
    )]
    Refused {
        /// The limit's name in the plan, or `document` where the tab shows none.
        limit: String,
        /// What the page has.
        found: usize,
        /// What the plan allows.
        allowed: usize,
    },
    /// Neither a tree nor a refusal.
    #[error("the snapshot holds no tree: reload the page and try again")]
    NoTree,
    /// More than the core reads, whatever the plan said.
    #[error(
        "the snapshot has more than {allowed} {limit}; open the cart's own page, or fewer lines at a time"
    )]
    TooMuch {
        /// `elements`, `levels` or `bytes`.
        limit: &'static str,
        /// What is allowed.
        allowed: usize,
    },
    /// The side table cannot be trusted, because the markup reads differently from the page.
    ///
    /// A page can do that on purpose, with a comment that holds `-->`.
    #[error(
        "the page's markup reads as {read} elements where the page has {written}; it cannot be read safely"
    )]
    Inconsistent {
        /// Elements that the shim counted in the page.
        written: usize,
        /// Elements that the markup gave.
        read: usize,
    },
}
