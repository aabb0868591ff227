//! A cart as read from a page: lines, totals, and what does not add up.
//!
//! The nouns are those of cXML's `ItemIn`/`ItemDetail` and of OCI. Amounts are as shown; nothing is corrected.

mod balance;
mod lines;
mod message;
mod reconcile;
mod rows;

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Decimal, Price};
use crate::sorted::SortedMap;

use lines::Precision;

pub use lines::line_amount;
pub use message::{Argument, Key, Message};
pub use reconcile::reconcile;
pub use rows::{TotalKind, TotalRow, rate_in};

/// Most lines that a cart may hold.
pub const MOST_LINES: usize = 2000;

/// Most characters that a text of a line may hold.
pub const LONGEST_TEXT: usize = 1000;

/// One line of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// What the page calls the product, white space folded, control and direction characters removed.
    pub description: String,
    /// The supplier's own number (cXML `SupplierPartID`, OCI `VENDORMAT`).
    pub supplier_part_id: Option<String>,
    /// The manufacturer's name (cXML `ManufacturerName`).
    pub manufacturer: Option<String>,
    /// The manufacturer's number (cXML `ManufacturerPartID`, OCI `MANUFACTMAT`).
    pub manufacturer_part_id: Option<String>,
    /// GS1 Global Trade Item Number, 8 to 14 digits.
    pub gtin: Option<String>,
    /// How many units are ordered; greater than zero.
    pub quantity: Decimal,
    /// The price of a unit, with its basis and tax basis; absent where the page shows none.
    pub unit_price: Option<Price>,
    /// The unit as printed by the page.
    pub unit_of_measure: Option<String>,
    /// The currency of its amounts, where those of the cart are in several; `None` for that of the cart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The amount of the line as shown.
    pub line_total: Option<Decimal>,
    /// The reduction that the page shows beside the line, negative; the line's total already contains it.
    pub discount: Option<Decimal>,
    /// What was chosen of the product, as printed: `Colour: red`, `L`.
    pub options: Vec<String>,
    /// What the page says of delivery, as printed.
    pub delivery: Option<String>,
    /// The least quantity that can be ordered, where the page says one.
    pub minimum_quantity: Option<Decimal>,
    /// Address of the product's page, as the page links it.
    pub url: Option<String>,
    /// The seller on a marketplace, where it is not the shop itself.
    pub seller: Option<String>,
    /// Where each field came from.
    pub provenance: SortedMap<LineField, Source>,
}

impl CartLine {
    /// A line of which nothing else is known.
    #[must_use]
    pub const fn new(description: String, quantity: Decimal) -> Self {
        Self {
            description,
            supplier_part_id: None,
            manufacturer: None,
            manufacturer_part_id: None,
            gtin: None,
            quantity,
            unit_price: None,
            unit_of_measure: None,
            currency: None,
            line_total: None,
            discount: None,
            options: Vec::new(),
            delivery: None,
            minimum_quantity: None,
            url: None,
            seller: None,
            provenance: SortedMap::new(),
        }
    }
}

/// A field of a line, as the key of its provenance and in supplier definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineField {
    /// [`CartLine::description`]
    Description,
    /// [`CartLine::supplier_part_id`]
    SupplierPartId,
    /// [`CartLine::manufacturer_part_id`]
    ManufacturerPartId,
    /// [`CartLine::gtin`]
    Gtin,
    /// [`CartLine::quantity`]
    Quantity,
    /// [`CartLine::unit_price`]
    UnitPrice,
    /// [`CartLine::unit_of_measure`]
    UnitOfMeasure,
    /// [`CartLine::line_total`]
    LineTotal,
    /// [`CartLine::url`]
    Url,
    /// [`CartLine::seller`]
    Seller,
    /// [`CartLine::manufacturer`]
    Manufacturer,
    /// [`CartLine::discount`]
    Discount,
    /// [`CartLine::options`]
    Options,
    /// [`CartLine::delivery`]
    Delivery,
    /// [`CartLine::minimum_quantity`]
    MinimumQuantity,
}

