//! What is remembered for the next time, so that it can be seen, taken along and forgotten.

use serde::{Deserialize, Serialize};

use super::step::Turn;
use super::world::Preferences;
use crate::business_central::Mapping;
use crate::export::File;
use crate::sorted::SortedMap;

/// The format of the file.
const FORMAT: u32 = 1;

/// What is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forgotten {
    /// All of it.
    All,
    /// Which vendor a shop is.
    Shop {
        /// The shop's host.
        host: String,
    },
    /// Which vendor a marketplace's seller is.
    Seller {
        /// The shop's host.
        host: String,
        /// As the page names it.
        seller: String,
    },
    /// What lines without an item become.
    Unmatched {
        /// `No.` of the vendor.
        vendor: String,
    },
    /// What a number becomes.
    Item {
        /// `No.` of the vendor.
        vendor: String,
        /// The supplier's number.
        number: String,
    },
    /// What a unit is.
    Unit {
        /// `No.` of the vendor.
        vendor: String,
        /// As the page prints it.
        unit: String,
    },
}

/// What is remembered about shops and their vendors. Who used the extension last, and in which worksheet, is none of it.
#[derive(Serialize)]
struct Remembered<'w> {
    format: u32,
    vendors: &'w SortedMap<String, String>,
    sellers: &'w SortedMap<String, SortedMap<String, String>>,
    unmatched: &'w SortedMap<String, Mapping>,
    items: &'w SortedMap<String, SortedMap<String, Mapping>>,
    units: &'w SortedMap<String, SortedMap<String, String>>,
    /// Names of the vendors, as far as Business Central has said them.
    vendor_names: SortedMap<String, String>,
}

impl Turn<'_> {
    /// Everything that is remembered, as a file.
    pub(super) fn export_remembered(&self) -> File {
        let preferences = &self.world.journal.preferences;
        let remembered = Remembered {
            format: FORMAT,
            vendors: &preferences.vendors,
            sellers: &preferences.sellers,
            unmatched: &preferences.unmatched,
            items: &preferences.items,
            units: &preferences.units,
            vendor_names: self.vendor_names(),
        };
        File {
            name: "remembered.json".to_owned(),
            media_type: "application/json",
            // Maps of texts can always be written.
            text: serde_json::to_string(&remembered).unwrap_or_default(),
            remarks: Vec::new(),
        }
    }

    fn vendor_names(&self) -> SortedMap<String, String> {
        let of = &self.world.journal.preferences;
        let sellers = of.sellers.values().flat_map(SortedMap::values);
        let kept = of.unmatched.keys().chain(of.items.keys());
        let numbers = of
            .vendors
            .values()
            .chain(sellers)
            .chain(kept)
            .chain(of.units.keys());
        numbers
            .filter_map(|number| Some((number.clone(), self.name_of(number)?.to_owned())))
            .collect()
    }
}

impl Preferences {
    pub(super) fn forget(&mut self, forgotten: &Forgotten) {
        match forgotten {
            Forgotten::All => {
                self.vendors = SortedMap::default();
                self.sellers = SortedMap::default();
                self.unmatched = SortedMap::default();
                self.items = SortedMap::default();
                self.units = SortedMap::default();
            }
            Forgotten::Shop { host } => drop(self.vendors.remove(host)),
            Forgotten::Seller { host, seller } => forget_of(&mut self.sellers, host, seller),
            Forgotten::Unmatched { vendor } => drop(self.unmatched.remove(vendor)),
            Forgotten::Item { vendor, number } => forget_of(&mut self.items, vendor, number),
            Forgotten::Unit { vendor, unit } => forget_of(&mut self.units, vendor, unit),
        }
    }
}

/// A vendor of whom nothing is left is forgotten too.
fn forget_of<T>(of: &mut SortedMap<String, SortedMap<String, T>>, vendor: &str, key: &str) {
    let Some(kept) = of.get_mut(vendor) else {
        return;
    };
    kept.remove(key);
    if kept.is_empty() {
        of.remove(vendor);
    }
}
