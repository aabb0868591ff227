//! Table relations and lookups name tables and fields that exist.

use tree_sitter::Node;

use crate::finding::{Finding, Rule};
use crate::model::Object;
use crate::project::Project;
use crate::source::{children, descendants, is_name, of_kind};
use crate::types::Types;

/// Applies the rule.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let types = Types::of(project);
    let mut findings = Vec::new();
    for object in project.objects() {
        for node in descendants(object.node) {
            if matches!(node.kind(), "simple_table_relation" | "lookup_formula") {
                findings.extend(relation(&object, &types, node));
            }
        }
    }
    findings
}

fn relation(object: &Object<'_>, types: &Types, node: Node<'_>) -> Vec<Finding> {
    let source = object.source;
    let target = descendants(node)
        .into_iter()
        .find(|part| matches!(part.kind(), "qualified_name" | "calc_field_reference"));
    let names: Vec<Node<'_>> = target.map(children).unwrap_or_default();
    let Some((table_name, fields)) = names.split_first() else {
        return Vec::new();
    };
    let object_to = |node, message| source.finding(node, Rule::BaseApplication, message);
    let name = source.name_of(*table_name);
    let Some(table) = types.table(&name) else {
        return vec![object_to(
            node,
            format!("the table `{name}` is not in the facts"),
        )];
    };
    let conditions = of_kind(node, "where_clause").flat_map(|clause| {
        of_kind(clause, "where_condition")
            .filter_map(|condition| children(condition).first().copied())
            .collect::<Vec<_>>()
    });
    fields
        .iter()
        .copied()
        .chain(conditions)
        .filter(|field| is_name(*field))
        .filter(|field| {
            !table
                .fields
                .contains_key(&source.name_of(*field).to_lowercase())
        })
        .map(|field| {
            let field_name = source.name_of(field);
            object_to(
                field,
                format!("`{name}` has no field `{field_name}` in the facts"),
            )
        })
        .collect()
}
