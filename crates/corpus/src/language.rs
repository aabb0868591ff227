//! The words that templates print: `corpus/languages/<language>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The words of one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its code, name of the file.
    pub language: String,
    /// What templates call `t`.
    pub words: BTreeMap<String, String>,
    /// What goods are called.
    pub goods: BTreeMap<String, String>,
    /// What options and their values are called.
    pub options: BTreeMap<String, String>,
}

/// The keys that every language has, so that a template may print each of them.
pub const WORDS: [&str; 44] = [
    "account",
    "add_to_cart",
    "address",
    "apply",
    "cart",
    "checkout",
    "continue_shopping",
    "cookies",
    "coupon_code",
    "delivery",
    "details",
    "discount",
    "empty_cart",
    "excluded_tax",
    "fee",
    "footer_note",
    "grand_total",
    "in_stock",
    "included_tax",
    "item_number",
    "manufacturer",
    "menu",
    "move_to_cart",
    "newsletter",
    "order_date",
    "order_history",
    "order_number",
    "piece",
    "price",
    "product",
    "quantity",
    "remove",
    "saved_for_later",
    "search",
    "seller",
    "shipping",
    "subtotal",
    "tax",
    "total",
    "unit_price",
    "update",
    "wish_list",
    "you_may_like",
    "you_save",
];

impl Language {
    /// The word of a key; empty where there is none.
    #[must_use]
    pub fn word(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// What an option or a value is called, the key itself where there is no word.
    #[must_use]
    pub fn option<'l>(&'l self, key: &'l str) -> &'l str {
        self.options.get(key).map_or(key, String::as_str)
    }

    /// The keys of [`WORDS`] that have no word.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        WORDS
            .into_iter()
            .filter(|key| !self.words.contains_key(*key))
            .collect()
    }
}
