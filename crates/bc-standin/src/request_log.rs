//! What was asked and answered: methods, addresses and statuses, never bodies or tokens.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use uuid::Uuid;

/// Older entries make room for newer ones beyond this number.
const LONGEST: usize = 10_000;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoggedRequest {
    /// HTTP method.
    pub method: String,
    /// The path without its query, which may carry what people typed.
    pub path: String,
    /// HTTP status, or `null` where the connection was cut.
    pub status: Option<u16>,
    /// The id that the answer carried.
    pub request_id: Uuid,
    /// The id that the client sent.
    pub client_request_id: Option<String>,
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub struct RequestLog(Mutex<VecDeque<LoggedRequest>>);

impl RequestLog {
    /// Adds a request.
    pub fn add(&self, request: LoggedRequest) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() >= LONGEST {
            log.pop_front();
        }
        log.push_back(request);
    }

    /// All requests that are kept.
    #[must_use]
    pub fn list(&self) -> Vec<LoggedRequest> {
        let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.iter().cloned().collect()
    }

    /// Forgets all requests.
    pub fn clear(&self) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.clear();
    }
}
