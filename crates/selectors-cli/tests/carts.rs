//! Pages of real shop software against the truth that was written down for them.
//!
//! The pages are other people's and are no part of this repository. `PUNCHOUT_CARTS` names their folder, else
//! `../shared/carts` beside the repository is taken; where neither is there, one ignored test says so.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test with a harness of its own"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use punchout::supplier::Catalog;
use selectors_cli::fixture::{Page, read_text};
use selectors_cli::folder::Workshop;
use selectors_cli::report::Report;
use serde_json::Value;

/// Readers that exist; pages of other software must not give a cart at all.
const READ: &[&str] = &[
    "amazon",
    "opencart",
    "woocommerce-11",
    "wc_shortcode",
    "wc_block",
    "oc4",
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let Some(folder) = carts() else {
        let words = "pages_of_real_shop_software_are_absent_set_PUNCHOUT_CARTS_to_their_folder";
        let absent = Trial::test(words, || Ok(())).with_ignored_flag(true);
        return libtest_mimic::run(&arguments, vec![absent]).exit_code();
    };
    let truth = read_text(&folder.join("expected.json")).expect("expected.json can be read");
    let truth: Value = serde_json::from_str(&truth).expect("expected.json is JSON");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
    let catalog = Workshop::open(&root)
        .expect("the definitions can be listed")
        .catalog();
    let catalog = Arc::new(catalog.expect("the definitions are sound"));
    let pages = truth.as_object().expect("expected.json maps pages").clone();
    let trials = pages.into_iter().map(|(name, expected)| {
        let (folder, catalog) = (folder.clone(), Arc::clone(&catalog));
        Trial::test(name.clone(), move || {
            compare(&folder.join(&name), &name, &expected, &catalog)
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn carts() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/carts");
    let folder = std::env::var_os("PUNCHOUT_CARTS").map_or_else(beside, PathBuf::from);
    folder.join("expected.json").exists().then_some(folder)
}

fn compare(path: &Path, name: &str, expected: &Value, catalog: &Catalog) -> Result<(), Failed> {
    let url = expected["url"]
        .as_str()
        .ok_or("the truth has no url")?
        .to_owned();
    let page = Page {
        url,
        html: read_text(path)?,
    };
    let report = Report::of(&page, catalog)?.to_json()?;
    let read: Value = serde_json::from_str(&report)?;
    let is_cart = expected["lines"]
        .as_array()
        .is_some_and(|lines| !lines.is_empty());
    if is_cart && READ.iter().any(|start| name.starts_with(start)) {
        let mut differences = Vec::new();
        differ("", expected, &read, &mut differences);
        proved(&read, &mut differences);
        let lines: Vec<String> = differences
            .into_iter()
            .map(|(place, words)| format!("{place}: {words}"))
            .collect();
        return if lines.is_empty() {
            Ok(())
        } else {
            Err(format!("{}\n{report}", lines.join("\n")).into())
        };
    }
    if read["verdict"] == "not_a_cart" && read["lines"].as_array().is_some_and(Vec::is_empty) {
        Ok(())
    } else {
        Err(format!("a page that no reader knows gave\n{report}").into())
    }
}

/// What the truth asserts and the report does not say.
fn differ(place: &str, expected: &Value, read: &Value, found: &mut Vec<(String, String)>) {
    match expected {
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(key, _)| *key != "note") {
                differ(&format!("{place}/{key}"), value, &read[key], found);
            }
        }
        Value::Array(items) => {
            let length = read.as_array().map_or(0, Vec::len);
            if length != items.len() {
                found.push((
                    place.to_owned(),
                    format!("{} expected, {length} read", items.len()),
                ));
            }
            for (index, item) in items.iter().enumerate() {
                differ(&format!("{place}/{index}"), item, &read[index], found);
            }
        }
        Value::String(text) if text.ends_with("(see page)") => {}
        Value::String(text) if text.starts_with("starts with: ") => {
            let start = text.trim_start_matches("starts with: ");
            if !read.as_str().is_some_and(|read| read.starts_with(start)) {
                found.push((
                    place.to_owned(),
                    format!("{read} does not start with `{start}`"),
                ));
            }
        }
        _ if expected == read => {}
        _ => found.push((
            place.to_owned(),
            format!("expected {expected}, read {read}"),
        )),
    }
}

/// Every page of these is consistent software output, so each must be proved.
fn proved(read: &Value, found: &mut Vec<(String, String)>) {
    if !matches!(read["verdict"].as_str(), Some("reconciled" | "explained")) {
        found.push((
            "/verdict".to_owned(),
            format!("{} is not proved", read["verdict"]),
        ));
    }
}
