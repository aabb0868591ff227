//! Every name of Microsoft's applications is one that the facts list, and its namespace is used.

use std::collections::BTreeSet;

use tree_sitter::Node;

use crate::facts::BaseObject;
use crate::finding::{Finding, Rule};
use crate::model::{Object, record_table};
use crate::project::Project;
use crate::source::{Source, ancestor, children, descendants, is_name, of_kind, unquoted};
use crate::types::{Types, called};

/// Methods that every record has.
const RECORD_METHODS: &str = "calcfields copyfilter count delete deleteall fieldcaption fieldno filtergroup find \
    findfirst findlast findset get getfilter getview init insert isempty locktable modify next readisolation recordid \
    reset setfilter setloadfields setrange setrecfilter setview tablecaption testfield validate";
/// Methods whose first argument is a field of their record; of some, all arguments.
const FIELD_METHODS: [&str; 10] = [
    "validate",
    "setrange",
    "setfilter",
    "getfilter",
    "testfield",
    "fieldcaption",
    "fieldno",
    "calcfields",
    "setloadfields",
    "copyfilter",
];
const ALL_ARGUMENTS_ARE_FIELDS: [&str; 2] = ["calcfields", "setloadfields"];

/// Applies the rule.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let types = Types::of(project);
    let mut findings = Vec::new();
    let objects = project.objects();
    for object in &objects {
        let rule = Names {
            project,
            types: &types,
            objects: &objects,
            object,
        };
        findings.extend(rule.objects());
        findings.extend(rule.fields());
        findings.extend(rule.enum_values());
        findings.extend(rule.subscribers());
        findings.extend(rule.placements());
    }
    findings
}

struct Names<'a> {
    project: &'a Project,
    types: &'a Types,
    objects: &'a [Object<'a>],
    object: &'a Object<'a>,
}