/// Where a value came from: the reader, and the place that it read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The reader that found it.
    pub reader: Reader,
    /// The selector and attribute, or the path in structured data.
    pub locator: String,
}

/// How the locator of a value begins that the page does not show and that its other values make.
pub const DERIVED: &str = "derived: ";

impl Source {
    /// Whether the page does not show the value: it follows from others, and so proves nothing of them.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.locator.starts_with(DERIVED)
    }
}

/// Who read a cart. Written as `supplier:ID`, `platform:ID`, `structured:KIND` or `generic`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Reader {
    /// The definition of a supplier.
    Supplier(String),
    /// The definition of a shop platform.
    Platform(String),
    /// Data embedded in the page.
    Structured(String),
    /// The reader that knows no shop.
    Generic,
}

/// The amounts that a page shows below its lines; absent where it shows none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the lines as the page states it.
    pub subtotal: Option<Decimal>,
    /// Discounts and coupons; a reduction is negative.
    pub discount: Option<Decimal>,
    /// Delivery.
    pub shipping: Option<Decimal>,
    /// Value added or sales tax.
    pub tax: Option<Decimal>,
    /// Recycling, eco, minimum quantity and other fees, summed.
    pub fees: Option<Decimal>,
    /// What is to be paid.
    pub grand_total: Option<Decimal>,
}

/// A cart, with everything that a reviewer must know about how sure it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// Who read it.
    pub reader: Reader,
    /// Whether the page's own totals follow from the lines.
    pub verdict: Verdict,
    /// The currency of all amounts but those of lines that have their own; `None` where the page does not prove one.
    pub currency: Option<Currency>,
    /// The lines in the page's order.
    pub lines: Vec<CartLine>,
    /// The page's totals in short.
    pub totals: Totals,
    /// The rows that make them, in the page's order.
    #[serde(default)]
    pub rows: Vec<TotalRow>,
    /// What was found beside the values, in order of line, then of discovery.
    pub findings: Vec<Finding>,
}

impl Cart {
    /// A cart without lines: what a reader begins with, and what it ends with on a page that is no cart.
    #[must_use]
    pub const fn new(reader: Reader) -> Self {
        Self {
            reader,
            verdict: Verdict::NotACart,
            currency: None,
            lines: Vec::new(),
            totals: Totals {
                subtotal: None,
                discount: None,
                shipping: None,
                tax: None,
                fees: None,
                grand_total: None,
            },
            rows: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Whether lines say that they are in a currency of their own. Their amounts have no sum.
    #[must_use]
    pub fn is_in_several_currencies(&self) -> bool {
        self.lines.iter().any(|line| line.currency.is_some())
    }

    /// Whether the page tells the currency of every line.
    #[must_use]
    pub fn tells_currencies(&self) -> bool {
        let own = |line: &CartLine| line.currency.is_some();
        self.currency.is_some() || (!self.lines.is_empty() && self.lines.iter().all(own))
    }

    /// How many decimals the amounts of lines have on this page.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        Precision::of(&self.lines, &self.rows, None).decimals
    }
}

/// How far a cart is proved by its own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The page's own totals follow from the lines to the cent.
    Reconciled,
    /// Every difference is accounted for by a named finding.
    Explained,
    /// Something does not add up and nothing accounts for it, or there was nothing to check against.
    Unreconciled,
    /// The page shows no cart, or an empty one.
    NotACart,
}

impl Verdict {
    /// Whether the page's own totals prove the cart.
    #[must_use]
    pub fn is_proved(self) -> bool {
        matches!(self, Self::Reconciled | Self::Explained)
    }
}

/// Something a reviewer must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of thing was found.
    pub code: FindingCode,
    /// Index of the line that it is about, from 0; `None` for the whole cart.
    pub line: Option<usize>,
    /// What was found, with the amounts. Records of earlier versions hold an English `message` in its place.
    #[serde(default = "untold")]
    pub says: Message,
}

/// What is said of a finding that an earlier version wrote down.
fn untold() -> Message {
    Key::Untold.into()
}

