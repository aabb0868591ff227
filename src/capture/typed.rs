//! What the buyer types into a line's fields, read as exactly as what a page prints: nothing is guessed, and what can
//! mean two things is refused.

use serde::{Deserialize, Serialize};

use super::choices::proved_basis;
use super::edits::EditField;
use crate::cart::{Cart, CartLine, LONGEST_TEXT};
use crate::extract::visible_text;
use crate::money::{
    Currency, CurrencyMark, Decimal, NumberStyle, Price, Reading, TaxBasis, Unreadable, read,
    read_quantity,
};

/// Why what was typed cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditProblem {
    /// A description is needed.
    Blank,
    /// It is longer than a text of a line may be.
    TooLong,
    /// It is not one number alone.
    NotANumber,
    /// One separator that may group thousands or begin decimals.
    Ambiguous,
    /// A quantity or a basis that is not above zero, or a price below it.
    NotPositive,
    /// The sign of another currency than the cart's.
    OtherCurrency,
}

/// Puts what was typed into a field of a line.
///
/// # Errors
/// [`EditProblem`]; the line is then as it was.
pub(super) fn put(
    line: &mut CartLine,
    field: EditField,
    (text, style): (&str, NumberStyle),
    cart: &Cart,
) -> Result<(), EditProblem> {
    match field {
        EditField::Description => {
            line.description = words(text)?.ok_or(EditProblem::Blank)?;
        }
        EditField::SupplierPartId => line.supplier_part_id = words(text)?,
        EditField::UnitOfMeasure => line.unit_of_measure = words(text)?,
        EditField::Quantity => line.quantity = above_zero(text, style)?,
        EditField::UnitPrice => {
            let tax = match &line.unit_price {
                Some(price) => price.tax,
                None => proved_basis(cart).unwrap_or(TaxBasis::Unknown),
            };
            let currency = line.currency.or(cart.currency);
            line.unit_price = Some(Price {
                tax,
                ..price(text, style, currency)?
            });
        }
    }
    Ok(())
}

/// A text without what cannot be seen; `None` where nothing is left.
fn words(text: &str) -> Result<Option<String>, EditProblem> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(EditProblem::TooLong);
    }
    Ok(Some(visible_text(text)).filter(|text| !text.is_empty()))
}

/// `12.90`, `1'200.–`, `€ 12.90`, `12.90 / 100`; whether with tax, is not said.
fn price(text: &str, style: NumberStyle, currency: Option<Currency>) -> Result<Price, EditProblem> {
    let (amount, basis) = match text.split_once('/') {
        Some((amount, basis)) => (amount, above_zero(basis, style)?),
        None => (text, Decimal::ONE),
    };
    let reading = Reading {
        style: decimals(amount, style),
        ..Reading::default()
    };
    let printed = read(only_digits(amount)?, reading).map_err(problem)?;
    let is_other = match currency {
        Some(currency) => !printed.currency.admits(currency),
        None => printed.currency != CurrencyMark::None,
    };
    if is_other {
        return Err(EditProblem::OtherCurrency);
    }
    if printed.amount < Decimal::ZERO {
        return Err(EditProblem::NotPositive);
    }
    Ok(Price {
        amount: printed.amount,
        basis,
        tax: TaxBasis::Unknown,
    })
}

/// The buyer's own decimal sign settles what could group thousands too. The other sign does not: many type a dot
/// where they write a comma.
fn decimals(text: &str, style: NumberStyle) -> Option<NumberStyle> {
    let sign = match style {
        NumberStyle::Dot => '.',
        NumberStyle::Comma => ',',
    };
    text.contains(sign).then_some(style)
}

fn above_zero(text: &str, style: NumberStyle) -> Result<Decimal, EditProblem> {
    // Its sign would make it malformed.
    if text.trim_start().starts_with(['-', '−', '–']) {
        return Err(EditProblem::NotPositive);
    }
    let number = read_quantity(only_digits(text)?, decimals(text, style)).map_err(problem)?;
    if number > Decimal::ZERO {
        Ok(number)
    } else {
        Err(EditProblem::NotPositive)
    }
}

/// The readers of pages pass over words beside a number; what somebody typed is not passed over.
fn only_digits(text: &str) -> Result<&str, EditProblem> {
    if text.chars().any(char::is_alphabetic) {
        Err(EditProblem::NotANumber)
    } else {
        Ok(text)
    }
}

