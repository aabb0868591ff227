//! A capture as it was sent: every mandatory property has a value.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::odata::{EntitySet, ODataError, Sent};

/// A capture as it was sent, with every property of the right type and length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Chosen by the client.
    pub id: Uuid,
    /// Upper-cased.
    pub worksheet_template_name: String,
    /// Upper-cased.
    pub journal_batch_name: String,
    /// Host of the shop.
    pub supplier_host: String,
    /// In UTC, with milliseconds at most.
    pub captured_at: OffsetDateTime,
    /// What the client counted.
    pub line_count: i32,
    /// What the client computed.
    pub lines_sha256: String,
    /// The JSON text of the lines.
    pub lines: String,
}

/// Reads the body of a POST to `captures`.
///
/// # Errors
/// As [`Sent::read`]; `Application_FieldValidationException` for what is missing, and for `lines`,
/// which is no field of a table, `Application_DialogException`.
pub fn read_body(bytes: &[u8]) -> Result<Body, ODataError> {
    tested(&Sent::read(bytes, EntitySet::Captures)?)
}

/// Reads the body of a POST to `captureChecks`, which has the same properties.
///
/// # Errors
/// As [`read_body`].
pub fn read_check_body(bytes: &[u8]) -> Result<Body, ODataError> {
    tested(&Sent::read(bytes, EntitySet::CaptureChecks)?)
}

/// The app's TestMandatory, in its order.
fn tested(sent: &Sent) -> Result<Body, ODataError> {
    let id = sent.guid("id");
    let missing = |field: &str| {
        let table = EntitySet::Captures.table();
        ODataError::field_must_have_a_value(field, table, &format!("Capture ID={id}"))
    };
    let text = |name: &str, field: &str| match sent.text(name) {
        blank if blank.trim().is_empty() => Err(missing(field)),
        value => Ok(value.to_owned()),
    };
    if id.is_nil() {
        return Err(missing("Capture ID"));
    }
    let captured_at = sent.date_time("capturedAt");
    let body = Body {
        id,
        captured_at: captured_at.ok_or_else(|| missing("Captured At"))?,
        worksheet_template_name: code(text("worksheetTemplateName", "Worksheet Template Name")?),
        journal_batch_name: code(text("journalBatchName", "Journal Batch Name")?),
        supplier_host: text("supplierHost", "Supplier Host")?,
        line_count: match sent.integer("lineCount") {
            0 => return Err(missing("Line Count")),
            count => count,
        },
        lines_sha256: text("linesSha256", "Lines SHA-256")?,
        lines: sent.text("lines").to_owned(),
    };
    if body.lines.is_empty() {
        return Err(ODataError::dialog(format!(
            "Lines must have a value in Punchout Capture: Capture ID={id}."
        )));
    }
    Ok(body)
}

fn code(text: String) -> String {
    text.trim().to_uppercase()
}
