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

use scraper::Selector;

use crate::cart::{Cart, Finding, FindingCode, Reader};
use crate::snapshot::Page;
use crate::supplier::{Catalog, Definition, Entry, Kind, Location};

use choose::{Candidate, Trust};

use currency::Witnesses;
pub use plan::{SnapshotPlan, snapshot_plan};

/// Reads the cart of a page.
///
/// Every reader that knows the place or recognises the page yields a cart; the best proved one wins, and a cart that
/// another reader proved differently is a finding. A page without lines gives [`crate::cart::Verdict::NotACart`]. A
/// definition that cannot be used is a finding of the cart that is read without it.
#[must_use]
pub fn extract(page: &Page, at: Location<'_>, catalog: &Catalog) -> Cart {
    let (mut candidates, broken) = by_definitions(page, at, catalog);
    let structured = structured::read(page, at, catalog.words()).into_iter();
    candidates.extend(structured.map(|cart| Candidate {
        trust: Trust::Structured,
        cart,
    }));
    let generic = generic::read(page, at, catalog.words());
    candidates.extend(generic.map(|cart| Candidate {
        trust: Trust::Generic,
        cart,
    }));
    let mut cart = choose::best(candidates).unwrap_or_else(no_cart);
    cart.findings.extend(broken);
    cart
}

/// A cart for each definition that is for the page, and what is to be told of those that cannot be used.
fn by_definitions(
    page: &Page,
    at: Location<'_>,
    catalog: &Catalog,
) -> (Vec<Candidate>, Vec<Finding>) {
    let suppliers = catalog.suppliers_at(at);
    let platforms = catalog.platforms().filter(|entry| recognises(entry, page));
    let (mut candidates, mut broken) = (Vec::new(), Vec::new());
    for entry in suppliers.chain(platforms) {
        match entry.definition(catalog.words()) {
            Ok(definition) => {
                let witnesses = Witnesses {
                    page,
                    at,
                    definition: Some(definition),
                    words: catalog.words(),
                };
                candidates.push(Candidate {
                    trust: trust(definition),
                    cart: defined::read(definition, witnesses),
                });
            }
            Err(error) => broken.push(Finding::of_cart(
                FindingCode::DefinitionBroken,
                format!("a definition that is for this page cannot be used: {error}"),
            )),
        }
    }
    (candidates, broken)
}

/// Whether a page is of a platform. Where that cannot be asked, the definition is looked at and found broken.
fn recognises(entry: &Entry, page: &Page) -> bool {
    let tells = |selectors: &[Selector]| {
        selectors
            .iter()
            .any(|selector| !page.select(selector).is_empty())
    };
    entry.detect().map_or(true, tells)
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
