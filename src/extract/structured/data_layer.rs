//! The event `view_cart` of Google Analytics 4, pushed into `dataLayer` or handed to `gtag`.
//!
//! Measuring data: the event has no totals but its value, and shops fill it with more or less care. It proves little by
//! itself and mostly checks what other readers found.

use crate::cart::{LineField, TotalKind};
use crate::json::Value;
use crate::money::TaxBasis;
use crate::snapshot::Page;

use super::amount::Units;
use super::draft::Draft;
use super::shape::Shape;
use super::{only, states};

/// The event's name, and that of the state that holds its data where it is the argument of a call.
const VIEW_CART: &str = "view_cart";

const ITEM: Shape = Shape {
    fields: &[
        (LineField::Description, &["/item_name"]),
        (LineField::SupplierPartId, &["/item_id"]),
        (LineField::Manufacturer, &["/item_brand"]),
        (LineField::Quantity, &["/quantity"]),
        (LineField::UnitPrice, &["/price"]),
        (LineField::Options, &["/item_variant"]),
    ],
    units: Units::Major,
    tax: TaxBasis::Unknown,
};

/// The one cart that the page says it shows.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let mut carts: Vec<Value> = Vec::new();
    for (name, value) in states(page, &["dataLayer", VIEW_CART]) {
        match value {
            Value::List(events) => carts.extend(events.iter().filter_map(cart_of)),
            value if name == VIEW_CART => carts.push(value),
            value => carts.extend(cart_of(&value)),
        }
    }
    carts.retain(|cart| matches!(cart.property("items"), Some(Value::List(_))));
    let draft = only(carts).and_then(|cart| draft_of(&cart));
    draft.into_iter().collect()
}

fn cart_of(event: &Value) -> Option<Value> {
    let is_cart = event.property("event") == Some(&Value::Text(VIEW_CART.to_owned()));
    is_cart.then(|| event.property("ecommerce").cloned())?
}

fn draft_of(cart: &Value) -> Option<Draft> {
    let Some(Value::List(items)) = cart.property("items") else {
        return None;
    };
    let mut draft = Draft::new("data_layer");
    draft.currency_from(cart, &["/currency", "/items/0/currency"]);
    draft.read_lines(items, &ITEM, "view_cart/items");
    draft.total(
        (TotalKind::Subtotal, "value"),
        cart,
        &["/value"],
        Units::Major,
    );
    Some(draft)
}
