//! Pages that are made to harm: each is refused or read in bounds, and nothing on it is taken for an order in silence.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests"
)]

use punchout::cart::{Cart, Verdict};
use punchout::extract::{extract, snapshot_plan};
use punchout::snapshot::{Page, Snapshot, SnapshotError, TreeText};
use punchout::supplier::{Catalog, Location};
use selectors_cli::folder::Workshop;

const AT: Location<'static> = Location {
    host: "shop.example",
    path: "/cart",
};

fn catalog() -> Catalog {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
    Workshop::open(&root).unwrap().catalog().unwrap()
}

fn page(markup: String) -> Result<Page, SnapshotError> {
    let snapshot = Snapshot {
        format: 1,
        tree: Some(TreeText {
            markup,
            ..TreeText::default()
        }),
        ..Snapshot::default()
    };
    let allowed = snapshot_plan(&catalog(), AT).attributes;
    Page::read(&snapshot, &allowed)
}

fn cart(body: &str) -> Cart {
    let page = page(format!("<body>{body}</body>")).expect("the page is read");
    extract(&page, AT, &catalog())
}

fn refused(markup: String) -> &'static str {
    match page(markup) {
        Err(SnapshotError::TooMuch { limit, .. }) => limit,
        Err(error) => panic!("another error: {error}"),
        Ok(_) => panic!("it was read"),
    }
}

fn line(name: &str, quantity: &str, price: &str, sum: &str) -> String {
    format!(
        "<tr><td><a href=\"/p/1\">{name}</a></td><td>{price}</td><td><input name=\"qty\" value=\"{quantity}\"/></td><td>{sum}</td></tr>"
    )
}

fn table(rows: &str, total: &str) -> String {
    format!(
        "<h1>Shopping cart</h1><table><tr><th>Product</th><th>Price</th><th>Quantity</th><th>Total</th></tr>{rows}</table>\
         <p>Total <b>{total}</b></p>"
    )
}

#[test]
fn a_million_elements_are_refused_by_name() {
    assert_eq!(refused("<i/>".repeat(1_000_000)), "elements");
}

#[test]
fn a_hundred_thousand_levels_are_refused_by_name() {
    let markup = "<div>".repeat(100_000) + &"</div>".repeat(100_000);
    assert_eq!(refused(markup), "levels");
}

#[test]
fn a_hundred_megabytes_are_refused_by_name() {
    assert_eq!(refused("a".repeat(100_000_000)), "bytes");
}

#[test]
fn references_do_not_multiply() {
    // What would be a bomb in XML: no entity is declared here, so each stays the text that it is.
    let bomb = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><p>&b;</p>";
    let page = page(bomb.to_owned()).expect("it is read as text");
    assert_eq!(format!("{page:?}").matches("Page").count(), 1);
}

#[test]
fn a_quantity_beyond_measure_proves_nothing() {
    for quantity in [
        "1000000000",
        "99999999999999999999999999999999",
        "1e9",
        "-5",
    ] {
        let rows = line("Chair", quantity, "€ 10.50", "€ 10.50");
        let cart = cart(&table(&rows, "€ 10.50"));
        assert!(
            !matches!(cart.verdict, Verdict::Reconciled | Verdict::Explained),
            "{quantity}: {:?}",
            cart.verdict
        );
    }
}

#[test]
fn characters_that_turn_or_hide_text_are_in_no_line() {
    let rows = line(
        "Ch\u{202e}ria\u{200b} \u{2066}A\u{2069}",
        "2",
        "€ 10.50",
        "€ 21.00",
    );
    let cart = cart(&table(&rows, "€ 21.00"));
    assert_eq!(cart.lines.len(), 1);
    for line in &cart.lines {
        let odd = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        assert!(!line.description.chars().any(odd), "{:?}", line.description);
    }
}

#[test]
fn a_digit_that_is_hidden_in_a_price_is_not_read_into_it() {
    let rows = line("Chair", "1", "€ 10\u{200b}.\u{202e}50", "€ 1\u{2063}0.50");
    let cart = cart(&table(&rows, "€ 10.50"));
    assert_eq!(cart.lines.len(), 1);
    for line in &cart.lines {
        let total = line.line_total.map(|total| total.to_string());
        assert!(total.is_none_or(|total| total == "10.50"));
    }
}

#[test]
fn more_lines_than_a_capture_holds_are_told() {
    let rows: String = (0..3_000)
        .map(|index| line(&format!("Chair {index}"), "1", "€ 1.00", "€ 1.00"))
        .collect();
    let cart = cart(&table(&rows, "€ 3000.00"));
    assert!(
        !matches!(cart.verdict, Verdict::Reconciled | Verdict::Explained),
        "{:?} with {} lines",
        cart.verdict,
        cart.lines.len()
    );
}
