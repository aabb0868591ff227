//! A definition from nothing to its fixtures, as a maintainer makes it.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use selectors_cli::personal::Detector;
use serde_json::Value;

const URL: &str = "https://www.werkstatt.example/korb";

const PAGE: &str = r#"<!doctype html>
<html lang="de"><head><title>Ihr Warenkorb | Werkstatt Muster</title></head><body>
<header>Hallo Erika Baum <a href="mailto:erika.baum@post.ch">erika.baum@post.ch</a></header>
<form><table class="korb">
<tr class="zeile" data-sku="W-100"><td class="name"><a href="/p/100">Schraubendreher Kreuz 2</a></td>
<td><input class="menge" name="menge[1]" value="3"></td><td class="preis">CHF 8.50</td><td class="summe">CHF 25.50</td></tr>
<tr class="zeile" data-sku="W-200"><td class="name"><a href="/p/200">Wasserwaage Alu 60 cm</a></td>
<td><input class="menge" name="menge[2]" value="1"></td><td class="preis">CHF 34.00</td><td class="summe">CHF 34.00</td></tr>
</table></form>
<input type="hidden" name="form_key" value="9bf31c7ff062936a96d3c8bd1f8f2ff3">
<table class="total"><tr class="zwischensumme"><th>Zwischensumme</th><td>CHF 59.50</td></tr>
<tr class="versand"><th>Versand</th><td>CHF 9.00</td></tr>
<tr class="gesamt"><th>Gesamtsumme</th><td>CHF 68.50</td></tr></table>
<div class="gross"></div></body></html>
"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder with the words of all languages and a saved page, which goes away with the test.
struct Bench(PathBuf);

impl Bench {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("punchout-{name}-{}", std::process::id()));
        let words = path.join("selectors/words");
        fs::create_dir_all(&words).unwrap();
        for entry in fs::read_dir(repository().join("selectors/words")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), words.join(entry.file_name())).unwrap();
        }
        fs::write(path.join("page.html"), PAGE).unwrap();
        Self(path)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_selectors"));
        command.current_dir(&self.0).args(arguments);
        command.output().expect("the command runs")
    }

    /// What a command prints that must end well.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = said(&output);
        assert!(output.status.success(), "{arguments:?}: {said}");
        said
    }

    fn begun(name: &str) -> Self {
        let bench = Self::new(name);
        bench.done(&[
            "new",
            "werkstatt",
            "--kind",
            "supplier",
            "--url",
            URL,
            "page.html",
        ]);
        bench
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join("selectors/werkstatt").join(name)
    }

    fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).unwrap();
        assert!(text.contains(from), "{name} does not hold {from}: {text}");
        fs::write(self.file(name), text.replace(from, to)).unwrap();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // A folder that stays behind in the system's temporary folder harms no test.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn said(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn a_new_definition_holds_what_the_page_tells_and_reads_it_at_once() {
    let bench = Bench::begun("new");
    let file = fs::read_to_string(bench.file("supplier.toml")).unwrap();
    for part in [
        "name = \"Werkstatt Muster\"",
        "hosts = [\"www.werkstatt.example\"]",
        "paths = [\"/korb\"]",
        "each = \"tr.zeile\"",
        "attr = \"data-sku\"",
        "take = \"value\"",
        "tr.gesamt",
        "state = \"unseen\"",
    ] {
        assert!(file.contains(part), "{part}\n{file}");
    }
    assert!(bench.file("fixtures").is_dir());
    let table = bench.done(&["try", "werkstatt", "page.html", "--url", URL]);
    assert!(table.contains("supplier:werkstatt"), "{table}");
    assert!(
        table.contains("chosen: supplier:werkstatt: reconciled, CHF"),
        "{table}"
    );
    assert!(bench.done(&["check"]).contains("0 problems"));
}

#[test]
fn a_definition_that_is_there_is_never_overwritten() {
    let bench = Bench::begun("twice");
    bench.change("supplier.toml", "Werkstatt Muster", "My own work");
    let output = bench.run(&["new", "werkstatt", "--kind", "supplier", "--url", URL]);
    assert!(!output.status.success());
    assert!(
        said(&output).contains("is there already"),
        "{}",
        said(&output)
    );
    let file = fs::read_to_string(bench.file("supplier.toml")).unwrap();
    assert!(file.contains("My own work"));
}

