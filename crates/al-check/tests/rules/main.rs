//! Every rule finds what it is for: the app is broken in one place, and exactly that is objected to.
#![allow(clippy::unwrap_used)]

mod base_application;

use std::path::Path;

use al_check::source::Source;
use al_check::{Project, Rule};

fn project() -> Project {
    Project::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bc-app")).unwrap()
}

/// What is objected to once `from` has become `to` in a file.
fn broken(path: &str, from: &str, to: &str) -> Vec<(Rule, String)> {
    let mut project = project();
    let source = project
        .sources
        .iter_mut()
        .find(|source| source.path.ends_with(path))
        .unwrap();
    assert!(source.text.contains(from), "{path} has no {from}");
    let text = source.text.replacen(from, to, 1);
    *source = Source::parse(&source.path.clone(), &text).unwrap();
    messages(&project)
}

fn messages(project: &Project) -> Vec<(Rule, String)> {
    let findings = project.findings().into_iter();
    findings
        .map(|finding| (finding.rule, finding.message))
        .collect()
}

#[track_caller]
fn assert_objected(findings: &[(Rule, String)], rule: Rule, words: &str) {
    let found = findings
        .iter()
        .any(|(found, message)| *found == rule && message.contains(words));
    assert!(found, "no {rule:?} with `{words}` in {findings:?}");
}

const WRITER: &str = "PUNRequisitionLineWriter.Codeunit.al";
const POST: &str = "PUNCapturePost.Codeunit.al";
const CAPTURES: &str = "PUNCapturesAPI.Page.al";
const CAPTURE: &str = "PUNCapture.Table.al";

#[test]
fn text_that_is_no_al_is_found_with_its_line() {
    for (from, to) in [
        ("begin", "begn"),
        ("FillNote(", "FillNote"),
        ("end;\n}", "end;\n"),
    ] {
        let findings = broken(WRITER, from, to);
        assert!(
            findings.iter().any(|(rule, _)| *rule == Rule::Syntax),
            "{from}: {findings:?}"
        );
    }
}

#[test]
fn an_id_is_taken_once_and_in_range() {
    let findings = broken(POST, "codeunit 50104", "codeunit 50100");
    assert_objected(&findings, Rule::Objects, "id 50100 is taken");
    let findings = broken(POST, "codeunit 50104", "codeunit 60104");
    assert_objected(&findings, Rule::Objects, "outside of idRanges");
}

#[test]
fn a_name_carries_the_affix_and_its_file_is_named_after_it() {
    let findings = broken(POST, "\"PUN Capture Post\"", "\"Capture Post\"");
    assert_objected(&findings, Rule::Objects, "does not begin with");
    assert_objected(&findings, Rule::Objects, "CapturePost.Codeunit.al");
    let findings = broken(
        "PUNBasic.PermissionSet.al",
        "\"PUN Basic\"",
        "\"PUN Basic For All Buyers\"",
    );
    assert_objected(&findings, Rule::Objects, "longer than 20");
}

#[test]
fn an_object_without_permission_is_found() {
    let set = "PUNBasic.PermissionSet.al";
    for (line, words) in [
        (
            "tabledata \"PUN Item Buffer\" = RIMD,",
            "covers tabledata \"PUN Item Buffer\"",
        ),
        (
            "page \"PUN Captures API\" = X,",
            "covers page \"PUN Captures API\"",
        ),
        (
            "codeunit \"PUN Capture Post\" = X,",
            "covers codeunit \"PUN Capture Post\"",
        ),
    ] {
        assert_objected(&broken(set, line, ""), Rule::Permissions, words);
    }
}

#[test]
fn a_page_keeps_the_contract() {
    let findings = broken(CAPTURES, "field(supplierHost;", "field(shopHost;");
    assert_objected(
        &findings,
        Rule::Contract,
        "`supplierHost: Text[253]` is missing",
    );
    assert_objected(
        &findings,
        Rule::Contract,
        "`shopHost: Text[253]` is not in api.toml",
    );
    let findings = broken(
        CAPTURE,
        "\"Supplier Host\"; Text[253]",
        "\"Supplier Host\"; Text[100]",
    );
    assert_objected(
        &findings,
        Rule::Contract,
        "`supplierHost: Text[253]` is missing",
    );
    let findings = broken(CAPTURES, "Editable = false;", "");
    assert_objected(&findings, Rule::Contract, "a POST may set");
    let findings = broken(CAPTURES, "APIVersion = 'v1.0'", "APIVersion = 'v2.0'");
    assert_objected(&findings, Rule::Contract, "APIVersion must be 'v1.0'");
    let findings = broken(
        CAPTURES,
        "EntitySetName = 'captures'",
        "EntitySetName = 'carts'",
    );
    assert_objected(&findings, Rule::Contract, "carts is not in api.toml");
    assert_objected(
        &findings,
        Rule::Contract,
        "no page has the entity set captures",
    );
}

