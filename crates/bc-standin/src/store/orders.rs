//! Purchase orders: made by Carry Out, read by the admin surface.

use serde::Serialize;
use sqlx::{FromRow, SqliteConnection};

use super::{CarryOut, Company, MasterData, RequisitionLine, Store};
use crate::odata::ODataError;
use crate::requisition::{OrderLine, Plan, PlannedOrder, carry_out};

/// What carrying out has done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CarriedOut {
    /// Numbers of the orders that were made.
    pub order_numbers: Vec<String>,
    /// Line Nos. that have left the worksheet, ascending.
    pub deleted_line_numbers: Vec<i64>,
}

/// A purchase order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PurchaseOrder {
    /// Its header.
    #[serde(flatten)]
    pub header: PurchaseHeader,
    /// Its lines in their order.
    pub lines: Vec<PurchaseLine>,
}

/// Table 38, as far as Carry Out fills it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct PurchaseHeader {
    /// GUID.
    pub company_id: String,
    /// Code\[20\].
    pub no: String,
    /// Buy-from Vendor No.
    pub vendor_no: String,
    /// Blank for the local currency.
    pub currency_code: String,
    /// Code\[10\].
    pub location_code: String,
    /// Whether the costs of its lines contain VAT.
    pub prices_including_vat: bool,
}

/// Table 39, as far as Carry Out fills it; decimals are exact text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct PurchaseLine {
    /// The order.
    pub document_no: String,
    /// A multiple of 10000.
    pub line_no: i64,
    /// `G/L Account` or `Item`.
    #[serde(rename = "type")]
    #[sqlx(rename = "type")]
    pub line_type: String,
    /// Code\[20\].
    pub no: String,
    /// Text\[100\].
    pub description: String,
    /// Text\[50\].
    #[serde(rename = "description2")]
    pub description_2: String,
    /// Code\[10\].
    pub location_code: String,
    /// Code\[10\].
    pub unit_of_measure_code: String,
    /// Exact decimal.
    pub quantity: String,
    /// Exact decimal.
    pub direct_unit_cost: String,
    /// Exact decimal, rounded to the currency's Amount Rounding Precision.
    pub line_amount: String,
    /// Text\[50\].
    pub vendor_item_no: String,
    /// The requisition line's Due Date.
    pub expected_receipt_date: String,
    /// The app's field: host of the shop.
    pub supplier_host: String,
    /// The app's field: the capture that the line comes from.
    pub capture_id: String,
    /// The app's field: position in the capture.
    pub capture_line_no: i64,
}

impl Store {
    /// Carries out a worksheet: makes the orders and deletes the lines in one transaction.
    ///
    /// # Errors
    /// What the base application refuses; nothing has changed then. And where the database fails.
    pub async fn carry_out(
        &self,
        company: &Company,
        worksheet: &CarryOut,
    ) -> Result<CarriedOut, ODataError> {
        let mut transaction = self.lock().await?;
        let lines = lines_of(company, worksheet, &mut transaction).await?;
        let books = MasterData::read(company, &mut transaction).await?;
        let Plan { orders, deleted } = carry_out(&lines, &books)?;
        let mut done = CarriedOut::default();
        for order in &orders {
            let number = write_order(company, order, &mut transaction).await?;
            done.order_numbers.push(number);
        }
        for line in lines.iter().filter(|line| deleted.contains(&line.line_no)) {
            delete(line, &mut transaction).await?;
        }
        transaction.commit().await?;
        done.deleted_line_numbers = deleted;
        Ok(done)
    }

    /// Every purchase order of a company, in the order of their numbers.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purchase_orders(&self, company: &str) -> Result<Vec<PurchaseOrder>, sqlx::Error> {
        let headers: Vec<PurchaseHeader> =
            sqlx::query_as("SELECT * FROM purchase_headers WHERE company_id = ? ORDER BY no")
                .bind(company)
                .fetch_all(&self.pool)
                .await?;
        let mut orders = Vec::new();
        for header in headers {
            let lines = sqlx::query_as(
                "SELECT * FROM purchase_lines WHERE company_id = ? AND document_no = ? ORDER BY line_no",
            )
            .bind(company)
            .bind(&header.no)
            .fetch_all(&self.pool)
            .await?;
            orders.push(PurchaseOrder { header, lines });
        }
        Ok(orders)
    }
}

async fn lines_of(
    company: &Company,
    worksheet: &CarryOut,
    connection: &mut SqliteConnection,
) -> Result<Vec<RequisitionLine>, sqlx::Error> {
    sqlx::query_as(
        "SELECT * FROM requisition_lines
          WHERE company_id = ? AND worksheet_template_name = ? AND journal_batch_name = ?
          ORDER BY line_no",
    )
    .bind(&company.id)
    .bind(worksheet.worksheet_template_name.to_uppercase())
    .bind(worksheet.journal_batch_name.to_uppercase())
    .fetch_all(connection)
    .await
}

async fn write_order(
    company: &Company,
    order: &PlannedOrder,
    connection: &mut SqliteConnection,
) -> Result<String, sqlx::Error> {
    let number: i64 = sqlx::query_scalar(
        "SELECT COALESCE(MAX(CAST(no AS INTEGER)), 106000) + 1 FROM purchase_headers WHERE company_id = ?",
    )
    .bind(&company.id)
    .fetch_one(&mut *connection)
    .await?;
    let number = number.to_string();
    sqlx::query("INSERT INTO purchase_headers VALUES (?, ?, ?, ?, ?, ?)")
        .bind(&company.id)
        .bind(&number)
        .bind(&order.head.vendor_no)
        .bind(&order.head.currency_code)
        .bind(&order.head.location_code)
        .bind(order.prices_including_vat)
        .execute(&mut *connection)
        .await?;
    let line_numbers = (1..).map(|n: i64| n.saturating_mul(super::LINE_NO_STEP));
    for (line, line_no) in order.lines.iter().zip(line_numbers) {
        write_line((&number, line_no), line, connection).await?;
    }
    Ok(number)
}

async fn write_line(
    (document_no, line_no): (&str, i64),
    line: &OrderLine,
    connection: &mut SqliteConnection,
) -> Result<(), sqlx::Error> {
    let source = &line.source;
    sqlx::query(
        "INSERT INTO purchase_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&source.company_id)
    .bind(document_no)
    .bind(line_no)
    .bind(&source.line_type)
    .bind(&source.no)
    .bind(&source.description)
    .bind(&source.description_2)
    .bind(&source.location_code)
    .bind(&source.unit_of_measure_code)
    .bind(&source.quantity)
    .bind(line.direct_unit_cost.to_string())
    .bind(line.line_amount.to_string())
    .bind(&source.vendor_item_no)
    .bind(&source.due_date)
    .bind(&source.supplier_host)
    .bind(&source.capture_id)
    .bind(source.capture_line_no)
    .execute(connection)
    .await
    .map(|_| ())
}

async fn delete(
    line: &RequisitionLine,
    connection: &mut SqliteConnection,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "DELETE FROM requisition_lines
          WHERE company_id = ? AND worksheet_template_name = ? AND journal_batch_name = ? AND line_no = ?",
    )
    .bind(&line.company_id)
    .bind(&line.worksheet_template_name)
    .bind(&line.journal_batch_name)
    .bind(line.line_no)
    .execute(connection)
    .await
    .map(|_| ())
}
