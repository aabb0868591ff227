//! A saved page as a fixture: without what is about a person, and small.

use std::fs;
use std::path::{Path, PathBuf};

use punchout::extract::snapshot_plan;
use punchout::snapshot::{AllowedAttributes, Snapshot, TreeText};
use punchout::supplier::{Catalog, Location};
use regex::{Captures, Regex};
use scraper::Html;

use crate::fixture::{LARGEST, Page};
use crate::outline::{largest, select};
use crate::personal::{Detector, PatternError};
use crate::saved::{NotSaved, SNAPSHOT, Saved, SavedSnapshot};
use crate::saved_page::snapshot_by_plan;
use crate::url::{NotAnAddress, host_and_path};

/// Where a fixture goes.
#[derive(Clone, Debug)]
pub struct Target<'t> {
    /// The definition's folder.
    pub folder: &'t Path,
    /// The fixture's name, without ending.
    pub name: &'t str,
    /// Selectors of what to leave out of an HTML page.
    pub cut: &'t [String],
}

/// Why a page becomes no fixture.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is no saved page.
    #[error(transparent)]
    NotSaved(#[from] NotSaved),
    /// The address is none.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
    /// The build is broken.
    #[error(transparent)]
    Patterns(#[from] PatternError),
    /// A pattern of this file is broken.
    #[error(transparent)]
    Markup(#[from] regex::Error),
    /// The folder is not there.
    #[error("{0} is not there: make the definition first, with `cargo selectors new`")]
    NoFolder(String),
    /// The fixture is there.
    #[error("{0} is there already: give the fixture another --name")]
    Exists(String),
    /// The page is too large.
    #[error(
        "the fixture would have {size} bytes, where {LARGEST} are allowed. The largest parts:\n{parts}\nLeave out what is neither lines nor totals: save the page as HTML and cut with `--cut 'SELECTOR'`, or write a smaller page with the same elements"
    )]
    TooLarge {
        /// Bytes.
        size: usize,
        /// What is largest.
        parts: String,
    },
    /// A snapshot cannot be cut: its elements are numbered.
    #[error(
        "--cut is for HTML, because the elements of a snapshot are numbered: save the page as HTML"
    )]
    CutSnapshot,
    /// The fixture cannot be written.
    #[error("{path}: {error}")]
    Unwritten {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// As `serde_json` does; in practice never.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Writes a saved page as a fixture and says its file.
///
/// # Errors
///
/// When the page cannot be read, is too large, or the fixture is there already.
pub fn import(page: Saved, target: &Target<'_>, catalog: &Catalog) -> Result<PathBuf, ImportError> {
    if !target.folder.is_dir() {
        return Err(ImportError::NoFolder(target.folder.display().to_string()));
    }
    let file = target
        .folder
        .join("fixtures")
        .join(format!("{}{SNAPSHOT}", target.name));
    if file.exists() {
        return Err(ImportError::Exists(file.display().to_string()));
    }
    let (host, path) = host_and_path(page.url())?;
    let at = Location {
        host: &host,
        path: &path,
    };
    let wanted = snapshot_plan(catalog, at);
    let mut saved = match page {
        Saved::Snapshot(_) if !target.cut.is_empty() => return Err(ImportError::CutSnapshot),
        Saved::Snapshot(saved) => *saved,
        Saved::Html(Page { url, html }) => SavedSnapshot {
            url,
            snapshot: snapshot_by_plan(&without(&html, target.cut), &wanted.plan),
        },
    };
    saved.url = origin_and_path(&saved.url);
    Scrub::new(wanted.attributes)?.snapshot(&mut saved.snapshot);
    let json = serde_json::to_string_pretty(&saved)? + "\n";
    if usize::try_from(LARGEST).is_ok_and(|most| json.len() > most) {
        return Err(too_large(json.len(), &saved.snapshot));
    }
    let unwritten = |error| ImportError::Unwritten {
        path: file.display().to_string(),
        error,
    };
    fs::create_dir_all(target.folder.join("fixtures")).map_err(unwritten)?;
    fs::write(&file, json).map_err(unwritten)?;
    Ok(file)
}

/// A page without the parts that these selectors match.
fn without(html: &str, cut: &[String]) -> String {
    if cut.is_empty() {
        return html.to_owned();
    }
    let mut document = Html::parse_document(html);
    let found = cut.iter().flat_map(|selector| select(&document, selector));
    let nodes: Vec<_> = found.map(|element| element.id()).collect();
    for node in nodes {
        if let Some(mut node) = document.tree.get_mut(node) {
            node.detach();
        }
    }
    document.html()
}

fn origin_and_path(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

fn too_large(size: usize, snapshot: &Snapshot) -> ImportError {
    let markup = snapshot.tree.as_ref().map(|tree| tree.markup.as_str());
    let document = Html::parse_document(markup.unwrap_or_default());
    let mut parts: Vec<String> = largest(&document)
        .into_iter()
        .map(|(part, size)| format!("  {size:>8}  {part}"))
        .collect();
    let json = snapshot
        .state
        .iter()
        .map(|state| (&state.name, state.json.len()));
    parts.extend(
        json.filter(|(_, size)| *size > 4096)
            .map(|(name, size)| format!("  {size:>8}  the script's data `{name}`")),
    );
    ImportError::TooLarge {
        size,
        parts: parts.join("\n"),
    }
}

/// Takes out of a snapshot what no reader needs and what is about a person.
struct Scrub {
    detector: Detector,
    attributes: AllowedAttributes,
    /// A start tag, or a body that stays behind.
    tag: Regex,
    attribute: Regex,
    body: Regex,
    tokens: Vec<String>,
}

impl Scrub {
    fn new(attributes: AllowedAttributes) -> Result<Self, ImportError> {
        let bodies = ["script", "style", "svg", "noscript", "template"]
            .map(|name| format!(r"(?s:(<{name}(?:\s[^>]*[^/>])?>).*?</{name}>)"));
        Ok(Self {
            detector: Detector::new()?,
            attributes,
            tag: Regex::new(r"<[A-Za-z][^\s/>]*(?:\s[^>]*)?>")?,
            attribute: Regex::new(r#"\s+([^\s=/>]+)="([^"]*)""#)?,
            body: Regex::new(&bodies.join("|"))?,
            tokens: Vec::new(),
        })
    }

    fn snapshot(mut self, snapshot: &mut Snapshot) {
        self.text(&mut snapshot.title);
        for meta in &mut snapshot.meta {
            self.text(&mut meta.content);
        }
        snapshot.json_ld.iter_mut().for_each(|text| self.text(text));
        for state in &mut snapshot.state {
            self.text(&mut state.json);
        }
        for ancestor in &mut snapshot.root.path {
            let attributes = &self.attributes;
            ancestor
                .attributes
                .retain(|(name, value)| attributes.admits(name, value.len()));
        }
        if let Some(tree) = &mut snapshot.tree {
            self.tree(tree);
        }
    }

    fn text(&mut self, text: &mut String) {
        *text = self.detector.scrubbed(text, &mut self.tokens);
    }

    fn tree(&mut self, tree: &mut TreeText) {
        tree.markup = self.without_bodies(&tree.markup);
        let typed = &mut tree.live.values;
        let mut number = 0_u32;
        for tag in self.tag.find_iter(&tree.markup) {
            // What was typed stands beside the markup; in its place it tells itself what it is.
            if let Some((_, value)) = typed.iter_mut().find(|(own, _)| *own == number) {
                let mark = tag.as_str().trim_end_matches(['/', '>']);
                let whole = format!("{mark} value=\"{}\"/>", value.replace('"', " "));
                if self.is_about_a_person(&whole) {
                    value.clear();
                }
            }
            number = number.saturating_add(1);
        }
        for (_, value) in typed {
            *value = self.detector.scrubbed(value, &mut self.tokens);
        }
        // Types and autocompletion tell what a field is about: first the values, then the attributes.
        self.text(&mut tree.markup);
        tree.markup = self.without_attributes(&tree.markup);
        tree.shadows
            .iter_mut()
            .for_each(|shadow| self.tree(&mut shadow.tree));
        tree.frames
            .iter_mut()
            .for_each(|frame| self.tree(&mut frame.tree));
    }

    fn is_about_a_person(&self, tag: &str) -> bool {
        let found = self.detector.find(tag);
        found.iter().any(|trace| trace.replacement.is_empty())
    }

    /// Bodies of scripts and the like have no number, so the numbers stay what they are.
    fn without_bodies(&self, markup: &str) -> String {
        let emptied = |found: &Captures<'_>| {
            let open = found.iter().skip(1).flatten().next();
            let open = open.map(|open| open.as_str()).unwrap_or_default();
            let name = open.trim_start_matches('<').split([' ', '>', '\n', '\t']);
            format!("{open}</{}>", name.take(1).collect::<String>())
        };
        self.body.replace_all(markup, emptied).into_owned()
    }

    fn without_attributes(&self, markup: &str) -> String {
        let kept = |found: &Captures<'_>| {
            let part = |place| found.get(place).map_or("", |part| part.as_str());
            if self.attributes.admits(part(1), part(2).len()) {
                part(0).to_owned()
            } else {
                String::new()
            }
        };
        let tag = |found: &Captures<'_>| {
            let tag = found.get(0).map_or("", |tag| tag.as_str());
            self.attribute.replace_all(tag, kept).into_owned()
        };
        self.tag.replace_all(markup, tag).into_owned()
    }
}
