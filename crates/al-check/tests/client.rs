//! The API's list against those who speak it: the stand-in's properties, the client's structs, and the document.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use al_check::Project;
use al_check::documents::{data_flow, permissions};
use al_check::facts::{Api, ApiSet};

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(path)).unwrap()
}

fn api() -> Api {
    Project::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bc-app"))
        .unwrap()
        .api
}

/// `posted("id", Kind::Guid)` of the stand-in as `id: Guid`, with what sets it.
fn stand_in_properties(constant: &str) -> Vec<(SetBy, String)> {
    let source = read("crates/bc-standin/src/odata/property.rs");
    let from = source
        .find(&format!("const {constant}: &[Property]"))
        .unwrap();
    let list = source.get(from..).unwrap();
    let list = list.get(..list.find("];").unwrap()).unwrap();
    list.lines()
        .filter_map(|line| line.trim().split_once("(\""))
        .map(|(word, property)| {
            let (name, rest) = property.split_once("\", Kind::").unwrap();
            let kind = rest.split("),").next().unwrap().trim_end_matches(')');
            let kind = match kind.split_once('(') {
                Some((word, length)) => format!("{word}[{length}]"),
                None => kind.replace("LongText", "Text"),
            };
            let set_by = match word {
                "posted" => SetBy::Client,
                _ => SetBy::Server,
            };
            (set_by, format!("{name}: {kind}"))
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SetBy {
    Client,
    Server,
}

fn constant_of(set: &ApiSet) -> String {
    let words = set.entity.chars().flat_map(|letter| {
        let gap = letter.is_uppercase().then_some('_');
        gap.into_iter().chain(letter.to_uppercase())
    });
    words.collect()
}

/// The fields of a struct of the client, in camelCase.
fn client_fields(name: &str) -> Vec<String> {
    let files = ["capture", "check", "directory", "new_item"];
    let files = files.map(|file| read(&format!("src/business_central/{file}.rs")));
    let source = files.concat();
    let from = source.find(&format!("struct {name} {{")).unwrap();
    let body = source.get(from..).unwrap();
    let body = body.get(..body.find("\n}").unwrap()).unwrap();
    body.lines()
        .skip(1)
        .map(str::trim)
        .filter(|line| !line.starts_with("//") && !line.starts_with('#'))
        .filter_map(|line| line.trim_start_matches("pub ").split_once(": "))
        .map(|(field, _)| camel_case(field))
        .collect()
}

fn camel_case(field: &str) -> String {
    let mut words = field.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1);
        name.push_str(&first.to_uppercase());
        name.push_str(rest);
    }
    name
}

#[test]
fn the_stand_in_has_the_same_properties_of_the_same_types() {
    for set in &api().sets {
        let mut expected = set.properties.clone();
        let found = stand_in_properties(&constant_of(set));
        let mut found: Vec<_> = found.into_iter().map(|(_, property)| property).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{}", set.name);
    }
}

#[test]
fn the_stand_in_takes_the_properties_that_the_app_takes() {
    for set in &api().sets {
        let taken = stand_in_properties(&constant_of(set)).into_iter();
        let taken = taken.filter(|(set_by, _)| *set_by == SetBy::Client);
        let taken: Vec<_> = taken
            .filter_map(|(_, property)| Some(property.split_once(": ")?.0.to_owned()))
            .collect();
        assert_eq!(taken, set.posts, "{}", set.name);
    }
}

#[test]
fn the_client_reads_and_posts_only_what_the_api_has() {
    for set in &api().sets {
        for name in [&set.client, &set.posted].into_iter().flatten() {
            let fields = client_fields(name);
            assert!(!fields.is_empty(), "{name}");
            for field in fields {
                assert!(
                    set.typed().any(|(known, _)| known == field),
                    "{name} has {field}, {} has not",
                    set.name
                );
            }
        }
    }
}

#[test]
fn the_client_speaks_to_every_set_of_the_api() {
    for set in &api().sets {
        assert!(set.client.is_some(), "{}", set.name);
        assert_eq!(set.posted.is_some(), !set.posts.is_empty(), "{}", set.name);
    }
}

#[test]
fn a_capture_is_posted_and_checked_with_every_property_that_the_app_takes() {
    for set in api().sets {
        if set.posted.as_deref() == Some("CapturePost") {
            assert_eq!(client_fields("CapturePost"), set.posts, "{}", set.name);
        }
    }
}

#[test]
fn the_properties_of_a_line_are_those_that_the_client_sends() {
    let reader = read("bc-app/src/Capture/PUNLineReader.Codeunit.al");
    let known = reader.split("KnownPropertiesTok: Label '").nth(1).unwrap();
    let known: Vec<&str> = known.split('\'').next().unwrap().split(',').collect();
    let line = read("src/business_central/line.rs");
    let body = line.split("pub struct RequisitionLine {").nth(1).unwrap();
    let body = body.split("\n}").next().unwrap();
    let declared = body.lines().filter_map(|line| line.trim().split_once(": "));
    for field in declared.filter_map(|(declared, _)| declared.split(' ').next_back()) {
        assert!(known.contains(&camel_case(field).as_str()), "{field}");
    }
    let document = read("docs/business-central-api.md");
    assert!(
        known
            .iter()
            .all(|property| document.contains(&format!("`{property}`")))
    );
}

#[test]
fn the_route_is_the_one_that_the_client_calls() {
    let api = api();
    let route = format!("api/{}/{}/{}", api.publisher, api.group, api.version);
    assert!(read("src/business_central/address.rs").contains(&format!("\"{route}\"")));
}

#[test]
fn the_written_documents_are_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let project = Project::read(&root.join("bc-app")).unwrap();
    let advice = "run `cargo run -p al-check -- documents bc-app`";
    assert_eq!(
        read("docs/permissions.md"),
        permissions(&project),
        "{advice}"
    );
    assert_eq!(
        read("docs/data-flow.md"),
        data_flow(&project, &root).unwrap(),
        "{advice}"
    );
}
