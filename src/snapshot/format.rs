//! The snapshot's text form, field by field as in `docs/snapshot-format.md`.

use serde::{Deserialize, Serialize};

use super::{Limits, SnapshotError};

/// The version of the format that this core writes into plans and reads.
pub const FORMAT: u32 = 1;

/// Bytes of JSON that a byte of the page makes at most: quotes are escaped, and a UTF-16 code unit is up to three bytes.
const LONGEST: usize = 4;

/// A page as `extension/snapshot.js` wrote it. Fields that are not known here are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// [`FORMAT`] of the writer.
    pub format: u32,
    /// The document's title.
    #[serde(default)]
    pub title: String,
    /// The `lang` of the root element.
    #[serde(default)]
    pub lang: Option<String>,
    /// `<meta>` elements with a name or a property.
    #[serde(default)]
    pub meta: Vec<Meta>,
    /// Address of the canonical link, absolute.
    #[serde(default)]
    pub canonical: Option<String>,
    /// The text of every `application/ld+json` script, in document order.
    #[serde(default)]
    pub json_ld: Vec<String>,
    /// JSON that inline scripts assign to allow-listed names.
    #[serde(default)]
    pub state: Vec<InlineState>,
    /// Where the tree was cut from the document.
    #[serde(default)]
    pub root: Root,
    /// The markup and live state below the root; absent when refused.
    #[serde(default)]
    pub tree: Option<TreeText>,
    /// Why there is no tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

impl Snapshot {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// [`SnapshotError::Malformed`] when it is not one, [`SnapshotError::Format`] when it is of another version,
    /// [`SnapshotError::TooMuch`] when it is far longer than a page within the limits can make it.
    pub fn from_json(json: &str) -> Result<Self, SnapshotError> {
        let allowed = Limits::default().bytes.saturating_mul(LONGEST);
        if json.len() > allowed {
            let limit = "bytes";
            return Err(SnapshotError::TooMuch { limit, allowed });
        }
        let snapshot: Self = crate::json::read(json).map_err(|error| SnapshotError::Malformed {
            reason: error.to_string(),
        })?;
        snapshot.check_format()?;
        Ok(snapshot)
    }

    /// That the version is the one that this core reads.
    pub(super) fn check_format(&self) -> Result<(), SnapshotError> {
        match self.format {
            FORMAT => Ok(()),
            found => Err(SnapshotError::Format {
                found,
                expected: FORMAT,
            }),
        }
    }
}

/// A `<meta>` element.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Its `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its `property` (Open Graph).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Its `content`.
    #[serde(default)]
    pub content: String,
}

/// JSON text that an inline script assigns to a name or is, cut out textually and never evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlineState {
    /// The allow-listed name; where that is a script's type, `#` and the script's id follow, if it has one.
    pub name: String,
    /// The JSON text.
    pub json: String,
}

/// Where the main tree was cut from the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// The plan's selector that found it; absent where the body was taken.
    #[serde(default)]
    pub selector: Option<String>,
    /// The root's ancestors from `html` down, so that selectors that name them still match.
    #[serde(default)]
    pub path: Vec<Ancestor>,
}

/// An ancestor of the root: its start tag, without its other children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ancestor {
    /// Its local name.
    pub name: String,
    /// Its attributes in document order.
    #[serde(default)]
    pub attributes: Vec<(String, String)>,
}

/// One tree: the document's root, an open shadow root, or a frame's document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeText {
    /// How many elements the writer numbered; a reader that finds another number refuses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elements: Option<usize>,
    /// `XMLSerializer` output.
    pub markup: String,
    /// What markup cannot say.
    #[serde(default)]
    pub live: LiveState,
    /// Shadow trees of elements of this tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shadows: Vec<Shadow>,
    /// Documents of same-origin frames of this tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frames: Vec<Frame>,
    /// What the writer could not reach from this tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreachable: Vec<Unreachable>,
}

/// What markup cannot say, by the element's number: document order, from 0, without what is inside `script`,
/// `style`, `svg`, `noscript` and `template`. Every list is in rising order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveState {
    /// Values of inputs and text areas that differ from the markup; an empty one for a select with nothing chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(u32, String)>,
    /// Checkedness that differs from the `checked` attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<(u32, bool)>,
    /// Selectedness of options that differs from the `selected` attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub selected: Vec<(u32, bool)>,
    /// Elements that cannot be seen, with everything below, unless [`LiveState::shown`] says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<u32>,
    /// Elements below a hidden one that can be seen, with everything below (CSS `visibility: visible`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<u32>,
    /// Elements that style sheets strike through, with everything below; not every one is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<u32>,
}

/// A shadow root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shadow {
    /// Number of the host in the tree that lists this one.
    pub host: u32,
    /// `open` or `closed`.
    pub mode: String,
    /// What it holds.
    pub tree: TreeText,
}

/// The document of a same-origin frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Number of the frame element in the tree that lists this one.
    pub host: u32,
    /// Origin and path of its document; the query is left out.
    pub url: String,
    /// What it holds, from its `html` element.
    pub tree: TreeText,
}

/// A part of the page that the writer could not reach.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreachable {
    /// Number of the element in the tree that lists this one.
    pub host: u32,
    /// `cross_origin_frame`, `nested_too_deep` or `unreadable`.
    pub what: String,
    /// The frame's origin and path, or the host's element name.
    #[serde(default)]
    pub name: String,
}

/// Why there is no tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// `elements`, `depth` or `bytes` of the plan; `document` where the tab shows none that can be read.
    pub limit: String,
    /// What the page has, as far as it was counted.
    #[serde(default)]
    pub found: usize,
    /// What the plan allows.
    #[serde(default)]
    pub allowed: usize,
}
