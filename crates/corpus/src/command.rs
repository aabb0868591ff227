//! What the `corpus` binary does with scores: print them, keep them in the document, say what is wrong.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use selectors_cli::fixture::Page;

use crate::document::{Keeping, keep};
use crate::drift::{DAMAGES, Damage, combination, damaged};
use crate::judge::Outcome;
use crate::library::Library;
use crate::measure::{
    Judged, Readers, Sample, carts, catalog, drift_samples, fixtures, judge_all, samples,
};
use crate::score::{Score, drift_table, table};

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
        rows.push((shop.title(), Score::of(&judged)));
    }
    let (all_tuned, all_held_out) = (sum(&tuned), sum(&held_out));
    let mut rows = tuned;
    rows.push((format!("**{} tuned shops**", rows.len()), all_tuned));
    let count = held_out.len();
    rows.extend(held_out);
    rows.push((format!("**{count} held-out shops**"), all_held_out));
    let table = format!(
        "{}\n\n{}",
        counts(library, all_tuned.and(all_held_out)),
        table(&rows)
    );
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

/// How much was measured, as a sentence.
fn counts(library: &Library, score: Score) -> String {
    format!(
        "{} cart pages and {} pages that are none, of {} shops in {} languages.",
        score.carts,
        score.others,
        library.shops.len(),
        library.languages_shown().len()
    )
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

/// Damages the pages that are read exactly and reads them again; the number that were read silently wrong.
///
/// # Errors
///
/// When a page cannot be made, or the document is not as measured.
pub fn measure_drift(
    library: &Library,
    measuring: &Measuring,
    seeds: u64,
    out: &mut impl Write,
) -> Result<usize, Box<dyn Error>> {
    let catalog = catalog(&measuring.selectors, Readers::All)?;
    let mut sources: Vec<(String, Vec<Sample>)> = Vec::new();
    for shop in &library.shops {
        sources.push((shop.id.clone(), drift_samples(library, shop)?));
    }
    sources.extend(fixtures(&measuring.selectors)?);
    let wanted = |name: &str| {
        measuring
            .shop
            .as_deref()
            .is_none_or(|shop| name.starts_with(shop))
    };
    sources.retain(|(name, samples)| wanted(name) && !samples.is_empty());
    let mut tally = Tally::default();
    for (name, samples) in &sources {
        let before = judge_all(samples, &catalog);
        let exact = samples
            .iter()
            .zip(&before)
            .filter(|(_, judged)| is_exact(judged));
        let plans = plans(seeds);
        let damaged: Vec<(&Plan, Sample)> = exact
            .flat_map(|(sample, _)| {
                plans
                    .iter()
                    .filter_map(|plan| Some((plan, plan.of(sample)?)))
            })
            .collect();
        let pages: Vec<Sample> = damaged.iter().map(|(_, sample)| sample.clone()).collect();
        let judged = judge_all(&pages, &catalog);
        explain(&judged, measuring.verbose, out)?;
        let read = before.iter().filter(|judged| is_exact(judged)).count();
        tally.add(
            format!("{name} ({read} of {} pages)", before.len()),
            &damaged,
            &judged,
        );
    }
    let (by_shop, by_damage) = tally.tables();
    writeln!(out, "{by_shop}\n{by_damage}")?;
    if let Some(keeping) = measuring.keeping() {
        keep(&measuring.document, "drift:shops", &by_shop, keeping)?;
        keep(&measuring.document, "drift:damages", &by_damage, keeping)?;
    }
    Ok(tally.silently_wrong())
}

fn is_exact(judged: &Judged) -> bool {
    judged.judgement.outcome == Outcome::Exact
}

/// Damages with a name for their row.
struct Plan {
    name: String,
    damages: Vec<Damage>,
    seed: u64,
}

impl Plan {
    fn of(&self, sample: &Sample) -> Option<Sample> {
        let html = &sample.page.html;
        let (html, truth) = damaged(html, &sample.truth, &self.damages, self.seed)?;
        let names: Vec<String> = self.damages.iter().map(|it| it.words()).collect();
        Some(Sample {
            name: format!("{} {} {}", sample.name, self.seed, names.join(" + ")),
            page: Page {
                url: sample.page.url.clone(),
                html,
            },
            truth,
        })
    }
}

/// Every damage alone, and so many combinations.
fn plans(seeds: u64) -> Vec<Plan> {
    let alone = DAMAGES.into_iter().map(|damage| Plan {
        name: damage.words(),
        damages: vec![damage],
        seed: 1,
    });
    let several = (1..=seeds).map(|seed| Plan {
        name: "**several at once**".to_owned(),
        damages: combination(seed),
        seed,
    });
    alone.chain(several).collect()
}

/// Scores of damaged pages, by shop and by damage.
#[derive(Default)]
struct Tally {
    shops: Vec<(String, Score)>,
    damages: Vec<(String, Score)>,
}

impl Tally {
    fn add(&mut self, shop: String, damaged: &[(&Plan, Sample)], judged: &[Judged]) {
        self.shops.push((shop, Score::of(judged)));
        for ((plan, _), page) in damaged.iter().zip(judged) {
            let score = Score::of([page]);
            match self.damages.iter_mut().find(|(name, _)| *name == plan.name) {
                Some((_, sum)) => *sum = sum.and(score),
                None => self.damages.push((plan.name.clone(), score)),
            }
        }
    }

    fn tables(&self) -> (String, String) {
        let mut shops = self.shops.clone();
        shops.push(("**all**".to_owned(), sum(&self.shops)));
        let mut damages = self.damages.clone();
        damages.sort_by(|(one, _), (other, _)| one.cmp(other));
        (
            drift_table("shop (pages read exactly before)", &shops),
            drift_table("damage", &damages),
        )
    }

    fn silently_wrong(&self) -> usize {
        sum(&self.shops).silently_wrong
    }
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