fn problem(unreadable: Unreadable) -> EditProblem {
    match unreadable {
        Unreadable::Ambiguous { .. } => EditProblem::Ambiguous,
        Unreadable::TwoCurrencies(_) => EditProblem::OtherCurrency,
        _ => EditProblem::NotANumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::Reader;

    fn line() -> CartLine {
        CartLine::new("Staples".to_owned(), Decimal::TWO)
    }

    fn cart() -> Cart {
        Cart {
            currency: "EUR".parse().ok(),
            ..Cart::new(Reader::Generic)
        }
    }

    /// As somebody types who writes decimals after a dot.
    fn dotted(text: &str) -> (&str, NumberStyle) {
        (text, NumberStyle::Dot)
    }

    fn quantity(text: &str) -> Result<String, EditProblem> {
        let mut line = line();
        put(&mut line, EditField::Quantity, dotted(text), &cart())
            .map(|()| line.quantity.to_string())
    }

    fn price(text: &str) -> Result<(String, String), EditProblem> {
        let mut line = line();
        put(&mut line, EditField::UnitPrice, dotted(text), &cart()).map(|()| {
            let price = line.unit_price.unwrap();
            (price.amount.to_string(), price.basis.to_string())
        })
    }

    #[test]
    fn a_quantity_is_one_number_above_zero_and_keeps_its_digits() {
        for (text, read) in [
            ("3", "3"),
            (" 2.50 ", "2.50"),
            ("1,5", "1.5"),
            ("1'200", "1200"),
        ] {
            assert_eq!(quantity(text).as_deref(), Ok(read), "{text}");
        }
        for text in ["", "three", "3 kg", "2x", "2-3", "1 or 2", "1,2,3"] {
            assert_eq!(quantity(text), Err(EditProblem::NotANumber), "{text}");
        }
        for text in ["0", "0.00", "-3"] {
            assert_eq!(quantity(text), Err(EditProblem::NotPositive), "{text}");
        }
    }

    #[test]
    fn the_buyers_own_decimal_sign_begins_decimals_and_the_other_is_refused_where_it_could_group() {
        assert_eq!(quantity("1.234").as_deref(), Ok("1.234"));
        assert_eq!(quantity("1,234"), Err(EditProblem::Ambiguous));
        assert_eq!(price("1,234"), Err(EditProblem::Ambiguous));
        assert_eq!(price("10 / 1,000"), Err(EditProblem::Ambiguous));
        let mut line = line();
        let mut typed = |text| {
            let typed = (text, NumberStyle::Comma);
            put(&mut line, EditField::Quantity, typed, &cart()).map(|()| line.quantity.to_string())
        };
        assert_eq!(typed("1,234").as_deref(), Ok("1.234"));
        assert_eq!(typed("1.234"), Err(EditProblem::Ambiguous));
        assert_eq!(typed("1.234,5").as_deref(), Ok("1234.5"));
    }

    #[test]
    fn a_price_is_an_amount_for_one_or_for_as_many_as_are_said() {
        for (text, amount, basis) in [
            ("12.90", "12.90", "1"),
            ("12,90/100", "12.90", "100"),
            ("7.35 / 30", "7.35", "30"),
            ("€ 1.234,50", "1234.50", "1"),
            ("0", "0", "1"),
        ] {
            let read = (amount.to_owned(), basis.to_owned());
            assert_eq!(price(text), Ok(read), "{text}");
        }
        for text in ["12.90 / 0", "-1.00"] {
            assert_eq!(price(text), Err(EditProblem::NotPositive), "{text}");
        }
        for text in ["12.90 / Stk", "CHF 12", "12.90 / 13.40 / 2", "/ 100"] {
            assert_eq!(price(text), Err(EditProblem::NotANumber), "{text}");
        }
        assert_eq!(price("£ 12.90"), Err(EditProblem::OtherCurrency));
    }

    #[test]
    fn a_text_is_cleaned_and_only_a_description_is_needed() {
        let mut line = line();
        let mut typed = |field, text: &str| put(&mut line, field, dotted(text), &cart());
        assert_eq!(
            typed(EditField::Description, " \u{200b} "),
            Err(EditProblem::Blank)
        );
        let long = "a".repeat(LONGEST_TEXT + 1);
        assert_eq!(
            typed(EditField::Description, &long),
            Err(EditProblem::TooLong)
        );
        assert_eq!(typed(EditField::Description, "Clips,  \u{202e}red"), Ok(()));
        assert_eq!(typed(EditField::SupplierPartId, " "), Ok(()));
        assert_eq!(line.description, "Clips, red");
        assert_eq!(line.supplier_part_id, None);
    }
}
