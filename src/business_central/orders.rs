//! The purchase orders that requisition lines become when their worksheet is carried out.

use super::line::RequisitionLine;
use crate::money::arithmetic::{add, multiply};
use crate::money::{Currency, Decimal};

/// Lines that *Carry Out Action Message* puts into one purchase order, as far as the lines themselves tell: it parts them
/// by vendor and currency, and also by what the items and the vendor say in Business Central, such as a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// `Vendor No.`
    pub vendor_number: String,
    /// The currency of its amounts.
    pub currency: Currency,
    /// How many lines it has.
    pub lines: u32,
    /// What they come to without tax, each rounded; `None` where the range of exact decimals is left.
    pub amount: Option<Decimal>,
}

/// The orders of the lines in the order of their first lines. Notes are in none. Amounts of lines are rounded to so many
/// `decimals`, half away from zero.
#[must_use]
pub fn orders_of(lines: &[RequisitionLine], decimals: u32) -> Vec<Order> {
    let mut orders: Vec<Order> = Vec::new();
    for line in lines {
        let (Some(vendor), Some(currency)) = (&line.vendor_number, line.currency_code) else {
            continue;
        };
        let amount = amount(line, decimals);
        let same =
            |order: &&mut Order| order.vendor_number == *vendor && order.currency == currency;
        if let Some(order) = orders.iter_mut().find(same) {
            order.lines = order.lines.saturating_add(1);
            order.amount = order
                .amount
                .zip(amount)
                .and_then(|(sum, more)| add(sum, more));
        } else {
            orders.push(Order {
                vendor_number: vendor.clone(),
                currency,
                lines: 1,
                amount,
            });
        }
    }
    orders
}

fn amount(line: &RequisitionLine, decimals: u32) -> Option<Decimal> {
    let product = multiply(line.direct_unit_cost?, line.quantity?)?;
    Some(product.round_dp_with_strategy(
        decimals,
        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::line::{LineFacts, Mapping, OrderTerms, TaxTreatment, requisition_line};
    use super::*;
    use crate::cart::CartLine;
    use crate::money::{Price, TaxBasis};

    fn line(vendor_number: &str, currency: &str, amount: &str) -> RequisitionLine {
        let line = CartLine {
            unit_price: Some(Price::each(amount.parse().unwrap(), TaxBasis::Net)),
            ..CartLine::new("Paper clips".to_owned(), "3".parse().unwrap())
        };
        let terms = OrderTerms {
            vendor_number,
            currency: currency.parse().unwrap(),
            tax: &TaxTreatment::Net,
        };
        let mapping = match amount {
            "0" => Mapping::Note,
            _ => Mapping::CatchAll {
                number: "MISC".to_owned(),
            },
        };
        requisition_line(&line, &mapping, &terms, LineFacts::default()).unwrap()
    }

    #[test]
    fn lines_are_parted_by_vendor_and_currency_and_notes_are_in_no_order() {
        let lines = [
            line("V1", "CHF", "0.129"),
            line("V2", "CHF", "5.00"),
            line("V1", "EUR", "2.50"),
            line("V1", "CHF", "10.00"),
            line("V3", "CHF", "0"),
        ];
        let orders = orders_of(&lines, 2);
        let told: Vec<_> = orders
            .iter()
            .map(|order| {
                let amount = order.amount.unwrap().to_string();
                (order.vendor_number.as_str(), order.lines, amount)
            })
            .collect();
        let told: Vec<_> = told.iter().map(|(v, n, a)| (*v, *n, a.as_str())).collect();
        // 0.129 × 3 is 0.387, and is rounded as the order's line is.
        assert_eq!(
            told,
            [("V1", 2, "30.39"), ("V2", 1, "15.00"), ("V1", 1, "7.50")]
        );
    }
}
