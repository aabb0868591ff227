//! The seed: what a new database holds, read from one TOML file.

use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use uuid::{Builder, Uuid};

use super::{Store, StoreError, User};

/// The demo data that the stand-in brings along.
pub const DEMO_SEED: &str = include_str!("../../seed/demo.toml");

/// A seed file as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    users: Vec<User>,
    companies: Vec<SeedCompany>,
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
struct SeedCompany {
    id: Uuid,
    name: String,
    display_name: String,
    local_currency_code: String,
    units_of_measure: Vec<String>,
    #[serde(default)]
    currencies: Vec<SeedCurrency>,
    #[serde(default)]
    worksheets: Vec<SeedWorksheet>,
    #[serde(default)]
    vendors: Vec<SeedVendor>,
    #[serde(default)]
    items: Vec<SeedItem>,
    #[serde(default)]
    gl_accounts: Vec<SeedAccount>,
    #[serde(default)]
    item_references: Vec<SeedReference>,
    #[serde(default)]
    item_vendors: Vec<SeedItemVendor>,
    #[serde(default)]
    supplier_setups: Vec<SeedSetup>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedCurrency {
    code: String,
    #[serde(default)]
    exchange_rate_from: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedWorksheet {
    template: String,
    name: String,
    description: String,
    #[serde(default)]
    recurring: bool,
    #[serde(default)]
    approval_open: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedVendor {
    number: String,
    name: String,
    #[serde(default)]
    currency_code: String,
    #[serde(default = "not_blocked")]
    blocked: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedItem {
    number: String,
    name: String,
    #[serde(rename = "type")]
    item_type: String,
    units: Vec<SeedUnit>,
    #[serde(default)]
    blocked: bool,
    #[serde(default)]
    gtin: String,
    #[serde(default)]
    manufacturer_part_number: String,
}

/// The first unit of an item is its base unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedUnit {
    code: String,
    #[serde(default)]
    qty_rounding_precision: Decimal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedAccount {
    number: String,
    name: String,
    direct_posting: bool,
    #[serde(default)]
    blocked: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedReference {
    vendor: String,
    reference: String,
    item: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedItemVendor {
    vendor: String,
    item: String,
    vendor_item_number: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedSetup {
    host: String,
    vendor: String,
    #[serde(default)]
    catch_all_item: String,
    #[serde(default)]
    gl_account: String,
    #[serde(default = "unknown")]
    tax_basis: String,
    #[serde(default)]
    tax_percent: Decimal,
}

fn not_blocked() -> String {
    " ".to_owned()
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

impl Store {
    /// Fills a database that has no company yet; leaves any other as it is.
    pub(super) async fn seed(&self, seed: &Seed) -> Result<(), StoreError> {
        let failed = |cause| StoreError::Database {
            database: "for the seed".to_owned(),
            cause,
        };
        let mut transaction = self.lock().await.map_err(failed)?;
        let filled: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM companies)")
            .fetch_one(&mut *transaction)
            .await
            .map_err(failed)?;
        if filled {
            return Ok(());
        }
        for company in &seed.companies {
            company.write(&mut transaction).await?;
        }
        transaction.commit().await.map_err(failed)?;
        for user in &seed.users {
            self.put_user(user).await.map_err(failed)?;
        }
        Ok(())
    }
}

/// Executes one insert with its values, and names the record where that fails.
macro_rules! insert {
    ($connection:expr, $record:expr, $sql:literal, $($value:expr),+ $(,)?) => {
        sqlx::query($sql)
            $(.bind($value))+
            .execute(&mut *$connection)
            .await
            .map_err(|cause| SeedError::Contradictory { record: $record.to_owned(), cause })
    };
}

impl SeedCompany {
    async fn write(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        insert!(
            connection,
            self.name,
            "INSERT INTO companies VALUES (?, ?, ?, ?)",
            self.key(),
            &self.name,
            &self.display_name,
            &self.local_currency_code,
        )?;
        self.write_basics(connection).await?;
        self.write_vendors(connection).await?;
        self.write_items(connection).await?;
        self.write_accounts(connection).await?;
        self.write_setups(connection).await
    }

    fn key(&self) -> String {
        self.id.to_string()
    }

    /// An id that is the same in every database made from the same seed.
    fn id_of(&self, table: &str, record: &str) -> String {
        let digest = Sha256::digest(format!("{}\n{table}\n{record}", self.id));
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Builder::from_custom_bytes(bytes).into_uuid().to_string()
    }

    async fn write_basics(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        for code in &self.units_of_measure {
            insert!(
                connection,
                code,
                "INSERT INTO units_of_measure VALUES (?, ?)",
                self.key(),
                code,
            )?;
        }
        for currency in &self.currencies {
            insert!(
                connection,
                currency.code,
                "INSERT INTO currencies VALUES (?, ?, ?)",
                self.key(),
                &currency.code,
                &currency.exchange_rate_from,
            )?;
        }
        for worksheet in &self.worksheets {
            let record = format!("{} {}", worksheet.template, worksheet.name);
            insert!(
                connection,
                record,
                "INSERT INTO worksheets VALUES (?, ?, ?, ?, ?, ?, ?)",
                self.id_of("worksheet", &record),
                self.key(),
                &worksheet.template,
                &worksheet.name,
                &worksheet.description,
                worksheet.recurring,
                worksheet.approval_open,
            )?;
        }
        Ok(())
    }

    async fn write_vendors(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        for vendor in &self.vendors {
            insert!(
                connection,
                vendor.number,
                "INSERT INTO vendors VALUES (?, ?, ?, ?, ?, ?)",
                self.id_of("vendor", &vendor.number),
                self.key(),
                &vendor.number,
                &vendor.name,
                &vendor.currency_code,
                &vendor.blocked,
            )?;
        }
        Ok(())
    }

    async fn write_items(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        for item in &self.items {
            insert!(
                connection,
                item.number,
                "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                self.id_of("item", &item.number),
                self.key(),
                &item.number,
                &item.name,
                &item.item_type,
                item.blocked,
                item.units.first().map(|unit| unit.code.as_str()).unwrap_or_default(),
                &item.gtin,
                &item.manufacturer_part_number,
            )?;
            for unit in &item.units {
                insert!(
                    connection,
                    item.number,
                    "INSERT INTO item_units_of_measure VALUES (?, ?, ?, ?)",
                    self.key(),
                    &item.number,
                    &unit.code,
                    unit.qty_rounding_precision.to_string(),
                )?;
            }
        }
        Ok(())
    }

    async fn write_accounts(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        for account in &self.gl_accounts {
            insert!(
                connection,
                account.number,
                "INSERT INTO gl_accounts VALUES (?, ?, ?, ?, ?)",
                self.key(),
                &account.number,
                &account.name,
                account.direct_posting,
                account.blocked,
            )?;
        }
        Ok(())
    }

    async fn write_setups(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        for reference in &self.item_references {
            insert!(
                connection,
                reference.reference,
                "INSERT INTO item_references VALUES (?, ?, ?, ?)",
                self.key(),
                &reference.vendor,
                reference.reference.to_uppercase(),
                &reference.item,
            )?;
        }
        for known in &self.item_vendors {
            insert!(
                connection,
                known.vendor_item_number,
                "INSERT INTO item_vendors VALUES (?, ?, ?, ?)",
                self.key(),
                &known.vendor,
                &known.item,
                &known.vendor_item_number,
            )?;
        }
        for setup in &self.supplier_setups {
            insert!(
                connection,
                setup.host,
                "INSERT INTO supplier_setups VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                self.id_of("supplier setup", &setup.host),
                self.key(),
                &setup.host,
                &setup.vendor,
                &setup.catch_all_item,
                &setup.gl_account,
                &setup.tax_basis,
                setup.tax_percent.to_string(),
            )?;
        }
        Ok(())
    }
}
