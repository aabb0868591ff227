//! Reading and the changes that are not postings.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use rust_decimal::Decimal;
use sqlx::SqliteConnection;

use super::{
    Approval, CarryOut, Company, GlAccount, Item, ItemMatch, ItemTemplate, MasterData,
    RequisitionLine, Store, StoredCapture, SupplierSetup, User, Vendor, Worksheet,
};

type Answer<T> = Result<T, sqlx::Error>;

impl Store {
    /// All companies.
    ///
    /// # Errors
    /// Where the database fails; so for all that follow.
    pub async fn companies(&self) -> Answer<Vec<Company>> {
        sqlx::query_as("SELECT * FROM companies ORDER BY name")
            .fetch_all(&self.pool)
            .await
    }

    /// A company by id, or by name where people name one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn company(&self, id_or_name: &str) -> Answer<Option<Company>> {
        sqlx::query_as("SELECT * FROM companies WHERE id = lower(?1) OR name = ?1")
            .bind(id_or_name)
            .fetch_optional(&self.pool)
            .await
    }

    /// The worksheets of type Req. that are not recurring.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn worksheets(&self, company: &str) -> Answer<Vec<Worksheet>> {
        sqlx::query_as("SELECT * FROM worksheets WHERE company_id = ? AND NOT recurring AND template_type = 'Req.'")
            .bind(company)
            .fetch_all(&self.pool)
            .await
    }

    /// All vendors, blocked ones too.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn vendors(&self, company: &str) -> Answer<Vec<Vendor>> {
        sqlx::query_as("SELECT * FROM vendors WHERE company_id = ?")
            .bind(company)
            .fetch_all(&self.pool)
            .await
    }

    /// All items, blocked ones too.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn items(&self, company: &str) -> Answer<Vec<Item>> {
        sqlx::query_as("SELECT * FROM items WHERE company_id = ?")
            .bind(company)
            .fetch_all(&self.pool)
            .await
    }

    /// The items that a vendor's part number stands for, blocked items left out.
    ///
    /// A reference number is a Code, so case does not matter; the other numbers are compared as they are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn item_matches(
        &self,
        company: &str,
        vendor: &str,
        part_id: &str,
    ) -> Answer<Vec<ItemMatch>> {
        sqlx::query_as(
            "WITH matches (item_number, matched_by) AS (
                 SELECT item_number, 'ItemReference' FROM item_references
                  WHERE company_id = ?1 AND vendor_number = ?2 AND reference_number = ?4
                  UNION SELECT item_number, 'VendorItemNo' FROM item_vendors
                  WHERE company_id = ?1 AND vendor_number = ?2 AND vendor_item_number = ?3
                  UNION SELECT number, 'VendorItemNo' FROM items
                  WHERE company_id = ?1 AND vendor_no = ?2 AND vendor_item_no = ?3
                  UNION SELECT number, 'GTIN' FROM items
                  WHERE company_id = ?1 AND gtin = ?3
                  UNION SELECT number, 'ManufacturerPartNo' FROM items
                  WHERE company_id = ?1 AND manufacturer_part_number = ?3)
             SELECT ?2 AS vendor_number, ?3 AS supplier_part_id, item_number, display_name, matched_by
               FROM matches JOIN items ON company_id = ?1 AND number = item_number
              WHERE NOT blocked AND ?3 <> ''",
        )
        .bind(company)
        .bind(vendor)
        .bind(part_id)
        .bind(part_id.to_uppercase())
        .fetch_all(&self.pool)
        .await
    }

    /// All item templates.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn item_templates(&self, company: &str) -> Answer<Vec<ItemTemplate>> {
        sqlx::query_as("SELECT * FROM item_templates WHERE company_id = ?")
            .bind(company)
            .fetch_all(&self.pool)
            .await
    }

    /// All supplier set-ups.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn supplier_setups(&self, company: &str) -> Answer<Vec<SupplierSetup>> {
        sqlx::query_as("SELECT * FROM supplier_setups WHERE company_id = ?")
            .bind(company)
            .fetch_all(&self.pool)
            .await
    }

    /// The captures of a company, in the order of their arrival.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn captures(&self, company: &str) -> Answer<Vec<StoredCapture>> {
        sqlx::query_as("SELECT * FROM captures WHERE company_id = ? ORDER BY rowid")
            .bind(company)
            .fetch_all(&self.pool)
            .await
    }

    /// One capture.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn capture(&self, company: &str, id: &str) -> Answer<Option<StoredCapture>> {
        sqlx::query_as("SELECT * FROM captures WHERE company_id = ? AND id = ?")
            .bind(company)
            .bind(id)
            .fetch_optional(&self.pool)
            .await
    }

    /// Every requisition line of every company.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn requisition_lines(&self) -> Answer<Vec<RequisitionLine>> {
        sqlx::query_as(
            "SELECT l.* FROM requisition_lines l JOIN companies c ON c.id = l.company_id
              ORDER BY c.name, worksheet_template_name, journal_batch_name, line_no",
        )
        .fetch_all(&self.pool)
        .await
    }

    /// The user with that login.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn user(&self, login: &str) -> Answer<Option<User>> {
        sqlx::query_as("SELECT * FROM users WHERE login = ?")
            .bind(login.to_lowercase())
            .fetch_optional(&self.pool)
            .await
    }

    /// Adds a user, or changes name and rights of a known one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_user(&self, user: &User) -> Answer<()> {
        sqlx::query("INSERT OR REPLACE INTO users (login, user_name, rights) VALUES (?, ?, ?)")
            .bind(user.login.to_lowercase())
            .bind(user.user_name.to_uppercase())
            .bind(user.rights)
            .execute(&self.pool)
            .await
            .map(|_| ())
    }

    /// Opens or closes a worksheet's approval; false where there is no such worksheet.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn set_approval(&self, worksheet: &CarryOut, approval: Approval) -> Answer<bool> {
        sqlx::query(
            "UPDATE worksheets SET approval_open = ?1
              WHERE company_id = ?2 AND worksheet_template_name = ?3 AND name = ?4",
        )
        .bind(approval == Approval::Open)
        .bind(&worksheet.company)
        .bind(worksheet.worksheet_template_name.to_uppercase())
        .bind(worksheet.journal_batch_name.to_uppercase())
        .execute(&self.pool)
        .await
        .map(|done| done.rows_affected() > 0)
    }
}

