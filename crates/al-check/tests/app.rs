//! The app as it stands.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use al_check::model::objects;
use al_check::source::Source;
use al_check::{Project, syntax};

fn app() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bc-app")
}

#[test]
fn the_app_breaks_no_rule() {
    let findings = Project::read(&app()).unwrap().findings();
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn the_test_app_parses_and_has_ids_of_its_own() {
    let mut ids = Vec::new();
    for entry in fs::read_dir(app().join("test/src")).unwrap() {
        let path = entry.unwrap().path();
        let source = Source::parse("test", &fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(syntax::check(&source), [], "{}", path.display());
        ids.extend(objects(&source).into_iter().filter_map(|object| object.id));
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is taken twice");
    assert!(ids.iter().all(|id| (50150..=50169).contains(id)), "{ids:?}");
}

#[test]
fn every_fact_names_its_source() {
    let base = Project::read(&app()).unwrap().base;
    for object in base
        .tables
        .iter()
        .chain(&base.codeunits)
        .chain(&base.enums)
        .chain(&base.pages)
    {
        assert!(object.source.ends_with(".al"), "{}", object.name);
        assert!(object.namespace.contains('.'), "{}", object.name);
        assert!(object.id > 0, "{}", object.name);
    }
}
