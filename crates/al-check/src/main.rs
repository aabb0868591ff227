//! `al-check check|texts|documents DIRECTORY`: checks an app, brings its translation files up to date with its texts, or
//! writes the documents that say who may do what, and what goes where.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use al_check::Project;
use al_check::documents::{data_flow, permissions};
use al_check::rules::translations::{file_name, languages, texts};
use al_check::xliff::Translation;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["check", directory] => check(Path::new(directory)),
        ["texts", directory] => renew(Path::new(directory)),
        ["documents", directory] => document(Path::new(directory)),
        _ => {
            writeln!(
                io::stderr(),
                "usage: al-check check|texts|documents DIRECTORY"
            )?;
            Ok(ExitCode::from(2))
        }
    }
}

fn check(directory: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let project = Project::read(directory)?;
    let findings = project.findings();
    for finding in &findings {
        writeln!(io::stdout(), "{finding}")?;
    }
    let files = project.sources.len();
    writeln!(io::stdout(), "{files} files, {} findings", findings.len())?;
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn document(directory: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let project = Project::read(directory)?;
    let root = directory.join("..");
    fs::write(root.join("docs/permissions.md"), permissions(&project))?;
    fs::write(root.join("docs/data-flow.md"), data_flow(&project, &root)?)?;
    Ok(ExitCode::SUCCESS)
}

fn renew(directory: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let project = Project::read(directory)?;
    let texts = texts(&project);
    for language in languages(&project) {
        let known = project
            .translations
            .iter()
            .find(|file| file.language == language);
        let known = known.cloned().unwrap_or(Translation {
            language: language.clone(),
            units: Vec::new(),
        });
        let path = directory.join(file_name(&project.manifest.name, &language));
        fs::write(path, known.renewed(&texts).to_xml(&project.manifest.name))?;
    }
    Ok(ExitCode::SUCCESS)
}
