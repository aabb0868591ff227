//! What the analysers of the compiler ask for, as far as it can be told without them.

use tree_sitter::Node;

use crate::finding::{Finding, Rule};
use crate::model::{Object, property_of};
use crate::project::Project;
use crate::source::{children, descendants, is_name, of_kind, unquoted};

/// Applies the rule.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for object in project.objects() {
        findings.extend(required(&object).into_iter().map(|message| {
            object
                .source
                .finding(object.node, Rule::Properties, message)
        }));
        findings.extend(fields(&object));
        findings.extend(actions(&object));
        findings.extend(labels(&object));
    }
    findings
}

fn required(object: &Object<'_>) -> Vec<String> {
    let has_usage = object
        .property("UsageCategory")
        .is_some_and(|usage| usage != "None");
    let mut wanted: Vec<&str> = match object.kind {
        "table" => vec!["Caption", "DataClassification", "Extensible"],
        "page" => vec!["Caption", "PageType"],
        "enum" => vec!["Caption", "Extensible"],
        "codeunit" => vec!["Access"],
        "permissionset" => vec!["Caption", "Assignable"],
        _ => Vec::new(),
    };
    if object.is_api_page() {
        wanted.extend([
            "DelayedInsert",
            "Extensible",
            "ODataKeyFields",
            "EntityCaption",
            "EntitySetCaption",
        ]);
    }
    if has_usage {
        wanted.push("ApplicationArea");
    }
    let mut problems: Vec<String> = wanted
        .into_iter()
        .filter(|name| object.property(name).is_none())
        .map(|name| format!("`{}` needs {name}", object.name))
        .collect();
    if !object.source.text.contains("\nnamespace ") && !object.source.text.starts_with("namespace ")
    {
        problems.push("the file needs a namespace".to_owned());
    }
    problems
}

/// AA0218 to AA0225: captions and tooltips of fields that people see.
fn fields(object: &Object<'_>) -> Vec<Finding> {
    let is_temporary = object.property("TableType").as_deref() == Some("Temporary");
    let mut findings = Vec::new();
    for field in object.fields() {
        let Some(body) = body_of(field.node) else {
            continue;
        };
        let object_to = |message| object.source.finding(field.node, Rule::Properties, message);
        if property_of(object.source, body, "Caption").is_none() {
            findings.push(object_to(format!("field `{}` needs Caption", field.name)));
        }
        if is_temporary {
            continue;
        }
        match property_of(object.source, body, "ToolTip") {
            Some(tip) if tip.starts_with("Specifies ") && tip.ends_with('.') => {}
            Some(_) => findings.push(object_to(format!(
                "the ToolTip of `{}` must begin with 'Specifies' and end with a full stop",
                field.name
            ))),
            None => findings.push(object_to(format!("field `{}` needs ToolTip", field.name))),
        }
    }
    findings
}

fn actions(object: &Object<'_>) -> Vec<Finding> {
    descendants(object.node)
        .into_iter()
        .filter(|node| object.source.text_of(*node).starts_with("action("))
        .filter_map(|node| Some((node, body_of(node)?)))
        .flat_map(|(node, body)| {
            ["Caption", "ToolTip", "Image"]
                .into_iter()
                .filter(move |name| property_of(object.source, body, name).is_none())
                .map(move |name| {
                    object
                        .source
                        .finding(node, Rule::Properties, format!("an action needs {name}"))
                })
        })
        .collect()
}

/// AA0074: suffix of a label's name. AA0470: a comment where there are placeholders.
fn labels(object: &Object<'_>) -> Vec<Finding> {
    const SUFFIXES: [&str; 6] = ["Err", "Lbl", "Msg", "Qst", "Tok", "Txt"];
    let source = object.source;
    let mut findings = Vec::new();
    for declared in of_kind(object.node, "variable_declaration") {
        let written = source.text_of(declared);
        let Some(literal) = of_kind(declared, "string_literal").next() else {
            continue;
        };
        let name = children(declared).into_iter().find(|part| is_name(*part));
        let name = name.map(|part| source.name_of(part)).unwrap_or_default();
        let object_to = |message| source.finding(declared, Rule::Properties, message);
        if !SUFFIXES.iter().any(|suffix| name.ends_with(suffix)) {
            findings.push(object_to(format!(
                "label {name} must end with one of {SUFFIXES:?}"
            )));
        }
        let text = unquoted(source.text_of(literal));
        let unexplained = (1..=9)
            .map(|number| format!("%{number}"))
            .find(|mark| text.contains(mark.as_str()) && !written.contains(&format!("{mark} =")));
        if let Some(mark) = unexplained {
            findings.push(object_to(format!(
                "the Comment of {name} must explain {mark}"
            )));
        }
    }
    findings
}

fn body_of(node: Node<'_>) -> Option<Node<'_>> {
    children(node)
        .into_iter()
        .find(|part| part.kind().ends_with("_body"))
}
