//! Carts out of the data that pages carry beside what they show. Every page here is invented.

mod hostile;
mod in_markup;
mod in_state;
mod other_pages;

use std::path::Path;

use punchout::supplier::Catalog;
use selectors_cli::fixture::Page;
use selectors_cli::folder::Workshop;
use selectors_cli::report::Report;
use serde_json::Value;

/// The words of all languages and no definition, so that nobody else reads these pages.
fn words_alone() -> Catalog {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
    let catalog = Workshop::open(&root).unwrap().catalog().unwrap();
    Catalog::new(Vec::new(), catalog.words().clone())
}

/// Reads a page at an address of the shop.
fn read_at(path: &str, html: &str) -> Value {
    let page = Page {
        url: format!("https://shop.example{path}"),
        html: html.to_owned(),
    };
    let report = Report::of(&page, &words_alone()).expect("the page is read");
    serde_json::from_str(&report.to_json().unwrap()).unwrap()
}

/// A page that shows these amounts, the last of them as its total, and holds a script.
fn page(shown: &[&str], script: &str) -> String {
    let amounts = shown.iter().enumerate().map(|(place, amount)| {
        let label = if place + 1 == shown.len() {
            "Total"
        } else {
            ""
        };
        format!("<p><b>{label}</b> <span>{amount}</span></p>")
    });
    let amounts: String = amounts.collect();
    format!("<!doctype html><html><body><main>{amounts}</main>{script}</body></html>")
}

/// What the lines say, in short: `2 × Lamp at 10.50 = 21.00`.
fn lines(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let lines = report["lines"].as_array().unwrap().iter();
    lines
        .map(|line| {
            format!(
                "{} × {} at {} = {}",
                text(&line["quantity"]),
                text(&line["description"]),
                text(&line["unit_price"]),
                text(&line["line_total"])
            )
        })
        .collect()
}

fn assert_not_a_cart(report: &Value) {
    assert_eq!(report["verdict"], "not_a_cart", "{report:#}");
    assert!(lines(report).is_empty());
}