#[test]
fn a_definition_can_be_begun_without_a_page_for_a_supplier_and_for_a_software() {
    let bench = Bench::new("blank");
    for (id, kind) in [("one", "supplier"), ("two", "platform")] {
        bench.done(&["new", id, "--kind", kind, "--url", URL]);
    }
    assert!(bench.done(&["check"]).contains("0 problems"));
}

#[test]
fn try_says_for_each_reader_what_it_found_where_and_what_was_wrong() {
    let bench = Bench::begun("try");
    bench.change("supplier.toml", "tr.zeile > td.preis", "td.summe");
    let output = bench.run(&["try", "werkstatt", "page.html", "--url", URL]);
    let table = said(&output);
    for part in [
        "── supplier:werkstatt (a definition that nobody has seen to work): unreconciled",
        "! line 1: line_mismatch",
        "at td.summe",
        "── generic (knows no shop): reconciled, CHF",
        "chosen: generic",
    ] {
        assert!(table.contains(part), "{part}\n{table}");
    }
}

#[test]
fn try_says_why_a_definition_was_not_asked() {
    let bench = Bench::begun("asked");
    let elsewhere = "https://www.other.example/korb";
    let table = bench.done(&["try", "werkstatt", "page.html", "--url", elsewhere]);
    assert!(
        table.contains("werkstatt was not asked: its hosts"),
        "{table}"
    );
}

#[test]
fn try_points_at_the_line_of_a_slip() {
    let bench = Bench::begun("slip");
    bench.change(
        "supplier.toml",
        "each = \"tr.zeile\"",
        "each = \"tr..zeile\"",
    );
    let file = fs::read_to_string(bench.file("supplier.toml")).unwrap();
    let line = file
        .lines()
        .position(|line| line.contains("tr..zeile"))
        .unwrap()
        + 1;
    let output = bench.run(&["try", "werkstatt", "page.html", "--url", URL]);
    assert!(!output.status.success());
    let place = format!("supplier.toml:{line}: lines.each");
    assert!(said(&output).contains(&place), "{}", said(&output));
}

#[test]
fn an_imported_page_says_nothing_of_people_and_reads_as_before() {
    let bench = Bench::begun("import");
    let address = format!("{URL}?session=1");
    bench.done(&[
        "import",
        "werkstatt",
        "page.html",
        "--name",
        "two_lines",
        "--url",
        &address,
    ]);
    let kept = fs::read_to_string(bench.file("fixtures/two_lines.snapshot.json")).unwrap();
    for part in ["Erika", "Baum", "post.ch", "9bf31c7f", "session"] {
        assert!(!kept.contains(part), "{part}\n{kept}");
    }
    bench.done(&["bless", "werkstatt"]);
    let cart = fs::read_to_string(bench.file("fixtures/two_lines.cart.json")).unwrap();
    let cart: Value = serde_json::from_str(&cart).unwrap();
    assert_eq!(cart["verdict"], "reconciled");
    assert_eq!(cart["lines"].as_array().unwrap().len(), 2);
    assert!(bench.done(&["check"]).contains("1 fixtures, 0 problems"));
    let again = bench.run(&[
        "import",
        "werkstatt",
        "page.html",
        "--name",
        "two_lines",
        "--url",
        URL,
    ]);
    assert!(
        said(&again).contains("is there already"),
        "{}",
        said(&again)
    );
}

#[test]
fn an_imported_snapshot_is_cleaned_again() {
    let bench = Bench::begun("snapshot");
    bench.done(&[
        "import",
        "werkstatt",
        "page.html",
        "--name",
        "one",
        "--url",
        URL,
    ]);
    let file = bench.file("fixtures/one.snapshot.json");
    let text = fs::read_to_string(&file).unwrap();
    let saved = text.replace("Hallo Muster", "Hallo Erika Baum");
    assert_ne!(saved, text);
    fs::write(bench.0.join("saved.snapshot.json"), saved).unwrap();
    bench.done(&[
        "import",
        "werkstatt",
        "saved.snapshot.json",
        "--name",
        "two",
    ]);
    assert_eq!(
        fs::read_to_string(bench.file("fixtures/two.snapshot.json")).unwrap(),
        text
    );
}

