//! What the buyer chooses from: companies, worksheets, vendors, items, and how a shop is set up.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::address::{CompanyId, Service, literal};
use super::error::{DirectoryError, RefusalKind, refusal_of};
use crate::http::{Answer, Exchange, Request};
use crate::json;
use crate::money::Decimal;

/// A company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// Never changes.
    pub id: CompanyId,
    /// Its name in Business Central.
    pub name: String,
    /// Its name for people; may be blank.
    #[serde(default)]
    pub display_name: String,
}

/// A worksheet: a Requisition Wksh. Name of type Req. that is not recurring.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Worksheet {
    /// `Worksheet Template Name`, `Code[10]`.
    pub worksheet_template_name: String,
    /// `Name`, `Code[10]`: the `Journal Batch Name` of its lines.
    pub name: String,
    /// For people.
    #[serde(default)]
    pub description: String,
}

/// A vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vendor {
    /// `No.`, `Code[20]`.
    pub number: String,
    /// For people.
    pub display_name: String,
    /// Blank for the local currency.
    #[serde(default)]
    pub currency_code: String,
    /// Blank, `Payment` or `All`.
    #[serde(default)]
    pub blocked: String,
}

impl Vendor {
    /// Whether anything may be ordered from this vendor.
    #[must_use]
    pub fn may_be_ordered_from(&self) -> bool {
        self.blocked != "All"
    }
}

/// An item that can stand for a line that has no item of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// `No.`, `Code[20]`.
    pub number: String,
    /// For people.
    pub display_name: String,
    /// Blocked items cannot be ordered.
    #[serde(default)]
    pub blocked: bool,
}

/// How an administrator set up a shop in Business Central. Blank means not set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SupplierSetup {
    /// The shop's host.
    pub host: String,
    /// The vendor that the shop is.
    pub vendor_number: String,
    /// The item for lines without an item of their own.
    pub catch_all_item_number: String,
    /// Or the G/L account for them.
    pub gl_account_number: String,
    /// `Unknown`, `Net` or `Gross`.
    pub tax_basis: String,
    /// The rate of the shop's prices, in percent.
    #[serde(deserialize_with = "lenient_decimal")]
    pub tax_percent: Option<Decimal>,
}

/// An item that Business Central knows under a supplier's number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemMatch {
    /// The number that was looked for.
    pub supplier_part_id: String,
    /// `No.` of the item.
    pub item_number: String,
    /// Its name.
    #[serde(default)]
    pub display_name: String,
    /// `ItemReference`, `VendorItemNo`, `GTIN` or `ManufacturerPartNo`; of an item that was just made, `Template`.
    pub matched_by: String,
}

/// A template that items can be made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemTemplate {
    /// `Code`, `Code[20]`.
    pub code: String,
    /// For people.
    #[serde(default)]
    pub display_name: String,
}

/// An environment of the cloud: production or a sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// Its name, as it stands in addresses.
    pub name: String,
    /// `Production` or `Sandbox`.
    #[serde(rename = "type", default)]
    pub kind: String,
}

/// One page of an OData list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ListPage<T> {
    /// The entities.
    pub value: Vec<T>,
    /// The address of the next page.
    #[serde(rename = "@odata.nextLink", default)]
    pub next_link: Option<String>,
}

impl Service {
    /// The worksheets of a company.
    #[must_use]
    pub fn worksheets(&self, company: &CompanyId, token: &str) -> Request {
        self.list(company, "worksheets", None, token)
    }

    /// Items that can stand for lines without an item of their own.
    #[must_use]
    pub fn catch_all_items(&self, company: &CompanyId, token: &str) -> Request {
        self.list(company, "items", Some("type eq 'Non-Inventory'"), token)
    }

    /// Templates that items can be made from.
    #[must_use]
    pub fn item_templates(&self, company: &CompanyId, token: &str) -> Request {
        self.list(company, "itemTemplates", None, token)
    }

    /// How a shop is set up.
    #[must_use]
    pub fn supplier_setups(&self, company: &CompanyId, host: &str, token: &str) -> Request {
        let filter = format!("host eq {}", literal(host));
        self.list(company, "supplierSetups", Some(&filter), token)
    }

    /// Items that are known under one of some supplier's numbers. `or` joins conditions on one field only, as
    /// Business Central wants.
    #[must_use]
    pub fn item_matches(
        &self,
        company: &CompanyId,
        vendor: &str,
        part_ids: &[String],
        token: &str,
    ) -> Request {
        let parts: Vec<String> = part_ids
            .iter()
            .map(|part| format!("supplierPartId eq {}", literal(part)))
            .collect();
        let filter = format!(
            "vendorNumber eq {} and ({})",
            literal(vendor),
            parts.join(" or ")
        );
        self.list(company, "itemMatches", Some(&filter), token)
    }
}

/// Reads one page of a list.
///
/// # Errors
/// [`DirectoryError`] where Business Central refused, did not answer, or answered something unreadable.
pub fn read_page<T: DeserializeOwned>(exchange: &Exchange) -> Result<ListPage<T>, DirectoryError> {
    let answer = exchange
        .as_ref()
        .map_err(|_| DirectoryError::Unavailable { retry_after: None })?;
    if answer.is_success() {
        return json::read(&answer.body).map_err(|_| DirectoryError::Unreadable);
    }
    Err(error_of(answer))
}

/// What an answer without success says.
pub(super) fn error_of(answer: &Answer) -> DirectoryError {
    let refusal = refusal_of(answer);
    match (answer.status, refusal.kind) {
        (401, _) => DirectoryError::TokenRefused(refusal),
        (408 | 429 | 500.., _) | (_, RefusalKind::Updating) => DirectoryError::Unavailable {
            retry_after: answer.retry_after_seconds(),
        },
        _ => DirectoryError::Refused(refusal),
    }
}

/// A decimal as JSON number or text; zero and blank mean not set. A JSON number is read by its digits.
fn lenient_decimal<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    struct Written;
    impl serde::de::Visitor<'_> for Written {
        type Value = Option<Decimal>;

        fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            out.write_str("a decimal, or blank")
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
            Ok((number != 0).then(|| number.into()))
        }

        fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
            Ok((number != 0).then(|| number.into()))
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            if text.trim().is_empty() {
                return Ok(None);
            }
            let value: Decimal = text.trim().parse().map_err(E::custom)?;
            Ok((!value.is_zero()).then_some(value))
        }
    }
    from.deserialize_any(Written)
}
