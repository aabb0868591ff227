//! The name of one capture, everywhere: in the journal, in Business Central and at the credit service.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A version 4 UUID (RFC 9562) in lower case with hyphens. Made once per capture and never changed: whoever sees the
/// same id again sees the same capture again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaptureId(String);

/// A text that is no UUID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a UUID in lower case with hyphens")]
pub struct NotACaptureId(String);

impl CaptureId {
    /// Makes an id of 16 random bytes; the version and variant bits are set as RFC 9562 wants.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let random = u128::from_be_bytes(bytes);
        let version = (random & !(0xF << 76)) | (0x4 << 76);
        let uuid = (version & !(0x3 << 62)) | (0x2 << 62);
        let hex = format!("{uuid:032x}");
        let mut text = String::with_capacity(36);
        for (index, digit) in hex.chars().enumerate() {
            if matches!(index, 8 | 12 | 16 | 20) {
                text.push('-');
            }
            text.push(digit);
        }
        Self(text)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaptureId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for CaptureId {
    type Error = NotACaptureId;

    fn try_from(text: String) -> Result<Self, NotACaptureId> {
        if is_guid(&text) && !text.contains(|letter: char| letter.is_ascii_uppercase()) {
            Ok(Self(text))
        } else {
            Err(NotACaptureId(text))
        }
    }
}

impl From<CaptureId> for String {
    fn from(id: CaptureId) -> Self {
        id.0
    }
}

/// Whether a text has the 8-4-4-4-12 form of a GUID.
pub(crate) fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(index, letter)| match index {
            8 | 13 | 18 | 23 => letter == '-',
            _ => letter.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_bytes_become_a_version_4_uuid() {
        assert_eq!(
            CaptureId::from_random([0xff; 16]).as_str(),
            "ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
        assert_eq!(
            CaptureId::from_random([0x00; 16]).as_str(),
            "00000000-0000-4000-8000-000000000000"
        );
    }

    #[test]
    fn a_text_that_could_leave_its_place_in_an_address_is_no_id() {
        for text in [
            "",
            "../x",
            "ffffffff-ffff-4fff-bfff-ffffffffff)/",
            "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF",
        ] {
            assert!(CaptureId::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