#[test]
fn a_page_that_is_too_large_is_refused_with_its_largest_parts_which_can_be_cut() {
    let bench = Bench::begun("large");
    let footer = format!(
        "<div class=\"gross\">{}</div>",
        "<p>Kein Artikel.</p>".repeat(5000)
    );
    let page = PAGE.replace("<div class=\"gross\"></div>", &footer);
    let page = page.replace(
        "</head>",
        &format!("<style>{}</style></head>", "p{} ".repeat(9)),
    );
    fs::write(bench.0.join("page.html"), page).unwrap();
    let arguments = [
        "import",
        "werkstatt",
        "page.html",
        "--name",
        "one",
        "--url",
        URL,
    ];
    let output = bench.run(&arguments);
    assert!(!output.status.success());
    assert!(
        said(&output).contains("65536 are allowed"),
        "{}",
        said(&output)
    );
    assert!(said(&output).contains("--cut"), "{}", said(&output));
    assert!(!bench.file("fixtures/one.snapshot.json").exists());
    bench.done(&[&arguments[..], &["--cut", "div.gross"]].concat());
}

#[test]
fn check_points_at_what_may_be_about_a_person() {
    let bench = Bench::begun("people");
    let page = format!("<!-- {URL} -->\n{PAGE}");
    fs::write(bench.file("fixtures/people.html"), page).unwrap();
    bench.done(&["bless", "werkstatt"]);
    let output = bench.run(&["check"]);
    assert!(!output.status.success());
    for part in [
        "people.html:4: looks like a name after a greeting",
        "people.html:4: looks like a e-mail address",
        "people.html:11: looks like a long token",
        "write an invented one: `person@example.com`",
    ] {
        assert!(said(&output).contains(part), "{part}\n{}", said(&output));
    }
}

#[test]
fn stale_lists_the_oldest_first_and_fails_where_one_is_too_old() {
    let bench = Bench::new("stale");
    for (id, day) in [("young", "2026-11-01"), ("old", "2026-01-01")] {
        bench.done(&[
            "new",
            id,
            "--kind",
            "supplier",
            "--url",
            &format!("https://{id}.example/"),
        ]);
        let file = bench.0.join("selectors").join(id).join("supplier.toml");
        let text = fs::read_to_string(&file).unwrap();
        let (before, after) = text.split_once("on = \"").unwrap();
        fs::write(
            &file,
            format!("{before}on = \"{day}{}", after.get(10..).unwrap()),
        )
        .unwrap();
    }
    let today = ["stale", "--today", "2026-11-22"];
    let output = bench.run(&today);
    assert!(!output.status.success());
    let list: Vec<String> = said(&output).lines().map(str::to_owned).collect();
    assert!(
        list[0].contains("325 days") && list[0].ends_with("old"),
        "{list:?}"
    );
    assert!(
        list[1].contains("21 days") && list[1].ends_with("young"),
        "{list:?}"
    );
    bench.done(&[&today[..], &["--days", "400"]].concat());
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_types() {
    let bench = Bench::new("schema");
    for (name, path) in [
        ("supplier", "selectors/schema/supplier.schema.json"),
        ("words", "selectors/schema/words.schema.json"),
        ("cart", "docs/exported-cart.schema.json"),
    ] {
        let written = fs::read_to_string(repository().join(path)).unwrap();
        assert!(
            bench.done(&["schema", name]) == written,
            "run `cargo selectors schema {name} > {path}`"
        );
        assert!(written.contains("https://json-schema.org/draft/2020-12/schema"));
    }
}

#[test]
fn what_is_about_people_is_found_as_the_extension_finds_it() {
    let cases = fs::read_to_string(repository().join("tests/personal_data.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    let detector = Detector::new().unwrap();
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let kinds: Vec<Value> = detector
            .find(text)
            .into_iter()
            .map(|trace| trace.kind.into())
            .collect();
        assert_eq!(Value::from(kinds), case["found"], "{}", case["name"]);
        let scrubbed = detector.scrubbed(text, &mut Vec::new());
        assert_eq!(
            scrubbed,
            case["scrubbed"].as_str().unwrap_or(text),
            "{}",
            case["name"]
        );
        assert!(detector.find(&scrubbed).is_empty(), "{}", case["name"]);
    }
}
