//! One definition of the catalog, compiled when it is first needed.

use std::sync::OnceLock;

use crate::css::Selector;

use super::definition::compile_all;
use super::{Definition, DefinitionError, SupplierFile, Words};

/// One definition of the catalog. What tells the platform is compiled before the rest, and the rest for pages that it is
/// for: a worker that starts with the catalog of all shops reads the pages of one.
#[derive(Clone, Debug)]
pub struct Entry {
    file: SupplierFile,
    detect: OnceLock<Result<Vec<Selector>, DefinitionError>>,
    definition: OnceLock<Result<Definition, DefinitionError>>,
}

impl Entry {
    pub(super) fn new(file: SupplierFile) -> Self {
        Self {
            file,
            detect: OnceLock::new(),
            definition: OnceLock::new(),
        }
    }

    /// The file as written.
    #[must_use]
    pub fn file(&self) -> &SupplierFile {
        &self.file
    }

    /// Selectors of which one tells the platform.
    ///
    /// # Errors
    ///
    /// When one of them is none.
    pub fn detect(&self) -> Result<&[Selector], &DefinitionError> {
        let compile = || {
            let texts = self.file.detect.as_ref().map(|detect| &detect.any);
            let texts = texts.map(Vec::as_slice).unwrap_or_default();
            compile_all(&self.file.id, "detect.any", texts)
        };
        self.detect.get_or_init(compile).as_deref()
    }

    /// The definition, with the common labels of these words.
    ///
    /// # Errors
    ///
    /// Its first problem. `selectors catalog` writes no such definition, so the build is broken.
    pub fn definition(&self, words: &Words) -> Result<&Definition, &DefinitionError> {
        let compile = || match Definition::new(self.file.clone()) {
            Ok(mut definition) => {
                definition.learn(words);
                Ok(definition)
            }
            Err(errors) => {
                let first = errors.into_iter().next();
                Err(first.unwrap_or_else(|| DefinitionError::unnamed(&self.file.id)))
            }
        };
        self.definition.get_or_init(compile).as_ref()
    }
}

impl From<Definition> for Entry {
    fn from(definition: Definition) -> Self {
        Self {
            file: definition.file().clone(),
            detect: OnceLock::from(Ok(definition.detect.clone())),
            definition: OnceLock::from(Ok(definition)),
        }
    }
}
