//! Amounts and quantities that no cart has.

use crate::money::Decimal;

use super::super::{Cart, CartLine, Finding, FindingCode, Key, Message};

/// Greatest amount, 10¹², and greatest quantity, 10⁷. Their products and the sums of those are exact.
const GREATEST_AMOUNT: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);
const GREATEST_QUANTITY: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

/// Most decimals that an amount or a quantity may have.
const MOST_DECIMALS: u32 = 9;

/// What is beyond the limits first, by line, then in the totals.
pub(super) fn exceeded(cart: &Cart) -> Option<Finding> {
    let of_line = |(place, line): (usize, &CartLine)| {
        let words = line_exceeds(line)?;
        Some(Finding::of_line(FindingCode::LimitExceeded, place, words))
    };
    let of_row = || {
        let row = cart
            .rows
            .iter()
            .find(|row| exceeds(row.amount, GREATEST_AMOUNT))?;
        let words = beyond(
            Key::TheTotal.with(vec![row.label.clone().into()]),
            row.amount,
        );
        Some(Finding::of_cart(FindingCode::LimitExceeded, words))
    };
    cart.lines
        .iter()
        .enumerate()
        .find_map(of_line)
        .or_else(of_row)
}

fn line_exceeds(line: &CartLine) -> Option<Message> {
    if exceeds(line.quantity, GREATEST_QUANTITY) {
        return Some(beyond(Key::TheQuantity, line.quantity));
    }
    let price = line.unit_price.as_ref();
    let amounts = [
        (Key::TheUnitPrice, price.map(|price| price.amount)),
        (Key::ThePriceBasis, price.map(|price| price.basis)),
        (Key::TheLineTotal, line.line_total),
        (Key::TheDiscount, line.discount),
    ];
    amounts.into_iter().find_map(|(name, amount)| {
        let amount = amount.filter(|amount| exceeds(*amount, GREATEST_AMOUNT))?;
        Some(beyond(name, amount))
    })
}

fn exceeds(amount: Decimal, greatest: Decimal) -> bool {
    amount.abs() > greatest || amount.scale() > MOST_DECIMALS
}

fn beyond(name: impl Into<Message>, amount: Decimal) -> Message {
    Key::BeyondLimits.with(vec![
        name.into().into(),
        amount.into(),
        GREATEST_AMOUNT.into(),
        GREATEST_QUANTITY.into(),
        Decimal::from(MOST_DECIMALS).into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_what_they_are_said_to_be() {
        assert_eq!(GREATEST_AMOUNT.to_string(), "1000000000000");
        assert_eq!(GREATEST_QUANTITY.to_string(), "10000000");
    }
}
