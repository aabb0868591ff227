//! schema.org in JSON-LD: items that say how many of them are ordered.
//!
//! Products and offers without a quantity are what a shop sells, not what is in a cart.

use crate::cart::{LineField, TotalKind};
use crate::json::{self, Value};
use crate::money::TaxBasis;
use crate::snapshot::Page;

use super::amount::Units;
use super::draft::Draft;
use super::only;
use super::shape::Shape;

/// An order item, an accepted offer, or an entry of a list of either.
const ITEM: Shape = Shape {
    fields: &[
        (
            LineField::Description,
            &[
                "/orderedItem/name",
                "/itemOffered/name",
                "/item/name",
                "/name",
            ],
        ),
        (
            LineField::SupplierPartId,
            &["/orderedItem/sku", "/itemOffered/sku", "/item/sku", "/sku"],
        ),
        (
            LineField::ManufacturerPartId,
            &["/orderedItem/mpn", "/itemOffered/mpn", "/item/mpn", "/mpn"],
        ),
        (
            LineField::Gtin,
            &[
                "/orderedItem/gtin13",
                "/itemOffered/gtin13",
                "/item/gtin13",
                "/gtin13",
            ],
        ),
        (
            LineField::Quantity,
            &[
                "/orderQuantity",
                "/eligibleQuantity/value",
                "/item/orderQuantity",
                "/item/offers/eligibleQuantity/value",
                "/offers/eligibleQuantity/value",
            ],
        ),
        (
            LineField::UnitPrice,
            &[
                "/price",
                "/offers/price",
                "/orderedItem/offers/price",
                "/item/offers/price",
            ],
        ),
        (
            LineField::Url,
            &["/orderedItem/url", "/itemOffered/url", "/item/url", "/url"],
        ),
    ],
    units: Units::Major,
    tax: TaxBasis::Unknown,
};

/// Properties that list what is ordered.
const LISTS: [&str; 4] = ["orderedItem", "acceptedOffer", "itemListElement", "@graph"];

/// Properties of an order that has been placed.
const PLACED: [&str; 3] = ["orderNumber", "orderStatus", "orderDate"];

/// The one list of ordered items in the page's JSON-LD.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let texts = page.json_ld().iter();
    let values: Vec<Value> = texts.filter_map(|text| json::parse(text).ok()).collect();
    draft_of(&values, "json_ld").into_iter().collect()
}

/// The cart of the one list of ordered items in some values.
pub(super) fn draft_of(values: &[Value], kind: &'static str) -> Option<Draft> {
    let mut lists = Vec::new();
    for value in values {
        find_lists(value, value, &mut lists);
    }
    let (holder, items) = only(lists)?;
    let mut draft = Draft::new(kind);
    draft.currency_from(
        holder,
        &[
            "/priceCurrency",
            "/totalPaymentDue/priceCurrency",
            "/acceptedOffer/0/priceCurrency",
            "/orderedItem/0/priceCurrency",
            "/orderedItem/0/orderedItem/offers/priceCurrency",
            "/itemListElement/0/item/offers/priceCurrency",
            "/itemListElement/0/offers/priceCurrency",
        ],
    );
    draft.read_lines(items, &ITEM, kind);
    let pointers = ["/totalPaymentDue/price", "/totalPaymentDue", "/price"];
    let total = (TotalKind::GrandTotal, "totalPaymentDue");
    draft.total(total, holder, &pointers, Units::Major);
    Some(draft)
}

/// Every list of which all items are ordered ones, with the object that holds it.
fn find_lists<'v>(value: &'v Value, holder: &'v Value, found: &mut Vec<(&'v Value, &'v [Value])>) {
    match value {
        Value::List(items) if !items.is_empty() && items.iter().all(|item| ITEM.fits(item)) => {
            found.push((holder, items));
        }
        Value::List(items) => {
            for item in items {
                find_lists(item, item, found);
            }
        }
        Value::Object(_) if PLACED.iter().any(|name| value.property(name).is_some()) => {}
        Value::Object(_) => {
            for list in LISTS.iter().filter_map(|name| value.property(name)) {
                find_lists(list, value, found);
            }
        }
        _ => {}
    }
}
