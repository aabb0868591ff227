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
mod line;
mod number;
mod plan;
mod structured;
mod text;
mod total_rows;

use crate::cart::{Cart, Reader, Totals, Verdict};
use crate::snapshot::Page;
use crate::supplier::{Catalog, Location};

use currency::Witnesses;
pub use plan::{SnapshotPlan, snapshot_plan};

/// Reads the cart of a page.
///
/// Every reader that knows the place or recognises the page yields a cart; the best proved one wins, and a cart that
/// another reader proved differently is a finding. A page without lines gives [`Verdict::NotACart`].
#[must_use]
pub fn extract(page: &Page, at: Location<'_>, catalog: &Catalog) -> Cart {
    let suppliers = catalog.suppliers_at(at);
    let platforms = catalog.platforms().filter(|definition| {
        definition
            .detect
            .iter()
            .any(|selector| !page.select(selector).is_empty())
    });
    let carts = suppliers
        .chain(platforms)
        .map(|definition| {
            defined::read(Witnesses {
                page,
                at,
                definition,
                words: catalog.words(),
            })
        })
        .chain(structured::read(page, at, catalog.words()))
        .collect();
    choose::best(carts).unwrap_or_else(no_cart)
}

fn no_cart() -> Cart {
    Cart {
        reader: Reader::Generic,
        verdict: Verdict::NotACart,
        currency: None,
        lines: Vec::new(),
        totals: Totals::default(),
        findings: Vec::new(),
    }
}
