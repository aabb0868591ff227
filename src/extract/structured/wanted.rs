//! The inline JSON that these readers ask the snapshot for, whatever the shop.

use crate::snapshot::WantedState;

type Texts = &'static [&'static str];

/// Names, what of each is kept, and what must stand in it. Of shop software's state the parts about the cart are kept,
/// never those about the customer.
const WANTED: [(&str, Texts, Texts); 9] = [
    ("prestashop", &["cart", "currency", "page"], &["\"cart\""]),
    ("checkoutConfig", &["quoteItemData", "totalsData"], &[]),
    ("dataLayer", &["event", "ecommerce"], &["\"view_cart\""]),
    ("view_cart", &["currency", "value", "items"], &[]),
    ("Shopify.cart", &[], &[]),
    ("Shopify.checkout", &[], &[]),
    ("application/json", &[], &["\"quantity\"", "\"qty\""]),
    ("__INITIAL_STATE__", &[], &["\"quantity\"", "\"qty\""]),
    ("__PRELOADED_STATE__", &[], &["\"quantity\"", "\"qty\""]),
];

/// What to take along of every page.
pub(in crate::extract) fn wanted() -> Vec<WantedState> {
    let owned = |texts: Texts| texts.iter().map(|text| (*text).to_owned()).collect();
    let all = WANTED.iter().map(|(name, keep, holding)| WantedState {
        name: (*name).to_owned(),
        keep: owned(keep),
        holding: owned(holding),
    });
    all.collect()
}
