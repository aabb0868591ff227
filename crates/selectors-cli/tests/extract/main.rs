//! What extraction does with pages that are not as a definition expects.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests"
)]

mod currency;
mod fields;
mod generic;
mod lines;
mod numbers;
mod other_totals;
mod other_witnesses;
mod readers;
mod redesigns;
mod structured;
mod unknown_shops;

use punchout::supplier::{Catalog, Definition, SupplierFile, Words};
use selectors_cli::fixture::Page;
use selectors_cli::report::Report;
use serde_json::Value;

const SHOP: &str = r#"
format = 1
id = "shop"
name = "Shop"
kind = "supplier"
hosts = ["shop.example"]
paths = ["/cart"]
[verified]
state = "unseen"
on = "2026-11-22"
evidence = "A definition of these tests."
[cart]
empty = [".nothing"]
[lines]
each = ".line"
outside = ".saved"
[lines.fields]
description = [{ select = ".name" }]
supplier_part_id = [{ select = ".sku" }]
quantity = [{ select = "input", take = "value" }]
unit_price = [{ select = ".price" }]
line_total = [{ select = ".sum" }]
url = [{ select = ".name", attr = "href" }]
[[totals]]
kind = "subtotal"
each = ".subtotal"
amount = [{}]
"#;

fn definition(toml: &str) -> Definition {
    let file: SupplierFile = toml::from_str(toml).expect("the definition is TOML");
    Definition::new(file).expect("the definition is sound")
}

fn read(definitions: &[&str], html: &str) -> Value {
    let catalog = Catalog::new(
        definitions.iter().map(|toml| definition(toml)).collect(),
        Words::default(),
    );
    read_with(&catalog, html)
}

fn read_with(catalog: &Catalog, html: &str) -> Value {
    let page = Page {
        url: "https://shop.example/cart".to_owned(),
        html: html.to_owned(),
    };
    let report = Report::of(&page, catalog).expect("the page is read");
    serde_json::from_str(&report.to_json().unwrap()).unwrap()
}

fn shop(body: &str) -> Value {
    read(
        &[SHOP],
        &format!("<!doctype html><html lang=\"en\"><body>{body}</body></html>"),
    )
}

fn line(name: &str, quantity: &str, price: &str, sum: &str) -> String {
    format!(
        "<div class=line><a class=name href=\"/p/1\">{name}</a><input value=\"{quantity}\">\
         <span class=price>{price}</span><span class=sum>{sum}</span></div>"
    )
}

fn codes(report: &Value) -> Vec<&str> {
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect()
}
