//! The dry run of a capture: Business Central says what would be wrong with it, and stores nothing.

use serde::{Deserialize, Serialize};

use super::address::{CompanyId, Service};
use super::capture::CapturePost;
use super::directory::error_of;
use super::error::DirectoryError;
use crate::http::{Exchange, Request};
use crate::json;

/// What would be wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTrouble {
    /// Which line; the first is 1.
    pub line: u32,
    /// Why, in Business Central's words.
    pub message: String,
}

#[derive(Deserialize)]
struct CaptureCheck {
    /// A JSON array as text.
    problems: String,
}

impl CapturePost {
    /// The request for a dry run: the same that would be posted, to the entity set that stores nothing.
    #[must_use]
    pub fn check_request(&self, service: &Service, company: &CompanyId, token: &str) -> Request {
        service
            .post(company, "captureChecks", token)
            .json(serde_json::to_string(self).unwrap_or_default())
    }
}

/// Reads the answer to a dry run: what is wrong, line by line; nothing where all is well.
///
/// # Errors
/// [`DirectoryError`] where the capture as a whole is refused, or nothing can be said about it.
pub fn read_check(exchange: &Exchange) -> Result<Vec<LineTrouble>, DirectoryError> {
    let answer = exchange
        .as_ref()
        .map_err(|_| DirectoryError::Unavailable { retry_after: None })?;
    if !answer.is_success() {
        return Err(error_of(answer));
    }
    json::read::<CaptureCheck>(&answer.body)
        .and_then(|check| json::read(&check.problems))
        .map_err(|_| DirectoryError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Answer;

    fn read(status: u16, body: &str) -> Result<Vec<LineTrouble>, DirectoryError> {
        read_check(&Ok(Answer {
            status,
            headers: Vec::new(),
            body: body.to_owned(),
        }))
    }

    #[test]
    fn every_line_that_would_fail_is_read_with_its_reason() {
        let body = serde_json::json!({"problems": r#"[{"line":2,"message":"Blocked."},{"line":2,"message":"No unit."}]"#});
        let found = read(201, &body.to_string()).unwrap();
        let found: Vec<_> = found.iter().map(|t| (t.line, t.message.as_str())).collect();
        assert_eq!(found, [(2, "Blocked."), (2, "No unit.")]);
        assert_eq!(read(201, r#"{"problems":"[]"}"#), Ok(Vec::new()));
    }

    #[test]
    fn an_answer_that_says_nothing_is_not_taken_for_a_clean_one() {
        for body in ["", "{}", r#"{"problems":""}"#, r#"{"value":[]}"#] {
            assert_eq!(read(200, body), Err(DirectoryError::Unreadable), "{body}");
        }
        let unavailable = Err(DirectoryError::Unavailable { retry_after: None });
        assert_eq!(read(503, ""), unavailable);
        assert_eq!(read_check(&Err(crate::http::NoAnswer)), unavailable);
        assert!(matches!(read(400, ""), Err(DirectoryError::Refused(_))));
    }
}
