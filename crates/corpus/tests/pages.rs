//! Every page of the corpus, one test for each shop: nothing is read silently wrong, no page that is no cart gives one,
//! and `docs/accuracy.md` says what is measured.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test with a harness of its own"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use corpus::judge::Outcome;
use corpus::library::Library;
use corpus::markup::Element;
use corpus::measure::{Judged, Readers, Sample, catalog, judged, samples};
use corpus::score::{Score, row};
use corpus::shop::Shop;
use libtest_mimic::{Arguments, Failed, Trial};
use punchout::supplier::Catalog;

/// How much the corpus holds at least.
const LEAST_PAGES: usize = 150;
const LEAST_SHOPS: usize = 30;
const LEAST_HELD_OUT: usize = 10;
const LEAST_LANGUAGES: usize = 8;

/// How many pages of a shop are parsed and written again.
const WRITTEN_AGAIN: usize = 3;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let library = Library::open(&at("corpus")).expect("the corpus can be read");
    let catalog = catalog(&at("selectors"), Readers::All).expect("the definitions are sound");
    let document = std::fs::read_to_string(at("docs/accuracy.md")).expect("it can be read");
    let shared = Arc::new((library, catalog, document));
    let mut trials = vec![
        trial(
            "the_corpus_holds_enough_to_mean_something",
            &shared,
            |(library, ..)| size(library),
        ),
        trial("every_language_has_every_word", &shared, |(library, ..)| {
            words(library)
        }),
    ];
    for (place, shop) in shared.0.shops.iter().enumerate() {
        trials.push(trial(
            &shop.id,
            &shared,
            move |(library, catalog, document)| {
                read_shop(library, &library.shops[place], catalog, document)
            },
        ));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

type Shared = (Library, Catalog, String);

fn trial(
    name: &str,
    shared: &Arc<Shared>,
    run: impl FnOnce(&Shared) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let shared = Arc::clone(shared);
    Trial::test(name, move || run(&shared))
}

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn size(library: &Library) -> Result<(), Failed> {
    let pages: usize = library
        .shops
        .iter()
        .map(|shop| library.editions(shop).len())
        .sum();
    let held_out = library.shops.iter().filter(|shop| shop.held_out).count();
    let found = [
        ("cart pages", pages, LEAST_PAGES),
        ("shops", library.shops.len(), LEAST_SHOPS),
        ("held-out shops", held_out, LEAST_HELD_OUT),
        (
            "languages",
            library.languages_shown().len(),
            LEAST_LANGUAGES,
        ),
    ];
    let too_few = found.iter().filter(|(_, count, least)| count < least);
    none(too_few.map(|(what, count, least)| format!("{count} {what}, {least} are wanted")))
}

fn words(library: &Library) -> Result<(), Failed> {
    let missing = library.languages().iter().flat_map(|language| {
        let missing = language.missing().into_iter();
        missing.map(|key| format!("{}: no word `{key}`", language.language))
    });
    none(missing)
}

fn read_shop(
    library: &Library,
    shop: &Shop,
    catalog: &Catalog,
    document: &str,
) -> Result<(), Failed> {
    let samples = samples(library, shop)?;
    let pages: Vec<Judged> = samples
        .iter()
        .map(|sample| judged(sample, catalog))
        .collect();
    let wrong = pages.iter().filter(|page| {
        let outcome = page.judgement.outcome;
        outcome == Outcome::SilentlyWrong || (!page.is_cart && outcome != Outcome::Exact)
    });
    none(wrong.map(|page| format!("{}\n  {}", page.name, page.judgement.notes.join("\n  "))))?;
    written_again(&samples, &pages, catalog)?;
    let row = row(&shop.title(), Score::of(&pages));
    if part(document, "measure:all").contains(&row) {
        return Ok(());
    }
    let fix = "run `cargo corpus measure --write` and review docs/accuracy.md";
    Err(Failed::from(format!(
        "docs/accuracy.md does not have the row\n{row}\n{fix}"
    )))
}

/// Drift reads pages that were parsed and written again; without any damage they must be read as before.
fn written_again(samples: &[Sample], pages: &[Judged], catalog: &Catalog) -> Result<(), Failed> {
    let changed = samples
        .iter()
        .zip(pages)
        .take(WRITTEN_AGAIN)
        .filter(|(sample, before)| {
            let mut again = (*sample).clone();
            again.page.html = Element::parse(&again.page.html).to_html();
            judged(&again, catalog).judgement != before.judgement
        });
    none(
        changed.map(|(sample, _)| {
            format!("{} is read otherwise when it is written again", sample.name)
        }),
    )
}

/// The generated part of the document with this name.
fn part<'d>(document: &'d str, name: &str) -> &'d str {
    let rest = document.split(&format!("<!-- {name} -->")).nth(1);
    let part = rest.and_then(|rest| rest.split("<!-- /").next());
    part.unwrap_or_default()
}

fn none(found: impl Iterator<Item = String>) -> Result<(), Failed> {
    let found: Vec<String> = found.collect();
    if found.is_empty() {
        Ok(())
    } else {
        Err(Failed::from(found.join("\n")))
    }
}
