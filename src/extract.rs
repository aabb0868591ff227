//! From a page to a cart: the readers, and choosing between them.
//!
//! ```text
//! Page ──▶ supplier's definition ─┐
//!      ──▶ platforms' definitions ─┼─▶ one Cart each, reconciled with its own totals ──▶ the best, and whether
//!                                  ┘                                                    the others agree
//! ```
//!
//! The generic reader, which costs more than all others together, runs where these leave a cart unproved.

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

use crate::css::Selector;

use crate::cart::{Cart, Finding, FindingCode, Key, Reader};
use crate::snapshot::Page;
use crate::supplier::{Catalog, Definition, Entry, Kind, Location};

use currency::Witnesses;

pub use choose::{Candidate, Trust};
pub use plan::{SnapshotPlan, snapshot_plan};
pub use text::visible_text;

/// Reads the cart of a page.
///
/// Every reader that knows the place or recognises the page yields a cart; the best proved one wins, and a cart that
/// another reader proved differently is a finding. A page without lines gives [`crate::cart::Verdict::NotACart`]. A
/// definition that cannot be used is a finding of the cart that is read without it.
#[must_use]
pub fn extract(page: &Page, at: Location<'_>, catalog: &Catalog) -> Cart {
    let mut candidates = by_knowledge(page, at, catalog);
    if !candidates.iter().any(settles) {
        let generic = by_looks(page, at, catalog, &candidates);
        candidates.extend(generic);
    }
    best(&candidates)
}

/// The cart of every reader that knows the place or recognises the page, in no order of worth.
#[must_use]
pub fn candidates(page: &Page, at: Location<'_>, catalog: &Catalog) -> Vec<Candidate> {
    let mut candidates = by_knowledge(page, at, catalog);
    let generic = by_looks(page, at, catalog, &candidates);
    candidates.extend(generic);
    candidates
}

/// Whether a cart needs no help and no check by the generic reader: the page proves it, its reader is one that
/// somebody has seen to work or reads data that are held against what is shown, its currency is known, and so are the
/// supplier's numbers, by which items are found.
fn settles(candidate: &Candidate) -> bool {
    let cart = &candidate.cart;
    let is_proved = cart.verdict.is_proved() && candidate.trust < Trust::Unseen;
    let mut lines = cart.lines.iter();
    is_proved && cart.currency.is_some() && lines.any(|line| line.supplier_part_id.is_some())
}

/// The carts of the readers that know something: the shop, its software, or data that the page holds for programs.
fn by_knowledge(page: &Page, at: Location<'_>, catalog: &Catalog) -> Vec<Candidate> {
    let mut candidates = by_definitions(page, at, catalog);
    let structured = structured::read(page, at, catalog.words()).into_iter();
    candidates.extend(structured.map(|cart| Candidate {
        trust: Trust::Structured,
        cart,
    }));
    candidates
}

/// The cart of the reader that knows no shop.
fn by_looks(
    page: &Page,
    at: Location<'_>,
    catalog: &Catalog,
    before: &[Candidate],
) -> Option<Candidate> {
    let cart = generic::read(page, at, catalog, before)?;
    let trust = Trust::Generic;
    Some(Candidate { trust, cart })
}

/// What is made of the carts of all readers: the best one, what the others add to it, and whether they agree.
#[must_use]
pub fn best(candidates: &[Candidate]) -> Cart {
    let mut cart = choose::best(candidates).unwrap_or_else(no_cart);
    let is_broken = |finding: &&Finding| finding.code == FindingCode::DefinitionBroken;
    let found = candidates.iter().flat_map(|other| &other.cart.findings);
    let broken: Vec<Finding> = found
        .filter(is_broken)
        .filter(|finding| !cart.findings.contains(finding))
        .cloned()
        .collect();
    cart.findings.extend(broken);
    cart
}

/// A cart for each definition that is for the page; one that cannot be used has none, and says why.
fn by_definitions(page: &Page, at: Location<'_>, catalog: &Catalog) -> Vec<Candidate> {
    let suppliers = catalog.suppliers_at(at);
    let platforms = catalog.platforms().filter(|entry| recognises(entry, page));
    let read = |entry: &Entry| match entry.definition(catalog.words()) {
        Ok(definition) => {
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
        }
        Err(error) => Candidate {
            trust: Trust::Unseen,
            cart: broken(error.to_string()),
        },
    };
    suppliers.chain(platforms).map(read).collect()
}

/// No cart, because a definition that is for the page cannot be used.
fn broken(error: String) -> Cart {
    let words = Key::DefinitionUnusable.with(vec![error.into()]);
    Cart {
        findings: vec![Finding::of_cart(FindingCode::DefinitionBroken, words)],
        ..no_cart()
    }
}

/// Whether a page is of a platform. Where that cannot be asked, the definition is looked at and found broken.
///
/// Most pages are of one platform or of none, so names are asked for before selectors are compiled and matched.
fn recognises(entry: &Entry, page: &Page) -> bool {
    let signs = entry.file().detect.as_ref();
    let may_hold = signs.is_some_and(|signs| signs.any.iter().any(|sign| page.may_hold(sign)));
    let tells = |selectors: &[Selector]| selectors.iter().any(|selector| page.holds(selector));
    may_hold && entry.detect().map_or(true, tells)
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
