//! Every page, read and judged.

use std::path::{Path, PathBuf};

use punchout::supplier::{Catalog, Definition, Words};
use selectors_cli::fixture::{self, Case, Page, read_text};
use selectors_cli::folder::{FolderError, Workshop};
use selectors_cli::report::Report;
use serde_json::Value;

use crate::judge::{Judgement, Outcome, judge};
use crate::library::{Edition, Library};
use crate::page::{PageError, render};
use crate::shop::Shop;
use crate::truth::{no_cart, truth};

/// Why nothing can be measured.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    /// A page cannot be made.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The definitions cannot be read.
    #[error(transparent)]
    Definitions(#[from] FolderError),
    /// A file of pages from elsewhere cannot be read.
    #[error("{}: {what}", path.display())]
    Carts {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
}

/// A page and its truth.
#[derive(Clone, Debug)]
pub struct Sample {
    /// `shop/scenario/lang`, or `shop/page/lang` for a page that is no cart.
    pub name: String,
    /// The page.
    pub page: Page,
    /// The cart that must be found.
    pub truth: Value,
}

/// A sample that was read.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The sample's name.
    pub name: String,
    /// Whether it is a cart.
    pub is_cart: bool,
    /// How it was read.
    pub judgement: Judgement,
}

/// Which readers read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Readers {
    /// All, with every definition.
    All,
    /// Those that know no shop: no definition is there.
    Generic,
}

/// The catalog for these readers, from the folder of definitions.
///
/// # Errors
///
/// When a definition cannot be read.
pub fn catalog(selectors: &Path, readers: Readers) -> Result<Catalog, MeasureError> {
    let workshop = Workshop::open(selectors)?;
    let catalog = workshop.catalog()?;
    Ok(match readers {
        Readers::All => catalog,
        Readers::Generic => Catalog::new(Vec::new(), Words::new(workshop.words)),
    })
}

/// The pages of a shop: its carts, and its pages that are none in each of its languages.
///
/// # Errors
///
/// When a template is wrong.
pub fn samples(library: &Library, shop: &Shop) -> Result<Vec<Sample>, MeasureError> {
    let mut samples = Vec::new();
    for edition in library.editions(shop) {
        samples.push(cart_sample(library, edition)?);
    }
    let Some(scenario) = library.scenario(BACKGROUND) else {
        return Ok(samples);
    };
    for tag in &shop.languages {
        for page in library.other_pages(shop) {
            let url = shop.url_of(page);
            let edition = Edition {
                shop,
                scenario,
                tag,
            };
            samples.push(Sample {
                name: format!("{}/{page}/{tag}", shop.id),
                truth: no_cart(&url),
                page: Page {
                    url,
                    html: render(library, edition, page)?,
                },
            });
        }
    }
    Ok(samples)
}

/// The scenario whose products stand on pages that are no cart.
const BACKGROUND: &str = "beside";

/// One cart page.
///
/// # Errors
///
/// When the template is wrong.
pub fn cart_sample(library: &Library, edition: Edition<'_>) -> Result<Sample, MeasureError> {
    let Edition {
        shop,
        scenario,
        tag,
    } = edition;
    Ok(Sample {
        name: format!("{}/{}/{tag}", shop.id, scenario.name),
        page: Page {
            url: shop.url.clone(),
            html: render(library, edition, "cart")?,
        },
        truth: truth(library, edition)?,
    })
}

/// The cart pages of a shop that are damaged: a few scenarios in its first language.
///
/// # Errors
///
/// When the template is wrong.
pub fn drift_samples(library: &Library, shop: &Shop) -> Result<Vec<Sample>, MeasureError> {
    let editions = library.editions(shop).into_iter();
    let first = shop.languages.first().map(String::as_str);
    let chosen = editions.filter(|edition| {
        Some(edition.tag) == first && DAMAGED.contains(&edition.scenario.name.as_str())
    });
    chosen
        .map(|edition| cart_sample(library, edition))
        .collect()
}

