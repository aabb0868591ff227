//! Business Central's error envelope, and what a code means.

use serde::{Deserialize, Serialize};

use crate::http::Answer;
use crate::json;

/// A refusal in Business Central's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What kind it is.
    pub kind: RefusalKind,
    /// The message without the correlation id.
    pub message: String,
    /// What Microsoft's support asks for.
    pub correlation_id: Option<String>,
}

/// What a refusal means to the buyer. Decided by the code first, then by the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// The user is not known or not licensed (401).
    NotSignedIn,
    /// The user lacks a right (403).
    NoPermission,
    /// The app is not installed in this environment, or the address is wrong.
    AppNotInstalled,
    /// The server takes no API calls of this kind: on premises the API is off until it is switched on (405).
    ApiDisabled,
    /// The company does not exist for this user.
    CompanyNotFound,
    /// The record does not exist.
    RecordNotFound,
    /// A code or number stands for nothing in the table that it refers to.
    InvalidReference,
    /// The id is taken: this capture is already there.
    AlreadyExists,
    /// The business logic says no, in words for the buyer: a blocked vendor, a pending approval, a bad line.
    Business,
    /// A value does not fit its field: too long, no number, no date.
    ValueRefused,
    /// The company's Business Central wants to ask somebody a question, which an API call cannot answer.
    AsksBack,
    /// Somebody else changed the record meanwhile.
    Changed,
    /// The request is larger than Business Central takes (413).
    TooLarge,
    /// The environment is being updated.
    Updating,
    /// The request was not understood: this client and the app do not fit.
    NotUnderstood,
    /// Anything else.
    Other,
}

/// Why a list is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryError {
    /// The access token was not accepted.
    TokenRefused(Refusal),
    /// Business Central said no.
    Refused(Refusal),
    /// No answer, or one that asks to come back later.
    Unavailable {
        /// Seconds to wait, where it said so.
        retry_after: Option<i64>,
    },
    /// The answer could not be read.
    Unreadable,
}

#[derive(Deserialize)]
struct Envelope {
    error: ErrorBody,
}

#[derive(Deserialize)]
struct ErrorBody {
    code: String,
    message: String,
}

/// Reads the envelope; an answer without one is told by its status.
pub(super) fn refusal_of(answer: &Answer) -> Refusal {
    let Ok(Envelope { error }) = json::read::<Envelope>(&answer.body) else {
        return Refusal {
            kind: kind_of("", answer.status),
            message: format!("HTTP {}", answer.status),
            correlation_id: None,
        };
    };
    let (message, correlation_id) = split_correlation_id(&error.message);
    Refusal {
        kind: kind_of(&error.code, answer.status),
        message,
        correlation_id,
    }
}

/// Codes by what they mean, from Microsoft's list of them (`dynamics-error-codes`).
const KINDS: [(RefusalKind, &[&str]); 13] = [
    (
        RefusalKind::AlreadyExists,
        &["Internal_EntityWithSameKeyExists"],
    ),
    (RefusalKind::CompanyNotFound, &["Internal_CompanyNotFound"]),
    (
        RefusalKind::RecordNotFound,
        &[
            "Internal_RecordNotFound",
            "Internal_DataNotFoundFilter",
            "BadRequest_NotFound",
        ],
    ),
    (
        RefusalKind::InvalidReference,
        &["Internal_InvalidTableRelation"],
    ),
    (RefusalKind::Updating, &["Internal_TenantUnavailable"]),
    (
        RefusalKind::Changed,
        &["Request_EntityChanged", "BadRequest_InvalidToken"],
    ),
    (RefusalKind::AsksBack, &["Application_CallbackNotAllowed"]),
    (
        RefusalKind::ValueRefused,
        &[
            "Application_EvaluateException",
            "Application_StringExceededLength",
            "Application_InvalidGUID",
            "Application_FilterErrorException",
        ],
    ),
    (
        RefusalKind::AppNotInstalled,
        &[
            "BadRequest_ResourceNotFound",
            "BadRequest_InvalidRequestUrl",
        ],
    ),
    (
        RefusalKind::ApiDisabled,
        &[
            "BadRequest_MethodNotAllowed",
            "BadRequest_MethodNotImplemented",
        ],
    ),
    (
        RefusalKind::NotSignedIn,
        &["Authentication_InvalidCredentials"],
    ),
    (
        RefusalKind::NotUnderstood,
        &[
            "BadRequest",
            "BadRequest_InvalidOperation",
            "BadRequest_RequiredParamNotProvided",
        ],
    ),
    (
        RefusalKind::Business,
        &[
            "Application_DialogException",
            "Application_FieldValidationException",
        ],
    ),
];

fn kind_of(code: &str, status: u16) -> RefusalKind {
    let listed = KINDS.iter().find(|(_, codes)| codes.contains(&code));
    let category = code.split_once('_').map_or(code, |(category, _)| category);
    match (listed, status, category) {
        (Some((kind, _)), ..) => *kind,
        (None, 401, _) => RefusalKind::NotSignedIn,
        // Missing rights come as `Internal_ServerError` with status 403.
        (None, 403, _) | (None, _, "Authorization") => RefusalKind::NoPermission,
        (None, 404, _) => RefusalKind::AppNotInstalled,
        (None, 405, _) => RefusalKind::ApiDisabled,
        (None, 409 | 412, _) => RefusalKind::Changed,
        (None, 413, _) => RefusalKind::TooLarge,
        (None, _, "Application") => RefusalKind::Business,
        (None, _, "BadRequest") => RefusalKind::NotUnderstood,
        (None, _, "Authentication") => RefusalKind::NotSignedIn,
        _ => RefusalKind::Other,
    }
}

