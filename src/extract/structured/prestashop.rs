//! PrestaShop: `var prestashop = {…}`, which stands in every page of a shop and names the page that it is in.

use crate::cart::{LineField, TotalKind};
use crate::json::Value;
use crate::money::TaxBasis;
use crate::snapshot::Page;

use super::amount::Units;
use super::draft::Draft;
use super::shape::Shape;
use super::{only, states};

const PRODUCT: Shape = Shape {
    fields: &[
        (LineField::Description, &["/name"]),
        (LineField::SupplierPartId, &["/reference"]),
        (LineField::Manufacturer, &["/manufacturer_name"]),
        (LineField::Gtin, &["/ean13", "/upc"]),
        (LineField::Quantity, &["/cart_quantity", "/quantity"]),
        (LineField::UnitPrice, &["/price_amount", "/price"]),
        (LineField::LineTotal, &["/total"]),
        (LineField::Url, &["/url"]),
        (LineField::Options, &["/attributes"]),
    ],
    units: Units::Major,
    tax: TaxBasis::Unknown,
};

/// Its totals, each with its place.
const TOTALS: [(TotalKind, &str, &str); 6] = [
    (
        TotalKind::Subtotal,
        "products",
        "/cart/subtotals/products/amount",
    ),
    (
        TotalKind::Discount,
        "discounts",
        "/cart/subtotals/discounts/amount",
    ),
    (
        TotalKind::Shipping,
        "shipping",
        "/cart/subtotals/shipping/amount",
    ),
    (
        TotalKind::Fee,
        "gift wrapping",
        "/cart/subtotals/gift_wrapping/amount",
    ),
    (TotalKind::Tax, "tax", "/cart/subtotals/tax/amount"),
    (TotalKind::GrandTotal, "total", "/cart/totals/total/amount"),
];

/// The cart, where the data say that this is its page, or say nothing and the address does.
pub(super) fn read(page: &Page, is_cart: bool) -> Vec<Draft> {
    let found = states(page, &["prestashop"]).into_iter();
    let carts = found
        .map(|(_, value)| value)
        .filter(|value| names_cart(value, is_cart));
    let draft = only(carts.collect()).and_then(|value| draft_of(&value));
    draft.into_iter().collect()
}

fn names_cart(shop: &Value, is_cart: bool) -> bool {
    match shop.pointer("/page/page_name") {
        Some(Value::Text(name)) => name == "cart",
        _ => is_cart,
    }
}

fn draft_of(shop: &Value) -> Option<Draft> {
    let Value::List(products) = shop.pointer("/cart/products")? else {
        return None;
    };
    let mut draft = Draft::new("prestashop");
    draft.currency_from(shop, &["/currency/iso_code"]);
    draft.read_lines(products, &PRODUCT, "prestashop/cart/products");
    for (kind, label, pointer) in TOTALS {
        draft.total((kind, label), shop, &[pointer], Units::Major);
    }
    Some(draft)
}
