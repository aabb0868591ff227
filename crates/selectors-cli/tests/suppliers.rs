//! Every fixture of every definition, one test each, found by walking `selectors/`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test with a harness of its own"
)]

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use punchout::supplier::Catalog;
use selectors_cli::check::check;
use selectors_cli::fixture;
use selectors_cli::folder::Workshop;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
    let workshop = Workshop::open(&root).expect("the folder of definitions can be listed");
    let catalog = workshop.catalog().unwrap_or_default();
    let mut trials = vec![Trial::test(
        "every_definition_passes_the_check",
        move || {
            let problems = check(&root).problems;
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            if lines.is_empty() {
                Ok(())
            } else {
                Err(Failed::from(lines.join("\n")))
            }
        },
    )];
    for definition in &workshop.definitions {
        for case in fixture::cases(&workshop.folder_of(definition.id())) {
            let catalog = catalog.clone();
            trials.push(Trial::test(case.name.clone(), move || {
                case.check(&catalog)
                    .map_err(|problem| Failed::from(problem.to_string()))
            }));
        }
    }
    trials.push(Trial::test(
        "the_compiled_catalog_reads_back_as_the_same_definitions",
        move || {
            let json = catalog.to_json().map_err(|error| error.to_string())?;
            let again = Catalog::from_json(&json).map_err(|error| error.to_string())?;
            let broken = again
                .entries()
                .iter()
                .find_map(|entry| entry.definition(again.words()).err());
            if let Some(broken) = broken {
                return Err(Failed::from(broken.to_string()));
            }
            if again.to_json().map_err(|error| error.to_string())? == json
                && !again.entries().is_empty()
            {
                Ok(())
            } else {
                Err(Failed::from(
                    "the catalog changes when it is written and read",
                ))
            }
        },
    ));
    libtest_mimic::run(&arguments, trials).exit_code()
}
