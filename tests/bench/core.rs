//! Reads one made cart page, so that its instructions can be counted: `core CATALOG LINES KILOBYTES known|unknown`.
//!
//! The snapshot is the text that the shim sends. `known` is the cart's root alone, `unknown` a body with everything
//! that stands around a cart.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a program of the workshop"
)]

use std::fmt::Write;

use punchout::extract::{extract, snapshot_plan};
use punchout::snapshot::{AllowedAttributes, Page, Snapshot};
use punchout::supplier::{Catalog, Location};

const AT: Location<'static> = Location {
    host: "shop.test",
    path: "/warenkorb/",
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "hostile") {
        return hostile();
    }
    let [catalog, lines, kilobytes, root, ..] = arguments.as_slice() else {
        println!("usage: core CATALOG LINES KILOBYTES known|unknown");
        return;
    };
    let catalog = std::fs::read_to_string(catalog).expect("the catalog can be read");
    let lines: usize = lines.parse().expect("a number of lines");
    let kilobytes: usize = kilobytes.parse().expect("a number of kilobytes");
    let text = snapshot(lines, kilobytes.saturating_mul(1000), root == "known");
    let catalog = Catalog::from_json(&catalog).expect("the catalog is sound");
    read(&text, &catalog, lines);
}

/// Pages that are made to harm: what each is refused for, after how many milliseconds, with how much memory.
fn hostile() {
    let pages = [
        ("1,000,000 elements", "<i/>".repeat(1_000_000)),
        ("100,000 levels", "<div>".repeat(100_000)),
        ("100 MB of text", "a".repeat(100_000_000)),
        (
            "1,000,000 attributes",
            format!("<p {}/>", "a=\"1\" ".repeat(1_000_000)),
        ),
        ("1,000,000 references", "&amp;".repeat(1_000_000)),
        ("1,000,000 end tags", "</i>".repeat(1_000_000)),
        (
            "1,000,000 ends that never come",
            "<![CDATA[<!--".repeat(1_000_000),
        ),
    ];
    for (name, markup) in pages {
        let text = serde_json::json!({ "format": 1, "tree": { "markup": markup, "live": {} } })
            .to_string();
        let start = std::time::Instant::now();
        let page = Snapshot::from_json(&text)
            .and_then(|snapshot| Page::read(&snapshot, &AllowedAttributes::standard()));
        let said = page.map_or_else(
            |error| error.to_string(),
            |page| {
                let cart = extract(&page, AT, &Catalog::default());
                format!("read: {:?}", cart.verdict)
            },
        );
        let milliseconds = start.elapsed().as_millis();
        println!("{name}: {milliseconds} ms, {said}");
        assert!(milliseconds < 1000, "{name} takes longer than a second");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    println!(
        "most memory, with the pages themselves: {}",
        peak.unwrap_or("not told here")
    );
}

/// What is counted.
#[inline(never)]
fn read(text: &str, catalog: &Catalog, lines: usize) {
    let snapshot = Snapshot::from_json(text).expect("the snapshot is sound");
    let allowed = snapshot_plan(catalog, AT).attributes;
    let page = Page::read(&snapshot, &allowed).expect("the page is read");
    let cart = extract(&page, AT, catalog);
    assert_eq!(cart.lines.len(), lines, "{:?}", cart.findings);
    println!("{} {:?} {}", String::from(cart.reader), cart.verdict, lines);
}

fn snapshot(lines: usize, bytes: usize, known: bool) -> String {
    let markup = if known {
        cart(lines)
    } else {
        body(lines, bytes)
    };
    let elements = markup.matches('<').count() - markup.matches("</").count();
    // The browser sends properties in alphabetical order: the numbers of the live state come before the markup.
    let shown: Vec<usize> = (0..elements).step_by(20).collect();
    serde_json::json!({
        "format": 1, "title": "Warenkorb", "lang": "de-CH",
        "root": { "selector": null, "path": [] },
        "tree": { "elements": elements, "markup": markup, "live": { "shown": shown } },
    })
    .to_string()
}

fn body(lines: usize, bytes: usize) -> String {
    let cart = cart(lines);
    let mut around = String::new();
    let mut index = 0;
    while around.len() + cart.len() < bytes {
        filling(&mut around, index);
        index += 1;
    }
    format!(
        "<body xmlns=\"http://www.w3.org/1999/xhtml\" class=\"woocommerce-cart\"><header>{around}</header>\
         <main><h1>Warenkorb</h1>{cart}</main></body>"
    )
}

fn money(hundredths: usize) -> String {
    format!(
        "<span class=\"woocommerce-Price-amount amount\"><bdi><span class=\"woocommerce-Price-currencySymbol\">CHF</span>\u{a0}{}.{:02}</bdi></span>",
        hundredths / 100,
        hundredths % 100
    )
}

fn price(index: usize) -> usize {
    100 + (index * 7919) % 9000
}

fn cart(lines: usize) -> String {
    let mut text = String::from(
        "<div xmlns=\"http://www.w3.org/1999/xhtml\" class=\"woocommerce\"><form class=\"woocommerce-cart-form\"><table class=\"shop_table cart\">\
         <thead><tr><th>Produkt</th><th>Preis</th><th>Anzahl</th><th>Zwischensumme</th></tr></thead><tbody>",
    );
    let mut sum = 0;
    for index in 0..lines {
        let (price, quantity) = (price(index), 1 + index % 9);
        sum += price * quantity;
        let _ = write!(
            text,
            "<tr class=\"woocommerce-cart-form__cart-item cart_item\"><td class=\"product-remove\">\
             <a href=\"/warenkorb/?remove_item=k{index}\" class=\"remove\" aria-label=\"entfernen\" data-product_sku=\"SKU-{index}\">×</a></td>\
             <td class=\"product-thumbnail\"><a href=\"/produkt/{index}/\"><img class=\"thumbnail\" alt=\"Stuhl {index}\"/></a></td>\
             <td class=\"product-name\" data-title=\"Produkt\"><a href=\"/produkt/{index}/\">Stuhl Modell {index} in Grau</a></td>\
             <td class=\"product-price\" data-title=\"Preis\">{}</td>\
             <td class=\"product-quantity\" data-title=\"Anzahl\"><div class=\"quantity\"><input type=\"number\" name=\"cart[k{index}][qty]\" value=\"{quantity}\" min=\"0\"/></div></td>\
             <td class=\"product-subtotal\" data-title=\"Zwischensumme\">{}</td></tr>",
            money(price),
            money(price * quantity)
        );
    }
    let row = |name: &str, words: &str| {
        format!(
            "<tr class=\"{name}\"><th>{words}</th><td>{}</td></tr>",
            money(sum)
        )
    };
    text + "</tbody></table></form><div class=\"cart-collaterals\"><div class=\"cart_totals\"><table><tbody>"
        + &row("cart-subtotal", "Zwischensumme")
        + &row("order-total", "Gesamtsumme")
        + "</tbody></table></div></div></div>"
}

fn filling(text: &mut String, index: usize) {
    let _ = write!(
        text,
        "<section class=\"block block-{index}\"><h2>Bereich {index}</h2><ul class=\"menu\">"
    );
    for place in 0..14 {
        let _ = write!(
            text,
            "<li class=\"menu-item menu-item-{index}-{place}\"><a href=\"/kategorie/{index}/{place}/\" class=\"menu-link\">\
             <span class=\"menu-text\">Sortiment {index} {place}</span></a></li>"
        );
    }
    text.push_str("</ul><ul class=\"products\">");
    for place in 0..5 {
        let _ = write!(
            text,
            "<li class=\"product\"><a href=\"/produkt/t{index}-{place}/\"><h3>Angebot {index} {place}</h3><span class=\"price\"><del>{}</del> <ins>{}</ins></span></a>\
             <a href=\"?add-to-cart={index}\" class=\"button\" data-quantity=\"1\">In den Warenkorb</a></li>",
            money(price(index) + 500),
            money(price(index))
        );
    }
    text.push_str("</ul></section>");
}
