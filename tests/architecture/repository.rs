//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A text file, by its path from the root with `/`.
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// The names of its folders, and its own without its ending.
    pub fn names(&self) -> Vec<&str> {
        let path = self
            .path
            .rsplit_once('.')
            .map_or(&*self.path, |(path, _)| path);
        path.split('/').collect()
    }

    pub fn ends_with_any(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

pub fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of the core.
pub fn core() -> Vec<File> {
    let mut files = text_files();
    files.retain(|file| file.path.starts_with("src/"));
    files
}

/// Every text file that is tracked; where there is no git, every one that is not ignored.
pub fn text_files() -> Vec<File> {
    let paths = tracked().unwrap_or_else(|| below(root()));
    let files = paths.into_iter().filter_map(|path| {
        let text = fs::read_to_string(root().join(&path)).ok()?;
        Some(File { path, text })
    });
    files.collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn tracked() -> Option<Vec<String>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output()
        .ok()?;
    let names = String::from_utf8(listed.stdout).ok()?;
    let paths: Vec<String> = names.split_terminator('\0').map(str::to_owned).collect();
    (listed.status.success() && !paths.is_empty()).then_some(paths)
}

fn below(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| !is_ignored(path));
    paths.sort();
    let inside = paths.iter().flat_map(|path| match path.is_dir() {
        true => below(path),
        false => vec![
            path.strip_prefix(root())
                .unwrap_or(path)
                .display()
                .to_string(),
        ],
    });
    inside.collect()
}

/// As `.gitignore` says.
fn is_ignored(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    matches!(&*name, ".git" | "target" | "dist" | "node_modules") || name.starts_with("dist-")
}
