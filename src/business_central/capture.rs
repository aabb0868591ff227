//! One request posts one capture: all of its lines or none.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::address::{CompanyId, Service};
use super::directory::Worksheet;
use super::error::{Refusal, RefusalKind, refusal_of};
use super::line::{RequisitionLine, lines_json};
use crate::capture_id::CaptureId;
use crate::http::{Answer, Exchange, Request};
use crate::json;
use crate::timestamp::Timestamp;

/// Everything that is posted for a capture. Made once when the buyer confirms; every repeat sends the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CapturePost {
    id: CaptureId,
    worksheet_template_name: String,
    journal_batch_name: String,
    supplier_host: String,
    captured_at: String,
    line_count: usize,
    lines_sha256: String,
    lines: String,
}

impl std::fmt::Debug for CapturePost {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CapturePost({}, {} lines)", self.id, self.line_count)
    }
}

impl CapturePost {
    /// Puts the lines of a capture together.
    #[must_use]
    pub fn new(
        id: CaptureId,
        (host, captured_at): (&str, Timestamp),
        worksheet: &Worksheet,
        lines: &[RequisitionLine],
    ) -> Self {
        let text = lines_json(lines);
        Self {
            id,
            worksheet_template_name: worksheet.worksheet_template_name.clone(),
            journal_batch_name: worksheet.name.clone(),
            supplier_host: host.to_owned(),
            captured_at: captured_at.to_rfc3339(),
            line_count: lines.len(),
            lines_sha256: Sha256::digest(text.as_bytes())
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
            lines: text,
        }
    }

    /// The request that posts it.
    #[must_use]
    pub fn request(&self, service: &Service, company: &CompanyId, token: &str) -> Request {
        service
            .captures(company, token)
            .json(serde_json::to_string(self).unwrap_or_default())
    }

    /// Whether a stored capture is this one: same number of lines, same lines.
    #[must_use]
    pub fn is(&self, receipt: &Receipt) -> bool {
        self.id == receipt.id
            && self.line_count == receipt.line_count
            && self.lines_sha256 == receipt.lines_sha256
    }
}

/// A capture as Business Central has stored it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The capture.
    pub id: CaptureId,
    /// The worksheet's template.
    pub worksheet_template_name: String,
    /// The worksheet.
    pub journal_batch_name: String,
    /// How many lines were posted.
    pub line_count: usize,
    /// SHA-256 of the lines' text, in lower-case hex.
    pub lines_sha256: String,
    /// The worksheet in the web client; blank where the server gives none.
    #[serde(default)]
    pub worksheet_url: String,
}

/// What an answer says of a capture, whether it was posted or asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureAnswer {
    /// It is stored.
    Stored(Receipt),
    /// Its id is taken: it was stored before. To be read.
    AlreadyThere,
    /// A record is not there: the capture, where that was asked for; else one that the capture names.
    NotFound(Refusal),
    /// It was refused, and will be without a change.
    Refused(Refusal),
    /// It was refused for its token.
    TokenRefused(Refusal),
    /// Nobody knows. To be read before it is posted again.
    Unknown {
        /// Seconds to wait, where the server said so.
        retry_after: Option<i64>,
    },
}

/// Reads the answer to a posted capture, or to the question for one.
#[must_use]
pub fn read_capture(exchange: &Exchange) -> CaptureAnswer {
    let Ok(answer) = exchange else {
        return CaptureAnswer::Unknown { retry_after: None };
    };
    if answer.is_success() {
        // A success that cannot be read is settled by reading the capture.
        let unreadable = CaptureAnswer::Unknown { retry_after: None };
        return receipt(answer).map_or(unreadable, CaptureAnswer::Stored);
    }
    let refusal = refusal_of(answer);
    match (answer.status, refusal.kind) {
        (_, RefusalKind::AlreadyExists) => CaptureAnswer::AlreadyThere,
        (401, _) => CaptureAnswer::TokenRefused(refusal),
        // 408 and 504 say nothing about the transaction; neither does any other failure of the server.
        (408 | 429 | 500.., _) | (_, RefusalKind::Updating) => CaptureAnswer::Unknown {
            retry_after: answer.retry_after_seconds(),
        },
        (_, RefusalKind::RecordNotFound) => CaptureAnswer::NotFound(refusal),
        _ => CaptureAnswer::Refused(refusal),
    }
}

fn receipt(answer: &Answer) -> Option<Receipt> {
    json::read(&answer.body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::NoAnswer;

    fn refused(status: u16, code: &str) -> Exchange {
        let body = serde_json::json!({"error": {"code": code, "message": "m"}}).to_string();
        Ok(Answer {
            status,
            headers: vec![("retry-after".to_owned(), "7".to_owned())],
            body,
        })
    }

    #[test]
    fn every_answer_without_a_decision_leaves_the_outcome_unknown() {
        let asked = Some(7);
        for status in [408, 429, 500, 502, 503, 504] {
            let exchange = refused(status, "Unknown");
            let unknown = CaptureAnswer::Unknown { retry_after: asked };
            assert_eq!(read_capture(&exchange), unknown, "{status}");
        }
        let unknown = CaptureAnswer::Unknown { retry_after: None };
        assert_eq!(read_capture(&Err(NoAnswer)), unknown);
        let unreadable = Ok(Answer {
            status: 201,
            headers: Vec::new(),
            body: "<html>".to_owned(),
        });
        assert_eq!(read_capture(&unreadable), unknown);
    }

    #[test]
    fn an_environment_under_update_is_waited_for_whatever_the_status() {
        for status in [400, 404, 503] {
            let exchange = refused(status, "Internal_TenantUnavailable");
            let told = read_capture(&exchange);
            assert!(matches!(told, CaptureAnswer::Unknown { .. }), "{status}");
        }
    }
}
