//! All definitions, found by host and path, or by what a page contains.

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::file::{Kind, SupplierFile};
use super::{Definition, Location, Words, WordsFile};
use crate::json::{self, JsonError};
use crate::sorted::sort_by_key;

/// All definitions, in order of their ids, and the words of all languages.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
    words: Words,
}

/// The compiled form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    words: Vec<WordsFile>,
    definitions: Vec<SupplierFile>,
}

/// The same, to be written.
#[derive(Serialize)]
struct Written<'c> {
    words: &'c [WordsFile],
    definitions: Vec<&'c SupplierFile>,
}

/// Why a compiled catalog cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "the catalog of suppliers cannot be read: {0}; build it again with `cargo selectors catalog`"
)]
pub struct CatalogError(#[from] JsonError);

impl Catalog {
    /// A catalog of these definitions and words.
    #[must_use]
    pub fn new(mut definitions: Vec<Definition>, words: Words) -> Self {
        for definition in &mut definitions {
            definition.learn(&words);
        }
        Self::of(definitions.into_iter().map(Entry::from).collect(), words)
    }

    /// This catalog with one definition more, in place of the one that has its id.
    #[must_use]
    pub fn with(&self, mut definition: Definition) -> Self {
        definition.learn(&self.words);
        let others = self.entries.iter();
        let others = others.filter(|other| other.file().id != definition.id());
        let mut entries: Vec<Entry> = others.cloned().collect();
        entries.push(Entry::from(definition));
        Self::of(entries, self.words.clone())
    }

    /// Reads the compiled form: `{"words": […], "definitions": […]}`.
    ///
    /// The definitions are compiled when a page needs them: a broken one is an error of [`Entry::definition`].
    ///
    /// # Errors
    ///
    /// When it is not that.
    pub fn from_json(text: &str) -> Result<Self, CatalogError> {
        let file: CatalogFile = json::read_strictly(text)?;
        let entries = file.definitions.into_iter().map(Entry::new).collect();
        Ok(Self::of(entries, Words::new(file.words)))
    }

    fn of(mut entries: Vec<Entry>, words: Words) -> Self {
        sort_by_key(&mut entries, |entry| entry.file().id.clone());
        Self { entries, words }
    }

    /// Writes the compiled form, sorted by id.
    ///
    /// # Errors
    ///
    /// As `serde_json` does; in practice never.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(&Written {
            words: self.words.files(),
            definitions: self.entries.iter().map(Entry::file).collect(),
        })
    }

    /// The words of all languages.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// All definitions.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The definition with this id, as written: for example to tell a buyer whether it is supported.
    #[must_use]
    pub fn file(&self, id: &str) -> Option<&SupplierFile> {
        let mut files = self.entries.iter().map(Entry::file);
        files.find(|file| file.id == id)
    }

    /// The definitions of suppliers that name this place.
    pub fn suppliers_at<'c>(&'c self, at: Location<'c>) -> impl Iterator<Item = &'c Entry> {
        let entries = self.entries.iter();
        entries.filter(move |entry| entry.file().is_for(at))
    }

    /// The definitions of platforms.
    pub fn platforms(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.entries.iter();
        entries.filter(|entry| entry.file().kind == Kind::Platform)
    }
}
