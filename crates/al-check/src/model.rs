//! Objects, fields and variables, as the rules need them.

use std::collections::BTreeMap;

use tree_sitter::Node;

use crate::source::{Source, ancestor, children, descendants, is_name, of_kind, unquoted};

/// An object of the app.
#[derive(Debug, Clone)]
pub struct Object<'t> {
    /// The file.
    pub source: &'t Source,
    /// Its node.
    pub node: Node<'t>,
    /// `table`, `pageextension` and so on.
    pub kind: &'t str,
    /// Object id; interfaces and the like have none.
    pub id: Option<u32>,
    /// Name without quotes.
    pub name: String,
    /// What an extension extends.
    pub extends: Option<String>,
    variables: Vec<Variable>,
}

/// A variable or parameter, with the routine that it is local to.
#[derive(Debug, Clone)]
struct Variable {
    routine: Option<usize>,
    name: String,
    written: String,
}

/// A field of a table.
#[derive(Debug, Clone)]
pub struct Field<'t> {
    /// Its node.
    pub node: Node<'t>,
    /// Field number.
    pub no: u32,
    /// Name without quotes.
    pub name: String,
    /// As AL writes it.
    pub field_type: String,
}

/// Types of variables by their names in lower case.
pub type Scope = BTreeMap<String, String>;

/// The objects of a file, those within `#if` included.
#[must_use]
pub fn objects(source: &Source) -> Vec<Object<'_>> {
    descendants(source.root())
        .into_iter()
        .filter(|node| is_top_level(*node))
        .filter_map(|node| {
            let parts = children(node);
            let names: Vec<Node<'_>> = parts.iter().copied().filter(|n| is_name(*n)).collect();
            let id = parts.iter().find(|n| n.kind() == "integer");
            Some(Object {
                source,
                node,
                kind: node.kind().strip_suffix("_declaration")?,
                id: id.and_then(|node| source.text_of(*node).parse().ok()),
                name: source.name_of(*names.first()?),
                extends: names.get(1).map(|node| source.name_of(*node)),
                variables: variables(source, node),
            })
        })
        .collect()
}

fn is_top_level(node: Node<'_>) -> bool {
    let within = node.parent().is_some_and(|parent| {
        parent.kind() == "source_file" || parent.kind().starts_with("preproc")
    });
    within && node.kind().ends_with("_declaration") && node.kind() != "namespace_declaration"
}

impl<'t> Object<'t> {
    /// A property of the object itself, as it is written.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<String> {
        let body = children(self.node)
            .into_iter()
            .find(|node| node.kind() == "declaration_body")?;
        property_of(self.source, body, name)
    }

    /// The fields of a table or table extension.
    #[must_use]
    pub fn fields(&self) -> Vec<Field<'t>> {
        let source = self.source;
        of_kind(self.node, "field_declaration")
            .filter_map(|node| {
                let parts = children(node);
                let no = parts.iter().find(|part| part.kind() == "integer")?;
                let name = parts.iter().find(|part| is_name(**part))?;
                let field_type = parts
                    .iter()
                    .find(|part| part.kind() == "type_specification")?;
                Some(Field {
                    node,
                    no: source.text_of(*no).parse().ok()?,
                    name: source.name_of(*name),
                    field_type: source.text_of(*field_type).to_owned(),
                })
            })
            .collect()
    }

    /// Whether this is a page of the API.
    #[must_use]
    pub fn is_api_page(&self) -> bool {
        self.kind == "page" && self.property("PageType").as_deref() == Some("API")
    }

    /// The table that `Rec` is a record of.
    #[must_use]
    pub fn table(&self) -> Option<String> {
        match self.kind {
            "table" => Some(self.name.clone()),
            "tableextension" => self.extends.clone(),
            _ => self.property("SourceTable"),
        }
    }

    /// Variables and parameters that are visible at a node.
    #[must_use]
    pub fn scope(&self, node: Node<'_>) -> Scope {
        let mut scope = Scope::new();
        scope.insert("this".to_owned(), format!("Codeunit \"{}\"", self.name));
        if let Some(table) = self.table() {
            scope.insert("rec".to_owned(), format!("Record \"{table}\""));
            scope.insert("xrec".to_owned(), format!("Record \"{table}\""));
        }
        let routine = routine_of(node);
        let routine_id = routine.map(|node| node.id());
        for variable in &self.variables {
            if variable.routine.is_none() || variable.routine == routine_id {
                scope.insert(variable.name.clone(), variable.written.clone());
            }
        }
        if let Some((name, written)) = routine.and_then(|node| named_return(self.source, node)) {
            scope.insert(name, written);
        }
        scope
    }
}

