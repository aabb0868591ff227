//! `docs/accuracy.md`: generated tables between markers, everything else by hand.

use std::fs;
use std::path::{Path, PathBuf};

/// Why the document cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It cannot be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The document.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A marker is missing.
    #[error("{}: no `<!-- {name} -->` … `<!-- /{name} -->`; write both lines where the table belongs", path.display())]
    Marker {
        /// The document.
        path: PathBuf,
        /// The marker's name.
        name: String,
    },
    /// The table in it is not the one that is measured now.
    #[error("{}: the table `{name}` is not what is measured; run `cargo corpus {command} --write` and review it", path.display())]
    Stale {
        /// The document.
        path: PathBuf,
        /// The marker's name.
        name: String,
        /// The command that writes it.
        command: String,
    },
}

/// What to do with a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Write it into the document.
    Write,
    /// Hold the document against it.
    Check,
}

/// Writes a table into the document, or checks that it is there.
///
/// # Errors
///
/// When the document cannot be read or written, has no such marker, or, when checking, has another table.
pub fn keep(path: &Path, name: &str, table: &str, keeping: Keeping) -> Result<(), DocumentError> {
    let file = |error| DocumentError::File {
        path: path.to_owned(),
        error,
    };
    let text = fs::read_to_string(path).map_err(file)?;
    let (before, old, after) = parts(&text, name).ok_or_else(|| DocumentError::Marker {
        path: path.to_owned(),
        name: name.to_owned(),
    })?;
    let new = format!("\n{}\n", table.trim_end());
    match keeping {
        Keeping::Write => fs::write(path, format!("{before}{new}{after}")).map_err(file),
        Keeping::Check if old == new => Ok(()),
        Keeping::Check => Err(DocumentError::Stale {
            path: path.to_owned(),
            name: name.to_owned(),
            command: name.split(':').next().unwrap_or(name).to_owned(),
        }),
    }
}

/// The text up to the table, the table, and the text from its end.
fn parts<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str, &'t str)> {
    let (open, close) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let start = text.find(&open)? + open.len();
    let end = text.find(&close)?;
    let (before, rest) = text.split_at_checked(start)?;
    let (table, after) = rest.split_at_checked(end.checked_sub(start)?)?;
    Some((before, table, after))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_document_is_cut_at_its_markers() {
        let text = "a <!-- x --> b <!-- /x --> c";
        assert_eq!(
            parts(text, "x"),
            Some(("a <!-- x -->", " b ", "<!-- /x --> c"))
        );
        assert_eq!(parts(text, "y"), None);
    }
}