/// The kinds of [`Finding`]. The name in JSON is stable: people search for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The page does not prove which currency its amounts are in.
    CurrencyUnknown,
    /// Amounts in more than one currency.
    CurrencyMixed,
    /// The amounts carry a sign of several currencies, and another part of the page decides which one.
    CurrencyFromContext,
    /// Nothing says whether amounts contain tax.
    TaxBasisUnknown,
    /// The page's own sums prove whether the lines contain tax.
    TaxBasisProven,
    /// A line's total differs from quantity × unit price by no more than the shop's rounding can make.
    LineRounding,
    /// A line's total differs from quantity × unit price by a fixed amount that the totals name as a fee or tax.
    LineFixedFee,
    /// A line's total differs from quantity × unit price, and nothing accounts for it.
    LineMismatch,
    /// The subtotal differs from the sum of the lines by no more than rounding can make.
    SubtotalRounding,
    /// The lines contain tax and the subtotal does not, or the reverse; the difference is the tax (and fees) shown.
    NetAndGross,
    /// The grand total differs from the sum of the other totals by no more than rounding can make.
    TotalRounding,
    /// A total is rounded to the coins of its currency.
    CashRounding,
    /// A discount is shown in the totals that the lines or the subtotal already contain.
    DiscountContained,
    /// A charge is shown in the totals that the grand total does not add.
    ChargeNotAdded,
    /// A tax is that on a part of the total: the page leaves a charge untaxed.
    TaxOnPart,
    /// An amount is shown that no sum of the page holds, so that nothing proves it.
    AmountUnproved,
    /// A row of the totals that its label does not tell the meaning of; it is counted, but in no field.
    TotalUnrecognised,
    /// A total differs from what the lines and the other totals give, and nothing accounts for it.
    TotalMismatch,
    /// The page shows no total to check against.
    NothingToCheckAgainst,
    /// A field that every line needs was not found on a line, so the line was not read.
    FieldMissing,
    /// A place matched several different values; none was picked.
    FieldAmbiguous,
    /// A number could not be read, or could be read in two ways.
    NumberUnreadable,
    /// A GTIN whose check digit is wrong, or that has a length that no GTIN has; it was left out.
    GtinInvalid,
    /// A line that the shop says cannot be ordered as it stands.
    LineUnavailable,
    /// A part of the page that may belong to the cart could not be reached.
    PartUnreachable,
    /// A text was cut or cleaned of invisible characters.
    TextCleaned,
    /// More lines, text or amounts than a capture may hold.
    LimitExceeded,
    /// The page is a cart, and there is nothing in it.
    CartEmpty,
    /// Two readers saw different things.
    ReadersDisagree,
    /// A definition that this page is for cannot be used: the extension was built of broken parts.
    DefinitionBroken,
}

impl Finding {
    /// A finding about the whole cart.
    #[must_use]
    pub fn of_cart(code: FindingCode, says: impl Into<Message>) -> Self {
        Self {
            code,
            line: None,
            says: says.into(),
        }
    }

    /// A finding about the line with this index, from 0.
    #[must_use]
    pub fn of_line(code: FindingCode, line: usize, says: impl Into<Message>) -> Self {
        Self {
            code,
            line: Some(line),
            says: says.into(),
        }
    }
}

/// A reader's name that does not have one of the four forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no reader: expected supplier:ID, platform:ID, structured:KIND or generic")]
pub struct UnknownReader(pub String);

impl TryFrom<String> for Reader {
    type Error = UnknownReader;

    fn try_from(text: String) -> Result<Self, UnknownReader> {
        match text.split_once(':') {
            Some(("supplier", id)) => Ok(Self::Supplier(id.to_owned())),
            Some(("platform", id)) => Ok(Self::Platform(id.to_owned())),
            Some(("structured", kind)) => Ok(Self::Structured(kind.to_owned())),
            None if text == "generic" => Ok(Self::Generic),
            _ => Err(UnknownReader(text)),
        }
    }
}

impl From<Reader> for String {
    fn from(reader: Reader) -> Self {
        match reader {
            Reader::Supplier(id) => format!("supplier:{id}"),
            Reader::Platform(id) => format!("platform:{id}"),
            Reader::Structured(kind) => format!("structured:{kind}"),
            Reader::Generic => "generic".to_owned(),
        }
    }
}
