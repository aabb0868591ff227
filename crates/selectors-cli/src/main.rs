//! `cargo selectors`: try, check, bless and compile supplier definitions.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use selectors_cli::check::{Findings, check};
use selectors_cli::fixture::{self, Page};
use selectors_cli::folder::Workshop;
use selectors_cli::report::Report;

/// Tries, checks and compiles the definitions of suppliers and shop platforms.
#[derive(Parser)]
#[command(name = "selectors", version)]
struct Arguments {
    /// The folder of the definitions.
    #[arg(
        long,
        global = true,
        env = "PUNCHOUT_SELECTORS",
        default_value = "selectors"
    )]
    selectors: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the cart of a saved page as one JSON object.
    Extract {
        /// The address that the page was saved from.
        #[arg(long)]
        url: String,
        /// The saved page.
        file: PathBuf,
    },
    /// Check every definition and every fixture.
    Check,
    /// Write down what is read from the fixtures of one definition, for you to review.
    Bless {
        /// The definition's id.
        id: String,
    },
    /// Compile all definitions into one file for the extension.
    Catalog {
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            // Nothing is left to do where even standard error cannot be written.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    match &arguments.command {
        Command::Extract { url, file } => {
            let workshop = Workshop::open(&arguments.selectors)?;
            let page = Page {
                url: url.clone(),
                html: fixture::read_text(file)?,
            };
            let report = Report::of(&page, &workshop.catalog()?)?;
            writeln!(out, "{}", report.to_json()?)?;
        }
        Command::Check => {
            let Findings { problems, fixtures } = check(&arguments.selectors);
            for problem in &problems {
                writeln!(out, "{problem}")?;
            }
            writeln!(out, "{fixtures} fixtures, {} problems", problems.len())?;
            return Ok(if problems.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        Command::Bless { id } => {
            let workshop = Workshop::open(&arguments.selectors)?;
            for written in fixture::bless(&workshop, id)? {
                writeln!(
                    out,
                    "wrote {}: read it before you commit it",
                    written.display()
                )?;
            }
        }
        Command::Catalog { out: file } => {
            let catalog = Workshop::open(&arguments.selectors)?.catalog()?;
            std::fs::write(file, catalog.to_json()? + "\n")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
