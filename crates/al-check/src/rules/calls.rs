//! Calls that nobody behind a web service can answer, or that break the one transaction of a request.

use crate::finding::{Finding, Rule};
use crate::project::Project;
use crate::source::{children, of_kind};

/// In lower case, as AL does not tell case apart.
const FORBIDDEN: [(&str, &str); 7] = [
    ("commit", "a capture and its lines are one transaction"),
    ("confirm", "nobody can answer behind a web service"),
    ("strmenu", "nobody can answer behind a web service"),
    ("message", "nobody reads it behind a web service"),
    ("runmodal", "nobody can answer behind a web service"),
    (
        "getresponseordefault",
        "nobody can answer behind a web service",
    ),
    ("sleep", "the request would hold its locks"),
];

/// Applies the rule to the whole app: any code can come to run behind the API.
#[must_use]
pub fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &project.sources {
        for call in of_kind(source.root(), "call_expression") {
            let Some(called) = children(call).first().copied() else {
                continue;
            };
            let name = match called.kind() {
                "member_expression" => children(called).last().copied().unwrap_or(called),
                _ => called,
            };
            let name = source.name_of(name).to_lowercase();
            if let Some((_, reason)) = FORBIDDEN.iter().find(|(word, _)| *word == name) {
                let message = format!("{name} is not allowed: {reason}");
                findings.push(source.finding(call, Rule::Calls, message));
            }
        }
        for dialog in of_kind(source.root(), "variable_declaration") {
            if source.text_of(dialog).contains(": Dialog") {
                let message = "a Dialog is not allowed: nobody sees it behind a web service";
                findings.push(source.finding(dialog, Rule::Calls, message.to_owned()));
            }
        }
    }
    findings
}
