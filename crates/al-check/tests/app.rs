//! The app as it stands.
#![allow(clippy::expect_used, clippy::unwrap_used)]

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
    assert!(count > 0, "no object was found");
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

// Each validation of the base application overwrites others: the order of the fields is what keeps the cart's price.
#[test]
fn a_requisition_line_is_filled_in_the_one_safe_order() {
    let path = app().join("src/Worksheet/PUNRequisitionLineWriter.Codeunit.al");
    let text = fs::read_to_string(path).unwrap();
    let body = text.split("local procedure FillOrder").nth(1).unwrap();
    let steps = [
        "Validate(Type,",
        "Validate(\"Order Date\"",
        "Validate(\"No.\"",
        "Validate(\"Replenishment System\"",
        "Validate(\"Vendor No.\"",
        "TestField(\"Vendor No.\", CaptureLine",
        "Validate(\"Unit of Measure Code\"",
        "Validate(Quantity",
        "Validate(\"Due Date\"",
        "Validate(\"Currency Code\"",
        "\"Line Discount %\" := 0",
        "\"Direct Unit Cost\" := CaptureLine.\"Direct Unit Cost\"",
        "FillTexts(",
        "\"Accept Action Message\" := true",
    ];
    let places: Vec<_> = steps
        .iter()
        .map(|step| body.find(step).expect(step))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let price = places.get(11).copied().unwrap();
    let after = body.get(price..body.find("end;\n\n").unwrap()).unwrap();
    assert!(
        !after.contains("Validate("),
        "a validation after the price computes it anew: {after}"
    );
}
