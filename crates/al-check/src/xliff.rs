//! Translation files, XLIFF 1.2 as the AL compiler writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use roxmltree::{Document, Node};

/// A text with its place in the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The compiler's id.
    pub id: String,
    /// The English text.
    pub source: String,
    /// The translation; blank in the generated file.
    pub target: String,
    /// The label's `Comment`.
    pub comment: String,
    /// The id with names for hashes.
    pub place: String,
}

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translation {
    /// `target-language`.
    pub language: String,
    /// In the order of the file.
    pub units: Vec<Unit>,
}

/// A text that is no XLIFF.
#[derive(Debug, thiserror::Error)]
pub enum XliffError {
    /// It is no XML.
    #[error("no XML: {0}")]
    Xml(#[from] roxmltree::Error),
    /// It has no `file`, or that has no `target-language`.
    #[error("no file element with a target-language")]
    NoLanguage,
}

/// The number that the compiler puts in the place of a name: FNV-1a over UTF-16, little-endian, read as a signed number
/// and made positive.
#[must_use]
pub fn name_hash(name: &str) -> i64 {
    const OFFSET: u32 = 2_166_136_261;
    const PRIME: u32 = 16_777_619;
    let hash = name
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .fold(OFFSET, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(PRIME)
        });
    i64::from(hash.cast_signed()) + i64::from(i32::MAX)
}

impl Translation {
    /// Reads a file.
    ///
    /// # Errors
    /// [`XliffError`] where it is no XLIFF.
    pub fn parse(text: &str) -> Result<Self, XliffError> {
        let document = Document::parse(text.trim_start_matches('\u{feff}'))?;
        let file = document
            .descendants()
            .find(|node| node.has_tag_name("file"));
        let language = file
            .and_then(|file| file.attribute("target-language"))
            .ok_or(XliffError::NoLanguage)?;
        let units = document
            .descendants()
            .filter(|node| node.has_tag_name("trans-unit"))
            .map(unit)
            .collect();
        Ok(Self {
            language: language.to_owned(),
            units,
        })
    }

    /// The same texts in this language: known translations are kept, where the English is unchanged.
    #[must_use]
    pub fn renewed(&self, texts: &[Unit]) -> Self {
        let known: BTreeMap<(&str, &str), &str> = self
            .units
            .iter()
            .map(|unit| {
                (
                    (unit.id.as_str(), unit.source.as_str()),
                    unit.target.as_str(),
                )
            })
            .collect();
        let units = texts
            .iter()
            .map(|unit| {
                let target = known.get(&(unit.id.as_str(), unit.source.as_str()));
                Unit {
                    target: target.copied().unwrap_or_default().to_owned(),
                    ..unit.clone()
                }
            })
            .collect();
        Self {
            language: self.language.clone(),
            units,
        }
    }

    /// The file's text, as the compiler writes it.
    #[must_use]
    pub fn to_xml(&self, app: &str) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<xliff version=\"1.2\" \
             xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xsi:schemaLocation=\"urn:oasis:names:tc:xliff:document:1.2 xliff-core-1.2-transitional.xsd\">\n  \
             <file datatype=\"xml\" source-language=\"en-US\" target-language=\"{}\" original=\"{}\">\n    \
             <body>\n      <group id=\"body\">\n",
            escaped(&self.language),
            escaped(app),
        );
        for unit in &self.units {
            push_unit(&mut xml, unit);
        }
        xml.push_str("      </group>\n    </body>\n  </file>\n</xliff>\n");
        xml
    }
}

fn unit(node: Node<'_, '_>) -> Unit {
    let child = |name: &str| {
        let found = node.children().find(|child| child.has_tag_name(name));
        found
            .and_then(|child| child.text())
            .unwrap_or_default()
            .to_owned()
    };
    let note = |from: &str| {
        let found = node
            .children()
            .find(|child| child.has_tag_name("note") && child.attribute("from") == Some(from));
        found
            .and_then(|child| child.text())
            .unwrap_or_default()
            .to_owned()
    };
    Unit {
        id: node.attribute("id").unwrap_or_default().to_owned(),
        source: child("source"),
        target: child("target"),
        comment: note("Developer"),
        place: note("Xliff Generator"),
    }
}

fn push_unit(xml: &mut String, unit: &Unit) {
    let target = match unit.target.as_str() {
        "" => String::new(),
        target => format!("          <target>{}</target>\n", escaped(target)),
    };
    // Writing to a String cannot fail.
    let _ = write!(
        xml,
        "        <trans-unit id=\"{}\" size-unit=\"char\" translate=\"yes\" xml:space=\"preserve\">\n          \
         <source>{}</source>\n{target}          \
         <note from=\"Developer\" annotates=\"general\" priority=\"2\">{}</note>\n          \
         <note from=\"Xliff Generator\" annotates=\"general\" priority=\"3\">{}</note>\n        </trans-unit>\n",
        escaped(&unit.id),
        escaped(&unit.source),
        escaped(&unit.comment),
        escaped(&unit.place),
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    // Pairs of names and numbers as files that the compiler wrote have them.
    #[test]
    fn a_name_has_the_number_that_the_compiler_gives_it() {
        for (name, number) in [
            ("Caption", 2_879_900_210),
            ("ToolTip", 1_295_455_071),
            ("Code", 3_004_954_119),
            ("Description", 3_461_834_954),
        ] {
            assert_eq!(name_hash(name), number, "{name}");
        }
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let unit = Unit {
            id: "Table 1 - Property 2".to_owned(),
            source: "a < \"b\" & c".to_owned(),
            target: "ä".to_owned(),
            comment: "%1 = x".to_owned(),
            place: "Table T - Property Caption".to_owned(),
        };
        let written = Translation {
            language: "de-DE".to_owned(),
            units: vec![unit],
        };
        assert_eq!(Translation::parse(&written.to_xml("App")).unwrap(), written);
    }
}
