//! Names of the base application.

use super::{WRITER, assert_objected, broken};
use al_check::Rule;

#[test]
fn a_field_that_the_base_application_lacks_is_found() {
    let findings = broken(
        WRITER,
        "RequisitionLine.\"Line Discount %\" :=",
        "RequisitionLine.\"Line Disc. %\" :=",
    );
    assert_objected(
        &findings,
        Rule::BaseApplication,
        "`Requisition Line` has no `Line Disc. %`",
    );
    let findings = broken(WRITER, "Validate(\"Order Date\"", "Validate(\"Ordered On\"");
    assert_objected(&findings, Rule::BaseApplication, "no field `Ordered On`");
    let findings = broken(
        WRITER,
        "SetLoadFields(\"Line No.\")",
        "SetLoadFields(\"Line Nr.\")",
    );
    assert_objected(&findings, Rule::BaseApplication, "no field `Line Nr.`");
}

#[test]
fn a_table_codeunit_or_method_that_the_facts_lack_is_found() {
    let findings = broken(
        WRITER,
        "Record \"Requisition Line\"",
        "Record \"Requisition Lines\"",
    );
    assert_objected(
        &findings,
        Rule::BaseApplication,
        "the table `Requisition Lines`",
    );
    let reader = "PUNCaptureReader.Codeunit.al";
    let findings = broken(
        reader,
        "Codeunit \"Approvals Mgmt.\"",
        "Codeunit \"Approvals Management\"",
    );
    assert_objected(
        &findings,
        Rule::BaseApplication,
        "the codeunit `Approvals Management`",
    );
    let findings = broken(reader, "HasOpenApprovalEntries", "HasOpenApproval");
    assert_objected(&findings, Rule::BaseApplication, "has no HasOpenApproval");
}

#[test]
fn a_relation_to_what_does_not_exist_is_found() {
    let setup = "PUNSupplierSetup.Table.al";
    for (from, to, words) in [
        (
            "TableRelation = Vendor;",
            "TableRelation = Supplier;",
            "the table `Supplier`",
        ),
        (
            "\"Direct Posting\" = const",
            "\"Directly Posted\" = const",
            "no field `Directly Posted`",
        ),
        (
            "lookup(Vendor.Name",
            "lookup(Vendor.Title",
            "no field `Title`",
        ),
    ] {
        assert_objected(&broken(setup, from, to), Rule::BaseApplication, words);
    }
}

#[test]
fn a_namespace_must_be_used() {
    let findings = broken(WRITER, "using Microsoft.Inventory.Requisition;\n", "");
    assert_objected(
        &findings,
        Rule::BaseApplication,
        "needs `using Microsoft.Inventory.Requisition;`",
    );
}

#[test]
fn a_value_that_an_enum_lacks_is_found() {
    let findings = broken(
        WRITER,
        "\"Replenishment System\"::Purchase",
        "\"Replenishment System\"::Buy",
    );
    assert_objected(&findings, Rule::BaseApplication, "has no value `Buy`");
    let findings = broken(
        "PUNItemFinder.Codeunit.al",
        "\"Item Reference Type\"::Vendor",
        "\"Item Reference Type\"::Supplier",
    );
    assert_objected(&findings, Rule::BaseApplication, "has no value `Supplier`");
}

#[test]
fn a_subscriber_names_a_known_event_and_its_parameters() {
    let path = "PUNOriginCarryOver.Codeunit.al";
    let findings = broken(
        path,
        "'OnAfterPurchOrderLineInsert'",
        "'OnAfterOrderLineInsert'",
    );
    assert_objected(
        &findings,
        Rule::BaseApplication,
        "no event OnAfterOrderLineInsert",
    );
    let findings = broken(path, "(var PurchaseLine: Record", "(var OrderLine: Record");
    assert_objected(
        &findings,
        Rule::BaseApplication,
        "no parameter {\"OrderLine\"}",
    );
}

#[test]
fn a_page_extension_is_placed_by_a_known_control() {
    let findings = broken(
        "PUNReqWorksheet.PageExt.al",
        "addafter(\"Vendor Item No.\")",
        "addafter(\"Vendor Item\")",
    );
    assert_objected(
        &findings,
        Rule::BaseApplication,
        "`Req. Worksheet` has no `Vendor Item`",
    );
}