/// A property of a body, as it is written: a string without its quotes, a name without its own.
#[must_use]
pub fn property_of(source: &Source, body: Node<'_>, name: &str) -> Option<String> {
    let property = children(body).into_iter().find(|node| {
        node.kind() == "property"
            && children(*node)
                .first()
                .is_some_and(|first| source.text_of(*first) == name)
    })?;
    let (_, value) = source.text_of(property).split_once('=')?;
    let value = value.trim().trim_end_matches(';').trim();
    Some(if value.starts_with('\'') {
        let literal = of_kind(property, "string_literal").next()?;
        unquoted(source.text_of(literal))
    } else {
        value.trim_matches('"').to_owned()
    })
}

/// The procedure or trigger that a node is in.
#[must_use]
pub fn routine_of(node: Node<'_>) -> Option<Node<'_>> {
    ancestor(
        node,
        &[
            "procedure",
            "trigger_declaration",
            "named_trigger",
            "trigger",
        ],
    )
}

/// Global ones first, so that a local one hides them.
fn variables(source: &Source, object: Node<'_>) -> Vec<Variable> {
    let mut found: Vec<Variable> = descendants(object)
        .into_iter()
        .filter(|node| matches!(node.kind(), "variable_declaration" | "parameter"))
        .flat_map(|declared| declare(source, declared))
        .collect();
    found.sort_by_key(|variable| variable.routine.is_some());
    found
}

fn declare(source: &Source, declared: Node<'_>) -> Vec<Variable> {
    let Some((_, after)) = source.text_of(declared).split_once(':') else {
        return Vec::new();
    };
    let routine = routine_of(declared).map(|node| node.id());
    children(declared)
        .into_iter()
        .filter(|part| is_name(*part))
        .map(|name| Variable {
            routine,
            name: source.name_of(name).to_lowercase(),
            written: after.trim().trim_end_matches(';').to_owned(),
        })
        .collect()
}

/// `procedure F() Result: Text` declares `Result`.
fn named_return(source: &Source, routine: Node<'_>) -> Option<(String, String)> {
    let head = source.text_of(routine);
    let head = head.split(['\n', '\r']).next()?;
    let (name, written) = head.rsplit_once(") ")?.1.split_once(": ")?;
    Some((
        name.to_lowercase(),
        written.trim_end_matches(';').to_owned(),
    ))
}

/// The table of a `Record "X" temporary`.
#[must_use]
pub fn record_table(written: &str) -> Option<String> {
    let rest = written.strip_prefix("Record ")?;
    let rest = rest.strip_suffix(" temporary").unwrap_or(rest);
    Some(rest.trim_matches('"').to_owned())
}

/// The length of `Text[n]` and `Code[n]`; `None` in the option for text without a limit.
#[must_use]
pub fn text_length(written: &str) -> Option<Option<usize>> {
    let written = written.trim();
    if written == "Text" {
        return Some(None);
    }
    let inner = written
        .strip_prefix("Text[")
        .or_else(|| written.strip_prefix("Code["))?;
    Some(inner.strip_suffix(']')?.parse().ok())
}
