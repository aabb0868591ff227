//! The seed: what a new database holds, read from one TOML file.

use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use super::User;

/// The demo data that the stand-in brings along.
pub const DEMO_SEED: &str = include_str!("../../seed/demo.toml");

/// A seed file as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    pub(super) users: Vec<User>,
    pub(super) companies: Vec<SeedCompany>,
}

/// A seed that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The file cannot be read.
    #[error("the seed {path} cannot be read: {cause}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// What the operating system says.
        cause: std::io::Error,
    },
    /// The file is not a seed; the cause names line and column.
    #[error("the seed is malformed: {0}")]
    Malformed(#[from] toml::de::Error),
    /// A record contradicts another, such as a set-up for a vendor that the seed lacks.
    #[error("the seed contradicts itself at {record}: {cause}")]
    Contradictory {
        /// Which record.
        record: String,
        /// What SQLite says.
        cause: sqlx::Error,
    },
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedCompany {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) display_name: String,
    pub(super) local_currency_code: String,
    pub(super) units_of_measure: Vec<String>,
    #[serde(default)]
    pub(super) currencies: Vec<SeedCurrency>,
    #[serde(default)]
    pub(super) worksheets: Vec<SeedWorksheet>,
    #[serde(default)]
    pub(super) vendors: Vec<SeedVendor>,
    #[serde(default)]
    pub(super) items: Vec<SeedItem>,
    #[serde(default)]
    pub(super) gl_accounts: Vec<SeedAccount>,
    #[serde(default)]
    pub(super) item_references: Vec<SeedReference>,
    #[serde(default)]
    pub(super) item_vendors: Vec<SeedItemVendor>,
    #[serde(default)]
    pub(super) supplier_setups: Vec<SeedSetup>,
    #[serde(default)]
    pub(super) item_templates: Vec<SeedTemplate>,
    #[serde(default)]
    pub(super) list_prices: Vec<SeedPrice>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedTemplate {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) item_type: String,
    pub(super) unit: String,
    #[serde(default)]
    pub(super) next_number: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedPrice {
    pub(super) vendor: String,
    pub(super) item: String,
    #[serde(default)]
    pub(super) currency_code: String,
    pub(super) direct_unit_cost: Decimal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedCurrency {
    pub(super) code: String,
    #[serde(default)]
    pub(super) exchange_rate_from: String,
    #[serde(default = "cents")]
    pub(super) amount_rounding_precision: Decimal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedWorksheet {
    pub(super) template: String,
    pub(super) name: String,
    pub(super) description: String,
    #[serde(rename = "type", default = "requisition")]
    pub(super) template_type: String,
    #[serde(default)]
    pub(super) recurring: bool,
    #[serde(default)]
    pub(super) approval_open: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedVendor {
    pub(super) number: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) currency_code: String,
    #[serde(default = "not_blocked")]
    pub(super) blocked: String,
    #[serde(default)]
    pub(super) privacy_blocked: bool,
    #[serde(default)]
    pub(super) prices_including_vat: bool,
    #[serde(default)]
    pub(super) vat_percent: Decimal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedItem {
    pub(super) number: String,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) item_type: String,
    pub(super) units: Vec<SeedUnit>,
    #[serde(default)]
    pub(super) blocked: bool,
    #[serde(default)]
    pub(super) gtin: String,
    #[serde(default)]
    pub(super) manufacturer_part_number: String,
    #[serde(default)]
    pub(super) purchasing_blocked: bool,
    #[serde(default)]
    pub(super) variant_mandatory: bool,
    #[serde(default)]
    pub(super) last_direct_cost: Decimal,
    #[serde(default)]
    pub(super) vendor: String,
}

/// The first unit of an item is its base unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedUnit {
    pub(super) code: String,
    #[serde(default)]
    pub(super) qty_rounding_precision: Decimal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedAccount {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) direct_posting: bool,
    #[serde(default)]
    pub(super) blocked: bool,
    #[serde(rename = "type", default = "posting")]
    pub(super) account_type: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedReference {
    pub(super) vendor: String,
    pub(super) reference: String,
    pub(super) item: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedItemVendor {
    pub(super) vendor: String,
    pub(super) item: String,
    pub(super) vendor_item_number: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedSetup {
    pub(super) host: String,
    pub(super) vendor: String,
    #[serde(default)]
    pub(super) catch_all_item: String,
    #[serde(default)]
    pub(super) gl_account: String,
    #[serde(default = "unknown")]
    pub(super) tax_basis: String,
    #[serde(default)]
    pub(super) tax_percent: Decimal,
}

fn not_blocked() -> String {
    " ".to_owned()
}

fn requisition() -> String {
    "Req.".to_owned()
}

fn posting() -> String {
    "Posting".to_owned()
}

/// Amount Rounding Precision where nothing else is set.
fn cents() -> Decimal {
    Decimal::new(1, 2)
}

fn unknown() -> String {
    "Unknown".to_owned()
}

impl Seed {
    /// Reads a seed.
    ///
    /// # Errors
    /// Where the text is not TOML or has unknown keys; the error names the line.
    pub fn parse(text: &str) -> Result<Self, SeedError> {
        Ok(toml::from_str(text)?)
    }

    /// Reads a seed file.
    ///
    /// # Errors
    /// As [`Seed::parse`], and where the file cannot be read.
    pub fn read(path: &Path) -> Result<Self, SeedError> {
        let text = std::fs::read_to_string(path).map_err(|cause| SeedError::Unreadable {
            path: path.display().to_string(),
            cause,
        })?;
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn a_key_that_is_misspelt_is_named_with_its_line() {
        let error = Seed::parse("companies = []\n\n[[users]]\nlogn = \"a\"\n").unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains("line 4") && message.contains("`logn`"),
            "{message}"
        );
    }

    #[tokio::test]
    async fn a_set_up_for_an_item_that_is_missing_is_named() {
        let seed = DEMO_SEED.replace(
            "reference = \"TS-100\", item = \"1000\"",
            "reference = \"TS-100\", item = \"404\"",
        );
        let seed = Seed::parse(&seed).unwrap();
        let error = Store::open("memory", &seed).await.unwrap_err();
        assert!(
            error.to_string().contains("contradicts itself at TS-100"),
            "{error}"
        );
    }
}
