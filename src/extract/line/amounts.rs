//! The amounts of a line.

use crate::cart::{CartLine, FindingCode, Key, LineField};
use crate::money::{Decimal, Price, TaxBasis};
use crate::supplier::{Derive, Take};

use super::super::number::{Outcome, Tally, amount};
use super::LineReader;

impl LineReader<'_, '_> {
    pub(super) fn amounts(&mut self, line: &mut CartLine, tally: &mut Tally) {
        if let Some((amount, basis, unit)) = self.amount(LineField::UnitPrice, tally) {
            line.unit_price = Some(Price {
                amount,
                basis,
                tax: self.definition.lines.tax,
            });
            if line.unit_of_measure.is_none() && unit.is_some() {
                line.unit_of_measure = unit;
                let source = self.provenance.get(&LineField::UnitPrice).cloned();
                if let Some(source) = source {
                    self.provenance.insert(LineField::UnitOfMeasure, source);
                }
            }
        }
        line.line_total = self
            .amount(LineField::LineTotal, tally)
            .map(|(amount, ..)| amount);
        if line.line_total.is_none()
            && self.derives(LineField::LineTotal, Derive::QuantityTimesUnitPrice)
        {
            line.line_total = line
                .unit_price
                .as_ref()
                .and_then(|price| exact_product(price, line.quantity));
        }
        if line.unit_price.is_none()
            && self.derives(LineField::UnitPrice, Derive::LineTotalByQuantity)
        {
            let amount = line
                .line_total
                .and_then(|total| exact_quotient(total, line.quantity));
            line.unit_price = amount.map(|amount| Price::each(amount, self.definition.lines.tax));
        }
        // A reduction by its name, with or without a minus.
        let discount = self.amount(LineField::Discount, tally);
        let discount = discount.filter(|(amount, ..)| !amount.is_zero());
        line.discount = discount.map(|(amount, ..)| -amount.abs());
    }

    fn amount(
        &mut self,
        field: LineField,
        tally: &mut Tally,
    ) -> Option<(Decimal, Decimal, Option<String>)> {
        let (name, unreadable) = match field {
            LineField::UnitPrice => (Key::UnitPriceIs, FindingCode::NumberUnreadable),
            LineField::LineTotal => (Key::LineTotalIs, FindingCode::NumberUnreadable),
            // Without it the line's own numbers tell whether it adds up.
            _ => (Key::DiscountIs, FindingCode::FieldAmbiguous),
        };
        match amount(self.fields(field), self.scope, tally) {
            Outcome::Found(printed, locator) => {
                self.found_at(field, &locator);
                let (basis, unit) = printed
                    .basis
                    .map_or((Decimal::ONE, None), |basis| (basis.quantity, basis.unit));
                Some((printed.amount, basis, unit))
            }
            Outcome::Nothing => None,
            Outcome::Ambiguous(words) => {
                self.report(FindingCode::FieldAmbiguous, name.with(vec![words.into()]));
                None
            }
            Outcome::Unreadable(words) => {
                self.report(unreadable, name.with(vec![words.into()]));
                None
            }
        }
    }

    /// Whether the definition derives the field so, and nothing that stands there forbids it.
    fn derives(&mut self, field: LineField, derive: Derive) -> bool {
        let refused = [FindingCode::FieldAmbiguous, FindingCode::NumberUnreadable];
        if self
            .findings
            .iter()
            .any(|finding| refused.contains(&finding.code))
        {
            return false;
        }
        let place = self
            .fields(field)
            .iter()
            .find(|place| place.take == Take::Derived(derive));
        if let Some(place) = place {
            self.found_at(field, &place.locator);
        }
        place.is_some()
    }
}

/// Quantity × unit price, where it needs no rounding to the decimals of the price.
fn exact_product(price: &Price, quantity: Decimal) -> Option<Decimal> {
    let mut product = price.times(quantity)?.normalize();
    if product.scale() > price.amount.scale() {
        return None;
    }
    product.rescale(price.amount.scale());
    Some(product)
}

/// Line total ÷ quantity, where the quotient is exact.
fn exact_quotient(total: Decimal, quantity: Decimal) -> Option<Decimal> {
    let mut quotient = Price {
        amount: total,
        basis: quantity,
        tax: TaxBasis::Unknown,
    }
    .per_unit()?
    .normalize();
    if quotient.scale() < total.scale() {
        quotient.rescale(total.scale());
    }
    Some(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn derived_amounts_are_exact_or_absent() {
        let price = Price::each(decimal("18.99"), TaxBasis::Unknown);
        assert_eq!(
            exact_product(&price, decimal("3")).unwrap().to_string(),
            "56.97"
        );
        assert_eq!(exact_product(&price, decimal("0.333")), None);
        assert_eq!(
            exact_quotient(decimal("58.28"), decimal("4"))
                .unwrap()
                .to_string(),
            "14.57"
        );
        assert_eq!(
            exact_quotient(decimal("10.00"), decimal("4"))
                .unwrap()
                .to_string(),
            "2.50"
        );
        assert_eq!(exact_quotient(decimal("10.00"), decimal("3")), None);
    }
}
