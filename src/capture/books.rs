//! What is known of a company, fetched page by page.

use serde::{Deserialize, Serialize};

use super::moments::is_due;
use super::notice::Notice;
use crate::business_central::{
    CompanyId, Item, ItemMatch, ItemTemplate, SupplierSetup, Vendor, Worksheet,
};
use crate::sorted::SortedMap;
use crate::timestamp::Timestamp;

/// The lists of one company.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Books {
    /// Whose lists these are.
    pub company: Option<CompanyId>,
    /// Worksheets that lines can be posted to.
    pub worksheets: List<Worksheet>,
    /// Vendors.
    pub vendors: List<Vendor>,
    /// Items that can stand for lines without one.
    pub catch_all_items: List<Item>,
    /// Templates that items can be made from, where the user may read them.
    pub item_templates: List<ItemTemplate>,
    /// Set-ups by the shop's host.
    pub setups: SortedMap<String, List<SupplierSetup>>,
    /// Items by vendor.
    pub matches: SortedMap<String, Matches>,
}

/// A list that is fetched page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List<T> {
    /// Not asked for.
    #[default]
    Absent,
    /// Some pages are here.
    Partial {
        /// What is here.
        so_far: Vec<T>,
        /// Where it goes on.
        next_link: String,
    },
    /// All of it.
    Loaded {
        /// What is there.
        entries: Vec<T>,
    },
    /// It could not be fetched.
    Failed(Failure),
}

/// Why something could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Why.
    pub notice: Notice,
    /// When it is tried again by itself; `None` where only the buyer can change something.
    pub again_at: Option<Timestamp>,
}

impl Failure {
    /// Whether it may be tried again by itself.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        self.again_at.is_some_and(|again_at| is_due(again_at, now))
    }
}

/// What items a vendor's numbers stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Matches {
    /// The items that each number may stand for: none, one, or several.
    pub known: SortedMap<String, Vec<ItemMatch>>,
    /// Why the rest is not known.
    pub failure: Option<Failure>,
}

impl<T> List<T> {
    /// The entries that are here.
    #[must_use]
    pub fn entries(&self) -> &[T] {
        match self {
            Self::Loaded { entries }
            | Self::Partial {
                so_far: entries, ..
            } => entries,
            Self::Absent | Self::Failed(_) => &[],
        }
    }

    /// Why it could not be fetched.
    #[must_use]
    pub fn failure(&self) -> Option<&Notice> {
        match self {
            Self::Failed(failure) => Some(&failure.notice),
            _ => None,
        }
    }

    /// Whether all of it is here.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        matches!(self, Self::Loaded { .. })
    }

    /// Whether it is to be fetched at `now`.
    pub(super) fn is_wanted(&self, now: Timestamp) -> bool {
        match self {
            Self::Absent | Self::Partial { .. } => true,
            Self::Loaded { .. } => false,
            Self::Failed(failure) => failure.is_over(now),
        }
    }
}
