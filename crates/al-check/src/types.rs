//! Types of fields, variables and expressions.

use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::Node;

use crate::model::{Object, Scope, record_table, text_length};
use crate::project::Project;
use crate::source::{Source, children, is_name, of_kind, unquoted};

/// What is known of a table: its own fields, those of our extensions, and its procedures.
#[derive(Debug, Default)]
pub struct Table {
    /// Types by name in lower case.
    pub fields: BTreeMap<String, String>,
    /// Names in lower case.
    pub methods: BTreeSet<String>,
}

/// The types of a project.
#[derive(Debug, Default)]
pub struct Types {
    tables: BTreeMap<String, Table>,
    /// Our procedures, by object and name in lower case.
    procedures: BTreeMap<(String, String), Procedure>,
}

/// The signature of a procedure.
#[derive(Debug, Clone, Default)]
pub struct Procedure {
    /// Types of the parameters.
    pub parameters: Vec<String>,
    /// Type of the result.
    pub returns: Option<String>,
}

/// Fields that every table has.
const SYSTEM_FIELDS: [(&str, &str); 5] = [
    ("systemid", "Guid"),
    ("systemcreatedat", "DateTime"),
    ("systemcreatedby", "Guid"),
    ("systemmodifiedat", "DateTime"),
    ("systemmodifiedby", "Guid"),
];

impl Types {
    /// Collects the types of the base application and of the app.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        let mut types = Self::default();
        for base in &project.base.tables {
            let table = types.table_mut(&base.name);
            for field in &base.fields {
                let name = field.name.to_lowercase();
                table.fields.insert(name, field.field_type.clone());
            }
            table
                .methods
                .extend(base.methods.iter().map(|name| name.to_lowercase()));
        }
        for object in project.objects() {
            types.add(&object);
        }
        types
    }

    /// What is known of a table.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(&name.to_lowercase())
    }

    /// The signature of the procedure that a call names, where it is ours.
    #[must_use]
    pub fn procedure(&self, source: &Source, scope: &Scope, call: Node<'_>) -> Option<&Procedure> {
        let (name, _) = called(source, call)?;
        let function = *children(call).first()?;
        let owner = match function.kind() {
            "member_expression" => self.type_of(source, scope, *children(function).first()?)?,
            _ => scope.get("this")?.clone(),
        };
        let object = match owner.strip_prefix("Codeunit ") {
            Some(codeunit) => codeunit.trim_matches('"').to_owned(),
            None => record_table(&owner)?,
        };
        self.procedures
            .get(&(object.to_lowercase(), name.to_lowercase()))
    }

    /// The type of a name or of a field of a record.
    #[must_use]
    pub fn type_of(&self, source: &Source, scope: &Scope, node: Node<'_>) -> Option<String> {
        if is_name(node) {
            return scope.get(&source.name_of(node).to_lowercase()).cloned();
        }
        if node.kind() != "member_expression" {
            return None;
        }
        let parts = children(node);
        let (record, field) = (parts.first()?, parts.last()?);
        let table = record_table(&self.type_of(source, scope, *record)?)?;
        let fields = &self.table(&table)?.fields;
        fields.get(&source.name_of(*field).to_lowercase()).cloned()
    }

    /// The greatest length of a text expression; `None` where it has no limit or is not known.
    #[must_use]
    pub fn length_of(&self, source: &Source, scope: &Scope, node: Node<'_>) -> Option<usize> {
        match node.kind() {
            "string_literal" => Some(unquoted(source.text_of(node)).encode_utf16().count()),
            "parenthesized_expression" => self.length_of(source, scope, *children(node).first()?),
            "call_expression" => self.length_of_call(source, scope, node),
            _ => {
                let written = self.type_of(source, scope, node)?;
                match written.strip_prefix("Label ") {
                    Some(label) => label_length(label),
                    None => text_length(&written).flatten(),
                }
            }
        }
    }

    fn length_of_call(&self, source: &Source, scope: &Scope, call: Node<'_>) -> Option<usize> {
        let (name, arguments) = called(source, call)?;
        match (name.to_lowercase().as_str(), arguments.as_slice()) {
            ("copystr", [_, _, limit]) if limit.kind() == "integer" => {
                source.text_of(*limit).parse().ok()
            }
            ("copystr", [_, _, limit]) => self.maximum(source, scope, *limit),
            ("uppercase" | "lowercase", [text]) => self.length_of(source, scope, *text),
            ("delchr", [text, ..]) => self.length_of(source, scope, *text),
            _ => {
                let procedure = self.procedure(source, scope, call)?;
                text_length(procedure.returns.as_ref()?).flatten()
            }
        }
    }

    /// The value of `MaxStrLen(X)`.
    fn maximum(&self, source: &Source, scope: &Scope, node: Node<'_>) -> Option<usize> {
        let (name, arguments) = called(source, node)?;
        let measured = arguments
            .first()
            .filter(|_| name.eq_ignore_ascii_case("MaxStrLen"))?;
        text_length(&self.type_of(source, scope, *measured)?).flatten()
    }

    fn table_mut(&mut self, name: &str) -> &mut Table {
        let table = self.tables.entry(name.to_lowercase()).or_default();
        for (name, written) in SYSTEM_FIELDS {
            table.fields.insert(name.to_owned(), written.to_owned());
        }
        table
    }

    fn add(&mut self, object: &Object<'_>) {
        if let Some(name) = object.table().filter(|_| object.kind.starts_with("table")) {
            let table = self.table_mut(&name);
            for field in object.fields() {
                table
                    .fields
                    .insert(field.name.to_lowercase(), field.field_type);
            }
            for procedure in of_kind(object.node, "procedure") {
                if let Some(name) = children(procedure).into_iter().find(|part| is_name(*part)) {
                    table
                        .methods
                        .insert(object.source.name_of(name).to_lowercase());
                }
            }
        }
        for procedure in of_kind(object.node, "procedure") {
            if let Some((name, signature)) = signature(object.source, procedure) {
                let owner = object.table().filter(|_| object.kind.starts_with("table"));
                let owner = owner.unwrap_or_else(|| object.name.clone());
                self.procedures
                    .insert((owner.to_lowercase(), name), signature);
            }
        }
    }
}

