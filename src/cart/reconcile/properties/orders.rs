//! Orders of shops, and the pages that follow from them.

use proptest::prelude::*;

use crate::cart::{Cart, CartLine, Reader, TotalKind, TotalRow};
use crate::money::{Decimal, Price, TaxBasis};

/// How a shop shows the tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tax {
    None,
    /// Prices are net, and the tax of each rate is added.
    Added,
    /// Prices are gross, and the tax of each rate is shown as contained.
    Contained,
    /// Lines are gross at the first rate, the subtotal and the charges net, and their tax is added.
    GrossLines,
}

/// A shop's order, in cents, from which a page follows.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// Quantity, unit price, discount of the line, and which rate.
    pub(super) lines: Vec<(i64, i64, i64, bool)>,
    pub(super) tax: Tax,
    /// Two rates in tenths of a percent.
    pub(super) rates: [i64; 2],
    pub(super) shipping: Option<i64>,
    pub(super) fee: Option<i64>,
    pub(super) discount: Option<i64>,
    pub(super) subtotal: Subtotal,
    pub(super) has_line_totals: bool,
    pub(super) has_grand_total: bool,
    pub(super) coin: Option<(&'static str, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subtotal {
    None,
    Before,
    AfterDiscount,
    BeforeAndAfter,
}

pub(super) fn orders() -> impl Strategy<Value = Order> {
    let line = (1_i64..200, 10_i64..50_000, 0_i64..3, any::<bool>());
    let line = line.prop_map(|(quantity, price, tenths, reduced)| {
        (quantity, price, quantity * price * tenths / 20, reduced)
    });
    let lines = prop::collection::vec(line, 1..9);
    let tax = prop::sample::select(vec![Tax::None, Tax::Added, Tax::Contained, Tax::GrossLines]);
    let rates = prop::sample::select(vec![[81, 26], [190, 70], [200, 55], [250, 120], [270, 50]]);
    let charges = (
        prop::option::of(100_i64..2_000),
        prop::option::of(50_i64..900),
        prop::option::of(100_i64..3_000),
    );
    let subtotal = prop::sample::select(vec![
        Subtotal::None,
        Subtotal::Before,
        Subtotal::AfterDiscount,
        Subtotal::BeforeAndAfter,
    ]);
    let coin = prop::sample::select(vec![None, None, Some(("CHF", 5)), Some(("SEK", 100))]);
    (
        lines,
        tax,
        rates,
        charges,
        subtotal,
        any::<[bool; 2]>(),
        coin,
    )
        .prop_map(
            |(lines, tax, rates, (shipping, fee, discount), subtotal, shown, coin)| Order {
                lines,
                tax,
                rates,
                shipping,
                fee,
                discount,
                // Without a subtotal nothing tells lines with tax from others.
                subtotal: match tax {
                    Tax::GrossLines => Subtotal::Before,
                    _ => subtotal,
                },
                has_line_totals: shown[0],
                has_grand_total: shown[1] || tax == Tax::GrossLines || subtotal == Subtotal::None,
                coin,
            },
        )
}

pub(super) fn cents(amount: i64) -> Decimal {
    Decimal::new(amount, 2)
}

/// A share of an amount, rounded half up.
pub(super) fn share(amount: i64, numerator: i64, denominator: i64) -> i64 {
    (2 * amount * numerator + denominator).div_euclid(2 * denominator)
}

impl Order {
    pub(super) fn line_total(&self, (quantity, price, discount, _): (i64, i64, i64, bool)) -> i64 {
        let discount = if self.has_line_totals { discount } else { 0 };
        quantity * price - discount
    }

