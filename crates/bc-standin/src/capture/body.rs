//! The body of a POST: typed properties, checked as the platform does before any AL runs.

use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};
use uuid::Uuid;

use crate::odata::{EntitySet, Kind, ODataError, Property, WRITABLE_OF_CAPTURE};

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

/// Reads a body.
///
/// # Errors
/// `BadRequest` for JSON, types and unknown properties, `Application_StringExceededLength`,
/// `Application_FieldValidationException` for what is missing.
pub fn read_body(bytes: &[u8]) -> Result<Body, ODataError> {
    let sent: Map<String, Value> = match serde_json::from_slice(bytes) {
        Ok(Value::Object(sent)) => sent,
        Ok(_) => {
            return Err(ODataError::bad_request(
                "The request body is not an object.",
            ));
        }
        Err(cause) => {
            let message = format!("The request body is not valid JSON: {cause}");
            return Err(ODataError::bad_request(message));
        }
    };
    for (name, value) in &sent {
        check_property(name, value)?;
    }
    let id = guid(&sent)?;
    let captured_at = mandatory(&sent, "capturedAt", "Captured At", id)?;
    Ok(Body {
        id,
        worksheet_template_name: code(mandatory(
            &sent,
            "worksheetTemplateName",
            "Worksheet Template Name",
            id,
        )?),
        journal_batch_name: code(mandatory(
            &sent,
            "journalBatchName",
            "Journal Batch Name",
            id,
        )?),
        supplier_host: mandatory(&sent, "supplierHost", "Supplier Host", id)?.to_owned(),
        captured_at: date_time(captured_at)?,
        line_count: line_count(&sent, id)?,
        lines_sha256: mandatory(&sent, "linesSha256", "Lines SHA-256", id)?.to_owned(),
        lines: mandatory(&sent, "lines", "Lines", id)?.to_owned(),
    })
}

fn check_property(name: &str, value: &Value) -> Result<(), ODataError> {
    if name.contains('@') {
        return Ok(());
    }
    let property = EntitySet::Captures.property(name).ok_or_else(|| {
        ODataError::bad_request(format!(
            "The property '{name}' does not exist on type 'Microsoft.NAV.capture'. Make sure to \
             only use property names that are defined by the type."
        ))
    })?;
    if !WRITABLE_OF_CAPTURE.contains(&property.name) {
        return Err(ODataError::read_only(property.name));
    }
    if !fits(value, property.kind) {
        return Err(ODataError::bad_request(format!(
            "Cannot convert the value of '{name}' to the expected type '{}'.",
            property.kind.edm()
        )));
    }
    check_length(value, property)
}

fn fits(value: &Value, kind: Kind) -> bool {
    match kind {
        Kind::Code(_) | Kind::Text(_) | Kind::LongText => value.is_string(),
        Kind::Guid => value
            .as_str()
            .is_some_and(|text| text.len() == 36 && Uuid::try_parse(text).is_ok()),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        Kind::Decimal => value.is_number(),
        Kind::DateTime => value.as_str().is_some_and(|text| date_time(text).is_ok()),
    }
}

fn check_length(value: &Value, property: Property) -> Result<(), ODataError> {
    let (Kind::Code(maximum) | Kind::Text(maximum), Some(text)) = (property.kind, value.as_str())
    else {
        return Ok(());
    };
    let length = text.encode_utf16().count();
    if length > maximum {
        return Err(ODataError::string_exceeded_length(text, length, maximum));
    }
    Ok(())
}

fn guid(sent: &Map<String, Value>) -> Result<Uuid, ODataError> {
    let id = text(sent, "id").and_then(|text| Uuid::try_parse(text).ok());
    id.filter(|id| !id.is_nil())
        .ok_or_else(|| missing("Capture ID", Uuid::nil()))
}

fn mandatory<'a>(
    sent: &'a Map<String, Value>,
    name: &str,
    field: &str,
    id: Uuid,
) -> Result<&'a str, ODataError> {
    text(sent, name)
        .filter(|text| !text.trim().is_empty() && !text.starts_with("0001-01-01T00:00:00"))
        .ok_or_else(|| missing(field, id))
}

fn missing(field: &str, id: Uuid) -> ODataError {
    let table = EntitySet::Captures.table();
    ODataError::field_must_have_a_value(field, table, &format!("Capture ID={id}"))
}

fn text<'a>(sent: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    sent.get(name).and_then(Value::as_str)
}

/// AL's TestField takes 0 for blank.
fn line_count(sent: &Map<String, Value>, id: Uuid) -> Result<i32, ODataError> {
    sent.get("lineCount")
        .and_then(Value::as_i64)
        .and_then(|number| i32::try_from(number).ok())
        .filter(|number| *number != 0)
        .ok_or_else(|| missing("Line Count", id))
}

fn code(text: &str) -> String {
    text.trim().to_uppercase()
}

/// AL's DateTime keeps milliseconds.
fn date_time(text: &str) -> Result<OffsetDateTime, ODataError> {
    OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .and_then(|moment| {
            let moment = moment.checked_to_offset(UtcOffset::UTC)?;
            moment.replace_millisecond(moment.millisecond()).ok()
        })
        .ok_or_else(|| ODataError::bad_request(format!("Unable to convert '{text}' to DateTime.")))
}
