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

    /// `Retry-After` in seconds (RFC 9110, 10.2.3), given as a number or as a moment. A moment is taken from the
    /// answer's own `Date`, so that a wrong clock on this side changes nothing; without `Date` it says nothing.
    #[must_use]
    pub fn retry_after_seconds(&self) -> Option<i64> {
        let value = self.header("retry-after")?.trim();
        let seconds = match value.parse() {
            Ok(seconds) => seconds,
            Err(_) => http_date(value)?.saturating_sub(http_date(self.header("date")?.trim())?),
        };
        (seconds >= 0).then_some(seconds)
    }
}

/// Seconds of an HTTP date from the beginning of the year 0, for differences: `Sun, 06 Nov 1994 08:49:37 GMT`, the only
/// form that a sender may use (RFC 9110, 5.6.7).
fn http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, text) = text.strip_suffix(" GMT")?.split_once(", ")?;
    let mut parts = text.split([' ', ':']);
    let day: i64 = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let month = MONTHS.iter().position(|month| *month == name)?;
    let mut numbers = parts.map(|part| part.parse::<i64>().ok().filter(|number| *number >= 0));
    let (year, hour, minute, second) = (
        numbers.next()??,
        numbers.next()??,
        numbers.next()??,
        numbers.next()??,
    );
    // Years and months are counted from March, so that the leap day is the last.
    let month = i64::try_from(month).ok()?;
    let (year, month) = match month {
        0 | 1 => (year.checked_sub(1)?, month + 10),
        _ => (year, month - 2),
    };
    let year = Some(year).filter(|year| (0..10_000).contains(year))?;
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5;
    let hours = days.checked_add(day)?.checked_mul(24)?.checked_add(hour)?;
    hours
        .checked_mul(3600)?
        .checked_add(minute.checked_mul(60)?)?
        .checked_add(second)
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

    fn retry_after(value: &str, date: Option<&str>) -> Option<i64> {
        let date = date.map(|date| ("date".to_owned(), date.to_owned()));
        let headers = [("retry-after".to_owned(), value.to_owned())];
        let answer = Answer {
            status: 429,
            headers: headers.into_iter().chain(date).collect(),
            body: String::new(),
        };
        answer.retry_after_seconds()
    }

    #[test]
    fn retry_after_is_read_as_seconds() {
        assert_eq!(retry_after(" 7 ", None), Some(7));
        for nonsense in ["-1", "soon", "", "1.5"] {
            assert_eq!(retry_after(nonsense, None), None, "{nonsense}");
        }
    }

    #[test]
    fn retry_after_is_read_as_a_date_by_the_clock_of_the_server() {
        let at = |date| retry_after("Wed, 01 Mar 2028 00:00:30 GMT", Some(date));
        assert_eq!(at("Tue, 29 Feb 2028 23:59:30 GMT"), Some(60));
        assert_eq!(at("Mon, 28 Feb 2028 23:59:30 GMT"), Some(60 + 86_400));
        assert_eq!(at("Wed, 01 Mar 2028 00:00:31 GMT"), None, "it has passed");
        assert_eq!(retry_after("Wed, 01 Mar 2028 00:00:30 GMT", None), None);
        assert_eq!(at("Wed, 01 Mar 99999999999999999 00:00:30 GMT"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_date_is_as_far_away_as_the_calendar_says(from in 0_i64..4_102_444_800, later in 0_i64..100_000_000) {
            let written = |seconds: i64| {
                let moment = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap();
                let (month, weekday) = (moment.month().to_string(), moment.weekday().to_string());
                format!(
                    "{weekday:.3}, {:02} {month:.3} {:04} {:02}:{:02}:{:02} GMT",
                    moment.day(), moment.year(),
                    moment.hour(), moment.minute(), moment.second(),
                )
            };
            let found = retry_after(&written(from + later), Some(&written(from)));
            proptest::prop_assert_eq!(found, Some(later));
        }
    }
}