impl MasterData {
    /// Whether the currency has an exchange rate on that day.
    #[must_use]
    pub fn has_rate(&self, currency: &str, day: &str) -> bool {
        self.currencies
            .get(currency)
            .is_some_and(|from| !from.is_empty() && from.as_str() <= day)
    }

    /// The price of the vendor's price list.
    #[must_use]
    pub fn list_price(&self, line: &RequisitionLine) -> Option<Decimal> {
        if line.line_type != "Item" {
            return None;
        }
        let RequisitionLine {
            vendor_no,
            no,
            currency_code,
            ..
        } = line;
        let key = (vendor_no.clone(), no.clone(), currency_code.clone());
        self.list_prices.get(&key).copied()
    }

    /// Reads all that checks need, within the transaction that will write.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn read(company: &Company, connection: &mut SqliteConnection) -> Answer<Self> {
        let vendors: Vec<Vendor> = sqlx::query_as("SELECT * FROM vendors WHERE company_id = ?")
            .bind(&company.id)
            .fetch_all(&mut *connection)
            .await?;
        let items: Vec<Item> = sqlx::query_as("SELECT * FROM items WHERE company_id = ?")
            .bind(&company.id)
            .fetch_all(&mut *connection)
            .await?;
        let accounts: Vec<GlAccount> =
            sqlx::query_as("SELECT * FROM gl_accounts WHERE company_id = ?")
                .bind(&company.id)
                .fetch_all(&mut *connection)
                .await?;
        Ok(Self {
            local_currency_code: company.local_currency_code.clone(),
            vendors: keyed(vendors, |vendor| vendor.number.clone()),
            items: keyed(items, |item| item.number.clone()),
            gl_accounts: keyed(accounts, |account| account.number.clone()),
            item_units: item_units(&company.id, connection).await?,
            units: units(&company.id, connection).await?,
            currencies: currencies(&company.id, connection).await?,
            roundings: roundings(&company.id, connection).await?,
            item_vendors: item_vendors(&company.id, connection).await?,
            list_prices: list_prices(&company.id, connection).await?,
        })
    }
}

fn keyed<T>(records: Vec<T>, key: impl Fn(&T) -> String) -> BTreeMap<String, T> {
    records
        .into_iter()
        .map(|record| (key(&record), record))
        .collect()
}

async fn item_units(
    company: &str,
    connection: &mut SqliteConnection,
) -> Answer<BTreeMap<(String, String), Decimal>> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT item_number, code, qty_rounding_precision
           FROM item_units_of_measure WHERE company_id = ?",
    )
    .bind(company)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(item, code, precision)| Ok(((item, code), decimal(&precision)?)))
        .collect()
}

async fn units(company: &str, connection: &mut SqliteConnection) -> Answer<BTreeSet<String>> {
    let codes: Vec<String> =
        sqlx::query_scalar("SELECT code FROM units_of_measure WHERE company_id = ?")
            .bind(company)
            .fetch_all(connection)
            .await?;
    Ok(codes.into_iter().collect())
}

async fn currencies(
    company: &str,
    connection: &mut SqliteConnection,
) -> Answer<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT code, exchange_rate_from FROM currencies WHERE company_id = ?")
            .bind(company)
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().collect())
}

async fn roundings(
    company: &str,
    connection: &mut SqliteConnection,
) -> Answer<BTreeMap<String, Decimal>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT code, amount_rounding_precision FROM currencies WHERE company_id = ?",
    )
    .bind(company)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(code, precision)| Ok((code, decimal(&precision)?)))
        .collect()
}

async fn item_vendors(
    company: &str,
    connection: &mut SqliteConnection,
) -> Answer<BTreeMap<(String, String), String>> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT vendor_number, item_number, vendor_item_number
           FROM item_vendors WHERE company_id = ?",
    )
    .bind(company)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(vendor, item, number)| ((vendor, item), number))
        .collect())
}

async fn list_prices(
    company: &str,
    connection: &mut SqliteConnection,
) -> Answer<BTreeMap<(String, String, String), Decimal>> {
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT vendor_number, item_number, currency_code, direct_unit_cost
           FROM list_prices WHERE company_id = ?",
    )
    .bind(company)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(vendor, item, currency, cost)| Ok(((vendor, item, currency), decimal(&cost)?)))
        .collect()
}

/// An exact decimal as the database keeps it.
pub(super) fn decimal(text: &str) -> Answer<Decimal> {
    Decimal::from_str(text).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}
