//! The commands as a maintainer runs them.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use punchout::supplier::Catalog;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn selectors(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_selectors"));
    command
        .current_dir(repository())
        .args(arguments)
        .output()
        .expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder of definitions that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("punchout-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn copy_of(name: &str, id: &str) -> Self {
        let folder = Self::new(name);
        let (from, to) = (repository().join("selectors").join(id), folder.0.join(id));
        fs::create_dir_all(to.join("fixtures")).unwrap();
        fs::copy(from.join("supplier.toml"), to.join("supplier.toml")).unwrap();
        for entry in fs::read_dir(from.join("fixtures")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), to.join("fixtures").join(entry.file_name())).unwrap();
        }
        folder
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} does not hold {from}");
        fs::write(&path, text.replace(from, to)).unwrap();
    }

    fn check(&self) -> (String, bool) {
        let output = selectors(&["check", "--selectors", self.0.to_str().unwrap()]);
        (text(&output.stdout), output.status.success())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the system's temporary folder harms no test.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn extract_prints_one_object_and_ends_well_whatever_the_verdict() {
    for (page, verdict) in [
        ("opencart/fixtures/v3_net_lines.html", "reconciled"),
        ("opencart/fixtures/v4_fixed_fee.html", "explained"),
        (
            "woocommerce/fixtures/total_that_does_not_follow.html",
            "unreconciled",
        ),
        ("opencart/fixtures/product.html", "not_a_cart"),
    ] {
        let output = selectors(&[
            "extract",
            "--url",
            "https://any.example/cart",
            &format!("selectors/{page}"),
        ]);
        assert!(output.status.success(), "{page}: {}", text(&output.stderr));
        let cart: serde_json::Value = serde_json::from_slice(&output.stdout).expect(page);
        assert_eq!(cart["verdict"], verdict, "{page}");
        let mut keys: Vec<&String> = cart.as_object().unwrap().keys().collect();
        keys.sort();
        assert_eq!(
            keys,
            [
                "currency", "findings", "lines", "reader", "totals", "url", "verdict"
            ]
        );
    }
}

#[test]
fn extract_says_what_is_wrong_with_an_address_or_a_file() {
    let output = selectors(&[
        "extract",
        "--url",
        "cart",
        "selectors/opencart/fixtures/product.html",
    ]);
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("`cart` is not an address"),
        "{}",
        text(&output.stderr)
    );
    let output = selectors(&[
        "extract",
        "--url",
        "https://a.example/",
        "no-such-page.html",
    ]);
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("no-such-page.html"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn check_passes_on_the_definitions_of_this_repository() {
    let output = selectors(&["check"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
}

#[test]
fn check_points_at_the_line_and_says_the_fix() {
    for (from, to, line_and_words) in [
        (
            "unavailable =",
            "unavailabel =",
            "unknown field `unavailabel`",
        ),
        (
            "td:last-child",
            "td:last-child::before",
            "cannot be used as a selector",
        ),
        (
            "td:nth-last-child(2)",
            "div.css-1x8dj2k",
            "looks made by a build",
        ),
        (
            "id = \"opencart\"",
            "id = \"other\"",
            "the id is `other` and the folder `opencart`",
        ),
        (
            "on = \"2026-11-22\"",
            "on = \"yesterday\"",
            "`yesterday` is no day",
        ),
    ] {
        let folder = Folder::copy_of("line", "opencart");
        folder.change("opencart/supplier.toml", from, to);
        let file = fs::read_to_string(folder.0.join("opencart/supplier.toml")).unwrap();
        let line = file.lines().position(|line| line.contains(to)).unwrap() + 1;
        let (said, passed) = folder.check();
        assert!(!passed, "{from} → {to}");
        assert!(
            said.contains(&format!("supplier.toml:{line}: ")),
            "{from} → {to}: {said}"
        );
        assert!(said.contains(line_and_words), "{from} → {to}: {said}");
        assert!(
            said.lines().next().unwrap().contains("; "),
            "no fix: {said}"
        );
    }
}

#[test]
fn check_holds_fixtures_and_expected_carts_together() {
    let folder = Folder::copy_of("pairs", "opencart");
    fs::remove_file(folder.0.join("opencart/fixtures/empty.cart.json")).unwrap();
    fs::remove_file(folder.0.join("opencart/fixtures/product.html")).unwrap();
    let (said, passed) = folder.check();
    assert!(!passed);
    assert!(said.contains("no expected cart"), "{said}");
    assert!(said.contains("an expected cart without its page"), "{said}");
}

#[test]
fn check_sees_a_definition_that_reads_something_else() {
    let folder = Folder::copy_of("differs", "opencart");
    folder.change(
        "opencart/supplier.toml",
        "td:nth-last-child(2)",
        "td:last-child",
    );
    let (said, passed) = folder.check();
    assert!(!passed);
    assert!(said.contains("v3_net_lines.cart.json:"), "{said}");
}

#[test]
fn check_refuses_two_suppliers_for_one_page() {
    let folder = Folder::copy_of("overlap", "amazon");
    fs::create_dir_all(folder.0.join("rainforest")).unwrap();
    fs::copy(
        folder.0.join("amazon/supplier.toml"),
        folder.0.join("rainforest/supplier.toml"),
    )
    .unwrap();
    folder.change(
        "rainforest/supplier.toml",
        "id = \"amazon\"",
        "id = \"rainforest\"",
    );
    let (said, passed) = folder.check();
    assert!(!passed);
    assert!(
        said.contains("`amazon` and `rainforest` both claim pages"),
        "{said}"
    );
}

#[test]
fn catalog_writes_what_the_core_reads() {
    let folder = Folder::new("catalog");
    let out = folder.0.join("catalog.json");
    let output = selectors(&["catalog", "--out", out.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let catalog = Catalog::from_json(&fs::read_to_string(out).unwrap()).unwrap();
    let ids: Vec<&str> = catalog
        .entries()
        .iter()
        .map(|entry| entry.file().id.as_str())
        .collect();
    assert!(ids.is_sorted() && ids.contains(&"opencart"), "{ids:?}");
}

#[test]
fn bless_writes_what_is_read_and_nothing_changes_where_it_was_right() {
    let folder = Folder::copy_of("bless", "opencart");
    let cart = folder.0.join("opencart/fixtures/v4_fixed_fee.cart.json");
    let before = fs::read_to_string(&cart).unwrap();
    fs::write(&cart, "{}").unwrap();
    let output = selectors(&[
        "bless",
        "opencart",
        "--selectors",
        folder.0.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&cart).unwrap(), before);
}
