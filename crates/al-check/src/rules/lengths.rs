//! A text is cut to its field's length before it is assigned: an overflow is an error at run time, in front of a buyer.

use tree_sitter::Node;

use crate::finding::{Finding, Rule};
use crate::model::{Object, Scope, routine_of, text_length};
use crate::project::Project;
use crate::source::{children, of_kind};
use crate::types::{Types, called};

/// Applies the rule to assignments, results, arguments, and the values of `Validate` and `SetRange`.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let types = Types::of(project);
    let mut findings = Vec::new();
    for object in project.objects() {
        for assignment in of_kind(object.node, "assignment_statement") {
            let parts = children(assignment);
            if let (Some(target), Some(value)) = (parts.first(), parts.last()) {
                let scope = object.scope(assignment);
                let written = types.type_of(object.source, &scope, *target);
                let site = Site::new(&object, &types, &scope);
                findings.extend(site.judge(written.as_deref(), *value));
            }
        }
        for result in of_kind(object.node, "exit_statement") {
            findings.extend(judge_result(&object, &types, result));
        }
        for call in of_kind(object.node, "call_expression") {
            findings.extend(judge_call(&object, &types, call));
        }
    }
    findings
}

struct Site<'a> {
    object: &'a Object<'a>,
    types: &'a Types,
    scope: &'a Scope,
}

impl<'a> Site<'a> {
    fn new(object: &'a Object<'a>, types: &'a Types, scope: &'a Scope) -> Self {
        Self {
            object,
            types,
            scope,
        }
    }

    /// Objects to a value that may be longer than the place it goes to.
    fn judge(&self, written: Option<&str>, value: Node<'_>) -> Option<Finding> {
        let room = text_length(written?)??;
        let source = self.object.source;
        let length = self.types.length_of(source, self.scope, value);
        if length.is_some_and(|length| length <= room) {
            return None;
        }
        let value_text = source.text_of(value);
        let message = format!(
            "`{value_text}` may have more than {room} characters: cut it with CopyStr and MaxStrLen"
        );
        Some(source.finding(value, Rule::Lengths, message))
    }
}

fn judge_result(object: &Object<'_>, types: &Types, result: Node<'_>) -> Option<Finding> {
    let value = children(result)
        .into_iter()
        .find(|part| part.kind() != "exit_keyword")?;
    let routine = routine_of(result)?;
    let head = object.source.text_of(routine).split(['\n', '\r']).next()?;
    let (_, after) = head.rsplit_once(')')?;
    let (_, written) = after.split_once(':')?;
    let scope = object.scope(result);
    Site::new(object, types, &scope).judge(Some(written.trim()), value)
}

fn judge_call(object: &Object<'_>, types: &Types, call: Node<'_>) -> Vec<Finding> {
    let Some((name, arguments)) = called(object.source, call) else {
        return Vec::new();
    };
    let scope = object.scope(call);
    let site = Site::new(object, types, &scope);
    if matches!(name.as_str(), "Validate" | "SetRange") {
        return site
            .judge(
                field_type(&site, call, &arguments).as_deref(),
                second(&arguments, call),
            )
            .into_iter()
            .collect();
    }
    let Some(procedure) = types.procedure(object.source, &scope, call) else {
        return Vec::new();
    };
    procedure
        .parameters
        .iter()
        .zip(arguments)
        .filter_map(|(written, value)| site.judge(Some(written), value))
        .collect()
}

fn second<'t>(arguments: &[Node<'t>], call: Node<'t>) -> Node<'t> {
    arguments.get(1).copied().unwrap_or(call)
}

/// The type of the field that `X.Validate("F", value)` names; `None` without a value.
fn field_type(site: &Site<'_>, call: Node<'_>, arguments: &[Node<'_>]) -> Option<String> {
    let [field, _] = arguments else {
        return None;
    };
    let record = *children(*children(call).first()?).first()?;
    let source = site.object.source;
    let written = site.types.type_of(source, site.scope, record)?;
    let table = site.types.table(&crate::model::record_table(&written)?)?;
    table
        .fields
        .get(&source.name_of(*field).to_lowercase())
        .cloned()
}
