//! What is wrong with a line, in the words of the answer.

use serde_json::{Value, json};

use crate::world::{World, account, capture, item, note, with};

async fn message_for(lines: Value) -> String {
    let world = World::start().await;
    let answer = world.post(&capture(1, &lines)).await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "Application_DialogException")
    );
    assert!(world.lines().await.is_empty());
    answer.message().to_owned()
}

async fn problem_of(line: Value) -> String {
    message_for(json!([line])).await
}

fn without(mut line: Value, name: &str) -> Value {
    line.as_object_mut().unwrap().remove(name);
    line
}

#[tokio::test]
async fn every_bad_line_is_named_and_every_problem_of_it() {
    let bad = with(with(item(), "quantity", "0"), "currencyCode", "QQQ");
    let message = message_for(json!([bad, item(), with(item(), "number", "9999")])).await;
    assert_eq!(
        message,
        "Line 1: Quantity must be greater than 0.\n\
         Line 1: The Currency 'QQQ' does not exist.\n\
         Line 3: The Item '9999' does not exist."
    );
}

#[tokio::test]
async fn an_unknown_vendor_is_refused_and_never_blanked() {
    let message = problem_of(with(item(), "vendorNumber", "V99999")).await;
    assert_eq!(message, "Line 1: The Vendor 'V99999' does not exist.");
}

#[tokio::test]
async fn a_vendor_blocked_for_all_is_refused() {
    let message = problem_of(with(item(), "vendorNumber", "V10080")).await;
    assert!(
        message.contains("Vendor V10080 is blocked with type All"),
        "{message}"
    );
}

#[tokio::test]
async fn a_vendor_blocked_for_payment_may_still_deliver() {
    let world = World::start().await;
    let line = with(item(), "vendorNumber", "V10070");
    assert_eq!(world.post(&capture(1, &json!([line]))).await.status, 201);
}

#[tokio::test]
async fn a_blocked_item_is_refused() {
    let message = problem_of(with(item(), "number", "1050")).await;
    assert!(
        message.contains("Blocked must be equal to 'No' in Item: No.=1050"),
        "{message}"
    );
}

#[tokio::test]
async fn an_account_needs_direct_posting() {
    let message = problem_of(with(account(), "number", "2000")).await;
    assert!(
        message.contains("Direct Posting must be equal to 'Yes'"),
        "{message}"
    );
}

#[tokio::test]
async fn a_blocked_account_is_refused() {
    let message = problem_of(with(account(), "number", "4400")).await;
    assert!(
        message.contains("Blocked must be equal to 'No' in G/L Account"),
        "{message}"
    );
}

#[tokio::test]
async fn a_currency_without_an_exchange_rate_on_the_day_is_refused() {
    for currency in ["DKK", "NOK"] {
        let message = problem_of(with(item(), "currencyCode", currency)).await;
        assert!(message.contains("no Currency Exchange Rate"), "{message}");
    }
}

#[tokio::test]
async fn an_ordered_line_must_say_its_currency() {
    let message = problem_of(without(item(), "currencyCode")).await;
    assert_eq!(message, "Line 1: Currency Code must have a value.");
}

#[tokio::test]
async fn quantities_have_at_most_five_decimals() {
    let message = problem_of(with(item(), "quantity", "1.000001")).await;
    assert_eq!(message, "Line 1: quantity has more than 5 decimals.");
}

#[tokio::test]
async fn a_quantity_finer_than_the_units_precision_is_refused_and_not_rounded() {
    let oil = |quantity: &str| {
        let line = with(with(item(), "number", "1040"), "unitOfMeasureCode", "L");
        with(line, "quantity", quantity)
    };
    let message = problem_of(oil("0.3")).await;
    assert!(
        message.contains("of lower precision than expected"),
        "{message}"
    );
    let world = World::start().await;
    assert_eq!(
        world.post(&capture(1, &json!([oil("0.75")]))).await.status,
        201
    );
}

#[tokio::test]
async fn a_unit_that_the_item_lacks_is_refused() {
    let message = problem_of(with(item(), "unitOfMeasureCode", "HOUR")).await;
    assert!(
        message.contains("Item No.='MISC-TEST', Code='HOUR'"),
        "{message}"
    );
    let message = problem_of(with(account(), "unitOfMeasureCode", "PARSEC")).await;
    assert_eq!(
        message,
        "Line 1: The Unit of Measure 'PARSEC' does not exist."
    );
}

#[tokio::test]
async fn what_is_mandatory_is_asked_for() {
    for (name, field) in [
        ("number", "No."),
        ("vendorNumber", "Vendor No."),
        ("quantity", "Quantity"),
        ("directUnitCost", "Direct Unit Cost"),
    ] {
        let message = problem_of(without(item(), name)).await;
        assert_eq!(message, format!("Line 1: {field} must have a value."));
    }
}

#[tokio::test]
async fn texts_in_lines_are_never_cut() {
    for (name, maximum) in [
        ("description", 100),
        ("description2", 50),
        ("vendorItemNumber", 50),
    ] {
        let message = problem_of(with(item(), name, &"ä".repeat(maximum + 1))).await;
        let expected = format!(
            "Line 1: {name} has {} characters, but at most {maximum} are possible.",
            maximum + 1
        );
        assert_eq!(message, expected);
    }
}

#[tokio::test]
async fn a_note_has_nothing_but_a_description() {
    let message = problem_of(with(
        with(note(), "quantity", "1"),
        "vendorNumber",
        "V10060",
    ))
    .await;
    assert_eq!(
        message,
        "Line 1: A note cannot have vendorNumber.\nLine 1: A note cannot have quantity."
    );
    let message = problem_of(with(note(), "description", " ")).await;
    assert_eq!(message, "Line 1: Description must have a value.");
}

#[tokio::test]
async fn malformed_lines_are_named() {
    for (line, expected) in [
        (json!("x"), "The line is not a JSON object."),
        (
            with(item(), "kind", "Asset"),
            "kind must be Item, G/L Account or Note.",
        ),
        (with(item(), "qty", "1"), "The property 'qty' is not known."),
        (
            with(item(), "quantity", "1,5"),
            "quantity is not a decimal number.",
        ),
        (
            with(item(), "directUnitCost", "1e3"),
            "directUnitCost is not a decimal number.",
        ),
        (
            with(item(), "dueDate", "2026-02-30"),
            "dueDate is not a date (YYYY-MM-DD).",
        ),
    ] {
        assert_eq!(problem_of(line).await, format!("Line 1: {expected}"));
    }
    let mut number = item();
    number["quantity"] = json!(2);
    assert_eq!(problem_of(number).await, "Line 1: quantity must be a text.");
}

#[tokio::test]
async fn a_capture_without_lines_is_refused() {
    let world = World::start().await;
    let answer = world.post(&capture(1, &json!([]))).await;
    assert_eq!(answer.code(), "Application_FieldValidationException");
}

#[tokio::test]
async fn lines_that_are_no_array_are_refused() {
    let world = World::start().await;
    let mut sent = capture(1, &json!({}));
    sent["lineCount"] = json!(1);
    let answer = world.post(&sent).await;
    assert_eq!(
        answer.message(),
        "The lines of the capture are not a JSON array."
    );
}