/// The scenarios whose pages are damaged.
const DAMAGED: [&str; 6] = [
    "coupon",
    "everything",
    "hundreds",
    "many",
    "one_line",
    "plain",
];

/// The fixtures of the definitions whose carts are proved by their own pages, by definition.
///
/// # Errors
///
/// When the folder of definitions cannot be read.
pub fn fixtures(selectors: &Path) -> Result<Vec<(String, Vec<Sample>)>, MeasureError> {
    let workshop = Workshop::open(selectors)?;
    let of = |definition: &Definition| {
        let cases = fixture::cases(&workshop.folder_of(definition.id()));
        let samples = cases.iter().filter_map(fixture_sample).collect();
        (format!("{} (fixtures)", definition.id()), samples)
    };
    Ok(workshop.definitions.iter().map(of).collect())
}

/// A fixture with what was blessed as its truth; none where its cart is not proved.
fn fixture_sample(case: &Case) -> Option<Sample> {
    let html = read_text(&case.page).ok()?;
    let mut truth: Value = serde_json::from_str(&read_text(&case.cart).ok()?).ok()?;
    let url = truth.get("url")?.as_str()?.to_owned();
    let is_proved = matches!(truth.get("verdict")?.as_str()?, "reconciled" | "explained");
    without_null(&mut truth);
    is_proved.then(|| Sample {
        name: case.name.clone(),
        page: Page { url, html },
        truth,
    })
}

/// Leaves out what a reader did not find, which another one may: absent fields, and a tax basis that was left open.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, field| {
                let is_open = key == "tax_basis" && field.as_str() == Some("unknown");
                !field.is_null() && !is_open
            });
            fields.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// Pages from elsewhere, described by `expected.json` in their folder.
///
/// # Errors
///
/// When that file or a page cannot be read.
pub fn carts(folder: &Path) -> Result<Vec<Sample>, MeasureError> {
    let path = folder.join("expected.json");
    let wrong = |path: &Path, what: String| MeasureError::Carts {
        path: path.to_owned(),
        what,
    };
    let text = read_text(&path).map_err(|error| wrong(&path, error.to_string()))?;
    let truths: Value =
        serde_json::from_str(&text).map_err(|error| wrong(&path, error.to_string()))?;
    let pages = truths.as_object().into_iter().flatten();
    let sample = |(name, truth): (&String, &Value)| {
        let path = folder.join(name);
        let html = read_text(&path).map_err(|error| wrong(&path, error.to_string()))?;
        let url = truth.get("url").and_then(Value::as_str);
        Ok(Sample {
            name: name.clone(),
            page: Page {
                url: url.unwrap_or_default().to_owned(),
                html,
            },
            truth: truth.clone(),
        })
    };
    pages.map(sample).collect()
}

/// Reads and judges samples, on as many threads as there are processors; in their order.
#[must_use]
pub fn judge_all(samples: &[Sample], catalog: &Catalog) -> Vec<Judged> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = samples.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = samples
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(|it| judged(it, catalog)).collect()))
            .collect();
        let done = parts
            .into_iter()
            .map(|part| part.join().unwrap_or_default());
        done.flat_map(|part: Vec<Judged>| part).collect()
    })
}

/// Reads and judges one sample.
#[must_use]
pub fn judged(sample: &Sample, catalog: &Catalog) -> Judged {
    let lines = sample.truth.get("lines").and_then(Value::as_array);
    Judged {
        name: sample.name.clone(),
        is_cart: lines.is_some_and(|lines| !lines.is_empty()),
        judgement: match report(&sample.page, catalog) {
            Ok(report) => judge(&sample.truth, &report),
            Err(words) => Judgement {
                outcome: Outcome::Refused,
                lines: lines.map_or(0, Vec::len),
                exact_lines: 0,
                notes: vec![words],
            },
        },
    }
}

fn report(page: &Page, catalog: &Catalog) -> Result<Value, String> {
    let report = Report::of(page, catalog).map_err(|error| error.to_string())?;
    serde_json::to_value(&report).map_err(|error| error.to_string())
}
