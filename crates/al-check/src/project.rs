//! An app on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::facts::{Api, BaseApplication};
use crate::finding::Finding;
use crate::model::{Object, objects};
use crate::rules;
use crate::source::{GrammarError, Source};
use crate::syntax;
use crate::xliff::{self, Translation};

/// What of `app.json` is checked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Name of the app, and of its translation files.
    pub name: String,
    /// Ranges of object ids.
    #[serde(default)]
    pub id_ranges: Vec<IdRange>,
    /// Locales.
    #[serde(default)]
    pub supported_locales: Vec<String>,
}

/// A range of object ids, both ends included.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct IdRange {
    /// First.
    pub from: u32,
    /// Last.
    pub to: u32,
}

/// Everything that is checked together.
#[derive(Debug, Default)]
pub struct Project {
    /// `app.json`.
    pub manifest: Manifest,
    /// AL files.
    pub sources: Vec<Source>,
    /// The base application.
    pub base: BaseApplication,
    /// The API.
    pub api: Api,
    /// Files in `Translations`, the generated one included.
    pub translations: Vec<Translation>,
}

/// An app that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// `app.json` is no manifest.
    #[error("app.json: {0}")]
    Manifest(#[from] serde_json::Error),
    /// A facts file is malformed.
    #[error("facts: {0}")]
    Facts(#[from] toml::de::Error),
    /// The grammar cannot be used.
    #[error(transparent)]
    Grammar(#[from] GrammarError),
    /// A translation file is no XLIFF.
    #[error("{0}: {1}")]
    Xliff(PathBuf, xliff::XliffError),
}

impl Project {
    /// Reads an app from its directory.
    ///
    /// # Errors
    /// [`ReadError`] where a file is missing or malformed.
    pub fn read(directory: &Path) -> Result<Self, ReadError> {
        let mut project = Self {
            manifest: serde_json::from_str(&read(&directory.join("app.json"))?)?,
            base: toml::from_str(&read(&directory.join("facts/base-application.toml"))?)?,
            api: toml::from_str(&read(&directory.join("facts/api.toml"))?)?,
            ..Self::default()
        };
        for path in files(&directory.join("src"), "al")? {
            let shown = path.strip_prefix(directory).unwrap_or(&path);
            let source = Source::parse(&shown.display().to_string(), &read(&path)?)?;
            project.sources.push(source);
        }
        for path in files(&directory.join("Translations"), "xlf")? {
            let translation = Translation::parse(&read(&path)?)
                .map_err(|cause| ReadError::Xliff(path.clone(), cause))?;
            project.translations.push(translation);
        }
        Ok(project)
    }

    /// The objects of all files.
    #[must_use]
    pub fn objects(&self) -> Vec<Object<'_>> {
        self.sources.iter().flat_map(objects).collect()
    }

    /// Everything that the rules object to, by file and line.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.sources.iter().flat_map(syntax::check).collect();
        for rule in rules::ALL {
            findings.extend(rule(self));
        }
        findings.sort();
        findings.dedup();
        findings
    }
}

fn read(path: &Path) -> Result<String, ReadError> {
    fs::read_to_string(path).map_err(|cause| ReadError::Io(path.to_owned(), cause))
}

/// The files below a directory with that extension, sorted.
fn files(directory: &Path, extension: &str) -> Result<Vec<PathBuf>, ReadError> {
    let broken = |cause| ReadError::Io(directory.to_owned(), cause);
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
