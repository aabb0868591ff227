//! `docs/traps.md` against the tests that it names and the codes that the code knows.

use std::collections::BTreeSet;

use crate::repository::{read, text_files};

const TABLE: &str = "docs/traps.md";

/// Words in code marks of a text.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// What reads as the name of a test: a sentence of small words.
fn is_test(word: &str) -> bool {
    let letters =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    word.matches('_').count() >= 2 && word.chars().all(letters)
}

/// The names of the functions that stand under `#[test]`, or within `proptest!`, in the whole repository.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in text_files() {
        if !file.ends_with_any(&[".rs"]) {
            continue;
        }
        let mut is_marked = false;
        for line in file.text.lines().map(str::trim) {
            let name = line
                .strip_prefix("fn ")
                .and_then(|rest| rest.split('(').next());
            if let Some(name) = name.filter(|_| is_marked) {
                found.insert(name.to_owned());
            }
            is_marked = line == "#[test]" || (is_marked && line.starts_with("#["));
        }
    }
    found
}

#[test]
fn every_test_that_the_table_of_traps_names_exists() {
    let table = read(TABLE);
    let tests = tests();
    let named: Vec<&str> = quoted(&table).filter(|word| is_test(word)).collect();
    assert!(named.len() > 40, "only {} tests are named", named.len());
    let missing: Vec<&str> = named
        .into_iter()
        .filter(|name| !tests.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no such test: {missing:#?}");
}

#[test]
fn every_error_code_that_the_client_knows_stands_in_the_table_of_traps() {
    let table = read(TABLE);
    let codes = read("src/business_central/error.rs");
    let (_, codes) = codes.split_once("const KINDS").unwrap();
    let (codes, _) = codes.split_once("\n];").unwrap();
    let codes: Vec<&str> = codes.split('"').skip(1).step_by(2).collect();
    assert!(codes.len() > 15, "{codes:?}");
    let told: BTreeSet<&str> = quoted(&table).collect();
    for code in codes {
        assert!(told.contains(code), "{code} is not in {TABLE}");
    }
}

#[test]
fn every_number_of_the_sign_in_server_that_is_known_stands_in_the_table_of_traps() {
    let table = read(TABLE);
    let numbers = read("src/oauth/error.rs");
    let (_, numbers) = numbers.split_once("const NUMBERS").unwrap();
    let (_, numbers) = numbers.split_once('=').unwrap();
    let (numbers, _) = numbers.split_once("\n];").unwrap();
    let digits = |letter: char| !letter.is_ascii_digit() && letter != '_';
    let known = numbers.split(digits).map(|number| number.replace('_', ""));
    let known: Vec<String> = known.filter(|number| number.len() >= 5).collect();
    assert!(known.len() > 40, "{known:?}");
    let told: BTreeSet<&str> = table.split(|c: char| !c.is_ascii_digit()).collect();
    for number in known {
        assert!(told.contains(number.as_str()), "{number} is not in {TABLE}");
    }
}
