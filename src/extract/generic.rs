//! The reader that knows no shop: lines are where a quantity, a description and an amount stand together.
//!
//! ```text
//! outline ─▶ amounts, quantities ─▶ records (what belongs to one quantity alone) ─▶ ways to read their amounts
//!         └▶ blocks of totals ───────────────────────────────────────────────────▶ the cart that its page proves
//! ```
//!
//! Nothing is taken on its looks alone: of all ways to read a page the one counts whose sums the page itself shows,
//! and where there is none, the likeliest is given out as not reconciled.

mod areas;
mod assemble;
mod columns;
mod counted;
mod describe;
mod evidence;
mod identify;
mod labels;
mod line;
mod prices;
mod quantity;
mod rows;
mod scene;
mod shown;
mod sums;
mod totals;

use crate::cart::{Cart, FindingCode, Reader};
use crate::money::NumberStyle;
use crate::snapshot::Page;
use crate::supplier::{Catalog, Definition, Location};

use super::Candidate;
use super::choose::both_bases::is_without_tax;
use areas::Areas;
use assemble::Assembly;
use prices::RowAmounts;
use rows::Finder;
use scene::{Amounts, Scene};
pub(super) use shown::{Shown, shown};

/// The cart that a page shows, whatever shop it is of; `None` where it shows none.
///
/// Definitions whose readers were before it tell what nothing on the page does: the numbers of a line, and the currency.
pub(super) fn read(
    page: &Page,
    at: Location<'_>,
    catalog: &Catalog,
    before: &[Candidate],
) -> Option<Cart> {
    let mut scene = Scene::of(page, at, catalog.words());
    scene.known = known(catalog, before);
    let amounts = scene.amounts();
    if !amounts.has_ambiguous {
        return best_of(&scene, &amounts);
    }
    if let Some(style) = agreed(&amounts) {
        scene.style = Some(style);
        return best_of(&scene, &scene.amounts());
    }
    let mut found: Vec<Cart> = Vec::new();
    for style in [NumberStyle::Dot, NumberStyle::Comma] {
        scene.style = Some(style);
        found.extend(best_of(&scene, &scene.amounts()));
    }
    // No currency's totals have three decimals of which the last stands for something that can be paid.
    let is_payable = |cart: &&Cart| {
        let totals = [cart.totals.subtotal, cart.totals.grand_total];
        totals.into_iter().flatten().all(|total| total.scale() != 3)
    };
    let proved = found
        .iter()
        .filter(|cart| cart.verdict.is_proved() && is_payable(cart));
    let proved: Vec<&Cart> = proved.collect();
    match proved.as_slice() {
        [one] => Some((*one).clone()),
        _ => found.into_iter().next().map(assemble::ambiguous),
    }
}

/// The definitions that have read the page.
fn known<'c>(catalog: &'c Catalog, before: &[Candidate]) -> Vec<&'c Definition> {
    let entry = |candidate: &Candidate| match &candidate.cart.reader {
        Reader::Supplier(id) | Reader::Platform(id) => {
            let mut entries = catalog.entries().iter();
            entries.find(|entry| entry.file().id == *id)
        }
        Reader::Structured(_) | Reader::Generic => None,
    };
    let entries = before.iter().filter_map(entry);
    entries
        .filter_map(|entry| entry.definition(catalog.words()).ok())
        .collect()
}

/// The decimal sign that all numbers prove which prove one.
fn agreed(amounts: &Amounts) -> Option<NumberStyle> {
    let mut styles = amounts
        .found
        .iter()
        .filter_map(|amount| amount.printed.style);
    let first = styles.next()?;
    styles.all(|style| style == first).then_some(first)
}

/// The best proved of all ways to read a page, else the likeliest.
fn best_of(scene: &Scene<'_>, amounts: &Amounts) -> Option<Cart> {
    let areas = Areas::of(scene);
    let finder = Finder {
        scene,
        amounts: &amounts.found,
        areas: &areas,
    };
    let names = evidence::names(scene);
    let mut likeliest: Option<Cart> = None;
    for quantities in quantity::quantities(scene) {
        let mut proved: Vec<Cart> = Vec::new();
        for records in finder.lists(&quantities) {
            if !evidence::is_cart(scene, names, &records) {
                continue;
            }
            let blocks = totals::blocks(scene, &amounts.found, &records, &areas);
            let assembly = Assembly {
                scene,
                amounts: &amounts.found,
                records: &records,
                blocks: &blocks,
            };
            let ordered = assembly.ordered();
            let rows: Vec<RowAmounts<'_>> = ordered
                .iter()
                .map(|(record, _)| RowAmounts::of(scene, *record, &amounts.found))
                .collect();
            let ways = prices::ways(&rows).into_iter();
            let carts = ways.map(|way| assembly.cart(&ordered, &way));
            let (found, other) = best_way(carts);
            likeliest = likeliest.or(other);
            proved.extend(found);
        }
        if let Some(cart) = assemble::only(proved) {
            return Some(cart);
        }
    }
    likeliest
}

/// The first cart that is proved, and the first with lines that is not: quantities of which none is of anything are no
/// cart. Of prices with and without tax those without are taken: they are what is ordered by.
fn best_way(carts: impl Iterator<Item = Cart>) -> (Option<Cart>, Option<Cart>) {
    let mut proved: Option<Cart> = None;
    let mut other: Option<Cart> = None;
    for cart in carts {
        match &proved {
            _ if !cart.verdict.is_proved() => {
                if proved.is_none() && !cart.lines.is_empty() {
                    other = other.or(Some(cart));
                }
            }
            Some(first) if !is_without_tax(&cart, first) => {}
            _ => proved = Some(cart),
        }
        if proved.as_ref().is_some_and(tells_basis) {
            break;
        }
    }
    (proved, other)
}

/// Whether it is known how the prices stand to tax.
fn tells_basis(cart: &Cart) -> bool {
    let mut findings = cart.findings.iter();
    findings.all(|finding| finding.code != FindingCode::TaxBasisUnknown)
}
