//! Choosing between readers, and what they ask of the page.

use punchout::cart::FindingCode;
use punchout::extract::{extract, snapshot_plan};
use punchout::snapshot::{self, Unreachable};
use punchout::supplier::{Catalog, Definition, Location, SupplierFile, Words};
use selectors_cli::folder::Workshop;
use selectors_cli::saved_page::snapshot_by_plan;

use super::{SHOP, codes, definition, line, read, read_with};

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

#[test]
fn a_part_out_of_reach_is_said_where_the_cart_does_not_add_up() {
    let catalog = Catalog::new(vec![definition(SHOP)], Words::default());
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
        let mut findings = cart.findings.into_iter();
        let finding = findings.find(|finding| finding.code == FindingCode::PartUnreachable);
        finding.map(|finding| serde_json::to_value(finding.says).unwrap())
    };
    assert_eq!(with("€ 21.00"), None);
    let why = serde_json::json!({"message": {"key": "part_of_other_site", "values": []}});
    assert_eq!(with("€ 31.00").unwrap()["values"][0], why);
}

/// A compiled catalog of definitions that nobody has checked.
fn unchecked(definitions: &[&str]) -> Catalog {
    let files: Vec<SupplierFile> = definitions
        .iter()
        .map(|toml| toml::from_str(toml).unwrap())
        .collect();
    let json = serde_json::json!({ "words": [], "definitions": files });
    Catalog::from_json(&json.to_string()).unwrap()
}

#[test]
fn a_broken_definition_of_the_catalog_is_told_and_the_others_read() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>€ 21.00</b>";
    let broken = SHOP.replace("select = \".sku\"", "select = \".sku[\"");
    let undetectable = platform()
        .replace("id = \"platform\"", "id = \"undetectable\"")
        .replace("any = [\".line\"]", "any = [\".line[\"]");
    for (unfit, name) in [(&broken, "shop"), (&undetectable, "undetectable")] {
        let report = read_with(&unchecked(&[unfit, &platform()]), &body);
        assert_eq!(report["reader"], "platform:platform");
        assert_eq!(report["verdict"], "reconciled");
        let told = report["findings"].as_array().unwrap();
        let told = told
            .iter()
            .find(|finding| finding["code"] == "definition_broken");
        let message = told.unwrap()["message"].as_str().unwrap();
        assert!(message.contains(&format!("`{name}`")), "{message}");
    }
}

#[test]
fn a_broken_definition_says_nothing_on_pages_that_it_is_not_for() {
    let body = line("Chair", "2", "€ 10.50", "€ 21.00") + "<b class=subtotal>€ 21.00</b>";
    let elsewhere = SHOP
        .replace("shop.example", "other.example")
        .replace("select = \".sku\"", "select = \".sku[\"");
    let report = read_with(&unchecked(&[&elsewhere, &platform()]), &body);
    assert_eq!(report["verdict"], "reconciled");
    assert!(!codes(&report).contains(&"definition_broken"));
}

fn of_this_repository() -> Catalog {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
    Workshop::open(&root).unwrap().catalog().unwrap()
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

/// A platform that reads the prices with tax where [`SHOP`] reads those without, and both amounts to pay.
fn both_bases() -> [String; 2] {
    let totals = "[[totals]]\nkind = \"shipping\"\neach = \".NAME .shipping\"\namount = [{}]\n\
                  [[totals]]\nkind = \"tax\"\neach = \".NAME .tax\"\namount = [{}]\n\
                  [[totals]]\nkind = \"grand_total\"\neach = \".paid\"\namount = [{}]\n";
    let net = format!("{SHOP}{}", totals.replace("NAME", "net"));
    let gross = platform()
        .replace(".price", ".gross-price")
        .replace(".subtotal", ".gross-subtotal");
    [net, gross + &totals.replace("NAME", "gross")]
}

fn page_of_both_bases(gross: [&str; 2], paid: &str) -> String {
    let row = |quantity: &str, net: &str, gross: &str| {
        format!(
            "<div class=line><a class=name>Chair</a><input value={quantity}><span class=price>€ {net}</span>\
             <span class=gross-price>€ {gross}</span></div>"
        )
    };
    format!(
        "{}{}<b class=subtotal>€ 55.00</b><b class=gross-subtotal>€ 66.00</b>\
         <p class=net><i class=shipping>€ 5.00</i><i class=tax>€ 12.00</i></p><p class=gross><i class=shipping>€ 6.00</i></p>\
         <b class=paid>€ {paid}</b>",
        row("3", "10.00", gross[0]),
        row("1", "25.00", gross[1])
    )
}

#[test]
fn prices_with_tax_beside_those_without_are_no_disagreement() {
    let [net, gross] = both_bases();
    let report = read(
        &[&net, &gross],
        &page_of_both_bases(["12.00", "30.00"], "72.00"),
    );
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
    assert_eq!(report["lines"][0]["unit_price"], "10.00");
}

#[test]
fn a_line_that_would_be_dearer_without_tax_is_a_disagreement() {
    let [net, gross] = both_bases();
    let report = read(
        &[&net, &gross],
        &page_of_both_bases(["9.00", "39.00"], "72.00"),
    );
    assert!(codes(&report).contains(&"readers_disagree"), "{report:#}");
}
