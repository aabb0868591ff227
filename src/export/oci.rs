//! The form fields that a catalogue of SAP's Open Catalog Interface sends back, as the body of the form's post:
//! `application/x-www-form-urlencoded`, UTF-8. Only fields that versions 4.0 and 5.0 share, in the lengths that both have.
//!
//! Lengths and rules: SAP's OCI 4.0 and 5.0 as given by `docs/exports.md`. `PRICE` is for `PRICEUNIT` units.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::order::{OrderLine, order};
use super::{Exported, Point, What};
use crate::money::Decimal;

/// `DESCRIPTION`, `VENDORMAT` and `MANUFACTMAT`, in characters.
const TEXT: usize = 40;
/// `QUANTITY` and `PRICE`: 11 digits before the point, 3 behind it.
const NUMBER: (u64, u32) = (100_000_000_000, 3);
/// `PRICEUNIT`: 5 digits.
const PRICE_UNIT: (u64, u32) = (100_000, 0);

/// The body of the form, and what it cannot say.
pub(super) fn form(cart: &Exported<'_>) -> Result<(String, Vec<Point>), Vec<Point>> {
    let mut order = order(cart, object)?;
    let mut body = String::new();
    for (index, line) in (1_usize..).zip(&order.lines) {
        let mut put = |name: &str, value: &str| {
            pair(&mut body, &format!("NEW_ITEM-{name}[{index}]"), value);
        };
        let description = &line.read.description;
        put("DESCRIPTION", cut(description));
        put("QUANTITY", &digits(line.read.quantity, NUMBER));
        put("UNIT", &line.unit.to_string());
        put("PRICE", &digits(line.price.amount, NUMBER));
        put("CURRENCY", &line.currency.to_string());
        put("PRICEUNIT", &digits(line.price.basis, PRICE_UNIT));
        if let Some(number) = &line.read.supplier_part_id {
            put("VENDORMAT", number);
        }
        match &line.read.manufacturer_part_id {
            Some(number) if is_long(number) => {
                let left_out = What::ManufacturerPartIdLeftOut;
                order.remarks.push(left_out.of_line(line.number));
            }
            Some(number) => put("MANUFACTMAT", number),
            None => {}
        }
        if is_long(description) {
            let name = format!("NEW_ITEM-LONGTEXT_{index}:132[]");
            pair(&mut body, &name, description);
        }
    }
    let totals = cart.totals;
    let charges = [totals.shipping, totals.tax, totals.discount, totals.fees];
    if charges
        .into_iter()
        .flatten()
        .any(|charge| !charge.is_zero())
    {
        order.remarks.push(What::ChargesLeftOut.of_cart());
    }
    Ok((body, order.remarks))
}

fn object(line: &OrderLine<'_>, refused: &mut Vec<What>) {
    let objections = [
        (!fits(line.price.amount, NUMBER), What::PriceDigits),
        (!fits(line.price.basis, PRICE_UNIT), What::BasisDigits),
        (!fits(line.read.quantity, NUMBER), What::QuantityDigits),
        (
            line.read.supplier_part_id.as_deref().is_some_and(is_long),
            What::PartIdLong,
        ),
    ];
    let objections = objections.into_iter().filter(|(objects, _)| *objects);
    refused.extend(objections.map(|(_, what)| what));
}

fn fits(number: Decimal, (limit, decimals): (u64, u32)) -> bool {
    number.normalize().scale() <= decimals && number < Decimal::from(limit)
}

/// The digits of a number that fits; with those of the page, where the field has room for them.
fn digits(number: Decimal, (_, decimals): (u64, u32)) -> String {
    if number.scale() > decimals {
        number.normalize().to_string()
    } else {
        number.to_string()
    }
}

fn is_long(text: &str) -> bool {
    text.chars().nth(TEXT).is_some()
}

/// The beginning of a description; all of it goes into `LONGTEXT`.
fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(TEXT).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn pair(body: &mut String, name: &str, value: &str) {
    if !body.is_empty() {
        body.push('&');
    }
    body.extend(utf8_percent_encode(name, NON_ALPHANUMERIC));
    body.push('=');
    body.extend(utf8_percent_encode(value, NON_ALPHANUMERIC));
}
