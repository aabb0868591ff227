//! The records, in Business Central's names; those that the API lists are written as they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// A company; its display name may change, its id never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// GUID.
    pub id: String,
    /// Name, part of web-client addresses.
    pub name: String,
    /// Name for people.
    pub display_name: String,
    /// General Ledger Setup's LCY Code; stored as blank on lines.
    #[serde(skip)]
    pub local_currency_code: String,
}

/// A Requisition Wksh. Name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct Worksheet {
    /// GUID.
    pub id: String,
    /// Code\[10\].
    pub worksheet_template_name: String,
    /// Code\[10\].
    pub name: String,
    /// Text\[100\].
    pub description: String,
    /// `Req.`, `For. Labor` or `Planning`; only the first is a requisition worksheet.
    #[serde(skip)]
    pub template_type: String,
    /// Whether it belongs to a recurring template; such worksheets are neither listed nor posted to.
    #[serde(skip)]
    pub recurring: bool,
    /// Whether an approval entry is open for it, which stops inserts.
    #[serde(skip)]
    pub approval_open: bool,
}

/// A vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct Vendor {
    /// GUID.
    pub id: String,
    /// Code\[20\].
    pub number: String,
    /// Text\[100\].
    pub display_name: String,
    /// Blank for the local currency.
    pub currency_code: String,
    /// `" "`, `Payment` or `All`.
    pub blocked: String,
    /// Whether privacy law forbids dealing with it.
    #[serde(skip)]
    pub privacy_blocked: bool,
    /// Whether the prices of its purchase orders contain VAT.
    #[serde(skip)]
    pub prices_including_vat: bool,
    /// Per cent, in place of a VAT posting set-up; exact decimal.
    #[serde(skip)]
    pub vat_percent: String,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// GUID.
    pub id: String,
    /// Code\[20\].
    pub number: String,
    /// Text\[100\].
    pub display_name: String,
    /// `Inventory`, `Non-Inventory` or `Service`.
    #[serde(rename = "type")]
    #[sqlx(rename = "type")]
    pub item_type: String,
    /// Whether it may be ordered.
    pub blocked: bool,
    /// Code\[10\].
    pub base_unit_of_measure_code: String,
    /// Whether purchasing alone is blocked.
    #[serde(skip)]
    pub purchasing_blocked: bool,
    /// Whether a line must name a variant.
    #[serde(skip)]
    pub variant_mandatory: bool,
    /// Exact decimal in the local currency: what a line costs where there is no price list.
    #[serde(skip)]
    pub last_direct_cost: String,
    /// The vendor that a line gets from the item; blank where there is none.
    #[serde(skip)]
    pub vendor_no: String,
}

/// A template that items are made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct ItemTemplate {
    /// GUID.
    pub id: String,
    /// Code\[20\].
    pub code: String,
    /// Text\[100\].
    pub display_name: String,
    /// As of [`Item`].
    #[serde(skip)]
    #[sqlx(rename = "type")]
    pub item_type: String,
    /// Code\[10\].
    pub base_unit_of_measure_code: String,
    /// The number that its series gives next; blank where it has no series.
    #[serde(skip)]
    pub next_number: String,
}

/// A G/L account.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct GlAccount {
    /// Code\[20\].
    pub number: String,
    /// Text\[100\].
    pub name: String,
    /// Without it no line may name the account.
    pub direct_posting: bool,
    /// Whether it may be used.
    pub blocked: bool,
    /// `Posting`, `Heading`, `Total`, `Begin-Total` or `End-Total`.
    pub account_type: String,
}

/// An item that a supplier's part number stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct ItemMatch {
    /// The vendor asked for.
    pub vendor_number: String,
    /// The number asked for, as it was asked.
    pub supplier_part_id: String,
    /// Code\[20\].
    pub item_number: String,
    /// The item's description.
    pub display_name: String,
    /// `ItemReference`, `VendorItemNo`, `GTIN` or `ManufacturerPartNo`.
    pub matched_by: String,
}

/// What an administrator has set for a shop's host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct SupplierSetup {
    /// GUID.
    pub id: String,
    /// Lower-case host without port.
    pub host: String,
    /// Blank where not set.
    pub vendor_number: String,
    /// Blank where not set.
    pub catch_all_item_number: String,
    /// Blank where not set.
    pub gl_account_number: String,
    /// `Unknown`, `Net` or `Gross`.
    pub tax_basis: String,
    /// Per cent; 0 where not set.
    #[serde(serialize_with = "as_number")]
    pub tax_percent: String,
}

/// `Edm.Decimal` is a JSON number, while the store keeps decimals as text.
fn as_number<S: serde::Serializer>(text: &str, out: S) -> Result<S::Ok, S::Error> {
    serde_json::Number::from_str(text)
        .map_err(serde::ser::Error::custom)?
        .serialize(out)
}

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(rename_all = "kebab-case")]
pub enum Rights {
    /// Reads everything and inserts requisition lines.
    Full,
    /// As `Full`, and creates items: the permission set PUN Items.
    Items,
    /// The licence Team Member: reads and modifies requisition lines, and inserts none.
    TeamMember,
    /// Reads everything; an insert is refused with 403.
    ReadOnly,
    /// Has no licence: every request is refused with 401.
    Unlicensed,
}

