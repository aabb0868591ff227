//! Data that are meant to do harm, or that machines have spoiled.

use serde_json::json;

use super::{assert_not_a_cart, lines, page, read_at};
use crate::codes;

fn shop(products: &str, total: &str) -> String {
    format!(
        r#"<script>var prestashop = {{"page":{{"page_name":"cart"}},"currency":{{"iso_code":"EUR"}},"cart":{{"products":{products},
        "totals":{{"total":{{"amount":{total}}}}}}}}};</script>"#
    )
}

fn product(fields: &str) -> String {
    format!(r#"{{"name":"Lamp",{fields}}}"#)
}

#[test]
fn what_binary_arithmetic_left_is_said_and_not_rounded() {
    let one = product(r#""quantity":2,"price_amount":12.899999,"total":"25.80""#);
    let report = read_at(
        "/cart",
        &page(&["25.80"], &shop(&format!("[{one}]"), "25.80")),
    );
    assert_eq!(lines(&report), ["2 × Lamp at - = 25.80"]);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"number_unreadable"), "{report:#}");
}

#[test]
fn numbers_that_no_cart_has_are_refused() {
    for number in [
        "1e400",
        "99999999999999999999999999999999999",
        "1E2",
        "-3",
        "\"2 or 3\"",
    ] {
        let one = product(&format!(r#""quantity":{number},"price_amount":1"#));
        let report = read_at("/cart", &page(&["1.00"], &shop(&format!("[{one}]"), "1")));
        assert_eq!(report["verdict"], "unreconciled", "{number}");
        assert!(lines(&report).is_empty(), "{number}");
    }
    let one = product(r#""quantity":1,"price_amount":9999999999999999"#);
    let report = read_at("/cart", &page(&["1.00"], &shop(&format!("[{one}]"), "1")));
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"limit_exceeded"), "{report:#}");
}

#[test]
fn more_lines_than_a_capture_holds_are_said() {
    let one = product(r#""quantity":1,"price_amount":1"#);
    let lines = |count: usize| {
        let many = vec![one.clone(); count].join(",");
        let total = count.to_string();
        read_at(
            "/cart",
            &page(&["1.00"], &shop(&format!("[{many}]"), &total)),
        )
    };
    let report = lines(20_000);
    assert_eq!(report["lines"].as_array().unwrap().len(), 2000);
    assert_eq!(report["verdict"], "unreconciled");
    assert!(codes(&report).contains(&"limit_exceeded"));
    // So many that the snapshot does not carry them.
    assert_not_a_cart(&lines(100_000));
}

#[test]
fn nesting_without_end_is_passed_over() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert_not_a_cart(&read_at("/cart", &page(&["1.00"], &shop(&deep, "1"))));
    let inside = "{\"cart\":".repeat(120) + "1" + &"}".repeat(120);
    let script =
        format!("<script>__INITIAL_STATE__ = {{\"quantity\":1,\"cart\":{inside}}}</script>");
    assert_not_a_cart(&read_at("/cart", &page(&["1.00"], &script)));
}

#[test]
fn of_two_properties_with_one_name_the_last_counts_as_in_the_browser() {
    let one =
        product(r#""quantity":1,"quantity":3,"price_amount":9,"price_amount":2,"total":"6.00""#);
    let report = read_at("/cart", &page(&["6.00"], &shop(&format!("[{one}]"), "6")));
    assert_eq!(lines(&report), ["3 × Lamp at 2.00 = 6.00"]);
    assert_eq!(report["verdict"], "reconciled", "{report:#}");
}

#[test]
fn text_that_turns_or_hides_what_is_seen_is_cleaned() {
    let item = json!({"item_name": "Pen\u{202e}gnp\u{200b}", "price": 1, "quantity": 1});
    let script = format!(
        r#"<script>gtag('event', 'view_cart', {{"currency":"EUR","value":1,"items":[{item}]}})</script>"#
    );
    assert_eq!(
        lines(&read_at("/cart", &page(&["1.00"], &script))),
        ["1 × Pengnp at 1.00 = -"]
    );
}

#[test]
fn a_script_is_no_address() {
    let one = product(r#""quantity":1,"price_amount":2,"url":"javascript:alert(1)""#);
    let report = read_at("/cart", &page(&["2.00"], &shop(&format!("[{one}]"), "2")));
    assert!(report["lines"][0]["url"].is_null());
}
