//! HTTP requests and answers as data. The core writes and reads them; the browser adapter carries them.

use std::fmt;

/// The request methods that are used (RFC 9110).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Safe and repeatable.
    Get,
    /// Not repeatable unless the resource says so.
    Post,
    /// Repeatable.
    Put,
}

impl Method {
    /// The method's token as RFC 9110 writes it.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// A request to be sent without cookies and without following redirects.
///
/// Its `Debug` shows the method and the address without its query; headers and body may hold tokens and cart text.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute address.
    pub url: String,
    /// Field names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body, in UTF-8.
    pub body: Option<String>,
}

impl Request {
    /// A request without body that accepts JSON.
    #[must_use]
    pub fn new(method: Method, url: String) -> Self {
        Self {
            method,
            url,
            headers: vec![("accept".to_owned(), "application/json".to_owned())],
            body: None,
        }
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Sets a JSON body with its media type.
    #[must_use]
    pub fn json(self, body: String) -> Self {
        let mut request = self.header("content-type", "application/json");
        request.body = Some(body);
        request
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.url.split(['?', '#']).next().unwrap_or_default();
        write!(out, "{} {address}", self.method.token())
    }
}

/// An answer with its whole body. Its `Debug` shows the status only.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Field names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// Whether the status is 2xx.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The value of a header field, by its lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// `Retry-After` in seconds, where it is given as a number (RFC 9110, 10.2.3).
    #[must_use]
    pub fn retry_after_seconds(&self) -> Option<i64> {
        self.header("retry-after")?
            .trim()
            .parse()
            .ok()
            .filter(|seconds| *seconds >= 0)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HTTP {}", self.status)
    }
}

/// No answer came: the network failed, the time ran out or the worker was stopped. Whether the server acted on the
/// request is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no answer; whether the server acted on the request is unknown")]
pub struct NoAnswer;

/// What came of a request.
pub type Exchange = Result<Answer, NoAnswer>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_shown_without_query_headers_and_body() {
        let request = Request::new(Method::Post, "https://a.example/x?secret=1".to_owned())
            .header("authorization", "Bearer secret")
            .json("{\"secret\":1}".to_owned());
        assert_eq!(format!("{request:?}"), "POST https://a.example/x");
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_a_date_is_ignored() {
        let answer = |value: &str| Answer {
            status: 429,
            headers: vec![("retry-after".to_owned(), value.to_owned())],
            body: String::new(),
        };
        assert_eq!(answer("7").retry_after_seconds(), Some(7));
        assert_eq!(
            answer("Wed, 21 Oct 2026 07:28:00 GMT").retry_after_seconds(),
            None
        );
    }
}
