//! A page that was saved: as HTML, or as a snapshot by the extension.

use std::path::Path;

use punchout::extract::snapshot_plan;
use punchout::snapshot::{self, Snapshot};
use punchout::supplier::{Catalog, Location};
use serde::{Deserialize, Serialize};

use crate::fixture::{Page, read_text};
use crate::report::ReportError;
use crate::saved_page::snapshot_by_plan;
use crate::url::host_and_path;

/// How the name of a saved snapshot ends.
pub const SNAPSHOT: &str = ".snapshot.json";

/// A snapshot as the extension's workshop saves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSnapshot {
    /// Origin and path of the page.
    pub url: String,
    /// The page.
    pub snapshot: Snapshot,
}

/// A page that was saved.
#[derive(Clone, Debug)]
pub enum Saved {
    /// HTML that a browser or a person wrote.
    Html(Page),
    /// A snapshot that the extension wrote.
    Snapshot(Box<SavedSnapshot>),
}

/// Why a file is no saved page.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    /// It cannot be read.
    #[error("{0}")]
    Unread(#[from] std::io::Error),
    /// Nothing says where it was saved.
    #[error(
        "{0}:1: the page does not say where it was saved; give --url, or begin it with `<!-- https://www.example.com/cart -->`"
    )]
    Nowhere(String),
    /// It is no snapshot.
    #[error("{path}:{}: no snapshot of the extension: {error}; save the page again in the extension's workshop", error.line())]
    NoSnapshot {
        /// The file.
        path: String,
        /// Why.
        error: serde_json::Error,
    },
}

impl Saved {
    /// Opens a saved page. `url` goes before what the page says itself.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is no snapshot though its name says so, or nothing says where it was saved.
    pub fn open(path: &Path, url: Option<&str>) -> Result<Self, NotSaved> {
        let text = read_text(path)?;
        let name = path.display().to_string();
        if name.ends_with(".json") {
            let mut saved: SavedSnapshot = serde_json::from_str(&text)
                .map_err(|error| NotSaved::NoSnapshot { path: name, error })?;
            saved.url = url.map_or(saved.url, str::to_owned);
            return Ok(Self::Snapshot(Box::new(saved)));
        }
        let said = comment(&text);
        let url = url.map(str::to_owned).or(said);
        let url = url.ok_or(NotSaved::Nowhere(name))?;
        Ok(Self::Html(Page { url, html: text }))
    }

    /// The address that the page was saved from.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Html(page) => &page.url,
            Self::Snapshot(saved) => &saved.url,
        }
    }

    /// Reads the page as the readers of a catalog need it, and hands it to `look`.
    ///
    /// # Errors
    ///
    /// When the address is none, or the page cannot be read at all.
    pub fn read<T>(
        &self,
        catalog: &Catalog,
        look: impl FnOnce(&snapshot::Page, Location<'_>) -> T,
    ) -> Result<T, ReportError> {
        let (host, path) = host_and_path(self.url())?;
        let at = Location {
            host: &host,
            path: &path,
        };
        let wanted = snapshot_plan(catalog, at);
        let page = match self {
            Self::Html(page) => {
                let snapshot = snapshot_by_plan(&page.html, &wanted.plan);
                snapshot::Page::read(&snapshot, &wanted.attributes)?
            }
            Self::Snapshot(saved) => snapshot::Page::read(&saved.snapshot, &wanted.attributes)?,
        };
        Ok(look(&page, at))
    }
}

/// The address in the comment that a page begins with.
fn comment(html: &str) -> Option<String> {
    let (comment, _) = html.trim_start().strip_prefix("<!--")?.split_once("-->")?;
    Some(comment.trim().to_owned())
}
