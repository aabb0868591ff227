//! What the shim is to take of a page.

use crate::snapshot::{AllowedAttributes, Plan, RootCandidate, WantedState};
use crate::supplier::{Catalog, Definition, Location};

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
    let suppliers: Vec<&Definition> = catalog
        .definitions()
        .iter()
        .filter(|known| known.is_for(at))
        .collect();
    let readers: Vec<&Definition> = suppliers
        .iter()
        .copied()
        .chain(catalog.platforms())
        .collect();
    let rooted = if suppliers.is_empty() {
        &readers
    } else {
        &suppliers
    };
    // A root that nobody has seen could hide a part of the cart from the other readers.
    let roots = rooted
        .iter()
        .filter(|definition| definition.is_supported())
        .flat_map(|definition| &definition.file().cart.roots);
    let mut state = structured::wanted();
    for name in readers.iter().flat_map(|known| &known.file().cart.state) {
        if state.iter().all(|wanted| wanted.name != *name) {
            state.push(WantedState::named(name));
        }
    }
    let attributes = readers
        .iter()
        .flat_map(|definition| definition.attributes());
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
