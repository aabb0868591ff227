//! What extraction does with pages that are not as a definition expects.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests")]

use punchout::cart::FindingCode;
use punchout::extract::{extract, snapshot_plan};
use punchout::snapshot::{self, Unreachable};
use punchout::supplier::{Catalog, Definition, Location, SupplierFile};
use selectors_cli::fixture::Page;
use selectors_cli::report::Report;
use selectors_cli::saved_page::snapshot_by_plan;
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
    let catalog = Catalog::new(definitions.iter().map(|toml| definition(toml)).collect());
    let page = Page {
        url: "https://shop.example/cart".to_owned(),
        html: html.to_owned(),
    };
    let report = Report::of(&page, &catalog).expect("the page is read");
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

#[test]
fn a_cart_that_adds_up_is_reconciled() {
    let report =
        shop(&(line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["verdict"], "reconciled");
    assert_eq!(report["lines"][0]["line_total"], "21.00");
    assert_eq!(report["currency"], "EUR");
}

#[test]
fn a_place_with_two_prices_gives_none_of_them() {
    let two = "€ 10.50</span> <span class=price>€ 9.50";
    let report = shop(&(line("Chair", "2", two, "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["unit_price"], Value::Null);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"field_ambiguous"));
}

#[test]
fn the_same_price_for_two_screens_is_one_price() {
    let twice = "€ 10.50</span> <span class=price>10.50 €";
    let report = shop(&(line("Chair", "2", twice, "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["unit_price"], "10.50");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_struck_price_is_no_price() {
    let struck = "€ 10.50</span><del><span class=price>€ 12.00</span></del><span>";
    let report = shop(&(line("Chair", "2", struck, "€ 21.00") + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["unit_price"], "10.50");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn decimals_in_an_element_of_their_own_never_join_the_digits() {
    let split = "€ 14<span>98</span>";
    let report = shop(&(line("Chair", "1", split, "") + "<b class=subtotal>€ 14.98</b>"));
    assert_eq!(report["lines"][0]["unit_price"], Value::Null);
    assert_eq!(report["verdict"], "unreconciled");
}

#[test]
fn hidden_lines_and_saved_lines_are_not_ordered() {
    let hidden = format!(
        "<div hidden>{}</div>",
        line("Hidden", "1", "€ 5.00", "€ 5.00")
    );
    let saved = format!(
        "<div class=saved>{}</div>",
        line("Saved", "1", "€ 6.00", "€ 6.00")
    );
    let report = shop(
        &(line("Chair", "2", "€ 10.50", "€ 21.00")
            + &hidden
            + &saved
            + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"].as_array().unwrap().len(), 1);
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_line_that_cannot_be_read_is_said_and_the_cart_is_not_proved() {
    let broken = "<div class=line><a class=name>Table</a><span class=price>€ 5.00</span></div>";
    let report = shop(
        &(line("Chair", "2", "€ 10.50", "€ 21.00") + broken + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"].as_array().unwrap().len(), 1);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"field_missing"));
}

#[test]
fn a_page_whose_lines_all_fail_is_not_said_to_be_no_cart() {
    let report = shop("<div class=line><a class=name>Table</a></div>");
    assert_eq!(report["verdict"], "unreconciled");
}

#[test]
fn an_ambiguous_number_is_read_as_the_other_numbers_of_the_page_are_written() {
    let with = |subtotal: &str| {
        shop(
            &(line("Chair", "1", "1.234 €", "1.234 €")
                + &format!("<b class=subtotal>{subtotal}</b>")),
        )
    };
    assert_eq!(with("1.234,00 €")["lines"][0]["unit_price"], "1234");
    assert_eq!(with("1.234,00 €")["verdict"], "reconciled");
    let alone = with("1.234 €");
    assert_eq!(alone["lines"][0]["unit_price"], Value::Null);
    assert_eq!(alone["verdict"], "unreconciled");
    assert!(codes(&alone).contains(&"number_unreadable"));
}

#[test]
fn sums_tell_what_an_ambiguous_number_means() {
    let body = line("Chair", "1", "€ 1,249", "€ 1,249") + &line("Lamp", "1", "€ 87", "€ 87");
    let report = shop(&(body + "<b class=subtotal>€ 1,336</b>"));
    assert_eq!(report["lines"][0]["unit_price"], "1249");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_dollar_without_a_second_witness_has_no_currency() {
    let body = line("Chair", "2", "$10.50", "$21.00") + "<b class=subtotal>$21.00</b>";
    let report = shop(&body);
    assert_eq!(report["currency"], Value::Null);
    assert!(codes(&report).contains(&"currency_unknown"));
    let declared = format!("{SHOP}\n[currency.hosts]\n\"shop.example\" = \"CAD\"\n");
    let report = read(
        &[&declared],
        &format!("<html lang=en-US><body>{body}</body></html>"),
    );
    assert_eq!(report["currency"], "CAD");
    assert!(codes(&report).contains(&"currency_from_context"));
}

#[test]
fn two_currencies_in_one_cart_are_refused() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>CHF 21.00</b>";
    let report = shop(&body);
    assert_eq!(
        (&report["currency"], &report["verdict"]),
        (&Value::Null, &Value::from("unreconciled"))
    );
    assert!(codes(&report).contains(&"currency_mixed"));
}

#[test]
fn a_price_for_a_hundred_pieces_keeps_its_basis() {
    let report = shop(
        &(line("Screws", "500", "€ 12.90 / 100 pcs", "€ 64.50") + "<b class=subtotal>€ 64.50</b>"),
    );
    assert_eq!(report["lines"][0]["unit_price"], "12.90");
    assert_eq!(report["lines"][0]["price_basis"], "100");
    assert_eq!(report["lines"][0]["unit_of_measure"], "pcs");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn an_empty_cart_is_told_from_a_page_that_is_none() {
    let empty = shop("<p class=nothing>Your cart is empty</p>");
    assert_eq!(empty["verdict"], "not_a_cart");
    assert_eq!(codes(&empty), ["cart_empty"]);
    let other = shop("<p>Welcome</p>");
    assert_eq!(other["verdict"], "not_a_cart");
    assert_eq!(codes(&other), Vec::<&str>::new());
}

#[test]
fn links_that_run_scripts_are_left_out() {
    let html = line("Chair", "2", "€ 10.50", "€ 21.00").replace("/p/1", "javascript:alert(1)");
    let report = shop(&(html + "<b class=subtotal>€ 21.00</b>"));
    assert_eq!(report["lines"][0]["url"], Value::Null);
}

#[test]
fn more_lines_than_a_capture_holds_are_cut_and_said() {
    let body: String = (0..2001)
        .map(|_| line("Chair", "1", "€ 1.00", "€ 1.00"))
        .collect();
    let report = shop(&(body + "<b class=subtotal>€ 2001.00</b>"));
    assert_eq!(report["lines"].as_array().unwrap().len(), 2000);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"limit_exceeded"));
}

/// The same shop as a platform that reads the sums as prices.
fn platform() -> String {
    SHOP.replace("kind = \"supplier\"", "kind = \"platform\"")
        .replace("hosts = [\"shop.example\"]\npaths = [\"/cart\"]", "")
        .replace("id = \"shop\"", "id = \"platform\"")
        .replace("[cart]", "[detect]\nany = [\".line\"]\n[cart]")
}

#[test]
fn the_supplier_is_read_before_the_platform() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>€ 21.00</b>";
    assert_eq!(read(&[SHOP, &platform()], &body)["reader"], "supplier:shop");
    assert_eq!(read(&[&platform()], &body)["reader"], "platform:platform");
}

#[test]
fn a_proved_platform_is_taken_before_a_supplier_that_does_not_add_up() {
    let broken = SHOP.replace(".price", ".gone").replace(".sum", ".price");
    let body = line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>€ 21.00</b>";
    let report = read(&[&broken, &platform()], &body);
    assert_eq!(report["reader"], "platform:platform");
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn two_proved_readers_that_differ_prove_nothing() {
    let other = platform()
        .replace(
            "[{ select = \"input\", take = \"value\" }]",
            "[{ attr = \"data-n\" }]",
        )
        .replace(
            "unit_price = [{ select = \".price\" }]",
            "unit_price = [{ select = \".sum\" }]",
        );
    let body = "<div class=line data-n=1><a class=name>Chair</a><input value=2><span class=price>€ 10.50</span>\
                <span class=sum>€ 21.00</span></div><b class=subtotal>€ 21.00</b>";
    let report = read(&[SHOP, &other], body);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"readers_disagree"));
}

#[test]
fn what_is_broken_in_a_definition_is_said_with_the_fix() {
    let broken = SHOP
        .replace("select = \".sku\"", "select = \".sku[\"")
        .replace("format = 1", "format = 9");
    let file: SupplierFile = toml::from_str(&broken).unwrap();
    let errors = Definition::new(file).unwrap_err();
    let keys: Vec<&str> = errors.iter().map(|error| error.key.as_str()).collect();
    assert_eq!(keys, ["format", "lines.fields"]);
    assert!(errors.iter().all(|error| !error.problem.fix.is_empty()));
}

#[test]
fn keys_that_are_not_known_are_refused() {
    let error =
        toml::from_str::<SupplierFile>(&SHOP.replace("outside =", "outsied =")).unwrap_err();
    assert!(error.message().contains("outsied"), "{error}");
}

#[test]
fn an_unseen_definition_is_not_supported() {
    assert!(!definition(SHOP).is_supported());
    assert!(definition(&SHOP.replace("\"unseen\"", "\"live\"")).is_supported());
}

fn in_language(language: &str, url: &str, sign: &str) -> Value {
    let toml = SHOP.replace(
        "hosts = [\"shop.example\"]",
        "hosts = [\"shop.example\", \"laden.ch\"]",
    );
    let catalog = Catalog::new(vec![definition(&toml)]);
    let body = line(
        "Chair",
        "2",
        &format!("10,50 {sign}"),
        &format!("21,00 {sign}"),
    );
    let html = format!(
        "<html lang={language}><body>{body}<b class=subtotal>21,00 {sign}</b></body></html>"
    );
    let report = Report::of(
        &Page {
            url: url.to_owned(),
            html,
        },
        &catalog,
    )
    .unwrap();
    serde_json::from_str::<Value>(&report.to_json().unwrap()).unwrap()["currency"].clone()
}

#[test]
fn a_language_of_one_country_and_a_swiss_host_are_witnesses_and_english_is_none() {
    let shop = "https://shop.example/cart";
    assert_eq!(in_language("sv-SE", shop, "kr"), "SEK");
    assert_eq!(in_language("nb-NO", shop, "kr"), "NOK");
    assert_eq!(in_language("sv-FI", shop, "kr"), Value::Null);
    assert_eq!(in_language("en-US", shop, "$"), Value::Null);
    assert_eq!(in_language("sv-SE", shop, "$"), Value::Null);
    assert_eq!(in_language("de", "https://laden.ch/cart", "Fr."), "CHF");
    assert_eq!(in_language("de", shop, "Fr."), Value::Null);
    assert_eq!(in_language("de", "https://laden.ch/cart", "$"), Value::Null);
}

#[test]
fn a_code_elsewhere_decides_a_sign_and_contradicts_another() {
    let toml = format!(
        "{SHOP}\n[currency]\ncode = [{{ select = \".line\", attr = \"data-t\", json = \"/sum/code\" }}]\n"
    );
    let with = |sign: &str| {
        let line = line(
            "Chair",
            "2",
            &format!("{sign}10.50"),
            &format!("{sign}21.00"),
        );
        let line = line.replace(
            "<div class=line>",
            "<div class=line data-t='{\"sum\":{\"code\":\"AUD\"}}'>",
        );
        read(
            &[&toml],
            &format!("{line}<b class=subtotal>{sign}21.00</b>"),
        )
    };
    assert_eq!(with("$")["currency"], "AUD");
    assert_eq!(with("$")["verdict"], "reconciled");
    assert!(codes(&with("€")).contains(&"currency_mixed"));
    assert_eq!(with("€")["verdict"], "unreconciled");
}

#[test]
fn subtotals_that_contradict_each_other_prove_nothing() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00");
    let report =
        shop(&(body.clone() + "<b class=subtotal>€ 21.00</b><b class=subtotal>€ 20.00</b>"));
    assert_eq!(report["verdict"], "unreconciled");
    assert_eq!(report["totals"]["subtotal"], Value::Null);
    let twice = shop(&(body + "<b class=subtotal>€ 21.00</b><b class=subtotal>€ 21.00</b>"));
    assert_eq!(twice["verdict"], "reconciled");
}

#[test]
fn a_line_of_quantity_zero_is_not_ordered() {
    let report = shop(
        &(line("Chair", "2", "€ 10.50", "€ 21.00")
            + &line("Grid", "0", "€ 3.00", "")
            + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"].as_array().unwrap().len(), 1);
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn characters_that_hide_or_turn_text_are_left_out_and_said() {
    let report = shop(
        &(line("Ch\u{200b}air \u{202e}x", "2", "€ 10.50", "€ 21.00")
            + "<b class=subtotal>€ 21.00</b>"),
    );
    assert_eq!(report["lines"][0]["description"], "Chair x");
    assert!(codes(&report).contains(&"text_cleaned"));
    assert_eq!(report["verdict"], "reconciled");
}

#[test]
fn a_unit_price_that_the_page_does_not_show_is_derived_only_exactly() {
    let toml = SHOP.replace(
        "[{ select = \".price\" }]",
        "[{ derive = \"line_total_by_quantity\" }]",
    );
    let with = |sum: &str| {
        let body = line("Chair", "4", "", sum) + &format!("<b class=subtotal>{sum}</b>");
        read(&[&toml], &body)["lines"][0]["unit_price"].clone()
    };
    assert_eq!(with("€ 58.28"), "14.57");
    assert_eq!(with("€ 58.29"), "14.5725");
    let thirds = line("Chair", "3", "", "€ 10.00") + "<b class=subtotal>€ 10.00</b>";
    assert_eq!(
        read(&[&toml], &thirds)["lines"][0]["unit_price"],
        Value::Null
    );
}

#[test]
fn a_part_out_of_reach_is_said_where_the_cart_does_not_add_up() {
    let catalog = Catalog::new(vec![definition(SHOP)]);
    let at = Location {
        host: "shop.example",
        path: "/cart",
    };
    let with = |subtotal: &str| {
        let body =
            line("Chair", "2", "€ 10.50", "€ 21.00") + &format!("<b class=subtotal>{subtotal}</b>");
        let wanted = snapshot_plan(&catalog, at);
        let mut snapshot = snapshot_by_plan(&body, &wanted.plan);
        let frame = Unreachable {
            what: "cross_origin_frame".to_owned(),
            ..Unreachable::default()
        };
        snapshot.tree.as_mut().unwrap().unreachable.push(frame);
        let cart = extract(
            &snapshot::Page::read(&snapshot, &wanted.attributes).unwrap(),
            at,
            &catalog,
        );
        cart.findings
            .iter()
            .any(|finding| finding.code == FindingCode::PartUnreachable)
    };
    assert!(!with("€ 21.00"));
    assert!(with("€ 31.00"));
}

fn of_this_repository() -> Catalog {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
    selectors_cli::folder::Workshop::open(&root)
        .unwrap()
        .catalog()
        .unwrap()
}

#[test]
fn the_plan_names_the_roots_of_the_supplier_or_of_every_platform() {
    let catalog = of_this_repository();
    let roots = |host, path| {
        let plan = snapshot_plan(&catalog, Location { host, path }).plan;
        plan.roots
            .into_iter()
            .map(|root| root.selector)
            .collect::<Vec<_>>()
    };
    let amazon = roots("www.amazon.de", "/gp/cart/view.html");
    assert!(
        amazon
            .iter()
            .any(|root| root.contains("activeCartViewForm"))
            && amazon.len() == 1,
        "{amazon:?}"
    );
    let elsewhere = roots("werkstatt.example", "/warenkorb/");
    assert!(
        elsewhere.iter().any(|root| root.contains("woocommerce")),
        "{elsewhere:?}"
    );
    assert!(
        !elsewhere
            .iter()
            .any(|root| root.contains("activeCartViewForm")),
        "{elsewhere:?}"
    );
    assert_eq!(roots("WWW.Amazon.de", "/gp/cart/view.html"), amazon);
    assert!(
        snapshot_plan(
            &catalog,
            Location {
                host: "a.example",
                path: "/"
            }
        )
        .attributes
        .admits("data-product_sku", 9000)
    );
}

#[test]
fn the_root_of_a_definition_holds_its_lines_and_its_totals() {
    let catalog = of_this_repository();
    for (fixture, host) in [
        ("woocommerce/fixtures/gross_with_coupon", "a.example"),
        ("amazon/fixtures/two_lines", "www.amazon.de"),
    ] {
        let path = format!(
            "{}/../../selectors/{fixture}.html",
            env!("CARGO_MANIFEST_DIR")
        );
        let html = std::fs::read_to_string(path).unwrap();
        let plan = snapshot_plan(
            &catalog,
            Location {
                host,
                path: "/gp/cart/view.html",
            },
        )
        .plan;
        assert!(
            snapshot_by_plan(&html, &plan).root.selector.is_some(),
            "{fixture} was read from its body"
        );
    }
}
