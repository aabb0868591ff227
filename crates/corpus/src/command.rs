//! What the `corpus` binary does with scores: print them, keep them in the document, say what is wrong.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::document::{Keeping, keep};
use crate::judge::Outcome;
use crate::library::Library;
use crate::measure::{Judged, Readers, carts, catalog, judge_all, samples};
use crate::score::{Score, table};

/// Options of all measuring.
#[derive(Args, Clone, Debug)]
pub struct Measuring {
    /// Only this shop.
    #[arg(long)]
    pub shop: Option<String>,
    /// The folder of the definitions.
    #[arg(long, env = "PUNCHOUT_SELECTORS", default_value = "selectors")]
    pub selectors: PathBuf,
    /// The document that keeps the tables.
    #[arg(long, default_value = "docs/accuracy.md")]
    pub document: PathBuf,
    /// Write the tables into the document.
    #[arg(long, conflicts_with = "shop")]
    pub write: bool,
    /// Hold the document against what is measured.
    #[arg(long, conflicts_with_all = ["shop", "write"])]
    pub check: bool,
    /// Say of every page that is not exact what differs.
    #[arg(long)]
    pub verbose: bool,
}

impl Measuring {
    /// What to do with the document.
    #[must_use]
    pub fn keeping(&self) -> Option<Keeping> {
        match (self.write, self.check) {
            (true, _) => Some(Keeping::Write),
            (_, true) => Some(Keeping::Check),
            _ => None,
        }
    }
}

/// Reads every page of the corpus; the number of pages that were read silently wrong.
///
/// # Errors
///
/// When a page cannot be made, or the document is not as measured.
pub fn measure_shops(
    library: &Library,
    measuring: &Measuring,
    readers: Readers,
    out: &mut impl Write,
) -> Result<usize, Box<dyn Error>> {
    let catalog = catalog(&measuring.selectors, readers)?;
    let (mut tuned, mut held_out) = (Vec::new(), Vec::new());
    let wanted = |id: &str| measuring.shop.as_deref().is_none_or(|shop| shop == id);
    for shop in library.shops.iter().filter(|shop| wanted(&shop.id)) {
        let judged = judge_all(&samples(library, shop)?, &catalog);
        explain(&judged, measuring.verbose, out)?;
        let rows = if shop.held_out {
            &mut held_out
        } else {
            &mut tuned
        };
        rows.push((
            format!("{} ({})", shop.id, shop.languages.join(", ")),
            Score::of(&judged),
        ));
    }
    let (all_tuned, all_held_out) = (sum(&tuned), sum(&held_out));
    let mut rows = tuned;
    rows.push((format!("**{} tuned shops**", rows.len()), all_tuned));
    let count = held_out.len();
    rows.extend(held_out);
    rows.push((format!("**{count} held-out shops**"), all_held_out));
    let table = table(&rows);
    writeln!(out, "{table}")?;
    if let Some(keeping) = measuring.keeping() {
        let name = match readers {
            Readers::All => "measure:all",
            Readers::Generic => "measure:generic",
        };
        keep(&measuring.document, name, &table, keeping)?;
    }
    Ok(all_tuned.and(all_held_out).silently_wrong)
}

/// Reads the pages of a folder from elsewhere; the number of pages that were read silently wrong.
///
/// # Errors
///
/// When the folder cannot be read, or the document is not as measured.
pub fn measure_carts(
    folder: &std::path::Path,
    measuring: &Measuring,
    out: &mut impl Write,
) -> Result<usize, Box<dyn Error>> {
    let samples = carts(folder)?;
    let mut rows = Vec::new();
    for (name, readers) in [
        ("all readers", Readers::All),
        ("generic reader alone", Readers::Generic),
    ] {
        let judged = judge_all(&samples, &catalog(&measuring.selectors, readers)?);
        writeln!(out, "{name}:")?;
        explain(&judged, measuring.verbose, out)?;
        rows.push((name.to_owned(), Score::of(&judged)));
    }
    let table = table(&rows);
    writeln!(out, "{table}")?;
    if let Some(keeping) = measuring.keeping() {
        keep(&measuring.document, "measure:carts", &table, keeping)?;
    }
    Ok(rows.iter().map(|(_, score)| score.silently_wrong).sum())
}

fn sum(rows: &[(String, Score)]) -> Score {
    rows.iter()
        .fold(Score::default(), |sum, (_, score)| sum.and(*score))
}

/// Names the pages that were read silently wrong, and, where asked, all that are not exact.
fn explain(judged: &[Judged], verbose: bool, out: &mut impl Write) -> std::io::Result<()> {
    for page in judged {
        let outcome = page.judgement.outcome;
        let is_wrong =
            outcome == Outcome::SilentlyWrong || (!page.is_cart && outcome != Outcome::Exact);
        if is_wrong || (verbose && outcome != Outcome::Exact) {
            writeln!(out, "{} {outcome:?}", page.name)?;
            for note in &page.judgement.notes {
                writeln!(out, "    {note}")?;
            }
        }
    }
    Ok(())
}
