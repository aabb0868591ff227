//! The cart that a reader must find on a page, in the words of `selectors extract`.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::basket::{Basket, Line, Sums, total};
use crate::library::{Edition, Library};
use crate::page::{PageError, basket_of};
use crate::shop::{Field, Row, Shop};

/// The truth of a cart page: what the page shows and no more.
///
/// # Errors
///
/// As [`basket_of`].
pub fn truth(library: &Library, edition: Edition<'_>) -> Result<Value, PageError> {
    let (basket, locale) = basket_of(library, edition)?;
    Ok(json!({
        "url": edition.shop.url,
        "currency": locale.currency,
        "lines": lines(&basket, edition.shop),
        "totals": totals(&basket.sums, edition.shop),
    }))
}

/// The truth of a page that is no cart.
#[must_use]
pub fn no_cart(url: &str) -> Value {
    json!({ "url": url, "lines": [] })
}

fn lines(basket: &Basket, shop: &Shop) -> Vec<Value> {
    let line = |line: &Line| {
        let mut fields = Map::new();
        fields.insert("description".to_owned(), line.name.clone().into());
        fields.insert("quantity".to_owned(), line.quantity.to_string().into());
        let shown = FIELDS.iter().filter(|(field, ..)| shop.shows(*field));
        fields.extend(shown.map(|(_, name, value)| ((*name).to_owned(), value(line))));
        if shop.shows(Field::UnitPrice) {
            fields.insert("tax_basis".to_owned(), json!(shop.prices));
        }
        Value::Object(fields)
    };
    basket.lines.iter().map(line).collect()
}

/// Where the value of a field comes from.
type Of = fn(&Line) -> Value;

const FIELDS: [(Field, &str, Of); 11] = [
    (Field::SupplierPartId, "supplier_part_id", |line| {
        line.sku.clone().into()
    }),
    (Field::Manufacturer, "manufacturer", |line| {
        line.manufacturer.clone().into()
    }),
    (Field::ManufacturerPartId, "manufacturer_part_id", |line| {
        line.mpn.clone().into()
    }),
    (Field::Gtin, "gtin", |line| line.gtin.clone().into()),
    (Field::UnitPrice, "unit_price", |line| {
        line.unit_price.to_string().into()
    }),
    (Field::BaseQuantity, "price_basis", |line| {
        line.base_quantity.to_string().into()
    }),
    (Field::UnitOfMeasure, "unit_of_measure", |line| {
        line.unit.clone().into()
    }),
    (Field::LineTotal, "line_total", |line| {
        line.line_total.to_string().into()
    }),
    (Field::Url, "url", |line| line.url.clone().into()),
    (Field::Seller, "seller", |line| json!(line.seller)),
    (Field::Options, "options", |line| {
        json!(
            line.options
                .iter()
                .map(|(_, value)| value)
                .collect::<Vec<_>>()
        )
    }),
];

fn totals(sums: &Sums, shop: &Shop) -> Value {
    let discount: Decimal = sums.discounts.iter().map(|(_, amount)| -*amount).sum();
    let fees: Decimal = sums.fees.iter().sum();
    let tax = total(&sums.taxes) + total(&sums.included_taxes);
    let rows = [
        (Row::Subtotal, "subtotal", Some(sums.subtotal)),
        (
            Row::Discount,
            "discount",
            (!sums.discounts.is_empty()).then_some(discount),
        ),
        (Row::Shipping, "shipping", sums.shipping),
        (Row::Fee, "fees", (!sums.fees.is_empty()).then_some(fees)),
        (Row::Tax, "tax", Some(tax)),
        (Row::GrandTotal, "grand_total", Some(sums.grand_total)),
    ];
    let shown = rows.into_iter().filter(|(row, ..)| shop.prints(*row));
    let amounts =
        shown.filter_map(|(_, name, amount)| Some((name.to_owned(), amount?.to_string().into())));
    Value::Object(amounts.collect())
}
