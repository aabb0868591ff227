//! Everything that a definition must hold before it is merged.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::fixture;
use crate::folder::Workshop;
use crate::personal::Detector;

/// Something wrong, where it is, and the fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// The line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

impl Problem {
    /// A problem at a line of a file.
    pub fn at(path: &Path, line: usize, what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
            fix: fix.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}:{}: {}; {}",
            self.path.display(),
            self.line,
            self.what,
            self.fix
        )
    }
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// How many fixtures were read.
    pub fixtures: usize,
}

/// Checks every definition below `root`, and every fixture.
#[must_use]
pub fn check(root: &Path) -> Findings {
    let workshop = match Workshop::open(root) {
        Ok(workshop) => workshop,
        Err(error) => {
            let problems = vec![Problem::at(
                root,
                1,
                error.to_string(),
                "run it where `selectors` is",
            )];
            return Findings {
                problems,
                fixtures: 0,
            };
        }
    };
    let mut problems = workshop.problems.clone();
    let mut fixtures = 0_usize;
    let detector = Detector::new();
    if let Err(error) = &detector {
        problems.push(Problem::at(root, 1, error.to_string(), "repair it"));
    }
    if let Ok(catalog) = workshop.catalog() {
        for definition in &workshop.definitions {
            let folder = workshop.folder_of(definition.id());
            let found = fixture::cases(&folder);
            problems.extend(fixture::coverage(&folder, definition));
            for case in &found {
                fixtures = fixtures.saturating_add(1);
                problems.extend(case.check(&catalog).err());
                problems.extend(detector.iter().flat_map(|found| case.personal(found)));
            }
        }
    }
    Findings { problems, fixtures }
}
