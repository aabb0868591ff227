//! What the service is told of a capture: when, at which shop, how many lines. There is no room for more.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::{NotAMoment, Timestamp};

/// The capture's id, made by the client; unique within an account.
pub type CaptureId = uuid::Uuid;

/// What a client says of a capture; a field too many is refused.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// When the cart was captured, by the client's clock.
    #[schema(value_type = String, format = DateTime)]
    pub captured_at: CapturedAt,
    /// The shop.
    #[schema(value_type = String, max_length = 253, pattern = r"^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$", example = "shop.example.com")]
    pub vendor_host: VendorHost,
    /// How many lines are posted.
    #[schema(value_type = i64, minimum = 1, maximum = 10000)]
    pub line_count: LineCount,
}

/// When a cart was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct CapturedAt(pub Timestamp);

impl TryFrom<String> for CapturedAt {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Self, NotAMoment> {
        text.parse().map(Self)
    }
}

impl From<CapturedAt> for String {
    fn from(moment: CapturedAt) -> Self {
        moment.0.to_string()
    }
}

/// A host name in lower case: [RFC 1123 section 2.1](https://www.rfc-editor.org/rfc/rfc1123#section-2.1), and
/// underscores, which browsers resolve as well. No scheme, port, path or user.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct VendorHost(String);

/// A text that is not a host name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("vendor_host must be a host name alone, for example shop.example.com")]
pub struct NotAHostName;

impl VendorHost {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for VendorHost {
    type Error = NotAHostName;

    fn try_from(text: String) -> Result<Self, NotAHostName> {
        let good = text.len() <= 253 && text.split('.').all(is_label);
        good.then(|| Self(text.to_ascii_lowercase()))
            .ok_or(NotAHostName)
    }
}

fn is_label(label: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=63).contains(&label.len())
        && label.bytes().all(letters)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl From<VendorHost> for String {
    fn from(host: VendorHost) -> Self {
        host.0
    }
}

/// Where someone shops is for the database only: a log that shows this type shows nothing.
impl fmt::Debug for VendorHost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("VendorHost(…)")
    }
}

/// A number of lines, from 1 to 10 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct LineCount(i64);

/// A number that no capture has as its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line_count must be a whole number from 1 to 10000")]
pub struct NotALineCount;

impl TryFrom<i64> for LineCount {
    type Error = NotALineCount;

    fn try_from(count: i64) -> Result<Self, NotALineCount> {
        (1..=10_000)
            .contains(&count)
            .then_some(Self(count))
            .ok_or(NotALineCount)
    }
}

impl From<LineCount> for i64 {
    fn from(count: LineCount) -> Self {
        count.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_are_taken_in_lower_case() {
        for name in [
            "shop.example.com",
            "localhost",
            "xn--bcher-kva.example",
            "a_b.example",
            "1.2.3.4",
        ] {
            assert_eq!(
                VendorHost::try_from(name.to_uppercase()).unwrap().as_str(),
                name
            );
        }
    }

    #[test]
    fn whatever_is_more_or_less_than_a_host_name_is_refused() {
        let long_label = format!("{}.example", "a".repeat(64));
        let long_name = ["a".repeat(63).as_str(); 4].join(".");
        for text in [
            "",
            ".",
            "a..b",
            "a.example.",
            "-a.example",
            "a-.example",
            "https://a.example",
            "a.example:443",
            "a.example/cart",
            "me@a.example",
            "[::1]",
            "bücher.example",
            "a example",
            "a.example\n",
            &long_label,
            &long_name,
        ] {
            assert_eq!(
                VendorHost::try_from(text.to_owned()),
                Err(NotAHostName),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_debug_text_does_not_show_the_shop() {
        let host = VendorHost::try_from("shop.example".to_owned()).unwrap();
        assert!(!format!("{host:?}").contains("shop"));
    }
}
