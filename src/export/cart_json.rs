//! A cart as JSON by `docs/exported-cart.schema.json`, which is made of these types. Amounts are texts with the digits of
//! the page, for a JSON number is a binary fraction to most who read one.

use serde::Serialize;

use super::{Exported, Line, Purpose, Unit};
use crate::cart::{Totals, Verdict};
use crate::money::{Currency, Decimal, TaxBasis, UnitCode};

/// A cart as it is exported.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(title = "Punchout cart", deny_unknown_fields)
)]
pub struct CartFile<'a> {
    /// The version of this format: 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    format: u8,
    /// The capture's id, a UUID.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    capture: &'a str,
    /// The shop's host.
    host: &'a str,
    /// When the page was read, by RFC 3339.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    captured_at: String,
    /// Who read the page: `supplier:ID`, `platform:ID`, `structured:KIND` or `generic`.
    reader: String,
    /// How far the page's own totals prove the lines.
    #[cfg_attr(feature = "schema", schemars(with = "VerdictName"))]
    verdict: Verdict,
    /// The currency of the totals, and of all lines that say no other; null where neither the page nor the buyer says one.
    currency: Option<Currency>,
    /// The lines in the page's order.
    lines: Vec<LineOfFile<'a>>,
    /// What the page shows below its lines.
    totals: TotalsOfFile,
}

/// A line.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Line", deny_unknown_fields))]
struct LineOfFile<'a> {
    /// Its place in the cart, from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    line: u32,
    /// False for what the buyer made a note that will not be ordered.
    ordered: bool,
    /// What the page calls the product.
    description: &'a str,
    /// The supplier's own number.
    supplier_part_id: Option<&'a str>,
    /// The manufacturer's name.
    manufacturer: Option<&'a str>,
    /// The manufacturer's number.
    manufacturer_part_id: Option<&'a str>,
    /// GS1 Global Trade Item Number.
    gtin: Option<&'a str>,
    /// How many units.
    #[cfg_attr(feature = "schema", schemars(with = "Amount"))]
    quantity: Decimal,
    /// The unit as the page prints it.
    unit_of_measure: Option<&'a str>,
    /// The code of that unit, where one is known.
    unit_code: Option<UnitCode>,
    /// The currency of its amounts; null where neither the page nor the buyer says one.
    currency: Option<Currency>,
    /// The price as shown, for `price_basis` units.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    unit_price: Option<Decimal>,
    /// How many units the price is for.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    price_basis: Option<Decimal>,
    /// Whether the price contains tax: as the page says, else the buyer or the shop's set-up; null where there is no price.
    #[cfg_attr(feature = "schema", schemars(with = "Option<TaxBasisName>"))]
    tax_basis: Option<TaxBasis>,
    /// The amount of the line as shown.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    line_total: Option<Decimal>,
    /// The reduction shown beside the line, negative; the line's amount contains it.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    discount: Option<Decimal>,
    /// What was chosen of the product, as printed.
    options: &'a [String],
    /// What the page says of delivery, as printed.
    delivery: Option<&'a str>,
    /// The least quantity that can be ordered.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    minimum_quantity: Option<Decimal>,
    /// The seller on a marketplace.
    seller: Option<&'a str>,
    /// Address of the product's page, as the page links it.
    url: Option<&'a str>,
}

/// What the page shows below its lines; null where it shows none.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Totals", deny_unknown_fields))]
struct TotalsOfFile {
    /// Sum of the lines.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    subtotal: Option<Decimal>,
    /// Discounts and coupons, negative.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    discount: Option<Decimal>,
    /// Delivery.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    shipping: Option<Decimal>,
    /// Value added or sales tax.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    tax: Option<Decimal>,
    /// Other charges.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    fees: Option<Decimal>,
    /// What is to be paid.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Amount>"))]
    grand_total: Option<Decimal>,
}

impl<'a> LineOfFile<'a> {
    fn new(line: &Line<'a>, of_cart: Option<Currency>) -> Self {
        let read = line.read;
        let price = read.unit_price.as_ref();
        Self {
            line: line.number,
            ordered: line.purpose == Purpose::Order,
            description: &read.description,
            supplier_part_id: read.supplier_part_id.as_deref(),
            manufacturer: read.manufacturer.as_deref(),
            manufacturer_part_id: read.manufacturer_part_id.as_deref(),
            gtin: read.gtin.as_deref(),
            quantity: read.quantity,
            unit_of_measure: read.unit_of_measure.as_deref(),
            unit_code: match line.unit {
                Unit::Coded(code) => Some(code),
                Unit::Unprinted | Unit::Unknown => None,
            },
            currency: read.currency.or(of_cart),
            unit_price: price.map(|price| price.amount),
            price_basis: price.map(|price| price.basis),
            tax_basis: price.map(|_| line.tax),
            line_total: read.line_total,
            discount: read.discount,
            options: &read.options,
            delivery: read.delivery.as_deref(),
            minimum_quantity: read.minimum_quantity,
            seller: read.seller.as_deref(),
            url: read.url.as_deref(),
        }
    }
}

impl TotalsOfFile {
    fn new(totals: &Totals) -> Self {
        Self {
            subtotal: totals.subtotal,
            discount: totals.discount,
            shipping: totals.shipping,
            tax: totals.tax,
            fees: totals.fees,
            grand_total: totals.grand_total,
        }
    }
}

pub(super) fn cart(cart: &Exported<'_>) -> String {
    let file = CartFile {
        format: 1,
        capture: cart.capture.as_str(),
        host: cart.host,
        captured_at: cart.captured_at.to_rfc3339(),
        reader: cart.reader.clone().into(),
        verdict: cart.verdict,
        currency: cart.currency,
        lines: cart
            .lines
            .iter()
            .map(|line| LineOfFile::new(line, cart.currency))
            .collect(),
        totals: TotalsOfFile::new(cart.totals),
    };
    // Structs of texts always serialise.
    serde_json::to_string(&file).unwrap_or_default()
}

/// How the schema names what other rooms own.
#[cfg(feature = "schema")]
mod names {
    /// An exact decimal as text, with a point: `12.90`.
    #[derive(schemars::JsonSchema)]
    #[schemars(transparent)]
    #[allow(dead_code, reason = "a schema only")]
    pub struct Amount(#[schemars(regex(pattern = r"^-?\d+(\.\d+)?$"))] String);

    /// How far the page proves its lines.
    #[derive(schemars::JsonSchema)]
    #[schemars(rename_all = "snake_case", rename = "Verdict")]
    #[allow(dead_code, reason = "a schema only")]
    pub enum VerdictName {
        /// The page's own totals follow from the lines.
        Reconciled,
        /// Every difference is accounted for.
        Explained,
        /// Something does not add up.
        Unreconciled,
        /// The page shows no cart.
        NotACart,
    }

    /// Whether an amount contains tax.
    #[derive(schemars::JsonSchema)]
    #[schemars(rename_all = "snake_case", rename = "TaxBasis")]
    #[allow(dead_code, reason = "a schema only")]
    pub enum TaxBasisName {
        /// Without tax.
        Net,
        /// With tax.
        Gross,
        /// Nobody says.
        Unknown,
    }
}
#[cfg(feature = "schema")]
use names::{Amount, TaxBasisName, VerdictName};