    pub(super) fn lines(&self) -> Vec<CartLine> {
        let line = |line: &(i64, i64, i64, bool)| {
            let (quantity, price, discount, _) = *line;
            let shown = self.has_line_totals;
            CartLine {
                unit_price: Some(Price::each(cents(price), TaxBasis::Unknown)),
                line_total: shown.then(|| cents(self.line_total(*line))),
                discount: (shown && discount > 0).then(|| cents(-discount)),
                ..CartLine::new("A thing".to_owned(), Decimal::from(quantity))
            }
        };
        self.lines.iter().map(line).collect()
    }

    /// The lines' sum, and the part of it that goes by the second rate.
    pub(super) fn sums(&self) -> (i64, i64) {
        let of = |reduced: &dyn Fn(bool) -> bool| {
            let lines = self.lines.iter().filter(|line| reduced(line.3));
            lines.map(|line| self.line_total(*line)).sum()
        };
        (of(&|_| true), of(&|reduced| reduced))
    }

    pub(super) fn rows(&self) -> Vec<TotalRow> {
        let (gross, second) = self.sums();
        let gross_lines = self.tax == Tax::GrossLines;
        let sum = if gross_lines {
            share(gross, 1000, 1000 + self.rates[0])
        } else {
            gross
        };
        let discount = self.discount.map(|discount| discount.min(sum / 2));
        let charges = self.shipping.unwrap_or(0) + self.fee.unwrap_or(0) - discount.unwrap_or(0);
        let mut rows = Vec::new();
        let mut push =
            |kind, label: String, amount| rows.push(TotalRow::new(kind, label, cents(amount)));
        if matches!(self.subtotal, Subtotal::Before | Subtotal::BeforeAndAfter) {
            push(TotalKind::Subtotal, "Subtotal".to_owned(), sum);
        }
        if let Some(discount) = discount {
            push(TotalKind::Discount, "Coupon".to_owned(), -discount);
        }
        if matches!(
            self.subtotal,
            Subtotal::AfterDiscount | Subtotal::BeforeAndAfter
        ) {
            push(
                TotalKind::Subtotal,
                "Subtotal".to_owned(),
                sum - discount.unwrap_or(0),
            );
        }
        for (kind, amount) in [
            (TotalKind::Shipping, self.shipping),
            (TotalKind::Fee, self.fee),
        ] {
            if let Some(amount) = amount {
                push(kind, format!("{kind:?}"), amount);
            }
        }
        let mut total = sum + charges;
        for (rate, base) in [(self.rates[0], total - second), (self.rates[1], second)] {
            let label = format!("VAT {}.{} %", rate / 10, rate % 10);
            match self.tax {
                Tax::Added if base != 0 => {
                    let tax = share(base, rate, 1000);
                    push(TotalKind::Tax, label, tax);
                    total += tax;
                }
                Tax::Contained if base != 0 => {
                    push(
                        TotalKind::IncludedTax,
                        label,
                        share(base, rate, 1000 + rate),
                    );
                }
                _ => {}
            }
        }
        if gross_lines {
            let tax = gross - sum + share(charges, self.rates[0], 1000);
            push(
                TotalKind::Tax,
                format!("VAT {} \u{2030}", self.rates[0]),
                tax,
            );
            total += tax;
        }
        if self.has_grand_total {
            let coin = self.coin.map_or(1, |(_, coin)| coin);
            push(
                TotalKind::GrandTotal,
                "Total".to_owned(),
                share(total, 1, coin) * coin,
            );
        }
        rows
    }

    pub(super) fn cart(&self) -> (Cart, Vec<TotalRow>) {
        let mut cart = Cart::new(Reader::Generic);
        cart.currency = self.coin.and_then(|(code, _)| code.parse().ok());
        cart.lines = self.lines();
        (cart, self.rows())
    }

    /// What rounding to coins and rounding each amount may hide, as the findings say it.
    pub(super) fn bound(&self, rows: &[TotalRow]) -> i64 {
        let coin = self.coin.map_or(0, |(_, coin)| coin);
        let amounts = rows.len() + self.lines.len() + 2;
        coin + i64::try_from(amounts).unwrap()
    }
}
