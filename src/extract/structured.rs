//! Readers of data that a page carries beside what it shows: form fields of OCI, JSON of shop software, schema.org.
//!
//! ```text
//! Page ──▶ is it the cart's own page? ──▶ one reader for each kind of data ──▶ Draft ──▶ held against what is shown
//! ```
//!
//! Shop software writes its cart into every page, so data alone makes no page a cart. And it writes it once: a script's
//! text stays what it was when a buyer changes a quantity. So such a cart is proved only where the page shows its
//! amounts: each line's, a total, and no total that the data do not hold.

mod amount;
mod cart_page;
mod cxml;
mod data_layer;
mod draft;
mod json_ld;
mod json_walk;
mod magento;
mod microdata;
mod oci;
mod prestashop;
mod shape;
mod shopify;
mod wanted;

use crate::cart::Cart;
use crate::json::{self, Value};
use crate::snapshot::Page;
use crate::supplier::{Location, Words};

use super::generic::shown;
use cart_page::is_cart_page;
use draft::Draft;
pub(super) use wanted::wanted;

/// The carts that the page's data hold, each checked against its own totals and against what the page shows.
pub(super) fn read(page: &Page, at: Location<'_>, words: &Words) -> Vec<Cart> {
    let is_cart = is_cart_page(page, at, words);
    let mut drafts = prestashop::read(page, is_cart);
    if is_cart || cart_page::hands_over(at) {
        drafts.extend(oci::read(page));
        drafts.extend(cxml::read(page));
    }
    if is_cart || magento::is_cart_page(page) {
        drafts.extend(magento::read(page));
    }
    if is_cart {
        drafts.extend(shopify::read(page));
        drafts.extend(data_layer::read(page));
        drafts.extend(json_ld::read(page));
        drafts.extend(microdata::read(page));
        drafts.extend(json_walk::read(page));
    }
    drafts.retain(Draft::says_something);
    if drafts.is_empty() {
        return Vec::new();
    }
    let shown = shown(page, at, words);
    let carts = drafts.into_iter().map(|draft| draft.finish(&shown));
    carts.collect()
}

/// The JSON that the snapshot carries under one of these names, with the name.
fn states<'p>(page: &'p Page, names: &[&str]) -> Vec<(&'p str, Value)> {
    let carried = page.state().iter().filter(|state| {
        let (name, _) = state.name.split_once('#').unwrap_or((&state.name, ""));
        names.contains(&name)
    });
    carried
        .filter_map(|state| Some((state.name.as_str(), json::parse(&state.json).ok()?)))
        .collect()
}

/// The one of several that all are the same; `None` where they differ.
fn only<T: PartialEq>(mut found: Vec<T>) -> Option<T> {
    let last = found.pop()?;
    found.iter().all(|other| *other == last).then_some(last)
}
