//! Object ids are unique and in range; names carry the affix; a file is named after its object.

use std::collections::BTreeMap;

use crate::finding::{Finding, Rule};
use crate::model::Object;
use crate::project::Project;

/// What every name begins with, so that two apps do not clash.
const AFFIX: &str = "PUN ";
/// The longest name that SQL Server's limits leave for an object.
const LONGEST_NAME: usize = 30;
/// The longest name of a permission set that can be assigned.
const LONGEST_ROLE: usize = 20;

/// Applies the rule.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let mut taken: BTreeMap<(String, u32), String> = BTreeMap::new();
    let mut findings = Vec::new();
    for object in project.objects() {
        let object_to = |message| object.source.finding(object.node, Rule::Objects, message);
        if let Some(id) = object.id {
            let ranges = &project.manifest.id_ranges;
            if !ranges
                .iter()
                .any(|range| (range.from..=range.to).contains(&id))
            {
                findings.push(object_to(format!(
                    "id {id} is outside of idRanges in app.json"
                )));
            }
            let key = (object.kind.to_owned(), id);
            if let Some(other) = taken.insert(key, object.name.clone()) {
                findings.push(object_to(format!("id {id} is taken by `{other}`")));
            }
        }
        findings.extend(naming(&object).into_iter().map(object_to));
    }
    findings
}

fn naming(object: &Object<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    let longest = match object.kind {
        "permissionset" => LONGEST_ROLE,
        _ => LONGEST_NAME,
    };
    if object.name.chars().count() > longest {
        problems.push(format!("`{}` is longer than {longest}", object.name));
    }
    if !object.name.starts_with(AFFIX) {
        problems.push(format!("`{}` does not begin with `{AFFIX}`", object.name));
    }
    let plain: String = object
        .name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let expected = format!("{plain}.{}.al", file_kind(object.kind));
    if !object.source.path.ends_with(&format!("/{expected}")) {
        problems.push(format!("the file must be named {expected}"));
    }
    problems
}

/// The middle of a file's name, as CodeCop's AA0215 has it.
fn file_kind(kind: &str) -> &str {
    match kind {
        "table" => "Table",
        "tableextension" => "TableExt",
        "page" => "Page",
        "pageextension" => "PageExt",
        "codeunit" => "Codeunit",
        "enum" => "Enum",
        "permissionset" => "PermissionSet",
        other => other,
    }
}