/// The correlation id stands at the end of the message, `…  CorrelationId:  <guid>.`
fn split_correlation_id(message: &str) -> (String, Option<String>) {
    let Some((words, id)) = message.rsplit_once("CorrelationId:") else {
        return (message.trim().to_owned(), None);
    };
    let id = id.trim().trim_end_matches('.');
    if crate::capture_id::is_guid(id) {
        (words.trim().to_owned(), Some(id.to_owned()))
    } else {
        (message.trim().to_owned(), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, code: &str, message: &str) -> Refusal {
        let body = serde_json::json!({"error": {"code": code, "message": message}}).to_string();
        refusal_of(&Answer {
            status,
            headers: Vec::new(),
            body,
        })
    }

    #[test]
    fn the_correlation_id_is_taken_out_of_the_message() {
        let found = refusal(
            400,
            "Application_DialogException",
            "The worksheet waits.  CorrelationId:  12345678-1234-1234-1234-1234567890ab.",
        );
        assert_eq!(found.message, "The worksheet waits.");
        assert_eq!(
            found.correlation_id.as_deref(),
            Some("12345678-1234-1234-1234-1234567890ab")
        );
        assert_eq!(found.kind, RefusalKind::Business);
    }

    #[test]
    fn a_missing_right_is_known_by_its_status_although_its_code_says_server_error() {
        let found = refusal(
            403,
            "Internal_ServerError",
            "Sorry, the current permissions …",
        );
        assert_eq!(found.kind, RefusalKind::NoPermission);
    }

    #[test]
    fn a_taken_id_is_known_by_its_code_whatever_the_status() {
        for status in [400, 409] {
            let found = refusal(
                status,
                "Internal_EntityWithSameKeyExists",
                "The Capture already exists.",
            );
            assert_eq!(found.kind, RefusalKind::AlreadyExists);
        }
    }

    #[test]
    fn an_unknown_address_is_told_from_an_unknown_record() {
        assert_eq!(
            refusal(404, "BadRequest_ResourceNotFound", "m").kind,
            RefusalKind::AppNotInstalled
        );
        assert_eq!(
            refusal(404, "Internal_RecordNotFound", "m").kind,
            RefusalKind::RecordNotFound
        );
    }

    /// Code, a status that it was seen with or may come with, and what it means.
    #[test]
    fn each_code_of_the_list_means_what_the_facts_say() {
        use RefusalKind as Kind;
        for (code, status, kind) in [
            ("BadRequest", 400, Kind::NotUnderstood),
            ("BadRequest_InvalidRequestUrl", 400, Kind::AppNotInstalled),
            ("BadRequest_NotFound", 404, Kind::RecordNotFound),
            ("BadRequest_InvalidOperation", 400, Kind::NotUnderstood),
            (
                "BadRequest_RequiredParamNotProvided",
                400,
                Kind::NotUnderstood,
            ),
            ("BadRequest_ResourceNotFound", 400, Kind::AppNotInstalled),
            ("BadRequest_MethodNotAllowed", 400, Kind::ApiDisabled),
            ("BadRequest_MethodNotImplemented", 400, Kind::ApiDisabled),
            ("BadRequest_InvalidToken", 400, Kind::Changed),
            ("Request_EntityChanged", 400, Kind::Changed),
            ("Internal_CompanyNotFound", 400, Kind::CompanyNotFound),
            ("Internal_RecordNotFound", 400, Kind::RecordNotFound),
            ("Internal_DataNotFoundFilter", 400, Kind::RecordNotFound),
            ("Internal_InvalidTableRelation", 400, Kind::InvalidReference),
            ("Internal_ServerError", 403, Kind::NoPermission),
            ("Internal_ServerError", 500, Kind::Other),
            ("Internal_TenantUnavailable", 400, Kind::Updating),
            ("Application_DialogException", 400, Kind::Business),
            ("Application_FieldValidationException", 404, Kind::Business),
            ("Application_EvaluateException", 400, Kind::ValueRefused),
            ("Application_StringExceededLength", 400, Kind::ValueRefused),
            ("Application_InvalidGUID", 400, Kind::ValueRefused),
            ("Application_FilterErrorException", 400, Kind::ValueRefused),
            ("Application_CallbackNotAllowed", 400, Kind::AsksBack),
            ("Authentication_InvalidCredentials", 403, Kind::NotSignedIn),
            ("Authentication_SomethingNew", 400, Kind::NotSignedIn),
            ("Authorization_SomethingNew", 400, Kind::NoPermission),
            ("Application_SomethingNew", 400, Kind::Business),
            ("BadRequest_SomethingNew", 400, Kind::NotUnderstood),
            ("Unknown", 400, Kind::Other),
        ] {
            assert_eq!(refusal(status, code, "m").kind, kind, "{code}");
        }
    }

    #[test]
    fn an_answer_without_the_envelope_is_told_by_its_status() {
        for (status, kind) in [
            (401, RefusalKind::NotSignedIn),
            (403, RefusalKind::NoPermission),
            (404, RefusalKind::AppNotInstalled),
            (405, RefusalKind::ApiDisabled),
            (409, RefusalKind::Changed),
            (412, RefusalKind::Changed),
            (413, RefusalKind::TooLarge),
            (418, RefusalKind::Other),
        ] {
            let body = "<html>".to_owned();
            let found = refusal_of(&Answer {
                status,
                headers: Vec::new(),
                body,
            });
            assert_eq!(
                (found.kind, found.message),
                (kind, format!("HTTP {status}"))
            );
        }
    }
}
