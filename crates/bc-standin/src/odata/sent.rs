//! The body of a POST: typed properties, checked as the platform does before any AL runs.

use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};
use uuid::Uuid;

use super::{EntitySet, Kind, ODataError, Property, SetBy};

/// The properties of a body, each of the right type and length.
#[derive(Clone)]
pub struct Sent(Map<String, Value>);

/// Shows no cart.
impl std::fmt::Debug for Sent {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Sent({} properties)", self.0.len())
    }
}

impl Sent {
    /// Reads a body.
    ///
    /// # Errors
    /// `BadRequest` for JSON, types and unknown properties, `BadRequest_InvalidOperation` for what
    /// the server sets, `Application_StringExceededLength`.
    pub fn read(bytes: &[u8], set: EntitySet) -> Result<Self, ODataError> {
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
            check_property(name, value, set)?;
        }
        Ok(Self(sent))
    }

    /// A text; blank where it is absent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// AL's Code: trimmed and upper-cased.
    #[must_use]
    pub fn code(&self, name: &str) -> String {
        self.text(name).trim().to_uppercase()
    }

    /// A GUID; all zeros where it is absent.
    #[must_use]
    pub fn guid(&self, name: &str) -> Uuid {
        Uuid::try_parse(self.text(name)).unwrap_or_default()
    }

    /// An integer; 0 where it is absent, as AL has it.
    #[must_use]
    pub fn integer(&self, name: &str) -> i32 {
        let number = self.0.get(name).and_then(Value::as_i64);
        number
            .and_then(|number| i32::try_from(number).ok())
            .unwrap_or_default()
    }

    /// A moment in UTC with milliseconds at most; `None` where it is absent or AL's blank date.
    #[must_use]
    pub fn date_time(&self, name: &str) -> Option<OffsetDateTime> {
        let text = self.text(name);
        date_time(text).filter(|_| !text.starts_with("0001-01-01T00:00:00"))
    }
}

fn check_property(name: &str, value: &Value, set: EntitySet) -> Result<(), ODataError> {
    if name.contains('@') {
        return Ok(());
    }
    let property = set.property(name).ok_or_else(|| {
        ODataError::bad_request(format!(
            "The property '{name}' does not exist on type 'Microsoft.NAV.{}'. Make sure to \
             only use property names that are defined by the type.",
            set.entity()
        ))
    })?;
    if property.set_by == SetBy::Server {
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
        Kind::DateTime => value.as_str().is_some_and(|text| date_time(text).is_some()),
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

/// AL's DateTime keeps milliseconds.
fn date_time(text: &str) -> Option<OffsetDateTime> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    let moment = moment.checked_to_offset(UtcOffset::UTC)?;
    moment.replace_millisecond(moment.millisecond()).ok()
}
