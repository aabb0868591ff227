//! A cart as one JSON object: the contract of `selectors extract`.

use punchout::cart::{Cart, CartLine, Reader, Verdict};
use punchout::extract::extract;
use punchout::money::{Currency, Decimal, TaxBasis};
use punchout::snapshot::SnapshotError;
use punchout::supplier::Catalog;
use serde::Serialize;

use crate::english::Told;
use crate::fixture::Page;
use crate::saved::Saved;
use crate::url::NotAnAddress;

/// Why a saved page gives no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The address is none.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
    /// The page cannot be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

/// What is printed; amounts are decimals as the page shows them, what is absent is null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    url: String,
    reader: Reader,
    verdict: Verdict,
    currency: Option<Currency>,
    lines: Vec<Line>,
    totals: Totals,
    findings: Vec<Told>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Line {
    description: String,
    supplier_part_id: Option<String>,
    manufacturer_part_id: Option<String>,
    gtin: Option<String>,
    quantity: Decimal,
    unit_price: Option<Decimal>,
    price_basis: Option<Decimal>,
    unit_of_measure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
    line_total: Option<Decimal>,
    tax_basis: TaxBasis,
    url: Option<String>,
    seller: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Totals {
    subtotal: Option<Decimal>,
    discount: Option<Decimal>,
    shipping: Option<Decimal>,
    tax: Option<Decimal>,
    fees: Option<Decimal>,
    grand_total: Option<Decimal>,
}

impl Report {
    /// Reads a saved page.
    ///
    /// # Errors
    ///
    /// When the address is none, or the page cannot be read at all. A page without a cart is a report.
    pub fn of(page: &Page, catalog: &Catalog) -> Result<Self, ReportError> {
        Self::of_saved(&Saved::Html(page.clone()), catalog)
    }

    /// Reads a saved page, whatever it was saved as.
    ///
    /// # Errors
    ///
    /// As [`Report::of`].
    pub fn of_saved(page: &Saved, catalog: &Catalog) -> Result<Self, ReportError> {
        let cart = page.read(catalog, |read, at| extract(read, at, catalog))?;
        Ok(Self::new(page.url().to_owned(), cart))
    }

    fn new(url: String, cart: Cart) -> Self {
        let totals = cart.totals;
        Self {
            url,
            reader: cart.reader,
            verdict: cart.verdict,
            currency: cart.currency,
            lines: cart.lines.into_iter().map(Line::from).collect(),
            totals: Totals {
                subtotal: totals.subtotal,
                discount: totals.discount,
                shipping: totals.shipping,
                tax: totals.tax,
                fees: totals.fees,
                grand_total: totals.grand_total,
            },
            findings: cart.findings.iter().map(Told::from).collect(),
        }
    }

    /// The JSON object, on several lines.
    ///
    /// # Errors
    ///
    /// As `serde_json` does; in practice never.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// Whether the page has a cart whose sums are not proved.
    #[must_use]
    pub fn is_unproved(&self) -> bool {
        self.verdict == Verdict::Unreconciled
    }

    /// How many lines were read.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }
}

impl From<CartLine> for Line {
    fn from(line: CartLine) -> Self {
        let price = line.unit_price;
        Self {
            description: line.description,
            supplier_part_id: line.supplier_part_id,
            manufacturer_part_id: line.manufacturer_part_id,
            gtin: line.gtin,
            quantity: line.quantity,
            unit_price: price.as_ref().map(|price| price.amount),
            price_basis: price.as_ref().map(|price| price.basis),
            unit_of_measure: line.unit_of_measure,
            currency: line.currency,
            line_total: line.line_total,
            tax_basis: price.map_or(TaxBasis::Unknown, |price| price.tax),
            url: line.url,
            seller: line.seller,
        }
    }
}
