//! What the shim is to take of a page.

use crate::snapshot::{AllowedAttributes, Plan, RootCandidate, WantedState};
use crate::supplier::{Catalog, Entry, Location, SupplierFile};

use super::structured;

/// What the shim is to take, and what the core keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotPlan {
    /// The shim's argument.
    pub plan: Plan,
    /// The attributes that the readers need.
    pub attributes: AllowedAttributes,
}

/// The plan for a place.
///
/// Where a supplier is known, its roots alone; elsewhere those of every platform, because the platform is only known
/// once the page has been read. Without a root that matches, the body is taken.
#[must_use]
pub fn snapshot_plan(catalog: &Catalog, at: Location<'_>) -> SnapshotPlan {
    let suppliers: Vec<&SupplierFile> = catalog.suppliers_at(at).map(Entry::file).collect();
    let platforms = catalog.platforms().map(Entry::file);
    let readers: Vec<&SupplierFile> = suppliers.iter().copied().chain(platforms).collect();
    let rooted = if suppliers.is_empty() {
        &readers
    } else {
        &suppliers
    };
    // A root that nobody has seen could hide a part of the cart from the other readers.
    let roots = rooted
        .iter()
        .filter(|file| file.is_supported())
        .flat_map(|file| &file.cart.roots);
    let mut state = structured::wanted();
    for name in readers.iter().flat_map(|file| &file.cart.state) {
        if state.iter().all(|wanted| wanted.name != *name) {
            state.push(WantedState::named(name));
        }
    }
    let attributes = readers.iter().flat_map(|file| file.attributes());
    SnapshotPlan {
        plan: Plan {
            roots: roots
                .map(|selector| RootCandidate {
                    selector: selector.clone(),
                })
                .collect(),
            state,
            ..Plan::default()
        },
        attributes: AllowedAttributes::standard().and(attributes),
    }
}
