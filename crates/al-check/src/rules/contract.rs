//! The API pages are those of `facts/api.toml`, property by property.

use tree_sitter::Node;

use crate::facts::ApiSet;
use crate::finding::{Finding, Rule};
use crate::model::Object;
use crate::project::Project;
use crate::source::{children, is_name, of_kind};
use crate::types::Types;

/// Applies the rule.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let types = Types::of(project);
    let objects = project.objects();
    let pages: Vec<_> = objects
        .iter()
        .filter(|object| object.is_api_page())
        .collect();
    let mut findings = Vec::new();
    for page in &pages {
        let set = page.property("EntitySetName").unwrap_or_default();
        match project.api.sets.iter().find(|known| known.name == set) {
            Some(known) => findings.extend(
                Page {
                    page,
                    types: &types,
                }
                .check(project, known),
            ),
            None => findings.push(object_to(
                page,
                page.node,
                format!("{set} is not in api.toml"),
            )),
        }
    }
    for set in &project.api.sets {
        let found =
            |page: &&&Object<'_>| page.property("EntitySetName").as_ref() == Some(&set.name);
        if !pages.iter().any(|page| found(&page)) {
            findings.push(Finding {
                path: "facts/api.toml".to_owned(),
                line: 1,
                rule: Rule::Contract,
                message: format!("no page has the entity set {}", set.name),
            });
        }
    }
    findings
}

fn object_to(page: &Object<'_>, node: Node<'_>, message: String) -> Finding {
    page.source.finding(node, Rule::Contract, message)
}

struct Page<'a> {
    page: &'a Object<'a>,
    types: &'a Types,
}

impl Page<'_> {
    fn check(&self, project: &Project, set: &ApiSet) -> Vec<Finding> {
        let page = self.page;
        let api = &project.api;
        let mut findings = Vec::new();
        for (name, expected) in [
            ("APIPublisher", &api.publisher),
            ("APIGroup", &api.group),
            ("APIVersion", &api.version),
            ("EntityName", &set.entity),
        ] {
            if page.property(name).as_ref() != Some(expected) {
                findings.push(object_to(
                    page,
                    page.node,
                    format!("{name} must be '{expected}'"),
                ));
            }
        }
        let expected: Vec<String> = set
            .typed()
            .map(|(name, written)| format!("{name}: {written}"))
            .collect();
        let found: Vec<String> = self.properties(set).collect();
        for missing in expected.iter().filter(|one| !found.contains(one)) {
            findings.push(object_to(
                page,
                page.node,
                format!("`{missing}` is missing"),
            ));
        }
        for surplus in found.iter().filter(|one| !expected.contains(one)) {
            findings.push(object_to(
                page,
                page.node,
                format!("`{surplus}` is not in api.toml"),
            ));
        }
        findings.extend(self.posted(set));
        findings
    }

    /// Every property that is not in `posts` is read-only, or the page takes no insert at all.
    fn posted(&self, set: &ApiSet) -> Option<Finding> {
        let page = self.page;
        let found = if page.property("InsertAllowed").as_deref() == Some("false") {
            Vec::new()
        } else {
            let fields = of_kind(page.node, "page_field");
            let editable =
                fields.filter(|field| !page.source.text_of(*field).contains("Editable = false"));
            editable.filter_map(|field| self.name(field)).collect()
        };
        (found != set.posts).then(|| {
            let message = format!(
                "a POST may set {found:?}, but api.toml says {:?}",
                set.posts
            );
            object_to(page, page.node, message)
        })
    }

    fn name(&self, field: Node<'_>) -> Option<String> {
        let name = children(field).into_iter().find(|part| is_name(*part))?;
        Some(self.page.source.name_of(name))
    }

    fn properties<'a>(&'a self, set: &'a ApiSet) -> impl Iterator<Item = String> + 'a {
        let source = self.page.source;
        of_kind(self.page.node, "page_field").filter_map(move |field| {
            let parts = children(field);
            let mut parts = parts
                .into_iter()
                .filter(|part| part.kind() != "field_keyword");
            let name = parts.next().filter(|part| is_name(*part))?;
            let name = source.name_of(name);
            let scope = self.page.scope(field);
            let written = self.types.type_of(source, &scope, parts.next()?)?;
            let expected = set.typed().find(|(known, _)| *known == name);
            Some(match expected {
                // An enum travels as the name of its value.
                Some((_, text)) if written.starts_with("Enum ") && text.starts_with("Text[") => {
                    format!("{name}: {text}")
                }
                _ => format!("{name}: {written}"),
            })
        })
    }
}
