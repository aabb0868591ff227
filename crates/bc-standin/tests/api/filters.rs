use serde_json::json;

use crate::world::{World, capture, id, item};

#[tokio::test]
async fn catch_all_candidates_are_found_by_type() {
    let world = World::start().await;
    let answer = world.filter("items", "type eq 'Non-Inventory'").await;
    assert_eq!(answer.column("number"), ["MISC-TEST", "MISC-TOOLS"]);
}

#[tokio::test]
async fn a_blocked_item_is_listed_as_blocked() {
    let world = World::start().await;
    let answer = world.filter("items", "blocked eq true").await;
    assert_eq!(answer.column("number"), ["1050"]);
}

#[tokio::test]
async fn conditions_join_with_and_and_within_one_field_with_or() {
    let world = World::start().await;
    let filter = "(number eq 'V10000' or number eq 'V10080') and blocked eq 'All'";
    assert_eq!(
        world.filter("vendors", filter).await.column("number"),
        ["V10080"]
    );
}

#[tokio::test]
async fn or_across_fields_is_refused_in_the_words_of_the_documentation() {
    let world = World::start().await;
    let answer = world
        .filter("vendors", "number eq 'V10000' or blocked eq 'All'")
        .await;
    assert_eq!((answer.status, answer.code()), (400, "BadRequest"));
    assert_eq!(
        answer.message(),
        "The 'OR' operator is not supported on distinct fields."
    );
}

#[tokio::test]
async fn text_functions_find_parts() {
    let world = World::start().await;
    for (filter, expected) in [
        ("startswith(displayName,'Pac')", "V10050"),
        ("endswith(displayName, 'AB')", "V10040"),
        ("contains(displayName,'Lindenplatz')", "V10010"),
    ] {
        assert_eq!(
            world.filter("vendors", filter).await.column("number"),
            [expected]
        );
    }
}

#[tokio::test]
async fn a_doubled_quote_is_one_quote() {
    let world = World::start().await;
    let answer = world
        .filter("vendors", "displayName eq 'O''Hara & Sons Ltd'")
        .await;
    assert_eq!(answer.column("number"), ["V10020"]);
    let filter = "vendorNumber eq 'V10020' and supplierPartId eq 'OH''42'";
    assert_eq!(
        world
            .filter("itemMatches", filter)
            .await
            .column("itemNumber"),
        ["1040"]
    );
}

#[tokio::test]
async fn a_quote_that_is_not_doubled_cannot_change_the_filter() {
    let world = World::start().await;
    for filter in [
        "displayName eq 'O'Hara & Sons Ltd'",
        "number eq 'x' or number ne 'x' or 'a' eq 'a'",
        "number eq 'x'' or number ne ''",
        "number eq 'V10000'; DROP TABLE vendors",
    ] {
        let answer = world.filter("vendors", filter).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "BadRequest"),
            "{filter}"
        );
    }
    let quoted = "number eq 'x'' or number ne ''x'";
    assert_eq!(
        world.filter("vendors", quoted).await.column("number"),
        [""; 0]
    );
}

#[tokio::test]
async fn sql_in_a_literal_is_only_text() {
    let world = World::start().await;
    let filter = "vendorNumber eq 'V10060' and supplierPartId eq ''' OR 1=1 --'";
    assert_eq!(
        world
            .filter("itemMatches", filter)
            .await
            .column("itemNumber"),
        [""; 0]
    );
}

#[tokio::test]
async fn what_is_not_supported_is_refused() {
    let world = World::start().await;
    for filter in [
        "widget eq 'x'",
        "number eq 1",
        "blocked eq true",
        "indexof(number,'V') eq 0",
        "contains(tolower(number),'v')",
        "number in ('V10000','V10010')",
        "not (number eq 'V10000')",
        "number eq 'V10000' and",
        "",
    ] {
        let answer = world.filter("vendors", filter).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "BadRequest"),
            "{filter}"
        );
    }
    for option in [
        "$expand=x",
        "$orderby=number",
        "$top=-1",
        "$count=yes",
        "$select=widget",
    ] {
        let answer = world.get(&format!("vendors?{option}")).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "BadRequest"),
            "{option}"
        );
    }
}