impl Names<'_> {
    fn source(&self) -> &Source {
        self.object.source
    }

    fn object_to(&self, node: Node<'_>, message: String) -> Finding {
        self.source().finding(node, Rule::BaseApplication, message)
    }

    /// Objects that are named as types, targets, sources and in permissions.
    fn objects(&self) -> Vec<Finding> {
        let mut named: Vec<(Node<'_>, &str, String)> = descendants(self.object.node)
            .into_iter()
            .filter_map(|node| self.named_by(node).map(|(kind, name)| (node, kind, name)))
            .collect();
        if let Some(table) = self.object.table() {
            named.push((self.object.node, "table", table));
        }
        if let (Some(page), "pageextension") = (&self.object.extends, self.object.kind) {
            named.push((self.object.node, "page", page.clone()));
        }
        named
            .into_iter()
            .filter(|(_, _, name)| !name.is_empty())
            .filter_map(|(node, kind, name)| self.known(node, kind, &name))
            .collect()
    }

    /// The object that a node names, and its kind.
    fn named_by(&self, node: Node<'_>) -> Option<(&'static str, String)> {
        let source = self.source();
        let written = source.text_of(node);
        let kind = match node.kind() {
            "record_type" => "table",
            "object_reference_type" if written.starts_with("Codeunit") => "codeunit",
            "tabledata_permission" if written.starts_with("tabledata ") => "table",
            "database_reference" => referenced_kind(source, node),
            "type_specification" => {
                let name = written.strip_prefix("Enum ")?;
                return Some(("enum", name.trim_matches('"').to_owned()));
            }
            _ => return None,
        };
        let last = children(node).into_iter().rfind(|part| is_name(*part))?;
        Some((kind, source.name_of(last)))
    }

    fn known(&self, node: Node<'_>, kind: &str, name: &str) -> Option<Finding> {
        if self.is_ours(kind, name) {
            return None;
        }
        let Some(base) = self.base(kind, name) else {
            return Some(self.object_to(node, format!("the {kind} `{name}` is not in the facts")));
        };
        let used = of_kind(self.source().root(), "using_statement").any(|using| {
            let name = children(using).last().copied().unwrap_or(using);
            self.source().text_of(name) == base.namespace
        });
        (!used).then(|| {
            let message = format!("`{name}` needs `using {};`", base.namespace);
            self.object_to(node, message)
        })
    }

    fn is_ours(&self, kind: &str, name: &str) -> bool {
        self.objects
            .iter()
            .any(|object| object.kind == kind && object.name == name)
    }

    fn base(&self, kind: &str, name: &str) -> Option<&BaseObject> {
        let base = &self.project.base;
        let list = match kind {
            "table" => &base.tables,
            "codeunit" => &base.codeunits,
            "enum" => &base.enums,
            _ => &base.pages,
        };
        list.iter().find(|object| object.name == name)
    }

    /// Fields and methods of records, and methods of Microsoft's codeunits.
    fn fields(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for member in of_kind(self.object.node, "member_expression") {
            findings.extend(self.member(member));
        }
        for call in of_kind(self.object.node, "call_expression") {
            findings.extend(self.field_arguments(call));
        }
        findings
    }

    fn member(&self, member: Node<'_>) -> Option<Finding> {
        let parts = children(member);
        let (owner, name) = (*parts.first()?, self.source().name_of(*parts.last()?));
        let scope = self.object.scope(member);
        let written = self.types.type_of(self.source(), &scope, owner)?;
        let lower = name.to_lowercase();
        if let Some(codeunit) = written.strip_prefix("Codeunit ") {
            let base = self.base("codeunit", codeunit.trim_matches('"'))?;
            let known = base.methods.contains(&name);
            return (!known).then(|| {
                self.object_to(
                    member,
                    format!("`{}` has no {name} in the facts", base.name),
                )
            });
        }
        let table_name = record_table(&written)?;
        let table = self.types.table(&table_name)?;
        let known = table.fields.contains_key(&lower)
            || table.methods.contains(&lower)
            || RECORD_METHODS
                .split_whitespace()
                .any(|method| method == lower);
        (!known).then(|| {
            let message = format!("`{table_name}` has no `{name}` in the facts");
            self.object_to(member, message)
        })
    }

    fn field_arguments(&self, call: Node<'_>) -> Vec<Finding> {
        let source = self.source();
        let Some((method, arguments)) = called(source, call) else {
            return Vec::new();
        };
        let method = method.to_lowercase();
        let Some(table_name) = self
            .record_of(call)
            .filter(|_| FIELD_METHODS.contains(&method.as_str()))
        else {
            return Vec::new();
        };
        let Some(table) = self.types.table(&table_name) else {
            return Vec::new();
        };
        let count = match ALL_ARGUMENTS_ARE_FIELDS.contains(&method.as_str()) {
            true => arguments.len(),
            false => 1,
        };
        arguments
            .into_iter()
            .take(count)
            .filter(|argument| is_name(*argument))
            .filter(|argument| {
                !table
                    .fields
                    .contains_key(&source.name_of(*argument).to_lowercase())
            })
            .map(|argument| {
                let name = source.name_of(argument);
                self.object_to(
                    argument,
                    format!("`{table_name}` has no field `{name}` in the facts"),
                )
            })
            .collect()
    }

    fn record_of(&self, call: Node<'_>) -> Option<String> {
        let function = *children(call).first()?;
        let owner = *children(function).first()?;
        let scope = self.object.scope(call);
        record_table(&self.types.type_of(self.source(), &scope, owner)?)
    }

    fn enum_values(&self) -> Vec<Finding> {
        of_kind(self.object.node, "qualified_enum_value")
            .filter_map(|value| {
                let parts = children(value);
                let (owner, name) = (*parts.first()?, self.source().name_of(*parts.last()?));
                let scope = self.object.scope(value);
                let written = self.types.type_of(self.source(), &scope, owner);
                let enum_name = match &written {
                    Some(written) => written.strip_prefix("Enum ")?.trim_matches('"').to_owned(),
                    None if owner.kind() == "quoted_identifier" => self.source().name_of(owner),
                    None => return None,
                };
                if self.is_ours("enum", &enum_name) {
                    return None;
                }
                let known = self
                    .base("enum", &enum_name)
                    .is_some_and(|base| base.values.contains(&name));
                (!known).then(|| {
                    self.object_to(
                        value,
                        format!("`{enum_name}` has no value `{name}` in the facts"),
                    )
                })
            })
            .collect()
    }

    fn subscribers(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for attribute in of_kind(self.object.node, "attribute_item") {
            if !self
                .source()
                .text_of(attribute)
                .starts_with("[EventSubscriber")
            {
                continue;
            }
            findings.extend(self.subscriber(attribute));
        }
        findings
    }

    fn subscriber(&self, attribute: Node<'_>) -> Option<Finding> {
        let source = self.source();
        let publisher = of_kind(attribute, "database_reference").next()?;
        let publisher = source.name_of(*children(publisher).last()?);
        let event = of_kind(attribute, "string_literal").next()?;
        let event_name = unquoted(source.text_of(event));
        let base = self.base("codeunit", &publisher)?;
        let Some(known) = base.events.iter().find(|known| known.name == event_name) else {
            let message = format!("`{publisher}` has no event {event_name} in the facts");
            return Some(self.object_to(attribute, message));
        };
        let procedure = following_procedure(attribute)?;
        let unknown: BTreeSet<String> = of_kind(procedure, "parameter")
            .filter_map(|parameter| children(parameter).into_iter().find(|part| is_name(*part)))
            .map(|name| source.name_of(name))
            .filter(|name| !known.parameters.contains(name))
            .collect();
        (!unknown.is_empty()).then(|| {
            let message = format!("{event_name} has no parameter {unknown:?} in the facts");
            self.object_to(procedure, message)
        })
    }

    /// Controls and actions that those of a page extension are placed by.
    fn placements(&self) -> Vec<Finding> {
        let Some(page) = self
            .object
            .extends
            .as_ref()
            .filter(|_| self.object.kind == "pageextension")
        else {
            return Vec::new();
        };
        let controls = self
            .base("page", page)
            .map(|base| base.controls.clone())
            .unwrap_or_default();
        let source = self.source();
        descendants(self.object.node)
            .into_iter()
            .filter(|node| node.kind().ends_with("_modification"))
            .filter_map(|node| {
                let (_, rest) = source.text_of(node).split_once('(')?;
                let name = rest.split(')').next()?.trim_matches('"').to_owned();
                (!controls.contains(&name))
                    .then(|| self.object_to(node, format!("`{page}` has no `{name}` in the facts")))
            })
            .collect()
    }
}

fn referenced_kind(source: &Source, node: Node<'_>) -> &'static str {
    let word = source.text_of(node).split("::").next().unwrap_or_default();
    match word.to_lowercase().as_str() {
        "codeunit" => "codeunit",
        "page" => "page",
        "enum" => "enum",
        _ => "table",
    }
}

fn following_procedure(attribute: Node<'_>) -> Option<Node<'_>> {
    if let Some(inside) = ancestor(attribute, &["procedure"]) {
        return Some(inside);
    }
    let mut next = attribute.next_named_sibling();
    while let Some(node) = next {
        if node.kind() == "procedure" {
            return Some(node);
        }
        next = node.next_named_sibling();
    }
    None
}
