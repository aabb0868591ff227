//! Shopify: a theme's copy of the cart as JSON.
//!
//! Its amounts count hundredths in every currency, those without a minor unit as well: ¥100 is `10000`.

use crate::cart::{LineField, TotalKind};
use crate::json::Value;
use crate::money::TaxBasis;
use crate::snapshot::Page;

use super::amount::Units;
use super::draft::Draft;
use super::shape::Shape;
use super::{only, states};

/// Names under which themes and apps write the cart.
const NAMES: [&str; 3] = ["application/json", "Shopify.cart", "Shopify.checkout"];

const ITEM: Shape = Shape {
    fields: &[
        (LineField::Description, &["/product_title", "/title"]),
        (LineField::SupplierPartId, &["/sku"]),
        (LineField::Manufacturer, &["/vendor"]),
        (LineField::Quantity, &["/quantity"]),
        (
            LineField::UnitPrice,
            &["/final_price", "/discounted_price", "/price"],
        ),
        (LineField::LineTotal, &["/final_line_price", "/line_price"]),
        (LineField::Url, &["/url"]),
        (
            LineField::Options,
            &["/options_with_values", "/variant_title"],
        ),
    ],
    units: Units::Hundredths,
    tax: TaxBasis::Unknown,
};

/// The one cart that the page's JSON hold.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let found = states(page, &NAMES).into_iter();
    let carts = found.flat_map(|(_, value)| carts_in(value));
    let draft = only(carts.collect()).and_then(|cart| draft_of(&cart));
    draft.into_iter().collect()
}

/// The value itself, or its `cart`, where that is a cart of Shopify.
fn carts_in(value: Value) -> Option<Value> {
    let cart = value.property("cart").cloned().unwrap_or(value);
    let marks = ["items", "item_count", "total_price", "currency"];
    marks
        .iter()
        .all(|mark| cart.property(mark).is_some())
        .then_some(cart)
}

fn draft_of(cart: &Value) -> Option<Draft> {
    let Some(Value::List(items)) = cart.property("items") else {
        return None;
    };
    let mut draft = Draft::new("shopify");
    draft.currency_from(cart, &["/currency"]);
    draft.read_lines(items, &ITEM, "cart/items");
    let mut total = |kind, label: &str| {
        let pointer = format!("/{label}");
        draft.total((kind, label), cart, &[&pointer], Units::Hundredths);
    };
    total(TotalKind::Subtotal, "items_subtotal_price");
    total(TotalKind::GrandTotal, "total_price");
    if let Some(Value::List(reductions)) = cart.property("cart_level_discount_applications") {
        for reduction in reductions {
            draft.total(
                (TotalKind::Discount, "cart level discount"),
                reduction,
                &["/total_allocated_amount"],
                Units::Hundredths,
            );
        }
    }
    Some(draft)
}
