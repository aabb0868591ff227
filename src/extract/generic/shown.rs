//! The amounts that a page shows, for readers of what it does not show.

use crate::cart::{TotalKind, TotalRow};
use crate::money::{Decimal, NumberStyle};
use crate::snapshot::Page;
use crate::supplier::{Location, Words};

use super::areas::Areas;
use super::scene::{Amounts, Scene};
use super::totals;

/// The amounts of a page.
#[derive(Debug)]
pub(in crate::extract) struct Shown {
    /// All of them, without their signs, in rising order.
    amounts: Vec<Decimal>,
    /// Those that the page calls a subtotal or a total.
    pub(in crate::extract) sums: Vec<Decimal>,
    /// The rows of the one block that holds such; empty where several do.
    pub(in crate::extract) rows: Vec<TotalRow>,
}

/// The amounts that a page shows; twice, once for each decimal sign, where the sign of some is not known.
pub(in crate::extract) fn shown(page: &Page, at: Location<'_>, words: &Words) -> Vec<Shown> {
    let mut scene = Scene {
        page,
        at,
        outline: page.outline(),
        words,
        style: None,
    };
    let amounts = scene.amounts();
    if !amounts.has_ambiguous {
        return vec![Shown::of(&scene, &amounts)];
    }
    let both = [NumberStyle::Dot, NumberStyle::Comma].into_iter();
    both.map(|style| {
        scene.style = Some(style);
        Shown::of(&scene, &scene.amounts())
    })
    .collect()
}

impl Shown {
    fn of(scene: &Scene<'_>, amounts: &Amounts) -> Self {
        let blocks = totals::blocks(scene, &amounts.found, &[], &Areas::of(scene));
        let is_sum =
            |row: &&TotalRow| matches!(row.kind, TotalKind::Subtotal | TotalKind::GrandTotal);
        let rows = blocks.iter().flat_map(|block| &block.rows);
        let sums = rows.filter(is_sum).map(|row| row.amount);
        let mut with_sums = blocks
            .iter()
            .filter(|block| block.rows.iter().any(|row| is_sum(&row)));
        let only = with_sums.next().filter(|_| with_sums.next().is_none());
        let values = amounts.found.iter().map(|amount| amount.value().abs());
        let mut values: Vec<Decimal> = values.collect();
        values.sort_unstable();
        Self {
            amounts: values,
            sums: sums.collect(),
            rows: only.map(|block| block.rows.clone()).unwrap_or_default(),
        }
    }

    /// Whether the page shows this amount, with or without a minus sign.
    pub(in crate::extract) fn holds(&self, amount: Decimal) -> bool {
        self.amounts.binary_search(&amount.abs()).is_ok()
    }
}
