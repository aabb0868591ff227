//! Magento: `window.checkoutConfig = {…}`, with the items and the totals of the quote.
//!
//! The `grand_total` beside the items leaves the tax out; what is to be paid stands among the segments. Items have
//! their amounts without tax and with it, and the page shows one of the two or both.

use crate::css::Selector;

use crate::cart::{LineField, TotalKind};
use crate::json::Value;
use crate::money::TaxBasis;
use crate::snapshot::Page;

use super::amount::Units;
use super::draft::Draft;
use super::shape::Shape;
use super::{only, states};

const NET: Shape = Shape {
    fields: &[
        (LineField::Description, &["/name"]),
        (LineField::SupplierPartId, &["/sku"]),
        (LineField::Quantity, &["/qty"]),
        (LineField::UnitPrice, &["/price"]),
        (LineField::LineTotal, &["/row_total"]),
        (LineField::Options, &["/options"]),
    ],
    units: Units::Major,
    tax: TaxBasis::Unknown,
};

const GROSS: Shape = Shape {
    fields: &[
        (LineField::Description, &["/name"]),
        (LineField::SupplierPartId, &["/sku"]),
        (LineField::Quantity, &["/qty"]),
        (LineField::UnitPrice, &["/price_incl_tax"]),
        (LineField::LineTotal, &["/row_total_incl_tax"]),
        (LineField::Options, &["/options"]),
    ],
    ..NET
};

/// Segments of the totals.
const SEGMENTS: [(&str, TotalKind); 7] = [
    ("subtotal", TotalKind::Subtotal),
    ("shipping", TotalKind::Shipping),
    ("discount", TotalKind::Discount),
    ("tax", TotalKind::Tax),
    ("weee", TotalKind::Levy),
    ("weee_tax", TotalKind::Levy),
    ("grand_total", TotalKind::GrandTotal),
];

/// Whether Magento says that this is the cart's page: the checkout carries the same data.
pub(super) fn is_cart_page(page: &Page) -> bool {
    let mark = Selector::parse("body.checkout-cart-index");
    mark.is_ok_and(|mark| !page.select(&mark).is_empty())
}

/// The quote without tax, and otherwise with it.
pub(super) fn read(page: &Page) -> Vec<Draft> {
    let found = states(page, &["checkoutConfig"]).into_iter();
    let config = only(found.map(|(_, value)| value).collect());
    let draft = config.as_ref().and_then(|config| {
        let Value::List(items) = config.property("quoteItemData")? else {
            return None;
        };
        let mut net = draft_of(config, items, &NET);
        let mut gross = draft_of(config, items, &GROSS);
        if !net.amounts().eq(gross.amounts()) {
            net.state_tax(TaxBasis::Net);
            gross.state_tax(TaxBasis::Gross);
            net.otherwise = Some(Box::new(gross));
        }
        Some(net)
    });
    draft.into_iter().collect()
}

fn draft_of(config: &Value, items: &[Value], shape: &Shape) -> Draft {
    let mut draft = Draft::new("magento");
    draft.currency_from(config, &["/totalsData/quote_currency_code"]);
    draft.read_lines(items, shape, "checkoutConfig/quoteItemData");
    if let Some(Value::List(segments)) = config.pointer("/totalsData/total_segments") {
        for segment in segments {
            add_segment(&mut draft, segment);
        }
    }
    draft
}

impl Draft {
    fn state_tax(&mut self, tax: TaxBasis) {
        let prices = self.lines.iter_mut();
        for price in prices.filter_map(|line| line.unit_price.as_mut()) {
            price.tax = tax;
        }
    }
}

fn add_segment(draft: &mut Draft, segment: &Value) {
    let Some(Value::Text(code)) = segment.property("code") else {
        return;
    };
    let known = SEGMENTS.iter().find(|(own, _)| own == code);
    let kind = known.map_or(TotalKind::Unrecognised, |(_, kind)| *kind);
    draft.total((kind, code), segment, &["/value"], Units::Major);
}
