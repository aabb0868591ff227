//! All definitions, found by host and path, or by what a page contains.

use serde::{Deserialize, Serialize};

use super::file::{Kind, SupplierFile};
use super::{Definition, DefinitionError, Location, Words, WordsFile};
use crate::json::{self, JsonError};
use crate::sorted::sort_by_key;

/// All definitions, in order of their ids, and the words of all languages.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    definitions: Vec<Definition>,
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
pub enum CatalogError {
    /// It is not the JSON that `selectors catalog` writes.
    #[error(
        "the catalog of suppliers cannot be read: {0}; build it again with `cargo selectors catalog`"
    )]
    Json(#[from] JsonError),
    /// A definition in it does not hold together.
    #[error("the catalog of suppliers holds a broken definition: {0}; run `cargo selectors check`")]
    Definition(DefinitionError),
}

impl Catalog {
    /// A catalog of these definitions and words.
    #[must_use]
    pub fn new(mut definitions: Vec<Definition>, words: Words) -> Self {
        sort_by_key(&mut definitions, |definition| definition.id().to_owned());
        for definition in &mut definitions {
            definition.learn(&words);
        }
        Self { definitions, words }
    }

    /// This catalog with one definition more, in place of the one that has its id.
    #[must_use]
    pub fn with(&self, definition: Definition) -> Self {
        let others = self.definitions.iter();
        let others = others.filter(|other| other.id() != definition.id());
        let mut definitions: Vec<Definition> = others.cloned().collect();
        definitions.push(definition);
        Self::new(definitions, self.words.clone())
    }

    /// Reads the compiled form: `{"words": […], "definitions": […]}`.
    ///
    /// # Errors
    ///
    /// When it is not that, or a definition in it is broken.
    pub fn from_json(text: &str) -> Result<Self, CatalogError> {
        let file: CatalogFile = json::read_strictly(text)?;
        let definitions: Result<Vec<Definition>, CatalogError> = file
            .definitions
            .into_iter()
            .map(|file| {
                let first = |errors: Vec<DefinitionError>| errors.into_iter().next();
                Definition::new(file).map_err(|errors| match first(errors) {
                    Some(error) => CatalogError::Definition(error),
                    None => {
                        CatalogError::Json(serde::de::Error::custom("a definition without lines"))
                    }
                })
            })
            .collect();
        Ok(Self::new(definitions?, Words::new(file.words)))
    }

    /// Writes the compiled form, sorted by id.
    ///
    /// # Errors
    ///
    /// As `serde_json` does; in practice never.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(&Written {
            words: self.words.files(),
            definitions: self.definitions.iter().map(Definition::file).collect(),
        })
    }

    /// The words of all languages.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// All definitions.
    #[must_use]
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The definition with this id, for example to tell a buyer whether it is supported.
    #[must_use]
    pub fn definition(&self, id: &str) -> Option<&Definition> {
        self.definitions
            .iter()
            .find(|definition| definition.id() == id)
    }

    /// The definitions of suppliers that name this place.
    pub fn suppliers_at<'c>(&'c self, at: Location<'c>) -> impl Iterator<Item = &'c Definition> {
        self.definitions
            .iter()
            .filter(move |definition| definition.is_for(at))
    }

    /// The definitions of platforms.
    pub fn platforms(&self) -> impl Iterator<Item = &Definition> {
        self.definitions
            .iter()
            .filter(|definition| definition.file.kind == Kind::Platform)
    }
}
