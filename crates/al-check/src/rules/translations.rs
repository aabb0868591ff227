//! Every text that people see is in the generated file and translated into every language of the app.

use std::collections::BTreeSet;

use tree_sitter::Node;

use crate::finding::{Finding, Rule};
use crate::model::{Object, routine_of};
use crate::project::Project;
use crate::source::{ancestor, children, descendants, is_name, of_kind, unquoted};
use crate::xliff::{Translation, Unit, name_hash};

/// The language that the app is written in.
const ENGLISH: &str = "en-US";
/// Properties that hold texts.
const TEXT_PROPERTIES: [&str; 7] = [
    "AboutText",
    "AboutTitle",
    "Caption",
    "EntityCaption",
    "EntitySetCaption",
    "InstructionalText",
    "ToolTip",
];

/// Applies the rule.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let texts = texts(project);
    let mut findings = Vec::new();
    for locale in languages(project) {
        let path = file_name(&project.manifest.name, &locale);
        let object_to = |message: String| Finding {
            path: path.clone(),
            line: 1,
            rule: Rule::Translations,
            message,
        };
        match project
            .translations
            .iter()
            .find(|file| file.language == locale)
        {
            None => findings.push(object_to("the file is missing".to_owned())),
            Some(file) => findings.extend(compare(file, &texts).into_iter().map(object_to)),
        }
    }
    findings
}

/// English first, and the other languages of the app.
#[must_use]
pub fn languages(project: &Project) -> BTreeSet<String> {
    let mut languages: BTreeSet<String> =
        project.manifest.supported_locales.iter().cloned().collect();
    languages.insert(ENGLISH.to_owned());
    languages
}

/// Where the texts of a language are.
#[must_use]
pub fn file_name(app: &str, language: &str) -> String {
    match language {
        ENGLISH => format!("Translations/{app}.g.xlf"),
        language => format!("Translations/{app}.{language}.xlf"),
    }
}

fn compare(file: &Translation, texts: &[Unit]) -> Vec<String> {
    let mut problems = Vec::new();
    for text in texts {
        let Some(unit) = file.units.iter().find(|unit| unit.id == text.id) else {
            problems.push(format!("{} is missing: run `al-check texts`", text.place));
            continue;
        };
        if unit.source != text.source || unit.comment != text.comment {
            problems.push(format!("{} has changed: run `al-check texts`", text.place));
        }
        if file.language != ENGLISH {
            problems.extend(judge(file, unit));
        }
    }
    let known: BTreeSet<&str> = texts.iter().map(|text| text.id.as_str()).collect();
    let left = file
        .units
        .iter()
        .filter(|unit| !known.contains(unit.id.as_str()));
    problems.extend(left.map(|unit| format!("{} is not in the app any more", unit.place)));
    problems
}

fn judge(file: &Translation, unit: &Unit) -> Option<String> {
    if unit.target.trim().is_empty() {
        return Some(format!("{} is not translated", unit.place));
    }
    if placeholders(&unit.target) != placeholders(&unit.source) {
        return Some(format!(
            "{} has other placeholders than the English",
            unit.place
        ));
    }
    (file.language == "de-CH" && unit.target.contains('ß'))
        .then(|| format!("{}: Switzerland writes ss", unit.place))
}

fn placeholders(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split('%')
        .skip(1)
        .filter_map(|rest| rest.chars().next().filter(char::is_ascii_digit))
        .map(String::from)
        .collect();
    found.sort();
    found
}

/// The texts of the app that are not locked.
#[must_use]
pub fn texts(project: &Project) -> Vec<Unit> {
    let mut texts = Vec::new();
    for object in project.objects() {
        for node in descendants(object.node) {
            match node.kind() {
                "property" => texts.extend(property(&object, node)),
                "variable_declaration" => texts.extend(label(&object, node)),
                _ => {}
            }
        }
    }
    texts
}

fn property(object: &Object<'_>, node: Node<'_>) -> Option<Unit> {
    let name = object.source.text_of(*children(node).first()?);
    if !TEXT_PROPERTIES.contains(&name) {
        return None;
    }
    let mut path = vec![(object_word(object.kind), object.name.clone())];
    path.extend(owner(object, node));
    path.push(("Property", name.to_owned()));
    unit(object, node, &path)
}

fn label(object: &Object<'_>, node: Node<'_>) -> Option<Unit> {
    let is_label = children(node)
        .iter()
        .any(|part| object.source.text_of(*part) == "Label");
    let name = children(node).into_iter().find(|part| is_name(*part))?;
    let mut path = vec![(object_word(object.kind), object.name.clone())];
    if let Some(routine) = routine_of(node) {
        let routine_name = children(routine).into_iter().find(|part| is_name(*part))?;
        path.push(("Method", object.source.name_of(routine_name)));
    }
    path.push(("NamedType", object.source.name_of(name)));
    is_label.then(|| unit(object, node, &path)).flatten()
}

/// The field, control, action or value that a property belongs to.
fn owner(object: &Object<'_>, node: Node<'_>) -> Option<(&'static str, String)> {
    let kinds = [
        "action_declaration",
        "enum_value_declaration",
        "field_declaration",
        "group_section",
        "page_field",
        "part_section",
    ];
    let owner = ancestor(node, &kinds)?;
    let word = match owner.kind() {
        "action_declaration" => "Action",
        "enum_value_declaration" => "EnumValue",
        "field_declaration" => "Field",
        _ => "Control",
    };
    let name = children(owner).into_iter().find(|part| is_name(*part))?;
    Some((word, object.source.name_of(name)))
}

fn unit(object: &Object<'_>, node: Node<'_>, path: &[(&str, String)]) -> Option<Unit> {
    let written = object.source.text_of(node);
    if written.contains("Locked = true") {
        return None;
    }
    let literal = |node| of_kind(node, "string_literal").next();
    let source = unquoted(object.source.text_of(literal(node)?));
    let comment = descendants(node)
        .into_iter()
        .find(|part| object.source.text_of(*part).starts_with("Comment = "))
        .and_then(literal)
        .map(|literal| unquoted(object.source.text_of(literal)))
        .unwrap_or_default();
    let hashed: Vec<String> = path
        .iter()
        .map(|(word, name)| format!("{word} {}", name_hash(name)))
        .collect();
    let named: Vec<String> = path
        .iter()
        .map(|(word, name)| format!("{word} {name}"))
        .collect();
    Some(Unit {
        id: hashed.join(" - "),
        source,
        target: String::new(),
        comment,
        place: named.join(" - "),
    })
}

fn object_word(kind: &str) -> &'static str {
    match kind {
        "table" => "Table",
        "tableextension" => "TableExtension",
        "page" => "Page",
        "pageextension" => "PageExtension",
        "enum" => "Enum",
        "permissionset" => "PermissionSet",
        _ => "Codeunit",
    }
}
