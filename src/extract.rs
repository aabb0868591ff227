//! From a page to a cart: the readers, and choosing between them.
//!
//! ```text
//! Page ──▶ supplier's definition ─┐
//!      ──▶ platforms' definitions ─┼─▶ one Cart each, reconciled with its own totals ──▶ the best, and whether
//!                                  ┘                                                    the others agree
//! ```

mod choose;
mod currency;
mod defined;
mod field;
mod generic;
mod line;
mod number;
mod plan;
mod structured;
mod text;
mod total_rows;

use crate::cart::{Cart, Reader};
use crate::snapshot::Page;
use crate::supplier::{Catalog, Definition, Kind, Location};

use currency::Witnesses;

pub use choose::{Candidate, Trust};
pub use plan::{SnapshotPlan, snapshot_plan};

/// Reads the cart of a page.
///
/// Every reader that knows the place or recognises the page yields a cart; the best proved one wins, and a cart that
/// another reader proved differently is a finding. A page without lines gives [`crate::cart::Verdict::NotACart`].
#[must_use]
pub fn extract(page: &Page, at: Location<'_>, catalog: &Catalog) -> Cart {
    best(&candidates(page, at, catalog))
}

/// The cart of every reader that knows the place or recognises the page, in no order of worth.
#[must_use]
pub fn candidates(page: &Page, at: Location<'_>, catalog: &Catalog) -> Vec<Candidate> {
    let suppliers = catalog.suppliers_at(at);
    let platforms = catalog.platforms().filter(|definition| {
        definition
            .detect
            .iter()
            .any(|selector| !page.select(selector).is_empty())
    });
    let defined = suppliers.chain(platforms).map(|definition| {
        let witnesses = Witnesses {
            page,
            at,
            definition: Some(definition),
            words: catalog.words(),
        };
        Candidate {
            trust: trust(definition),
            cart: defined::read(definition, witnesses),
        }
    });
    let structured = structured::read(page, at, catalog.words()).into_iter();
    let structured = structured.map(|cart| Candidate {
        trust: Trust::Structured,
        cart,
    });
    let generic = generic::read(page, at, catalog.words()).map(|cart| Candidate {
        trust: Trust::Generic,
        cart,
    });
    defined.chain(structured).chain(generic).collect()
}

/// What is made of the carts of all readers: the best one, what the others add to it, and whether they agree.
#[must_use]
pub fn best(candidates: &[Candidate]) -> Cart {
    choose::best(candidates).unwrap_or_else(no_cart)
}

fn trust(definition: &Definition) -> Trust {
    match (definition.is_supported(), definition.file().kind) {
        (false, _) => Trust::Unseen,
        (true, Kind::Supplier) => Trust::Supplier,
        (true, Kind::Platform) => Trust::Platform,
    }
}

fn no_cart() -> Cart {
    Cart::new(Reader::Generic)
}
