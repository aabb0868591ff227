//! Any JSON of a page that holds one list of ordered things under a name for a cart.
//!
//! SAP Commerce's `entries`, the Store API of WooCommerce, `lineItems` of headless shops: each has a name, a quantity
//! and a price. Where several lists could be the cart, none is.

use crate::cart::{LineField, TotalKind};
use crate::json::Value;
use crate::money::TaxBasis;
use crate::snapshot::Page;

use super::super::text::clean;
use super::amount::Units;
use super::draft::Draft;
use super::shape::Shape;
use super::states;

/// Names under which pages hold their state.
const NAMES: [&str; 3] = [
    "application/json",
    "__INITIAL_STATE__",
    "__PRELOADED_STATE__",
];

const ITEM: Shape = Shape {
    fields: &[
        (
            LineField::Description,
            &[
                "/product/name",
                "/name",
                "/title",
                "/productName",
                "/product_name",
                "/displayName",
            ],
        ),
        (
            LineField::SupplierPartId,
            &[
                "/product/code",
                "/sku",
                "/product/sku",
                "/productCode",
                "/articleNumber",
                "/variant/sku",
            ],
        ),
        (
            LineField::Manufacturer,
            &["/product/manufacturer", "/manufacturer", "/brand"],
        ),
        (LineField::Gtin, &["/product/ean", "/ean", "/gtin"]),
        (LineField::Quantity, &["/quantity", "/qty"]),
        (
            LineField::UnitPrice,
            &[
                "/basePrice",
                "/unitPrice",
                "/unit_price",
                "/prices/price",
                "/price",
            ],
        ),
        (
            LineField::LineTotal,
            &[
                "/totalPrice",
                "/totals/line_subtotal",
                "/lineTotal",
                "/line_total",
                "/rowTotal",
                "/row_total",
            ],
        ),
        (LineField::Url, &["/product/url", "/permalink", "/url"]),
        (LineField::Options, &["/variation"]),
    ],
    units: Units::Major,
    tax: TaxBasis::Unknown,
};

type Places = &'static [&'static str];

/// Totals beside the list, each with the names that it has.
const TOTALS: [(TotalKind, &str, Places); 6] = [
    (
        TotalKind::Subtotal,
        "subtotal",
        &[
            "/subTotal",
            "/subtotal",
            "/sub_total",
            "/totals/total_items",
            "/totals/subtotal",
            "/totals/subTotal",
        ],
    ),
    (
        TotalKind::Discount,
        "discount",
        &[
            "/totalDiscounts",
            "/discountTotal",
            "/totals/total_discount",
            "/totals/discount",
        ],
    ),
    (
        TotalKind::Shipping,
        "shipping",
        &[
            "/deliveryCost",
            "/shippingCost",
            "/shippingTotal",
            "/totals/total_shipping",
            "/totals/shipping",
        ],
    ),
    (
        TotalKind::Fee,
        "fees",
        &["/totals/total_fees", "/totals/fees"],
    ),
    (
        TotalKind::Tax,
        "tax",
        &["/totalTax", "/taxTotal", "/totals/total_tax", "/totals/tax"],
    ),
    (
        TotalKind::GrandTotal,
        "total",
        &[
            "/totalPriceWithTax",
            "/grandTotal",
            "/grand_total",
            "/totals/total_price",
            "/totals/grandTotal",
            "/totals/total",
            "/totalPrice",
            "/total",
        ],
    ),
];

const CURRENCIES: Places = &[
    "/currency",
    "/currencyCode",
    "/currency_code",
    "/currencyIso",
    "/totals/currency_code",
    "/totalPrice/currencyIso",
    "/totalPrice/currencyCode",
    "/totalPriceWithTax/currencyIso",
    "/subTotal/currencyIso",
];

/// Words in the names of properties that hold a cart.
const CART: [&str; 7] = [
    "cart",
    "basket",
    "bag",
    "trolley",
    "warenkorb",
    "panier",
    "checkout",
];

/// Beginnings of words in the names of properties that hold something else.
const NO_CART: [&str; 17] = [
    "recommend",
    "suggest",
    "related",
    "similar",
    "upsell",
    "cross",
    "saved",
    "later",
    "wish",
    "favo",
    "history",
    "order",
    "recent",
    "removed",
    "popular",
    "compare",
    "sample",
];

/// The one list of ordered things in the page's state.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let states = states(page, &NAMES);
    let mut found = Vec::new();
    for (name, value) in &states {
        let id = name.split_once('#').map_or(*name, |(_, id)| id);
        let mut way = Way {
            steps: vec![Step::Name(id)],
            inside: Inside::Elsewhere.below(id),
        };
        way.walk(value, value, &mut found);
    }
    let Some((first, others)) = found.split_first() else {
        return Vec::new();
    };
    let same = |other: &Found<'_>| other.items == first.items && other.holder == first.holder;
    if !others.iter().all(same) {
        return Vec::new();
    }
    vec![first.draft()]
}

/// What the names on the way to a value say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Elsewhere,
    Cart,
    NoCart,
}

impl Inside {
    fn below(self, name: &str) -> Self {
        let words = words(name);
        let has = |is: &dyn Fn(&str) -> bool| words.iter().any(|word| is(word));
        if self == Self::NoCart || has(&|word| NO_CART.iter().any(|no| word.starts_with(no))) {
            Self::NoCart
        } else if has(&|word| CART.contains(&word)) {
            Self::Cart
        } else {
            self
        }
    }
}

/// The words of a name in small letters: `mini` and `cart` of `miniCart` and of `mini_cart`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if !letter.is_ascii_lowercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_ascii_alphanumeric()) {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words
}

/// A list that may be the cart.
struct Found<'v> {
    path: String,
    holder: &'v Value,
    items: &'v [Value],
}

/// The way to a value.
struct Way<'v> {
    steps: Vec<Step<'v>>,
    inside: Inside,
}

#[derive(Clone, Copy)]
enum Step<'v> {
    Name(&'v str),
    Place(usize),
}

impl<'v> Way<'v> {
    fn walk(&mut self, value: &'v Value, holder: &'v Value, found: &mut Vec<Found<'v>>) {
        match value {
            Value::List(items)
                if self.inside == Inside::Cart
                    && !items.is_empty()
                    && items.iter().all(|item| ITEM.fits(item)) =>
            {
                found.push(Found {
                    path: self.path(),
                    holder,
                    items,
                });
            }
            Value::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.steps.push(Step::Place(place));
                    self.walk(item, item, found);
                    self.steps.pop();
                }
            }
            Value::Object(properties) => {
                for (name, inner) in properties {
                    let before = self.inside;
                    self.inside = before.below(name);
                    self.steps.push(Step::Name(name));
                    self.walk(inner, value, found);
                    self.steps.pop();
                    self.inside = before;
                }
            }
            _ => {}
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            if !path.is_empty() {
                path.push('/');
            }
            match step {
                Step::Name(name) => path.push_str(&clean(name).text),
                Step::Place(place) => path.push_str(&place.to_string()),
            }
        }
        path
    }
}

impl Found<'_> {
    fn draft(&self) -> Draft {
        let mut draft = Draft::new("json_walk");
        draft.currency_from(self.holder, CURRENCIES);
        draft.read_lines(self.items, &ITEM, &self.path);
        let contains_tax = self.holder.property("net") == Some(&Value::Bool(false));
        for (kind, label, pointers) in TOTALS {
            let kind = match kind {
                TotalKind::Tax if contains_tax => TotalKind::IncludedTax,
                kind => kind,
            };
            draft.total((kind, label), self.holder, pointers, Units::Major);
        }
        draft
    }
}
