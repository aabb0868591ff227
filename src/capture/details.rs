//! What the buyer decided line by line, and what is asked of Business Central for the reviewed cart.

use serde::{Deserialize, Serialize};

use super::edits::Edits;
use super::rereading::Origin;
use super::sources::Sources;
use super::world::Failure;
use crate::business_central::{LineTrouble, Mapping};
use crate::sorted::SortedMap;
use crate::timestamp::Timestamp;

/// What belongs to a review beside the choices for all lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// What single lines become, by their place in the cart.
    pub lines: SortedMap<u32, Mapping>,
    /// Business Central's code of a unit, by how the page prints it; blank for the item's base unit.
    pub units: SortedMap<String, String>,
    /// Vendors of sellers, by the sellers' names; blank for the shop's.
    pub sellers: SortedMap<String, String>,
    /// Lines for which an item is being made, or could not be.
    pub new_items: SortedMap<u32, Making>,
    /// What the buyer changed about the lines themselves.
    pub edits: Edits,
    /// Where the page's values came from; the cart's own lines do not say it.
    pub sources: Sources,
    /// The line whose values are traced to their places on the page.
    pub traced: Option<u32>,
    /// The fingerprint of lines that the buyer wants to send although they were sent before.
    pub sent_again: Option<String>,
    /// What the last dry run said.
    pub check: Option<Check>,
    /// Where the cart was read, where it can be read again.
    pub origin: Option<Origin>,
}

/// An item that is to be made from a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Making {
    /// The template's code.
    pub template: String,
    /// Why it could not be made, where it could not.
    pub failure: Option<Failure>,
}

/// What a dry run said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// What tells the checked lines, worksheet and company from others.
    pub of: String,
    /// What is wrong, line by line.
    pub troubles: Vec<LineTrouble>,
    /// Why nothing, or nothing but no, was said.
    pub failure: Option<Failure>,
}

impl Details {
    /// Another vendor has other items and units.
    pub(super) fn forget_vendor(&mut self) {
        self.lines = SortedMap::new();
        self.units = SortedMap::new();
        self.new_items = SortedMap::new();
    }

    /// What is chosen for a line takes the place of an item that is being made for it.
    pub(super) fn choose_line(&mut self, line: u32, mapping: Option<Mapping>) {
        self.new_items.remove(&line);
        match mapping {
            Some(mapping) => drop(self.lines.insert(line, mapping)),
            None => drop(self.lines.remove(&line)),
        }
    }

    pub(super) fn create_item(&mut self, line: u32, template: String) {
        let failure = None;
        self.new_items.insert(line, Making { template, failure });
    }

    /// Lines whose items could not be made become what the others without an item become.
    pub(super) fn leave_refused_items(&mut self) {
        self.new_items.retain(|_, making| making.failure.is_none());
    }

    /// When what failed is tried again by itself.
    pub(super) fn again_at(&self) -> impl Iterator<Item = Option<Timestamp>> {
        let check = self.check.iter().map(|check| &check.failure);
        let making = self.new_items.values().map(|making| &making.failure);
        check
            .chain(making)
            .map(|failure| failure.as_ref()?.again_at)
    }

    /// What failed is tried again.
    pub(super) fn forget_failures(&mut self) {
        if self
            .check
            .as_ref()
            .is_some_and(|check| check.failure.is_some())
        {
            self.check = None;
        }
        for making in self.new_items.values_mut() {
            making.failure = None;
        }
    }
}
