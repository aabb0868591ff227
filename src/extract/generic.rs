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
mod describe;
mod evidence;
mod prices;
mod quantity;
mod rows;
mod scene;
mod shown;
mod totals;

use crate::cart::{Cart, Verdict};
use crate::money::NumberStyle;
use crate::snapshot::Page;
use crate::supplier::{Location, Words};

use areas::Areas;
use assemble::Assembly;
use prices::RowAmounts;
use rows::Finder;
use scene::{Amounts, Scene};
pub(super) use shown::{Shown, shown};

/// The cart that a page shows, whatever shop it is of; `None` where it shows none.
pub(super) fn read(page: &Page, at: Location<'_>, words: &Words) -> Option<Cart> {
    let mut scene = Scene {
        page,
        at,
        outline: page.outline(),
        words,
        style: None,
    };
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
    let proved: Vec<&Cart> = found.iter().filter(|cart| is_proved(cart)).collect();
    match proved.as_slice() {
        [one] => Some((*one).clone()),
        _ => found.into_iter().next().map(assemble::ambiguous),
    }
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

fn is_proved(cart: &Cart) -> bool {
    matches!(cart.verdict, Verdict::Reconciled | Verdict::Explained)
}

/// The best proved of all ways to read a page, else the likeliest.
fn best_of(scene: &Scene<'_>, amounts: &Amounts) -> Option<Cart> {
    let areas = Areas::of(scene);
    let finder = Finder {
        scene,
        amounts: &amounts.found,
        areas: &areas,
    };
    let mut likeliest: Option<Cart> = None;
    for quantities in quantity::quantities(scene) {
        let mut proved: Vec<Cart> = Vec::new();
        for records in finder.lists(&quantities) {
            if !evidence::is_cart(scene, &records) {
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
                .map(|record| RowAmounts::of(scene, *record, &amounts.found))
                .collect();
            for way in prices::ways(&rows) {
                let cart = assembly.cart(&ordered, &way);
                if is_proved(&cart) {
                    proved.push(cart);
                    break;
                }
                likeliest = likeliest.or(Some(cart));
            }
        }
        if let Some(cart) = assemble::only(proved) {
            return Some(cart);
        }
    }
    likeliest
}
