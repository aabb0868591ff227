//! Business Central's errors: codes, statuses and words.
//!
//! Codes: <https://learn.microsoft.com/dynamics365/business-central/dev-itpro/webservices/dynamics-error-codes>.

use std::borrow::Cow;

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// One refusal, before it is put into the envelope of an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ODataError {
    /// HTTP status of the answer.
    pub status: StatusCode,
    /// Business Central's code, such as `Internal_EntityWithSameKeyExists`.
    pub code: Cow<'static, str>,
    /// The text for people, without the correlation id.
    pub message: String,
}

impl ODataError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: Cow::Borrowed(code),
            message: message.into(),
        }
    }

    /// A body, header or address that is malformed.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// A write to a property that the server keeps.
    pub fn read_only(property: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "BadRequest_InvalidOperation",
            format!("Control '{property}' is read-only."),
        )
    }

    /// An address that no route or entity set answers; also what a missing extension looks like.
    pub fn resource_not_found(segment: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "BadRequest_ResourceNotFound",
            format!("Resource not found for the segment '{segment}'."),
        )
    }

    /// A method that the entity set does not offer.
    pub fn method_not_allowed(method: &str, entity: &str) -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "BadRequest_MethodNotAllowed",
            format!("Entity '{entity}' does not support the method {method}."),
        )
    }

    /// An environment that the tenant does not have.
    pub fn no_environment(name: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "NoEnvironment",
            format!("The environment '{name}' does not exist."),
        )
    }

    /// A company that the environment does not have.
    pub fn company_not_found(company: &Uuid) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "Internal_CompanyNotFound",
            format!("Cannot find company \"{company}\"."),
        )
    }

    /// A record asked for by the key in the address.
    pub fn record_not_found(table: &str, key: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "Internal_RecordNotFound",
            not_found_text(table, key),
        )
    }

    /// A record that AL code needed and did not find: the address was right, the content was not.
    pub fn related_record_not_found(table: &str, key: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "Internal_RecordNotFound",
            not_found_text(table, key),
        )
    }

    /// A primary key that is taken.
    pub fn same_key_exists(table: &str, key: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "Internal_EntityWithSameKeyExists",
            format!("The {table} already exists. Identification fields and values: {key}"),
        )
    }

    /// A value that does not fit its field. Lengths are UTF-16 code units, as in the database.
    pub fn string_exceeded_length(value: &str, length: usize, maximum: usize) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "Application_StringExceededLength",
            format!(
                "The length of the string is {length}, but it must be less than or equal to \
                 {maximum} characters. Value: {value}"
            ),
        )
    }

    /// A mandatory field that is blank.
    pub fn field_must_have_a_value(field: &str, table: &str, key: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "Application_FieldValidationException",
            format!("{field} must have a value in {table}: {key}. It cannot be zero or empty."),
        )
    }

    /// AL's `Error(…)`: a message of the business logic, meant for the person.
    pub fn dialog(message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "Application_DialogException",
            message,
        )
    }

    /// No token, a token that does not verify, or a user without a licence.
    pub fn invalid_credentials() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "Authentication_InvalidCredentials",
            "The server has rejected the client credentials.",
        )
    }

    /// A judgement that is not possible at present.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Internal_TenantUnavailable",
            message,
        )
    }

    /// A signed-in user whose permission sets do not allow the step.
    pub fn permission(step: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "Internal_ServerError",
            format!("Sorry, the current permissions prevented the action. ({step})"),
        )
    }

    /// A body over the limit.
    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "RequestEntityTooLarge",
            "The request body is too large.",
        )
    }

    /// A failure of the stand-in itself, such as a database that cannot be written.
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(%cause, "the stand-in failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Internal_ServerError",
            "The stand-in failed; its log says why.",
        )
    }

    /// The JSON body: the correlation id closes the message, after two spaces and before a full stop.
    #[must_use]
    pub fn envelope(&self, correlation_id: &Uuid) -> Value {
        let message = format!("{}  CorrelationId:  {correlation_id}.", self.message);
        json!({ "error": { "code": self.code, "message": message } })
    }
}

impl From<sqlx::Error> for ODataError {
    fn from(cause: sqlx::Error) -> Self {
        Self::internal(&cause)
    }
}

fn not_found_text(table: &str, key: &str) -> String {
    format!("The {table} does not exist. Identification fields and values: {key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_correlation_id_follows_two_spaces_and_ends_in_a_full_stop() {
        let id = Uuid::nil();
        let body = ODataError::dialog("Vendor No. must have a value.").envelope(&id);
        assert_eq!(
            body["error"]["message"],
            "Vendor No. must have a value.  CorrelationId:  00000000-0000-0000-0000-000000000000."
        );
    }
}
