//! A reviewed cart as a file for other programs: CSV, JSON, the form fields of OCI, a cXML `PunchOutOrderMessage`.
//!
//! CSV and JSON hold what was read, whatever it is. The two others are orders in the making, and whoever receives one
//! takes every price as net: what they cannot say, or would say wrongly, is refused with the line, never rounded, cut or
//! assumed in silence. `docs/exports.md` gives the fields of each and their sources.

mod cart_json;
mod csv;
mod cxml;
mod history;
mod oci;
mod order;

use serde::{Deserialize, Serialize};

use crate::capture_id::CaptureId;
use crate::cart::{CartLine, Reader, Totals, Verdict};
use crate::money::{Currency, TaxBasis, UnitCode};
use crate::timestamp::Timestamp;

#[cfg(feature = "schema")]
pub use cart_json::CartFile;
pub use history::{Entry, history};

/// What a cart can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// RFC 4180, guarded against formulas.
    Csv,
    /// By `docs/exported-cart.schema.json`.
    Json,
    /// The form fields of SAP's Open Catalog Interface, of those that versions 4.0 and 5.0 share.
    Oci,
    /// cXML 1.2.050, `PunchOutOrderMessage`.
    Cxml,
}

/// A cart with all that files say of it.
#[derive(Clone, Debug)]
pub struct Exported<'a> {
    /// The capture.
    pub capture: &'a CaptureId,
    /// The shop's host.
    pub host: &'a str,
    /// When the page was read.
    pub captured_at: Timestamp,
    /// Who read it.
    pub reader: &'a Reader,
    /// How far the page proves it.
    pub verdict: Verdict,
    /// The currency of all amounts, where the page proves one or the buyer chose one.
    pub currency: Option<Currency>,
    /// The lines as the review holds them.
    pub lines: Vec<Line<'a>>,
    /// Whether these are the lines that the page shows.
    pub standing: Standing,
    /// The page's totals.
    pub totals: &'a Totals,
    /// What a cXML message says of itself.
    pub envelope: Envelope,
}

/// A line of an exported cart.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Its place in the cart, from 1.
    pub number: u32,
    /// What was read.
    pub read: &'a CartLine,
    /// What is known of its unit.
    pub unit: Unit,
    /// Whether its price contains tax: as the page says, else as the buyer or the shop's set-up in Business Central says.
    pub tax: TaxBasis,
    /// Whether it is to be ordered.
    pub purpose: Purpose,
}

/// Whether the lines of an exported cart are the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// With the page's quantities and prices, and none is missing: the page's delivery and tax are theirs.
    AsOnThePage,
    /// The buyer removed lines, or changed quantities or prices.
    Changed,
}

/// What is known of a line's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The page prints none.
    Unprinted,
    /// The page prints one that has a code.
    Coded(UnitCode),
    /// The page prints one that nobody knows a code for.
    Unknown,
}

/// Whether a line is to be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It is.
    Order,
    /// The buyer made it a note, which will not be ordered.
    Note,
}

/// What a cXML message says of itself.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// `payloadID`: no other document has it.
    pub payload_id: String,
    /// `timestamp`.
    pub timestamp: Timestamp,
    /// `deploymentMode`.
    pub deployment_mode: DeploymentMode,
}

/// cXML's `deploymentMode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeploymentMode {
    /// To be taken for true.
    Production,
    /// To be tried out.
    Test,
}

/// A file, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its name; ASCII.
    pub name: String,
    /// RFC 6838 media type.
    pub media_type: &'static str,
    /// What stands in it.
    pub text: String,
    /// What the reader of the file must know that the file cannot say.
    pub remarks: Vec<Point>,
}

/// Something that a format cannot say, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What.
    pub what: What,
    /// The line's place in the cart, from 1; `None` for the whole cart.
    pub line: Option<u32>,
}

/// What a format cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Refused: no line is to be ordered.
    NothingToOrder,
    /// Refused: nobody says which currency the amounts are in.
    CurrencyUnknown,
    /// Refused: the amounts are in several currencies, and the format has one total.
    CurrenciesSeveral,
    /// Refused: the page shows no price.
    PriceMissing,
    /// Refused: the price contains tax, and would be taken as net.
    PriceGross,
    /// Refused: nobody says whether the price contains tax.
    TaxUnknown,
    /// Refused: the price is below zero.
    PriceNegative,
    /// Refused: the price has more digits than the field.
    PriceDigits,
    /// Refused: the number of units that the price is for is not whole, or too large for the field.
    BasisDigits,
    /// Refused: the quantity has more digits than the field.
    QuantityDigits,
    /// Refused: the unit is printed, and has no code that is known.
    UnitUnknown,
    /// Refused: the supplier's number is longer than the field; a part of it would be another number.
    PartIdLong,
    /// Refused: the page shows no supplier's number, and the format orders by it.
    PartIdMissing,
    /// Refused: the amounts leave the range of exact decimals.
    OutOfRange,
    /// Said: no unit is printed, and the line is written as pieces.
    UnitAssumed,
    /// Said: the line is a note, and left out.
    NoteLeftOut,
    /// Said: the manufacturer's number is longer than the field, and left out.
    ManufacturerPartIdLeftOut,
    /// Said: the line's amount on the page is not quantity × unit price.
    LineTotalDiffers,
    /// Said: delivery, tax, discounts or fees of the whole cart have no field, and are left out.
    ChargesLeftOut,
    /// Said: delivery and tax are of the cart as the page shows it, not of what is ordered, and are left out.
    ChargesOfThePage,
}

impl What {
    const fn of_line(self, line: u32) -> Point {
        Point {
            what: self,
            line: Some(line),
        }
    }

    const fn of_cart(self) -> Point {
        Point {
            what: self,
            line: None,
        }
    }
}

/// Writes a cart as a file.
///
/// # Errors
/// Everything that the format cannot say of this cart, line by line; then there is no file.
pub fn export(cart: &Exported<'_>, format: Format) -> Result<File, Vec<Point>> {
    let (text, remarks) = match format {
        Format::Csv => (csv::cart(cart), Vec::new()),
        Format::Json => (cart_json::cart(cart), Vec::new()),
        Format::Oci => oci::form(cart)?,
        Format::Cxml => cxml::message(cart)?,
    };
    let (ending, media_type) = match format {
        Format::Csv => (".csv", csv::MEDIA_TYPE),
        Format::Json => (".json", "application/json"),
        Format::Oci => ("-oci.txt", "text/plain;charset=utf-8"),
        Format::Cxml => (".xml", "application/xml"),
    };
    Ok(File {
        name: file_name(cart, ending),
        media_type,
        text,
        remarks,
    })
}

/// `cart-shop.example-2026-11-22-1a2b3c4d.csv`: nothing but ASCII letters, digits, dots and hyphens.
fn file_name(cart: &Exported<'_>, ending: &str) -> String {
    let mut name = String::from("cart-");
    let day = cart.captured_at.to_rfc3339();
    let day = day.split('T').next().unwrap_or_default();
    let id = cart.capture.as_str().split('-').next().unwrap_or_default();
    for (place, part) in [cart.host, day, id].into_iter().enumerate() {
        if place > 0 {
            name.push('-');
        }
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
        name.extend(part.chars().map(|c| if is_plain(c) { c } else { '-' }));
    }
    name.push_str(ending);
    name
}

#[cfg(test)]
mod tests;