/// Name and arguments of a call.
#[must_use]
pub fn called<'t>(source: &Source, call: Node<'t>) -> Option<(String, Vec<Node<'t>>)> {
    if call.kind() != "call_expression" {
        return None;
    }
    let parts = children(call);
    let function = *parts.first()?;
    let name = match function.kind() {
        "member_expression" => *children(function).last()?,
        _ => function,
    };
    let arguments = parts.iter().find(|part| part.kind() == "argument_list")?;
    Some((source.name_of(name), children(*arguments)))
}

fn signature(source: &Source, procedure: Node<'_>) -> Option<(String, Procedure)> {
    let parts = children(procedure);
    let name = parts.iter().find(|part| is_name(**part))?;
    let parameters = of_kind(procedure, "parameter")
        .filter_map(|parameter| {
            let (_, written) = source.text_of(parameter).split_once(':')?;
            Some(written.trim().to_owned())
        })
        .collect();
    let head = source.text_of(procedure).split(['\n', '\r']).next()?;
    let returns = head.rsplit_once(')').and_then(|(_, after)| {
        let (_, written) = after.split_once(':')?;
        Some(written.trim().trim_end_matches(';').to_owned())
    });
    let signature = Procedure {
        parameters,
        returns,
    };
    Some((source.name_of(*name).to_lowercase(), signature))
}

/// The length of a label's text; one with placeholders has no limit.
fn label_length(label: &str) -> Option<usize> {
    let end = label
        .replace("''", "\u{1}\u{1}")
        .get(1..)?
        .find('\'')?
        .checked_add(2)?;
    let text = unquoted(label.get(..end)?);
    (!text.contains('%')).then(|| text.encode_utf16().count())
}
