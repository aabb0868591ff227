//! What a posting reads and writes within its transaction.

use sqlx::SqliteConnection;

use super::{RequisitionLine, StoredCapture, Worksheet};

type Answer<T> = Result<T, sqlx::Error>;

/// A capture and its lines, ready to be written together.
#[derive(Debug)]
pub struct NewPosting<'a> {
    /// GUID of the company.
    pub company_id: &'a str,
    /// The log of the capture.
    pub capture: &'a StoredCapture,
    /// The lines with their numbers.
    pub lines: &'a [RequisitionLine],
}

impl NewPosting<'_> {
    /// Whether a capture with the id was ever stored in the company.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_known(
        company_id: &str,
        id: &str,
        connection: &mut SqliteConnection,
    ) -> Answer<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM captures WHERE company_id = ? AND id = ?)")
            .bind(company_id)
            .bind(id)
            .fetch_one(connection)
            .await
    }

    /// The worksheet with that template and name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn worksheet(
        company_id: &str,
        (template, batch): (&str, &str),
        connection: &mut SqliteConnection,
    ) -> Answer<Option<Worksheet>> {
        sqlx::query_as(
            "SELECT * FROM worksheets
              WHERE company_id = ? AND worksheet_template_name = ? AND name = ?",
        )
        .bind(company_id)
        .bind(template)
        .bind(batch)
        .fetch_optional(connection)
        .await
    }

    /// Writes the log and the lines.
    ///
    /// # Errors
    /// Where the database fails; the caller's transaction then takes everything back.
    pub async fn write(&self, connection: &mut SqliteConnection) -> Answer<()> {
        self.write_capture(&mut *connection).await?;
        for line in self.lines {
            write_line(line, &mut *connection).await?;
        }
        Ok(())
    }

    async fn write_capture(&self, connection: &mut SqliteConnection) -> Answer<()> {
        let capture = self.capture;
        sqlx::query(
            "INSERT INTO captures (company_id, id, worksheet_template_name, journal_batch_name,
                 supplier_host, captured_at, line_count, lines_sha256, lines, status,
                 line_numbers, user_name)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.company_id)
        .bind(&capture.id)
        .bind(&capture.worksheet_template_name)
        .bind(&capture.journal_batch_name)
        .bind(&capture.supplier_host)
        .bind(&capture.captured_at)
        .bind(capture.line_count)
        .bind(&capture.lines_sha256)
        .bind(&capture.lines)
        .bind(&capture.status)
        .bind(&capture.line_numbers)
        .bind(&capture.user_name)
        .execute(connection)
        .await
        .map(|_| ())
    }
}

/// Writes one requisition line.
///
/// # Errors
/// Where the database fails, and where the Line No. is taken.
pub async fn write_line(line: &RequisitionLine, connection: &mut SqliteConnection) -> Answer<()> {
    sqlx::query(
        "INSERT INTO requisition_lines (company_id, worksheet_template_name,
             journal_batch_name, line_no, type, no, description, description_2, quantity,
             unit_of_measure_code, vendor_no, vendor_item_no, direct_unit_cost,
             currency_code, order_date, due_date, requester_id, action_message,
             accept_action_message, capture_id, location_code, supplier_host, capture_line_no)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&line.company_id)
    .bind(&line.worksheet_template_name)
    .bind(&line.journal_batch_name)
    .bind(line.line_no)
    .bind(&line.line_type)
    .bind(&line.no)
    .bind(&line.description)
    .bind(&line.description_2)
    .bind(&line.quantity)
    .bind(&line.unit_of_measure_code)
    .bind(&line.vendor_no)
    .bind(&line.vendor_item_no)
    .bind(&line.direct_unit_cost)
    .bind(&line.currency_code)
    .bind(&line.order_date)
    .bind(&line.due_date)
    .bind(&line.requester_id)
    .bind(&line.action_message)
    .bind(line.accept_action_message)
    .bind(&line.capture_id)
    .bind(&line.location_code)
    .bind(&line.supplier_host)
    .bind(line.capture_line_no)
    .execute(connection)
    .await
    .map(|_| ())
}

/// The number that the worksheet's next line gets: the last one plus 10000.
///
/// # Errors
/// Where the database fails.
pub async fn next_line_no(
    company_id: &str,
    (template, batch): (&str, &str),
    connection: &mut SqliteConnection,
) -> Answer<i64> {
    let last: i64 = sqlx::query_scalar(
        "SELECT COALESCE(MAX(line_no), 0) FROM requisition_lines
          WHERE company_id = ? AND worksheet_template_name = ? AND journal_batch_name = ?",
    )
    .bind(company_id)
    .bind(template)
    .bind(batch)
    .fetch_one(connection)
    .await?;
    Ok(last.saturating_add(LINE_NO_STEP))
}

/// The distance between two Line Nos.
pub const LINE_NO_STEP: i64 = 10_000;