#[test]
fn a_text_that_may_be_too_long_is_found() {
    let findings = broken(
        POST,
        "CopyStr(UserId(), 1, MaxStrLen(Capture.\"Requester ID\"))",
        "UserId()",
    );
    assert_objected(&findings, Rule::Lengths, "`UserId()` may have more than 50");
    let from = "CopyStr(UserId(), 1, MaxStrLen(Capture.\"Requester ID\"))";
    let to = "CopyStr(UserId(), 1, MaxStrLen(Capture.\"Supplier Host\"))";
    assert_objected(
        &broken(POST, from, to),
        Rule::Lengths,
        "may have more than 50",
    );
    let findings = broken(
        WRITER,
        "\"Description 2\" := CaptureLine.\"Description 2\"",
        "\"Description 2\" := CaptureLine.Description",
    );
    assert_objected(&findings, Rule::Lengths, "may have more than 50");
    let findings = broken(
        WRITER,
        "Validate(\"Currency Code\", CaptureLine.\"Currency Code\")",
        "Validate(\"Currency Code\", CaptureLine.\"No.\")",
    );
    assert_objected(&findings, Rule::Lengths, "may have more than 10");
    let finder = "PUNItemFinder.Codeunit.al";
    let findings = broken(
        finder,
        "ItemReference.\"Item No.\", MatchedBy, Temp",
        "ItemReference.\"Reference No.\", MatchedBy, Temp",
    );
    assert_objected(&findings, Rule::Lengths, "may have more than 20");
    let findings = broken(
        "PUNUpgradeTagDefinitions.Codeunit.al",
        "Code[250]",
        "Code[10]",
    );
    assert_objected(&findings, Rule::Lengths, "may have more than 10");
}

#[test]
fn what_no_web_service_can_answer_is_found() {
    for call in [
        "Commit();",
        "if Confirm('?') then;",
        "Page.RunModal(1);",
        "Message('!');",
        "if StrMenu('a,b') = 0 then;",
        "Sleep(1);",
    ] {
        let findings = broken(POST, "LineFeed[1] := 10;", call);
        assert!(
            findings.iter().any(|(rule, _)| *rule == Rule::Calls),
            "{call}: {findings:?}"
        );
    }
    let findings = broken(
        POST,
        "Telemetry: Codeunit \"PUN Telemetry\";",
        "Window: Dialog;",
    );
    assert_objected(&findings, Rule::Calls, "Dialog");
}

#[test]
fn what_the_analysers_ask_for_is_found() {
    let setup = "PUNSupplierSetup.Table.al";
    for (path, from, to, words) in [
        (
            CAPTURE,
            "DataClassification = CustomerContent;",
            "",
            "needs DataClassification",
        ),
        (
            setup,
            "ToolTip = 'Specifies the name of the vendor.';",
            "",
            "field `Vendor Name` needs ToolTip",
        ),
        (
            setup,
            "'Specifies the name of the vendor.'",
            "'The name of the vendor.'",
            "must begin with 'Specifies'",
        ),
        (
            setup,
            "Caption = 'Vendor Name';",
            "",
            "field `Vendor Name` needs Caption",
        ),
        (
            setup,
            ", Comment = '%1 = what the user entered'",
            "",
            "must explain %1",
        ),
        (
            setup,
            "NotAHostErr: Label",
            "NotAHost: Label",
            "label NotAHost must end",
        ),
        (POST, "Access = Internal;", "", "needs Access"),
        (CAPTURES, "DelayedInsert = true;", "", "needs DelayedInsert"),
        (
            "PUNCaptures.Page.al",
            "ApplicationArea = All;",
            "",
            "needs ApplicationArea",
        ),
        (
            "PUNCaptures.Page.al",
            "Image = Worksheet;",
            "",
            "an action needs Image",
        ),
        (
            POST,
            "namespace Punchout.Procurement;",
            "",
            "needs a namespace",
        ),
    ] {
        assert_objected(&broken(path, from, to), Rule::Properties, words);
    }
}

#[test]
fn a_text_that_is_new_changed_or_gone_is_found_in_every_language() {
    let findings = broken(CAPTURE, "Caption = 'Captured At'", "Caption = 'Read At'");
    let changed = findings
        .iter()
        .filter(|(_, message)| message.contains("has changed"))
        .count();
    assert_eq!(changed, 5, "{findings:?}");
    let findings = broken(
        CAPTURE,
        "Caption = 'Captured At';",
        "Caption = 'Captured At', Locked = true;",
    );
    assert_objected(&findings, Rule::Translations, "is not in the app any more");
    let findings = broken(
        CAPTURES,
        "Caption = 'id', Locked = true;",
        "Caption = 'id';",
    );
    assert_objected(&findings, Rule::Translations, "is missing: run");
}

#[test]
fn a_translation_that_is_missing_or_wrong_is_found() {
    for (target, words) in [
        ("", "is not translated"),
        ("Zeile: %2", "has other placeholders"),
        ("%1 groß %2", "writes ss"),
    ] {
        let mut project = project();
        let file = project
            .translations
            .iter_mut()
            .find(|file| file.language == "de-CH")
            .unwrap();
        let unit = file
            .units
            .iter_mut()
            .find(|unit| unit.source == "Line %1: %2")
            .unwrap();
        unit.target = target.to_owned();
        assert_objected(&messages(&project), Rule::Translations, words);
    }
    let mut project = project();
    project.translations.retain(|file| file.language != "it-IT");
    assert_objected(
        &messages(&project),
        Rule::Translations,
        "the file is missing",
    );
}
