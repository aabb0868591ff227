//! A cart's lines, added up and checked line by line.

use crate::money::{Decimal, TaxBasis};

use super::super::balance::FixedFee;
use super::super::lines::{Amount, LineCheck, Precision, amount, check};
use super::super::{Argument, Cart, CartLine, Finding, FindingCode, Key, LineField, TotalRow};
use super::Coin;

/// The sum of the lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineSum {
    /// The sum.
    pub(super) value: Decimal,
    /// What rounding each line can make of it.
    pub(super) rounding: Decimal,
}

/// One cart's lines, as they are weighed.
#[derive(Debug)]
pub(super) struct Ledger<'c> {
    pub(super) cart: &'c Cart,
    pub(super) precision: Precision,
    pub(super) checks: Vec<LineCheck>,
    /// `None` where a line has no amount.
    pub(super) sum: Option<LineSum>,
}

impl<'c> Ledger<'c> {
    pub(super) fn open(cart: &'c Cart) -> Self {
        let coin = Coin::of(cart.currency);
        let precision = Precision::of(&cart.lines, &cart.rows, coin);
        let checks = cart.lines.iter().map(|line| check(line, precision));
        Self {
            cart,
            precision,
            checks: checks.collect(),
            sum: sum(&cart.lines, precision),
        }
    }

    /// What is known of all prices without any sum.
    pub(super) fn known_basis(&self) -> TaxBasis {
        let prices = self.cart.lines.iter().map(|line| line.unit_price.as_ref());
        let mut bases = prices.map(|price| price.map_or(TaxBasis::Unknown, |price| price.tax));
        let first = bases.next().unwrap_or_default();
        if bases.all(|other| other == first) {
            first
        } else {
            TaxBasis::Unknown
        }
    }

    /// Whether a line comes to this amount, as near as rounding lets tell.
    pub(super) fn has_line_of(&self, value: Decimal) -> bool {
        let near = self.precision.spread(self.cart.lines.len());
        let amounts = self
            .cart
            .lines
            .iter()
            .filter_map(|line| amount(line, self.precision));
        let mut amounts = amounts.map(|amount| amount.value - value);
        !value.is_zero() && amounts.any(|difference| difference.abs() <= near)
    }

    /// That nothing proves the quantities of lines that show no unit price.
    pub(super) fn unproved_quantities(&self) -> Option<Finding> {
        let is_shown = |line: &&CartLine| {
            let source = line.provenance.get(&LineField::UnitPrice);
            line.unit_price.is_some() && source.is_none_or(|source| !source.is_derived())
        };
        let hidden = self
            .cart
            .lines
            .iter()
            .filter(|line| !is_shown(line))
            .count();
        let message = Key::QuantitiesUnproved.with(vec![hidden.into()]);
        (hidden > 0).then(|| Finding::of_cart(FindingCode::AmountUnproved, message))
    }

    fn checked(&self) -> impl Iterator<Item = (usize, &'c CartLine, &LineCheck)> {
        let lines = self.cart.lines.iter().zip(&self.checks).enumerate();
        lines.map(|(place, (line, check))| (place, line, check))
    }

    /// What is to be said of lines without an amount, and of rounded ones.
    pub(super) fn line_findings(&self) -> Vec<Finding> {
        let findings = self
            .checked()
            .filter_map(|(place, line, check)| match check {
                LineCheck::Unpriced => Some(Finding::of_line(
                    FindingCode::FieldMissing,
                    place,
                    Key::LineWithoutAmounts,
                )),
                LineCheck::Rounded { product, bound } => {
                    let message = Key::LineRounded
                        .with(vec![differs(line, *product), bound.normalize().into()]);
                    Some(Finding::of_line(FindingCode::LineRounding, place, message))
                }
                LineCheck::Agrees | LineCheck::Differs { .. } => None,
            });
        findings.collect()
    }

    /// What is to be said of lines that differ, where a fixed fee accounts for it and where nothing does.
    pub(super) fn differing(&self, fee: Option<&(FixedFee, TotalRow)>) -> Vec<Finding> {
        let findings = self.checked().filter_map(|(place, line, check)| {
            let LineCheck::Differs { product, .. } = check else {
                return None;
            };
            let start = differs(line, *product);
            Some(match fee {
                Some((fee, row)) => Finding::of_line(
                    FindingCode::LineFixedFee,
                    place,
                    Key::LineLacksFee.with(vec![
                        start,
                        self.precision.shown(fee.each).into(),
                        row.label.clone().into(),
                        row.amount.into(),
                    ]),
                ),
                None => Finding::of_line(
                    FindingCode::LineMismatch,
                    place,
                    Key::LineDiffers.with(vec![start]),
                ),
            })
        });
        findings.collect()
    }
}

fn differs(line: &CartLine, product: Decimal) -> Argument {
    let shown = line.line_total.unwrap_or_default();
    let mut values = vec![line.quantity.into(), product.normalize().into()];
    values.extend(line.discount.map(Argument::from));
    values.extend([shown.into(), (product - shown).abs().normalize().into()]);
    let key = match line.discount {
        Some(_) => Key::ProductBeforeDiscount,
        None => Key::Product,
    };
    key.with(values).into()
}

fn sum(lines: &[CartLine], precision: Precision) -> Option<LineSum> {
    let amounts: Option<Vec<Amount>> = lines.iter().map(|line| amount(line, precision)).collect();
    let amounts = amounts?;
    let values = amounts.iter().map(|amount| amount.value);
    let slack = amounts.iter().map(|amount| amount.slack);
    Some(LineSum {
        value: values.fold(Decimal::ZERO, |sum, value| sum + value),
        rounding: slack.fold(precision.spread(amounts.len()), |sum, value| sum + value),
    })
}