#[tokio::test]
async fn parentheses_without_end_are_refused_and_harmless() {
    let world = World::start().await;
    let answer = world.filter("vendors", &"(".repeat(5_000)).await;
    assert_eq!((answer.status, answer.code()), (400, "BadRequest"));
}

#[tokio::test]
async fn a_code_ignores_case_and_a_text_does_not() {
    let world = World::start().await;
    assert_eq!(
        world
            .filter("vendors", "number eq 'v10000'")
            .await
            .column("number")
            .len(),
        1
    );
    let answer = world
        .filter("vendors", "displayName eq 'schraubenhof gmbh'")
        .await;
    assert_eq!(answer.column("number").len(), 0);
}

#[tokio::test]
async fn items_match_by_reference_vendor_number_gtin_and_manufacturer() {
    let world = World::start().await;
    for (vendor, part_id, item, matched_by) in [
        ("V10000", "DIN125-m8", "1010", "ItemReference"),
        ("V10010", "PAP-a4-80", "1020", "VendorItemNo"),
        ("V10010", "7610000001029", "1020", "GTIN"),
        ("V10030", "NYM-J-3X1.5", "1030", "ManufacturerPartNo"),
    ] {
        let filter = format!("vendorNumber eq '{vendor}' and supplierPartId eq '{part_id}'");
        let answer = world.filter("itemMatches", &filter).await;
        assert_eq!(answer.column("itemNumber"), [item], "{part_id}");
        assert_eq!(answer.column("matchedBy"), [matched_by], "{part_id}");
        assert_eq!(answer.column("supplierPartId"), [part_id]);
    }
}

#[tokio::test]
async fn several_part_numbers_are_matched_at_once() {
    let world = World::start().await;
    let filter = "vendorNumber eq 'V10060' and \
                  (supplierPartId eq 'TS-100' or supplierPartId eq 'TS-200')";
    let answer = world.filter("itemMatches", filter).await;
    assert_eq!(answer.column("supplierPartId"), ["TS-100", "TS-200"]);
}

#[tokio::test]
async fn a_blocked_item_matches_nothing() {
    let world = World::start().await;
    let filter = "vendorNumber eq 'V10000' and supplierPartId eq '7610000001050'";
    assert_eq!(
        world
            .filter("itemMatches", filter)
            .await
            .column("itemNumber"),
        [""; 0]
    );
}

#[tokio::test]
async fn matches_need_vendor_and_part_number() {
    let world = World::start().await;
    let answer = world.get("itemMatches").await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "Application_DialogException")
    );
}

#[tokio::test]
async fn captures_are_found_by_id_and_in_part() {
    let world = World::start().await;
    for number in [1, 2] {
        world.post(&capture(number, &json!([item()]))).await;
    }
    let answer = world.filter("captures", &format!("id eq {}", id(2))).await;
    assert_eq!(answer.column("id"), [id(2)]);
    let answer = world
        .filter("captures", "lineCount gt 0 and lineCount lt 2")
        .await;
    assert_eq!(answer.column("id"), [id(1), id(2)]);
}

#[tokio::test]
async fn tolower_within_contains_needs_version_2_1_of_the_schema() {
    let world = World::start().await;
    let filter = "contains(tolower(displayName),'hara') and contains(tolower(displayName),'ltd')";
    let refused = world.filter("vendors", filter).await;
    assert_eq!(refused.body["error"]["code"], "BadRequest");
    let encoded = filter.replace(' ', "%20");
    let query = format!("vendors?$filter={encoded}&$schemaversion=2.1&$top=25");
    assert_eq!(world.get(&query).await.column("number"), ["V10020"]);
}
