//! Every page, codeunit and table is covered by a permission set that a person can be given.

use std::collections::BTreeSet;

use crate::finding::{Finding, Rule};
use crate::project::Project;
use crate::source::{children, is_name, of_kind};

/// Applies the rule.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let granted = granted(project);
    let mut findings = Vec::new();
    for object in project.objects() {
        let needed: &[&str] = match object.kind {
            "table" => &["table", "tabledata"],
            "page" => &["page"],
            "codeunit" => &["codeunit"],
            _ => &[],
        };
        for kind in needed {
            if !granted.contains(&((*kind).to_owned(), object.name.clone())) {
                let message = format!("no permission set covers {kind} \"{}\"", object.name);
                findings.push(
                    object
                        .source
                        .finding(object.node, Rule::Permissions, message),
                );
            }
        }
    }
    findings
}

fn granted(project: &Project) -> BTreeSet<(String, String)> {
    let mut granted = BTreeSet::new();
    for object in project.objects() {
        if object.kind != "permissionset" {
            continue;
        }
        for permission in of_kind(object.node, "tabledata_permission") {
            let kind = object.source.text_of(permission);
            let kind = kind.split_whitespace().next().unwrap_or_default();
            let name = children(permission).into_iter().find(|part| is_name(*part));
            if let Some(name) = name {
                granted.insert((kind.to_owned(), object.source.name_of(name)));
            }
        }
    }
    granted
}
