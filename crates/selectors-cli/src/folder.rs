//! The folder of definitions: `selectors/<id>/supplier.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use punchout::supplier::{
    Catalog, Definition, DefinitionError, SupplierFile, Words, WordsFile, lint,
};

use crate::check::Problem;

/// The name of a definition in its folder.
const FILE: &str = "supplier.toml";

/// The folder of the words, one file for each language.
const WORDS: &str = "words";

/// The folder of the JSON schemas.
const SCHEMA: &str = "schema";

/// Every definition that can be read, and what is wrong with the others.
#[derive(Debug)]
pub struct Workshop {
    /// The folder of the folders.
    pub root: PathBuf,
    /// The definitions, by id.
    pub definitions: Vec<Definition>,
    /// The words of each language.
    pub words: Vec<WordsFile>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Why a folder gives no catalog.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder cannot be listed.
    #[error("{}: {error}; give the folder of the definitions with --selectors", path.display())]
    Unlisted {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A definition is broken.
    #[error("{0}")]
    Broken(Problem),
}

impl Workshop {
    /// Reads every folder below `root`.
    ///
    /// # Errors
    ///
    /// When `root` cannot be listed. Broken definitions are in [`Workshop::problems`].
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        let unlisted = |error| FolderError::Unlisted {
            path: root.to_owned(),
            error,
        };
        let mut folders = Vec::new();
        for entry in fs::read_dir(root).map_err(unlisted)? {
            let path = entry.map_err(unlisted)?.path();
            if path.is_dir() {
                folders.push(path);
            }
        }
        folders.sort();
        let mut workshop = Self {
            root: root.to_owned(),
            definitions: Vec::new(),
            words: Vec::new(),
            problems: Vec::new(),
        };
        for folder in folders {
            if folder.ends_with(WORDS) {
                workshop.read_words(&folder);
            } else if !folder.ends_with(SCHEMA) {
                workshop.read(&folder);
            }
        }
        for error in lint::overlaps(&workshop.definitions) {
            let path = workshop.file_of(&error.id);
            workshop.problems.push(located(&path, &error));
        }
        Ok(workshop)
    }

    /// The folder of one definition.
    #[must_use]
    pub fn folder_of(&self, id: &str) -> PathBuf {
        self.root.join(id)
    }

    /// All definitions together.
    ///
    /// # Errors
    ///
    /// The first problem, where there is one: a catalog with a gap would read fewer carts in silence.
    pub fn catalog(&self) -> Result<Catalog, FolderError> {
        match self.problems.first() {
            Some(problem) => Err(FolderError::Broken(problem.clone())),
            None => Ok(self.sound_catalog()),
        }
    }

    /// The definitions that can be read, whatever is wrong with others: for trying one that is half written.
    #[must_use]
    pub fn sound_catalog(&self) -> Catalog {
        Catalog::new(self.definitions.clone(), Words::new(self.words.clone()))
    }

    fn file_of(&self, id: &str) -> PathBuf {
        self.folder_of(id).join(FILE)
    }

    fn read_words(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.sort();
        for path in files {
            match words_of(&path) {
                Ok(words) => self.words.push(words),
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    fn read(&mut self, folder: &Path) {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                return self.problems.push(Problem::at(
                    &path,
                    1,
                    error.to_string(),
                    "write this file",
                ));
            }
        };
        let file: SupplierFile = match toml::from_str(&text) {
            Ok(file) => file,
            Err(error) => return self.problems.push(unreadable(&path, &text, &error)),
        };
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if file.id != name {
            let what = format!("the id is `{}` and the folder `{name}`", file.id);
            self.problems.push(Problem::at(
                &path,
                line_of(&text, &file.id),
                what,
                "make them the same",
            ));
        }
        let brittle = lint::brittle(&file);
        self.problems
            .extend(brittle.iter().map(|error| located(&path, error)));
        match Definition::new(file) {
            Ok(definition) => self.definitions.push(definition),
            Err(errors) => self
                .problems
                .extend(errors.iter().map(|error| located(&path, error))),
        }
    }
}

/// One file of words; its name is its language.
fn words_of(path: &Path) -> Result<WordsFile, Problem> {
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::at(path, 1, error.to_string(), "make it readable"))?;
    let file: WordsFile = toml::from_str(&text).map_err(|error| unreadable(path, &text, &error))?;
    if path.file_stem().is_some_and(|name| *name == *file.language) {
        return Ok(file);
    }
    let what = format!(
        "the language is `{}`, and the file has another name",
        file.language
    );
    Err(Problem::at(
        path,
        line_of(&text, "language"),
        what,
        "make them the same",
    ))
}

fn unreadable(path: &Path, text: &str, error: &toml::de::Error) -> Problem {
    let start = error.span().map_or(0, |span| span.start);
    let line = text
        .bytes()
        .take(start)
        .filter(|byte| *byte == b'\n')
        .count()
        .saturating_add(1);
    Problem::at(
        path,
        line,
        error.message(),
        "see docs/supplier-file.md for the keys and their values",
    )
}

fn located(path: &Path, error: &DefinitionError) -> Problem {
    let text = fs::read_to_string(path).unwrap_or_default();
    let what = format!("{}: {}", error.key, error.problem.what);
    Problem::at(path, line_of(&text, &error.text), what, &error.problem.fix)
}

/// The line that holds `part`, from 1; the first where none does.
fn line_of(text: &str, part: &str) -> usize {
    let found = text
        .lines()
        .position(|line| line.contains(part) || line.contains(&part.replace('"', "\\\"")));
    found.map_or(1, |place| place.saturating_add(1))
}
