//! Writing a seed into a new database.

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use uuid::Builder;

use super::seed::{Seed, SeedCompany, SeedError};
use super::{Store, StoreError};

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
        bytes
            .iter_mut()
            .zip(digest)
            .for_each(|(to, from)| *to = from);
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
                "INSERT INTO currencies VALUES (?, ?, ?, ?)",
                self.key(),
                &currency.code,
                &currency.exchange_rate_from,
                currency.amount_rounding_precision.to_string(),
            )?;
        }
        for worksheet in &self.worksheets {
            let record = format!("{} {}", worksheet.template, worksheet.name);
            insert!(
                connection,
                record,
                "INSERT INTO worksheets VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                self.id_of("worksheet", &record),
                self.key(),
                &worksheet.template,
                &worksheet.name,
                &worksheet.description,
                worksheet.recurring,
                worksheet.approval_open,
                &worksheet.template_type,
            )?;
        }
        Ok(())
    }

    async fn write_vendors(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        for vendor in &self.vendors {
            insert!(
                connection,
                vendor.number,
                "INSERT INTO vendors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                self.id_of("vendor", &vendor.number),
                self.key(),
                &vendor.number,
                &vendor.name,
                &vendor.currency_code,
                &vendor.blocked,
                vendor.privacy_blocked,
                vendor.prices_including_vat,
                vendor.vat_percent.to_string(),
            )?;
        }
        Ok(())
    }

    async fn write_items(&self, connection: &mut SqliteConnection) -> Result<(), SeedError> {
        for item in &self.items {
            insert!(
                connection,
                item.number,
                "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
                self.id_of("item", &item.number),
                self.key(),
                &item.number,
                &item.name,
                &item.item_type,
                item.blocked,
                item.units
                    .first()
                    .map(|unit| unit.code.as_str())
                    .unwrap_or_default(),
                &item.gtin,
                &item.manufacturer_part_number,
                item.purchasing_blocked,
                item.variant_mandatory,
                item.last_direct_cost.to_string(),
                &item.vendor,
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
                "INSERT INTO gl_accounts VALUES (?, ?, ?, ?, ?, ?)",
                self.key(),
                &account.number,
                &account.name,
                account.direct_posting,
                account.blocked,
                &account.account_type,
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
        self.write_templates_and_prices(connection).await
    }

    async fn write_templates_and_prices(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<(), SeedError> {
        for template in &self.item_templates {
            insert!(
                connection,
                template.code,
                "INSERT INTO item_templates VALUES (?, ?, ?, ?, ?, ?, ?)",
                self.id_of("item template", &template.code),
                self.key(),
                &template.code,
                &template.name,
                &template.item_type,
                &template.unit,
                &template.next_number,
            )?;
        }
        for price in &self.list_prices {
            insert!(
                connection,
                price.item,
                "INSERT INTO list_prices VALUES (?, ?, ?, ?, ?)",
                self.key(),
                &price.vendor,
                &price.item,
                &price.currency_code,
                price.direct_unit_cost.to_string(),
            )?;
        }
        Ok(())
    }
}
