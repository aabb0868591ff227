//! Numbers of data, exactly as their digits say.

use crate::cart::{Key, LineField, Message};
use crate::json::Value;
use crate::money::{Currency, Decimal, NumberStyle, Reading, Unreadable, read};

use super::super::number::unreadable;

/// Most decimals that an amount has. More come out of binary arithmetic, and what was meant is not known.
const MOST_DECIMALS: u32 = 4;

/// Currencies whose minor unit is not a hundredth, as ISO 4217 says.
const MINOR_UNITS: [(&str, u32); 8] = [
    ("BHD", 3),
    ("CLP", 0),
    ("ISK", 0),
    ("JPY", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("TND", 3),
    ("VND", 0),
];

/// What the numbers of amounts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    /// The currency's unit; a number of minor units says so itself, beside it.
    Major,
    /// Hundredths of the unit, whatever the currency's minor unit is.
    Hundredths,
}

/// The decimals that an amount of the currency is shown with.
pub(super) fn decimals(currency: Option<Currency>) -> u32 {
    let code = currency.map(|currency| currency.to_string());
    let found = MINOR_UNITS
        .iter()
        .find(|(known, _)| Some(*known) == code.as_deref());
    found.map_or(2, |(_, decimals)| *decimals)
}

/// The amount at a pointer; `None` where nothing is there, and in words what is wrong with it.
pub(super) fn amount_at(
    value: &Value,
    pointer: &str,
    units: Units,
    currency: Option<Currency>,
) -> Result<Option<Decimal>, Message> {
    let Some(found) = value.pointer(pointer) else {
        return Ok(None);
    };
    let beside = pointer
        .rsplit_once('/')
        .and_then(|(above, _)| value.pointer(above));
    let (number, minor) = match found {
        Value::Object(_) => money_of(found),
        _ => (Some(found), beside.and_then(minor_unit)),
    };
    let Some(number) = number.map(exact).transpose()?.flatten() else {
        return Ok(None);
    };
    let minor = minor.or((units == Units::Hundredths).then_some(2));
    let amount = match minor {
        None => number.normalize(),
        Some(decimals) => of_minor_units(number, decimals)?,
    };
    if amount.scale() > MOST_DECIMALS {
        return Err(Key::TooManyDecimals.with(vec![number.into()]));
    }
    let mut shown = amount;
    shown.rescale(amount.scale().max(decimals(currency)));
    Ok(Some(shown))
}

/// The quantity in a value; `None` where nothing is there.
pub(super) fn quantity_of(value: &Value) -> Result<Option<Decimal>, Message> {
    match exact(value)? {
        Some(quantity) if quantity.is_sign_negative() && !quantity.is_zero() => {
            Err(Key::Negative.with(vec![quantity.into()]))
        }
        quantity => Ok(quantity.map(|quantity| quantity.normalize())),
    }
}

/// The number in an object that says an amount and its currency, and the decimals of its minor unit.
fn money_of(money: &Value) -> (Option<&Value>, Option<u32>) {
    if let Some(cents) = money.property("centAmount") {
        let decimals = money.property("fractionDigits").and_then(whole);
        return (decimals.is_some().then_some(cents), decimals);
    }
    let number = ["value", "amount"]
        .iter()
        .find_map(|name| money.property(name));
    (number, minor_unit(money))
}

fn minor_unit(beside: &Value) -> Option<u32> {
    whole(beside.property("currency_minor_unit")?)
}

fn whole(value: &Value) -> Option<u32> {
    match value {
        Value::Number(digits) | Value::Text(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// A number of so many decimals, out of its minor units.
fn of_minor_units(number: Decimal, decimals: u32) -> Result<Decimal, Message> {
    let mut amount = number.normalize();
    if amount.scale() > 0 || amount.set_scale(decimals).is_err() {
        return Err(Key::NoMinorUnits.with(vec![number.into()]));
    }
    Ok(amount.normalize())
}

/// A number by its digits; a text as shops print amounts. `None` for nothing.
fn exact(value: &Value) -> Result<Option<Decimal>, Message> {
    match value {
        Value::Number(digits) => Decimal::from_str_exact(digits).map(Some).map_err(|_| {
            let start: String = digits.chars().take(40).collect();
            Key::Inexact.with(vec![start.into()])
        }),
        Value::Text(text) => match read(text, Reading::default()) {
            Ok(printed) => Ok(Some(printed.amount)),
            Err(Unreadable::NoNumber(_)) => Ok(None),
            Err(reason) => Err(unreadable(reason)),
        },
        Value::Null => Ok(None),
        _ => Err(Key::NotANumber.into()),
    }
}

/// A number of a form field whose standard writes a full stop and never groups thousands.
pub(super) fn standard_number(text: &str) -> Result<Option<Decimal>, Message> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.contains(',') {
        return Err(Key::HasComma.with(vec![text.into()]));
    }
    let reading = Reading {
        style: Some(NumberStyle::Dot),
        ..Reading::default()
    };
    let printed = read(text, reading).map_err(unreadable)?;
    Ok(Some(printed.amount))
}

/// The same for an amount: zeros beyond the second decimal say nothing.
pub(super) fn standard_amount(text: &str) -> Result<Option<Decimal>, Message> {
    let Some(number) = standard_number(text)? else {
        return Ok(None);
    };
    let mut amount = number.normalize();
    amount.rescale(amount.scale().max(2));
    Ok(Some(amount))
}

/// What says that an amount of a line cannot be read.
pub(super) fn key_of(field: LineField) -> Key {
    match field {
        LineField::UnitPrice => Key::UnitPriceIs,
        LineField::LineTotal => Key::LineTotalIs,
        _ => Key::QuantityIs,
    }
}