impl Rights {
    /// Whether requisition lines may be inserted.
    #[must_use]
    pub fn inserts_lines(self) -> bool {
        matches!(self, Self::Full | Self::Items)
    }
}

/// A user, known by a claim of the token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromRow)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// Value of `preferred_username` or `sub`, compared without regard to case.
    pub login: String,
    /// Code\[50\]: what Requester ID becomes.
    #[serde(alias = "user_name")]
    pub user_name: String,
    /// What the user may do.
    pub rights: Rights,
}

/// A posted capture with its log of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct StoredCapture {
    /// GUID, chosen by the client.
    pub id: String,
    /// Code\[10\].
    pub worksheet_template_name: String,
    /// Code\[10\].
    pub journal_batch_name: String,
    /// Host of the shop.
    pub supplier_host: String,
    /// UTC, RFC 3339.
    pub captured_at: String,
    /// Number of lines.
    pub line_count: i64,
    /// SHA-256 of `lines`.
    pub lines_sha256: String,
    /// `Posted`.
    pub status: String,
    /// JSON array of Line No.
    pub line_numbers: String,
    /// The JSON text as it was sent.
    pub lines: String,
    /// Who posted it.
    #[serde(skip)]
    pub user_name: String,
}

/// A Requisition Line; decimals are exact text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct RequisitionLine {
    /// GUID of the company.
    pub company_id: String,
    /// Code\[10\].
    pub worksheet_template_name: String,
    /// Code\[10\].
    pub journal_batch_name: String,
    /// A multiple of 10000 here.
    pub line_no: i64,
    /// `" "`, `G/L Account` or `Item`.
    #[serde(rename = "type")]
    #[sqlx(rename = "type")]
    pub line_type: String,
    /// Code\[20\]; blank on a note.
    pub no: String,
    /// Text\[100\].
    pub description: String,
    /// Text\[50\].
    #[serde(rename = "description2")]
    pub description_2: String,
    /// Exact decimal.
    pub quantity: String,
    /// Code\[10\].
    pub unit_of_measure_code: String,
    /// Code\[20\].
    pub vendor_no: String,
    /// Text\[50\].
    pub vendor_item_no: String,
    /// Exact decimal, in the currency, without tax.
    pub direct_unit_cost: String,
    /// Blank for the local currency.
    pub currency_code: String,
    /// `YYYY-MM-DD`.
    pub order_date: String,
    /// `YYYY-MM-DD`.
    pub due_date: String,
    /// The user name.
    pub requester_id: String,
    /// `" "` or `New`.
    pub action_message: String,
    /// Whether Carry Out takes the line.
    pub accept_action_message: bool,
    /// Code\[10\]; blank unless somebody has entered it.
    pub location_code: String,
    /// Host of the shop; blank where no capture brought the line.
    pub supplier_host: String,
    /// The capture that brought the line; blank where none did.
    pub capture_id: String,
    /// Position of the line in the capture, from 1; 0 where no capture brought it.
    pub capture_line_no: i64,
}

/// AL's `Init()`.
impl Default for RequisitionLine {
    fn default() -> Self {
        let (blank, zero) = (String::new, || "0".to_owned());
        Self {
            company_id: blank(),
            worksheet_template_name: blank(),
            journal_batch_name: blank(),
            line_no: 0,
            line_type: " ".to_owned(),
            no: blank(),
            description: blank(),
            description_2: blank(),
            quantity: zero(),
            unit_of_measure_code: blank(),
            vendor_no: blank(),
            vendor_item_no: blank(),
            direct_unit_cost: zero(),
            currency_code: blank(),
            order_date: blank(),
            due_date: blank(),
            requester_id: blank(),
            action_message: " ".to_owned(),
            accept_action_message: false,
            location_code: blank(),
            supplier_host: blank(),
            capture_id: blank(),
            capture_line_no: 0,
        }
    }
}

/// Whether an approval entry is open for a worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// Inserts are refused.
    Open,
    /// Inserts are possible.
    Closed,
}

/// Which worksheet to carry out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CarryOut {
    /// Id or name.
    pub company: String,
    /// Code\[10\].
    pub worksheet_template_name: String,
    /// Code\[10\].
    pub journal_batch_name: String,
}

/// What the checks of a line look things up in.
#[derive(Debug, Clone, Default)]
pub struct MasterData {
    /// LCY Code.
    pub local_currency_code: String,
    /// By number.
    pub vendors: BTreeMap<String, Vendor>,
    /// By number.
    pub items: BTreeMap<String, Item>,
    /// Qty. Rounding Precision (0 for none) by item number and unit.
    pub item_units: BTreeMap<(String, String), Decimal>,
    /// By number.
    pub gl_accounts: BTreeMap<String, GlAccount>,
    /// Codes.
    pub units: BTreeSet<String>,
    /// First day with an exchange rate (`YYYY-MM-DD`, or blank) by code.
    pub currencies: BTreeMap<String, String>,
    /// Amount Rounding Precision by currency code; 0.01 where absent.
    pub roundings: BTreeMap<String, Decimal>,
    /// Vendor Item No. by vendor and item.
    pub item_vendors: BTreeMap<(String, String), String>,
    /// Prices of price lists by vendor, item and currency.
    pub list_prices: BTreeMap<(String, String, String), Decimal>,
}
