//! `cargo selectors`: begin, try, check, bless and compile supplier definitions.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use punchout::supplier::Kind;
use selectors_cli::attempt::Attempt;
use selectors_cli::check::{Findings, check};
use selectors_cli::fixture;
use selectors_cli::folder::Workshop;
use selectors_cli::import::{self, Target};
use selectors_cli::report::Report;
use selectors_cli::saved::Saved;
use selectors_cli::schema::Schema;
use selectors_cli::skeleton::{self, Wanted};
use selectors_cli::stale;
use time::{Date, OffsetDateTime};

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
    /// Begin a definition, with what a saved page tells by itself. Nothing is overwritten.
    New {
        /// The definition's id, which is the folder's name.
        id: String,
        /// One supplier's hosts, or a software that many shops run.
        #[arg(long, value_enum)]
        kind: KindOf,
        /// The cart's address.
        #[arg(long)]
        url: String,
        /// A saved cart: an HTML file, or a snapshot of the extension.
        page: Option<PathBuf>,
    },
    /// Show what each reader makes of a saved page, and why, while you write a definition.
    Try {
        /// The definition's id.
        id: String,
        /// A saved page: an HTML file, or a snapshot of the extension.
        page: PathBuf,
        /// The address that the page was saved from, where the file does not say it.
        #[arg(long)]
        url: Option<String>,
    },
    /// Keep a saved page as a fixture, without what is about a person.
    Import {
        /// The definition's id.
        id: String,
        /// A saved page: an HTML file, or a snapshot of the extension.
        page: PathBuf,
        /// The fixture's name, for example `two_lines`.
        #[arg(long)]
        name: String,
        /// The address that the page was saved from, where the file does not say it.
        #[arg(long)]
        url: Option<String>,
        /// Leave out what this selector matches (HTML only); may be repeated.
        #[arg(long)]
        cut: Vec<String>,
    },
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
    /// List the definitions by what they were verified on, the oldest first.
    Stale {
        /// Days after which a verification is too old.
        #[arg(long, default_value_t = 180)]
        days: i64,
        /// The day to count from; today, where it is absent.
        #[arg(long)]
        today: Option<String>,
    },
    /// Print the JSON schema of a file, for editors.
    Schema {
        /// The file.
        #[arg(value_enum, default_value_t = Schema::Supplier)]
        of: Schema,
    },
    /// Compile all definitions into one file for the extension.
    Catalog {
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
}

/// What a new definition describes.
#[derive(Clone, Copy, ValueEnum)]
enum KindOf {
    Supplier,
    Platform,
}

type Outcome = Result<ExitCode, Box<dyn Error>>;

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

fn run(arguments: &Arguments) -> Outcome {
    let root = &arguments.selectors;
    let mut out = io::stdout().lock();
    match &arguments.command {
        Command::New { .. } => begin(root, &arguments.command, &mut out)?,
        Command::Try { id, page, url } => {
            let workshop = Workshop::open(root)?;
            let page = Saved::open(page, url.as_deref())?;
            return attempt(&workshop, id, &page, &mut out);
        }
        Command::Import { .. } => keep(root, &arguments.command, &mut out)?,
        Command::Extract { url, file } => {
            let page = Saved::open(file, Some(url))?;
            let report = Report::of_saved(&page, &Workshop::open(root)?.catalog()?)?;
            writeln!(out, "{}", report.to_json()?)?;
        }
        Command::Check => return all_checked(root, &mut out),
        Command::Bless { id } => {
            let workshop = Workshop::open(root)?;
            for written in fixture::bless(&workshop, id)? {
                let written = written.display();
                writeln!(out, "wrote {written}: read it before you commit it")?;
            }
        }
        Command::Stale { days, today } => return aged(root, *days, today.as_deref(), &mut out),
        Command::Schema { of } => writeln!(out, "{}", of.to_json()?)?,
        Command::Catalog { out: file } => {
            let catalog = Workshop::open(root)?.catalog()?;
            std::fs::write(file, catalog.to_json()? + "\n")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether every definition and every fixture is sound.
fn all_checked(root: &Path, out: &mut impl Write) -> Outcome {
    let Findings { problems, fixtures } = check(root);
    for problem in &problems {
        writeln!(out, "{problem}")?;
    }
    writeln!(out, "{fixtures} fixtures, {} problems", problems.len())?;
    Ok(good_if(problems.is_empty()))
}

/// Whether every definition was verified in these last days.
fn aged(root: &Path, days: i64, day: Option<&str>, out: &mut impl Write) -> Outcome {
    let day = day.map(stale::day).transpose()?.unwrap_or_else(today);
    let ages = stale::ages(&Workshop::open(root)?.definitions, day)?;
    for age in &ages {
        writeln!(out, "{}", age.row())?;
    }
    Ok(good_if(ages.iter().all(|age| age.days <= days)))
}

/// Begins a definition.
fn begin(root: &Path, command: &Command, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let Command::New {
        id,
        kind,
        url,
        page,
    } = command
    else {
        return Ok(());
    };
    let kind = match kind {
        KindOf::Supplier => Kind::Supplier,
        KindOf::Platform => Kind::Platform,
    };
    let wanted = Wanted {
        id,
        kind,
        url,
        today: today().to_string(),
    };
    let page = page.as_deref().map(|page| Saved::open(page, Some(url)));
    let catalog = Workshop::open(root)?.sound_catalog();
    let file = skeleton::make(root, &wanted, page.transpose()?.as_ref(), &catalog)?;
    let file = file.display();
    writeln!(out, "wrote {file}: edit it, and see it read with")?;
    writeln!(out, "  cargo selectors try {id} PAGE.html --url {url}")?;
    Ok(())
}

/// Keeps a page as a fixture.
fn keep(root: &Path, command: &Command, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let Command::Import {
        id,
        page,
        name,
        url,
        cut,
    } = command
    else {
        return Ok(());
    };
    let workshop = Workshop::open(root)?;
    let target = Target {
        folder: &workshop.folder_of(id),
        name,
        cut,
    };
    let page = Saved::open(page, url.as_deref())?;
    let file = import::import(page, &target, &workshop.sound_catalog())?;
    let file = file.display();
    writeln!(
        out,
        "wrote {file}: read it, and take out what is left of people. Then:"
    )?;
    writeln!(out, "  cargo selectors bless {id}")?;
    Ok(())
}

/// What each reader makes of a page; where the definition is broken, why.
fn attempt(workshop: &Workshop, id: &str, page: &Saved, out: &mut impl Write) -> Outcome {
    let folder = workshop.folder_of(id);
    let own: Vec<_> = workshop
        .problems
        .iter()
        .filter(|problem| problem.path.starts_with(&folder))
        .collect();
    for problem in &own {
        writeln!(out, "{problem}")?;
    }
    let definition = workshop.definitions.iter().find(|known| known.id() == id);
    let Some(definition) = definition else {
        if own.is_empty() {
            let folder = folder.display();
            return Err(format!(
                "{folder} is not there: begin it with `cargo selectors new {id} …`"
            )
            .into());
        }
        return Ok(ExitCode::FAILURE);
    };
    let attempt = Attempt::of(page, &workshop.sound_catalog())?;
    write!(out, "{}", attempt.table(definition)?)?;
    Ok(good_if(attempt.is_settled()))
}

fn good_if(is_good: bool) -> ExitCode {
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn today() -> Date {
    OffsetDateTime::now_utc().date()
}
