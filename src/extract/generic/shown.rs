//! The amounts that a page shows, for readers of what it does not show.

use crate::cart::TotalKind;
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
        let rows = blocks.iter().flat_map(|block| &block.rows);
        let is_sum = |kind| matches!(kind, TotalKind::Subtotal | TotalKind::GrandTotal);
        let sums = rows.filter(|row| is_sum(row.kind)).map(|row| row.amount);
        let values = amounts.found.iter().map(|amount| amount.value().abs());
        let mut values: Vec<Decimal> = values.collect();
        values.sort_unstable();
        Self {
            amounts: values,
            sums: sums.collect(),
        }
    }

    /// Whether the page shows this amount, with or without a minus sign.
    pub(in crate::extract) fn holds(&self, amount: Decimal) -> bool {
        self.amounts.binary_search(&amount.abs()).is_ok()
    }
}
