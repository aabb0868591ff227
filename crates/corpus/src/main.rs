//! `corpus`: pages of shops, their truth, and how well they are read.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use corpus::command::{Measuring, measure_carts, measure_drift, measure_shops};
use corpus::library::{Edition, Library};
use corpus::measure::Readers;
use corpus::page::render;
use corpus::truth::truth;

/// Makes pages of shops with the truth known before.
#[derive(Parser)]
#[command(name = "corpus", version)]
struct Arguments {
    /// The folder of shops, scenarios and languages.
    #[arg(long, global = true, default_value = "corpus")]
    corpus: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List every shop, its scenarios and languages.
    List,
    /// Print a page.
    Render {
        #[command(flatten)]
        edition: Named,
        /// Which of the shop's templates.
        #[arg(long, default_value = "cart")]
        page: String,
    },
    /// Read every page and say how well.
    Measure {
        #[command(flatten)]
        measuring: Measuring,
        /// Which readers.
        #[arg(long, value_enum, default_value = "all")]
        reader: Readers,
        /// A folder of pages from elsewhere with their truth in `expected.json`.
        #[arg(long, env = "PUNCHOUT_CARTS")]
        carts: Option<PathBuf>,
    },
    /// Damage the pages as redesigns do, read them again and say how well.
    Drift {
        #[command(flatten)]
        measuring: Measuring,
        /// How many combinations of damages, beside each alone.
        #[arg(long, default_value_t = 4)]
        seeds: u64,
    },
    /// Print the cart that a reader must find.
    Truth {
        #[command(flatten)]
        edition: Named,
    },
}

/// A page by name.
#[derive(Args)]
struct Named {
    /// The shop.
    shop: String,
    /// The scenario.
    scenario: String,
    /// The locale tag, one of the shop's.
    lang: String,
}

impl Named {
    fn find<'l>(&'l self, library: &'l Library) -> Result<Edition<'l>, String> {
        let shop = library.shop(&self.shop);
        let scenario = library.scenario(&self.scenario);
        Ok(Edition {
            shop: shop.ok_or(format!("no shop `{}`: run `corpus list`", self.shop))?,
            scenario: scenario.ok_or(format!(
                "no scenario `{}`: run `corpus list`",
                self.scenario
            ))?,
            tag: &self.lang,
        })
    }
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
    let library = Library::open(&arguments.corpus)?;
    match &arguments.command {
        Command::List => list(&library, &mut out)?,
        Command::Render { edition, page } => {
            writeln!(out, "{}", render(&library, edition.find(&library)?, page)?)?;
        }
        Command::Measure {
            measuring,
            reader,
            carts,
        } => {
            let mut wrong = measure_shops(&library, measuring, *reader, &mut out)?;
            match carts {
                Some(folder) => wrong += measure_carts(folder, measuring, &mut out)?,
                None => writeln!(
                    out,
                    "No pages from elsewhere: name their folder by --carts or PUNCHOUT_CARTS."
                )?,
            }
            return Ok(exit_code(wrong));
        }
        Command::Drift { measuring, seeds } => {
            let wrong = measure_drift(&library, measuring, *seeds, &mut out)?;
            return Ok(exit_code(wrong));
        }
        Command::Truth { edition } => {
            let truth = truth(&library, edition.find(&library)?)?;
            writeln!(out, "{}", serde_json::to_string_pretty(&truth)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Failure where any page was read silently wrong.
fn exit_code(wrong: usize) -> ExitCode {
    if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn list(library: &Library, out: &mut impl Write) -> io::Result<()> {
    for shop in &library.shops {
        let scenarios = library.scenarios_of(shop).into_iter();
        let names: Vec<&str> = scenarios.map(|scenario| scenario.name.as_str()).collect();
        let kind = if shop.held_out { "held out" } else { "tuned" };
        writeln!(
            out,
            "{} ({kind}) {}: {}",
            shop.id,
            shop.languages.join(" "),
            names.join(" ")
        )?;
    }
    Ok(())
}
