//! Fixtures: a saved page and the cart that is read from it.
//!
//! The first line of a page says where it was saved: `<!-- https://www.example.com/cart -->`. A snapshot of the
//! extension says it beside itself.

use std::fs;
use std::path::{Path, PathBuf};

use punchout::supplier::{Catalog, Definition};

use crate::check::Problem;
use crate::folder::{FolderError, Workshop};
use crate::personal::{Detector, Trace};
use crate::report::{Report, ReportError};
use crate::saved::{NotSaved, SNAPSHOT, Saved};

/// Largest page that is kept as a fixture, in bytes.
pub const LARGEST: u64 = 64 << 10;

/// How the names of pages and of their expected carts end.
const HTML: &str = ".html";
const CART: &str = ".cart.json";

/// A saved HTML page and where it was saved.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address.
    pub url: String,
    /// The HTML.
    pub html: String,
}

/// A page and the file of its expected cart.
#[derive(Clone, Debug)]
pub struct Case {
    /// `<definition>::<name>`.
    pub name: String,
    /// The page.
    pub page: PathBuf,
    /// The expected cart.
    pub cart: PathBuf,
}

/// Why fixtures cannot be blessed.
#[derive(Debug, thiserror::Error)]
pub enum BlessError {
    /// No definition has this id.
    #[error("there is no definition `{0}` that can be read: run `cargo selectors check`")]
    Unknown(String),
    /// The definitions are broken.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A fixture is broken.
    #[error("{0}")]
    Fixture(Problem),
    /// A page cannot be read.
    #[error("{}: {error}", path.display())]
    Report {
        /// The page.
        path: PathBuf,
        /// Why.
        error: ReportError,
    },
    /// A file cannot be written.
    #[error("{}: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// Reads a file as UTF-8; bytes that are none become replacement characters.
///
/// # Errors
///
/// With the file's name, when it cannot be read.
pub fn read_text(path: &Path) -> Result<String, std::io::Error> {
    let bytes = fs::read(path).map_err(|error| {
        std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Every page in a definition's `fixtures`, in order of name.
#[must_use]
pub fn cases(folder: &Path) -> Vec<Case> {
    let id = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let fixtures = folder.join("fixtures");
    let mut pages = files(&fixtures, HTML);
    pages.extend(files(&fixtures, SNAPSHOT));
    pages.sort();
    let case = |page: PathBuf| {
        let name = page.file_name()?.to_string_lossy().into_owned();
        let stem = name
            .strip_suffix(HTML)
            .or_else(|| name.strip_suffix(SNAPSHOT))?;
        let cart = page.with_file_name(format!("{stem}{CART}"));
        Some(Case {
            name: format!("{id}::{stem}"),
            page,
            cart,
        })
    };
    pages.into_iter().filter_map(case).collect()
}

/// What the fixtures of a definition leave unproved, and expected carts without a page.
#[must_use]
pub fn coverage(folder: &Path, definition: &Definition) -> Vec<Problem> {
    let mut problems = Vec::new();
    let fixtures = folder.join("fixtures");
    let file = folder.join("supplier.toml");
    for cart in files(&fixtures, CART) {
        let is_there = |end| Path::new(&cart.to_string_lossy().replace(CART, end)).exists();
        if ![HTML, SNAPSHOT].into_iter().any(is_there) {
            problems.push(Problem::at(
                &cart,
                1,
                "an expected cart without its page",
                "remove it or add the page",
            ));
        }
    }
    let carts: Vec<serde_json::Value> = cases(folder)
        .iter()
        .filter_map(|case| serde_json::from_str(&fs::read_to_string(&case.cart).ok()?).ok())
        .collect();
    let lines = |cart: &serde_json::Value| {
        cart.get("lines")
            .and_then(|lines| lines.as_array().map(Vec::len))
    };
    let needs = [
        (
            carts.iter().any(|cart| lines(cart) >= Some(2)),
            "a cart of at least two lines",
        ),
        (carts.iter().any(is_empty_cart), "an empty cart"),
        (
            carts
                .iter()
                .any(|cart| lines(cart) == Some(0) && !is_empty_cart(cart)),
            "a page that is no cart",
        ),
    ];
    let wanted = needs
        .iter()
        .filter(|(there, _)| !there && definition.is_supported());
    problems.extend(wanted.map(|(_, what)| {
        Problem::at(
            &file,
            1,
            format!("no fixture of {what}"),
            format!("add one to {}", fixtures.display()),
        )
    }));
    problems
}

fn is_empty_cart(cart: &serde_json::Value) -> bool {
    let findings = cart
        .get("findings")
        .and_then(|findings| findings.as_array());
    findings.is_some_and(|findings| {
        findings
            .iter()
            .any(|finding| finding.get("code").and_then(|code| code.as_str()) == Some("cart_empty"))
    })
}

/// Writes what is read from every fixture of a definition beside it, and says which files.
///
/// # Errors
///
/// When the definition or one of its fixtures cannot be read, or a file cannot be written.
pub fn bless(workshop: &Workshop, id: &str) -> Result<Vec<PathBuf>, BlessError> {
    let catalog = workshop.catalog()?;
    if catalog.file(id).is_none() {
        return Err(BlessError::Unknown(id.to_owned()));
    }
    let mut written = Vec::new();
    for case in cases(&workshop.folder_of(id)) {
        let json = case.read(&catalog)?;
        fs::write(&case.cart, json).map_err(|error| BlessError::Write {
            path: case.cart.clone(),
            error,
        })?;
        written.push(case.cart);
    }
    Ok(written)
}

impl Case {
    /// Whether the page gives exactly the expected cart.
    ///
    /// # Errors
    ///
    /// The first difference, with its line in the expected cart.
    pub fn check(&self, catalog: &Catalog) -> Result<(), Problem> {
        let read = self.read(catalog).map_err(|error| match error {
            BlessError::Fixture(problem) => problem,
            other => Problem::at(&self.page, 1, other.to_string(), "save the page again"),
        })?;
        let expected = fs::read_to_string(&self.cart).map_err(|_| {
            let id = self.name.split("::").next().unwrap_or_default();
            Problem::at(
                &self.page,
                1,
                "no expected cart",
                format!("run `cargo selectors bless {id}` and review"),
            )
        })?;
        let mut pairs = expected.lines().zip(read.lines()).enumerate();
        let difference = pairs.find(|(_, (expected, read))| expected != read);
        let lengths = (expected.lines().count(), read.lines().count());
        match difference {
            None if lengths.0 == lengths.1 => Ok(()),
            None => Err(self.differs(lengths.0.min(lengths.1), "the end", "more or less")),
            Some((place, (expected, read))) => {
                Err(self.differs(place, expected.trim(), read.trim()))
            }
        }
    }

    fn differs(&self, place: usize, expected: &str, read: &str) -> Problem {
        let what = format!("expected `{expected}`, read `{read}`");
        let fix = "repair the definition, or bless the fixture if the page is right";
        Problem::at(&self.cart, place.saturating_add(1), what, fix)
    }

    fn read(&self, catalog: &Catalog) -> Result<String, BlessError> {
        let page = self.open().map_err(BlessError::Fixture)?;
        let report = |error| BlessError::Report {
            path: self.page.clone(),
            error,
        };
        let json = Report::of_saved(&page, catalog).map_err(report)?.to_json();
        let json = json.map_err(|error| {
            BlessError::Fixture(Problem::at(&self.page, 1, error.to_string(), ""))
        })?;
        Ok(json + "\n")
    }

    fn open(&self) -> Result<Saved, Problem> {
        let wrong = |what: String, fix: &str| Problem::at(&self.page, 1, what, fix);
        let size = fs::metadata(&self.page)
            .map(|metadata| metadata.len())
            .unwrap_or_default();
        if size > LARGEST {
            let what = format!("{size} bytes, where {LARGEST} are allowed");
            return Err(wrong(what, "cut away what is neither lines nor totals"));
        }
        Saved::open(&self.page, None).map_err(|error| match error {
            NotSaved::Unread(error) => wrong(error.to_string(), "write it again"),
            NotSaved::Nowhere(_) => wrong(
                "the page does not say where it was saved".to_owned(),
                "begin it with `<!-- https://www.example.com/cart -->`",
            ),
            NotSaved::NoSnapshot { error, .. } => {
                let what = format!("no snapshot of the extension: {error}");
                Problem::at(&self.page, error.line(), what, "save the page again")
            }
        })
    }

    /// What in the page may be about a person.
    #[must_use]
    pub fn personal(&self, detector: &Detector) -> Vec<Problem> {
        let text = read_text(&self.page).unwrap_or_default();
        let problem = |trace: Trace| {
            let before = text.get(..trace.place.start).unwrap_or_default();
            let line = before.matches('\n').count().saturating_add(1);
            let shown: String = text
                .get(trace.place)
                .unwrap_or_default()
                .chars()
                .take(4)
                .collect();
            let fix = match trace.replacement.as_str() {
                "" => "leave the value empty".to_owned(),
                "token" => "write a short invented one".to_owned(),
                invented => format!("write an invented one: `{invented}`"),
            };
            Problem::at(
                &self.page,
                line,
                format!("looks like a {}: `{shown}…`", trace.kind),
                fix,
            )
        };
        detector.find(&text).into_iter().map(problem).collect()
    }
}

/// The files of a folder whose names end so, in order of name; none where there is no folder.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries
        .filter(|path| path.to_string_lossy().ends_with(end))
        .collect();
    found.sort();
    found
}
