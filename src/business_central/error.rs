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
    /// The company does not exist for this user.
    CompanyNotFound,
    /// The record does not exist.
    RecordNotFound,
    /// The id is taken: this capture is already there.
    AlreadyExists,
    /// The business logic says no, in words for the buyer: a blocked vendor, a pending approval, a bad line.
    Business,
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

fn kind_of(code: &str, status: u16) -> RefusalKind {
    match (code, status) {
        ("Internal_EntityWithSameKeyExists", _) => RefusalKind::AlreadyExists,
        ("Internal_CompanyNotFound", _) => RefusalKind::CompanyNotFound,
        ("Internal_RecordNotFound" | "Internal_DataNotFoundFilter" | "BadRequest_NotFound", _) => {
            RefusalKind::RecordNotFound
        }
        (_, 401) => RefusalKind::NotSignedIn,
        // Missing rights come as `Internal_ServerError` with status 403.
        (_, 403) => RefusalKind::NoPermission,
        ("BadRequest_ResourceNotFound" | "BadRequest_InvalidRequestUrl", _) | (_, 404 | 405) => {
            RefusalKind::AppNotInstalled
        }
        (code, _)
            if code.starts_with("Application_") || code == "Internal_InvalidTableRelation" =>
        {
            RefusalKind::Business
        }
        (code, _) if code.starts_with("BadRequest") => RefusalKind::NotUnderstood,
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
}
