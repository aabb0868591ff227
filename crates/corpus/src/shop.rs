//! What a shop is: `corpus/shops/<shop>/shop.toml`.

use std::collections::BTreeMap;

use punchout::money::TaxBasis;
use serde::Deserialize;

/// A shop whose pages are made from its templates.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shop {
    /// Name of its folder; the id of the definition in `selectors/` where there is one.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Address of its cart page.
    pub url: String,
    /// Whether no definition may ever be written for it, so that it tests the generic reader alone.
    #[serde(default)]
    pub held_out: bool,
    /// Locale tags; each decides words and number format.
    pub languages: Vec<String>,
    /// ISO 4217 codes, parallel to `languages`.
    pub currencies: Vec<String>,
    /// Whether the lines' prices contain tax: `net` or `gross`.
    pub prices: TaxBasis,
    /// Whether the subtotal contains tax, where it differs from the lines.
    #[serde(default)]
    pub subtotal: Option<TaxBasis>,
    /// The rows that `cart.html` prints below the lines.
    pub totals: Vec<Row>,
    /// What `cart.html` prints of a line beside its description and quantity.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// The scenarios by name; empty for all that the shop can show.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// Scenarios that the shop cannot show, where `scenarios` is empty.
    #[serde(default)]
    pub without: Vec<String>,
    /// How its supplier numbers are made: `{id}`, `{sku}`, `{gtin}` and other characters.
    #[serde(default = "own_sku")]
    pub sku: String,
    /// How its product addresses are made: `{slug}`, `{id}`, `{sku}` and other characters.
    #[serde(default = "own_product_url")]
    pub product_url: String,
    /// Addresses of its pages that are no cart, by the name of the template without `.html`.
    #[serde(default)]
    pub pages: BTreeMap<String, String>,
}

fn own_sku() -> String {
    "{sku}".to_owned()
}

fn own_product_url() -> String {
    "/{slug}-{id}".to_owned()
}

/// A row of the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    /// Sum of the lines.
    Subtotal,
    /// Coupons and discounts.
    Discount,
    /// Delivery.
    Shipping,
    /// Fees.
    #[serde(alias = "fees")]
    Fee,
    /// Taxes, added or contained.
    Tax,
    /// What is to be paid.
    GrandTotal,
}

/// A field of a line, by the name that the reader's report gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The supplier's number.
    SupplierPartId,
    /// The manufacturer.
    Manufacturer,
    /// The manufacturer's number.
    ManufacturerPartId,
    /// The GTIN.
    Gtin,
    /// The price of a unit.
    UnitPrice,
    /// How many units the price is for.
    BaseQuantity,
    /// The unit as printed.
    UnitOfMeasure,
    /// The line's amount.
    LineTotal,
    /// The product's address as the page links it.
    Url,
    /// The seller.
    Seller,
    /// What was chosen of the product.
    Options,
}

impl Shop {
    /// What tables call it: its id and its languages.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} ({})", self.id, self.languages.join(", "))
    }

    /// Whether its cart page prints the row.
    #[must_use]
    pub fn prints(&self, row: Row) -> bool {
        self.totals.contains(&row)
    }

    /// Whether its cart page prints the field.
    #[must_use]
    pub fn shows(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }

    /// Whether its subtotal contains tax.
    #[must_use]
    pub fn subtotal_basis(&self) -> TaxBasis {
        self.subtotal.unwrap_or(self.prices)
    }

    /// The currency of a locale tag that is one of its languages.
    #[must_use]
    pub fn currency_of(&self, tag: &str) -> Option<&str> {
        let mut pairs = self.languages.iter().zip(&self.currencies);
        let found = pairs.find(|(language, _)| *language == tag)?;
        Some(found.1)
    }

    /// The address of a page that is no cart: as written, else the cart's own for an empty cart, else its host and
    /// the page's name.
    #[must_use]
    pub fn url_of(&self, page: &str) -> String {
        let host = || {
            let mut parts = self.url.splitn(4, '/');
            let origin: Vec<&str> = parts.by_ref().take(3).collect();
            format!("{}/{page}", origin.join("/"))
        };
        match self.pages.get(page) {
            Some(url) => url.clone(),
            None if page == "cart" || page == "empty" => self.url.clone(),
            None => host(),
        }
    }
}
