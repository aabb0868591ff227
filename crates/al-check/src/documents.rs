//! The documents that are written from code and AL: who may do what, and what goes where.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::facts::ApiSet;
use crate::project::{Project, ReadError};
use crate::source::of_kind;

const HEAD: &str =
    "Written by `cargo run -p al-check -- documents bc-app` from the code; do not edit.\n";

/// `docs/permissions.md`: what the app's permission sets grant, and what its code adds for itself.
#[must_use]
pub fn permissions(project: &Project) -> String {
    let mut text = format!(
        "# Permissions in Business Central\n\n{HEAD}\n\
         `R` read, `I` insert, `M` modify, `D` delete, `X` execute. A small letter is an indirect right: it counts \
         only within code that names it too.\n"
    );
    for object in project.objects() {
        if object.kind != "permissionset" {
            continue;
        }
        let caption = object.property("Caption").unwrap_or_default();
        let _ = write!(text, "\n## {}\n\n{caption}.", object.name);
        if let Some(included) = object.property("IncludedPermissionSets") {
            let _ = write!(text, " Includes {included}.");
        }
        text.push_str("\n\n| object | right |\n|---|---|\n");
        for permission in of_kind(object.node, "tabledata_permission") {
            let written = object.source.text_of(permission);
            let (name, right) = written.split_once('=').unwrap_or((written, ""));
            let _ = writeln!(
                text,
                "| {} | {} |",
                name.trim(),
                right.trim().trim_end_matches([',', ';'])
            );
        }
    }
    text.push_str(
        "\n## What code reads and writes by its own right\n\n| object | rights |\n|---|---|\n",
    );
    for object in project.objects() {
        if object.kind == "permissionset" {
            continue;
        }
        let rights: Vec<_> = of_kind(object.node, "tabledata_permission")
            .map(|permission| {
                object
                    .source
                    .text_of(permission)
                    .trim_end_matches([',', ';'])
            })
            .collect();
        if !rights.is_empty() {
            let _ = writeln!(
                text,
                "| {} {} | {} |",
                object.kind,
                object.name,
                rights.join("<br>")
            );
        }
    }
    text
}

/// `docs/data-flow.md`: which request goes to which host, with which fields.
///
/// # Errors
/// [`ReadError`] where a source file of the extension cannot be read.
pub fn data_flow(project: &Project, root: &Path) -> Result<String, ReadError> {
    let read = |path: &str| {
        let path = root.join(path);
        fs::read_to_string(&path).map_err(|cause| ReadError::Io(path, cause))
    };
    let mut text = format!(
        "# What goes where\n\n{HEAD}\n\
         Hosts are those of a deployment (`deployments/`); here `cloud.json`. Nothing else is asked, and the page that \
         was read is sent nothing.\n\n## Business Central\n\n"
    );
    let deployment = read("deployments/cloud.json")?;
    let address = |name: &str| quoted_after(&deployment, &format!("\"{name}\": "));
    let api = &project.api;
    let _ = write!(
        text,
        "`{}/…/api/{}/{}/{}/companies(…)`, with the buyer's access token. In the address stand the company, and in a \
         `$filter` the vendor's number, the supplier's numbers, the shop's host, and what the buyer types to search a \
         vendor or an item.\n\n\
         | entity set | request | sent | received |\n|---|---|---|---|\n",
        address("base"),
        api.publisher,
        api.group,
        api.version
    );
    for set in &api.sets {
        let _ = writeln!(text, "{}", row(set));
    }
    let sent = fields_of(&read("src/business_central/line.rs")?, "RequisitionLine");
    let _ = write!(text, "\n`lines` holds, for each line: {}.\n", listed(&sent));
    let sent = fields_of(&read("src/credits.rs")?, "CaptureMetadata");
    let _ = write!(
        text,
        "\n## Credit service\n\nThe `credits` address of the deployment, none in `cloud.json`; with an access token of \
         its own. For a capture, named by its random id: {}. Nothing else has a field.\n",
        listed(&sent)
    );
    let _ = write!(
        text,
        "\n## Sign-in\n\n`{}` in a window of the browser, and `{}`. By RFC 6749 and 7636 `client_id`, `redirect_uri`, \
         `response_type`, `state`, `code_challenge`, then `code` with `code_verifier`, or `refresh_token`; and beside \
         them {}.\n",
        address("authorization_endpoint"),
        address("token_endpoint"),
        listed(&extras(&format!(
            "{}{}",
            read("src/oauth/code_flow.rs")?,
            read("src/oauth/grant.rs")?
        )))
    );
    Ok(text)
}

fn row(set: &ApiSet) -> String {
    let names: Vec<String> = set.typed().map(|(name, _)| name.to_owned()).collect();
    let request = match (set.posts.is_empty(), set.read_by_id) {
        (true, _) => "GET",
        (false, false) => "POST",
        (false, true) => "POST, GET",
    };
    let sent = match set.posts.as_slice() {
        [] => "–".to_owned(),
        posts => listed(posts),
    };
    format!(
        "| `{}` | {request} | {sent} | {} |",
        set.name,
        listed(&names)
    )
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The names of a struct's fields, as they stand in its source.
fn fields_of(source: &str, name: &str) -> Vec<String> {
    let head = format!("pub struct {name} {{");
    let body = source.split(&head).nth(1).unwrap_or_default();
    let body = body.split("\n}").next().unwrap_or_default();
    body.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with(['/', '#']))
        .filter_map(|line| line.split_once(": ")?.0.split(' ').next_back())
        .map(str::to_owned)
        .collect()
}

/// The parameters that are added to what the standard has.
fn extras(source: &str) -> Vec<String> {
    let added = source.split("add_extra_param(\"").skip(1);
    let mut names: Vec<String> = added
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

fn quoted_after(text: &str, before: &str) -> String {
    let rest = text.split(before).nth(1).unwrap_or_default();
    rest.split('"').nth(1).unwrap_or_default().to_owned()
}
