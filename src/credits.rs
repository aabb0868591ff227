//! The credit service: what it is asked, and what it answers.
//!
//! The types of this room are the privacy promise: a request holds the time, the vendor's host and the number of
//! lines, and there is no field for anything else. This room cannot name a cart.

use serde::{Deserialize, Serialize};

use crate::capture_id::CaptureId;
use crate::http::{Answer, Exchange, Method, Request};
use crate::json;
use crate::timestamp::Timestamp;

/// All that the credit service learns of a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureMetadata {
    /// RFC 3339, whole seconds, UTC.
    captured_at: String,
    /// The host of the shop, from the tab.
    vendor_host: String,
    /// How many lines the capture has.
    line_count: u32,
}

impl CaptureMetadata {
    /// The three facts, and no more.
    #[must_use]
    pub fn new(captured_at: Timestamp, vendor_host: &str, line_count: u32) -> Self {
        Self {
            captured_at: captured_at.to_rfc3339(),
            vendor_host: host_name(vendor_host),
            line_count,
        }
    }
}

/// A host name as it is; nothing of any other text, so that none can leave in its place.
fn host_name(text: &str) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    let is_host = text.len() <= 253 && text.chars().all(is_part);
    if is_host {
        text.to_owned()
    } else {
        String::new()
    }
}

/// The credits of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credits {
    /// Granted less debited.
    pub balance: i64,
    /// Held by captures under way.
    pub held: i64,
    /// What a new capture may use: balance less held.
    pub available: i64,
}

/// The code of a refusal: no credit was ever held for the capture.
pub const UNKNOWN_CAPTURE: &str = "unknown_capture";

/// Why the credit service did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    /// No credit is left; nothing was held (402).
    #[error("the account has no credits left")]
    NoCredits,
    /// The access token was not accepted (401).
    #[error("the credit service did not accept the sign-in")]
    TokenRefused,
    /// No answer, or one that asks to come back later; the request may be repeated as it is.
    #[error("the credit service cannot be reached at the moment")]
    Unavailable {
        /// Seconds to wait, where the service said so.
        retry_after: Option<i64>,
    },
    /// It said no, with its own code.
    #[error("the credit service refused: {0}")]
    Refused(String),
}

/// The service at its base address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditService {
    base: String,
}

impl CreditService {
    /// `base` is the address before `/v1`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// Asks for the account's credits.
    #[must_use]
    pub fn account(&self, token: &str) -> Request {
        self.request(Method::Get, "account", token)
    }

    /// Holds one credit for a capture; may be repeated.
    #[must_use]
    pub fn hold(&self, id: &CaptureId, metadata: &CaptureMetadata, token: &str) -> Request {
        let body = serde_json::to_string(metadata).unwrap_or_default();
        self.request(Method::Put, &format!("captures/{id}"), token)
            .json(body)
    }

    /// Debits the held credit; may be repeated.
    #[must_use]
    pub fn confirm(&self, id: &CaptureId, token: &str) -> Request {
        self.request(Method::Post, &format!("captures/{id}/confirm"), token)
    }

    /// Gives the held credit back; may be repeated.
    #[must_use]
    pub fn release(&self, id: &CaptureId, token: &str) -> Request {
        self.request(Method::Post, &format!("captures/{id}/release"), token)
    }

    fn request(&self, method: Method, path: &str, token: &str) -> Request {
        Request::new(method, format!("{}/v1/{path}", self.base))
            .header("authorization", format!("Bearer {token}"))
    }
}

/// Reads the answer to [`CreditService::account`].
///
/// # Errors
/// [`CreditError`].
pub fn read_account(exchange: &Exchange) -> Result<Credits, CreditError> {
    let answer = done(exchange)?;
    json::read(&answer.body).map_err(|_| CreditError::Refused("unreadable answer".to_owned()))
}

/// Reads the answer to a hold, confirm or release.
///
/// # Errors
/// [`CreditError`].
pub fn read_done(exchange: &Exchange) -> Result<(), CreditError> {
    done(exchange).map(|_| ())
}

fn done(exchange: &Exchange) -> Result<&Answer, CreditError> {
    let Ok(answer) = exchange else {
        return Err(CreditError::Unavailable { retry_after: None });
    };
    match answer.status {
        200..=299 => Ok(answer),
        401 => Err(CreditError::TokenRefused),
        402 => Err(CreditError::NoCredits),
        408 | 429 | 500.. => Err(CreditError::Unavailable {
            retry_after: answer.retry_after_seconds(),
        }),
        // Without the service's own code it is somebody in between who says no, and that may pass.
        _ => Err(
            code_of(answer).map_or(CreditError::Unavailable { retry_after: None }, |code| {
                CreditError::Refused(code)
            }),
        ),
    }
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: ErrorBody,
}

#[derive(Deserialize)]
struct ErrorBody {
    code: String,
}

fn code_of(answer: &Answer) -> Option<String> {
    let body: ErrorAnswer = json::read(&answer.body).ok()?;
    Some(body.error.code.chars().take(60).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Exchange {
        Ok(Answer {
            status,
            headers: Vec::new(),
            body: body.to_owned(),
        })
    }

    #[test]
    fn a_hold_says_time_host_and_line_count_and_nothing_else() {
        let id = CaptureId::from_random([7; 16]);
        let metadata = CaptureMetadata::new(Timestamp(0), "shop.example", 3);
        let request = CreditService::new("https://credits.example/").hold(&id, &metadata, "t");
        assert_eq!(
            request.url,
            format!("https://credits.example/v1/captures/{id}")
        );
        assert_eq!(
            request.body.as_deref(),
            Some(
                r#"{"captured_at":"1970-01-01T00:00:00Z","vendor_host":"shop.example","line_count":3}"#
            )
        );
    }

    #[test]
    fn a_text_that_is_no_host_name_does_not_leave_in_the_place_of_one() {
        for text in [
            "Staples 24/6",
            "shop.example/cart",
            "a@shop.example",
            "Bürostuhl",
        ] {
            let metadata = CaptureMetadata::new(Timestamp(0), text, 3);
            assert_eq!(metadata.vendor_host, "", "{text}");
        }
    }

    #[test]
    fn a_refusal_that_is_not_in_the_words_of_the_service_may_pass() {
        for body in ["", "<html>", r#"{"message":"no"}"#] {
            assert_eq!(
                read_done(&answer(403, body)),
                Err(CreditError::Unavailable { retry_after: None })
            );
        }
    }

    #[test]
    fn an_answer_is_told_apart_by_its_status() {
        assert_eq!(read_done(&answer(201, "{}")), Ok(()));
        assert_eq!(read_done(&answer(402, "")), Err(CreditError::NoCredits));
        assert_eq!(read_done(&answer(401, "")), Err(CreditError::TokenRefused));
        assert_eq!(
            read_done(&answer(503, "")),
            Err(CreditError::Unavailable { retry_after: None })
        );
        assert_eq!(
            read_done(&answer(
                409,
                r#"{"error":{"code":"metadata_mismatch","message":"m"}}"#
            )),
            Err(CreditError::Refused("metadata_mismatch".to_owned()))
        );
    }
}
