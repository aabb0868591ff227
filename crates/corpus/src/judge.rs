//! What was read against the truth, field by field.

use rust_decimal::Decimal;
use serde_json::Value;

/// How a page was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything that the truth asserts was read so, and the page proves it.
    Exact,
    /// What was read is right and proved, but a field that the page shows was not read.
    Incomplete,
    /// The reader says that it is not sure, or that it sees no cart.
    Refused,
    /// The reader says that the page proves the cart, and something in it is wrong: the worst there is.
    SilentlyWrong,
}

/// The judgement on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// How it was read.
    pub outcome: Outcome,
    /// Lines of the truth.
    pub lines: usize,
    /// Lines of which all that the truth asserts was read so, whatever the verdict.
    pub exact_lines: usize,
    /// What differs, and what the reader found, in words.
    pub notes: Vec<String>,
}

/// How a value differs from the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Difference {
    /// It was not read.
    Absent,
    /// It was read otherwise.
    Other,
}

/// Judges the report of a page, as `selectors extract` prints it.
#[must_use]
pub fn judge(truth: &Value, report: &Value) -> Judgement {
    let expected = array(truth, "lines");
    if expected.is_empty() {
        return judge_no_cart(report);
    }
    let mut differences = Vec::new();
    field("currency", truth, report, &mut differences);
    let read = array(report, "lines");
    if read.is_empty() {
        return nothing_read(expected.len(), report);
    }
    if read.len() != expected.len() {
        let words = format!("lines: {} expected, {} read", expected.len(), read.len());
        differences.push((Difference::Other, words));
    }
    let mut exact_lines = 0;
    for (place, line) in expected.iter().enumerate() {
        let found = read.get(place).unwrap_or(&Value::Null);
        let wrong = of_object(&format!("line {place}"), line, found);
        exact_lines += usize::from(wrong.is_empty());
        differences.extend(wrong);
    }
    let totals = (truth.get("totals"), report.get("totals"));
    if let (Some(expected), Some(found)) = totals {
        differences.extend(of_object("totals", expected, found));
    }
    let mut notes: Vec<String> = differences.iter().map(|(_, words)| words.clone()).collect();
    notes.extend(findings(report));
    Judgement {
        outcome: outcome(&differences, report),
        lines: expected.len(),
        exact_lines,
        notes,
    }
}

/// Judges a cart page of which no line was read: whatever else differs says nothing more.
fn nothing_read(lines: usize, report: &Value) -> Judgement {
    let words = format!("no line was read, verdict {}", verdict(report));
    Judgement {
        outcome: match verdict(report) {
            "reconciled" | "explained" => Outcome::SilentlyWrong,
            _ => Outcome::Refused,
        },
        lines,
        exact_lines: 0,
        notes: std::iter::once(words).chain(findings(report)).collect(),
    }
}

/// Judges a page that is no cart.
fn judge_no_cart(report: &Value) -> Judgement {
    let outcome = match verdict(report) {
        "not_a_cart" if array(report, "lines").is_empty() => Outcome::Exact,
        "reconciled" | "explained" => Outcome::SilentlyWrong,
        _ => Outcome::Refused,
    };
    let read = array(report, "lines").iter();
    let read = read.filter_map(|line| Some(format!("read: {}", line.get("description")?)));
    let notes = match outcome {
        Outcome::Exact => Vec::new(),
        _ => read.chain(findings(report)).collect(),
    };
    Judgement {
        outcome,
        lines: 0,
        exact_lines: 0,
        notes,
    }
}

fn outcome(differences: &[(Difference, String)], report: &Value) -> Outcome {
    let is_wrong = differences
        .iter()
        .any(|(kind, _)| *kind == Difference::Other);
    match verdict(report) {
        "reconciled" | "explained" if is_wrong => Outcome::SilentlyWrong,
        "reconciled" | "explained" if differences.is_empty() => Outcome::Exact,
        "reconciled" | "explained" => Outcome::Incomplete,
        _ => Outcome::Refused,
    }
}

fn verdict(report: &Value) -> &str {
    report
        .get("verdict")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn array<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    let items = value.get(key).and_then(Value::as_array);
    items.map_or(&[], Vec::as_slice)
}

fn findings(report: &Value) -> Vec<String> {
    let text = |finding: &Value, key| {
        let text = finding.get(key).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let words =
        |finding: &Value| format!("{}: {}", text(finding, "code"), text(finding, "message"));
    array(report, "findings").iter().map(words).collect()
}

/// The differences of an object whose keys the truth asserts.
fn of_object(place: &str, truth: &Value, read: &Value) -> Vec<(Difference, String)> {
    let mut found = Vec::new();
    let keys = truth.as_object().into_iter().flatten().map(|(key, _)| key);
    for key in keys.filter(|key| *key != "note") {
        field(key, truth, read, &mut found);
    }
    for (_, words) in &mut found {
        *words = format!("{place}: {words}");
    }
    found
}

/// Compares one key; a key that reports do not have at all is not compared.
fn field(key: &str, truth: &Value, read: &Value, found: &mut Vec<(Difference, String)>) {
    let Some(expected) = truth.get(key) else {
        return;
    };
    if read.is_object() && read.get(key).is_none() {
        return;
    }
    let value = read.get(key).unwrap_or(&Value::Null);
    if let Some(kind) = differs(key, expected, value) {
        found.push((kind, format!("{key}: {expected} expected, {value} read")));
    }
}

fn differs(key: &str, expected: &Value, read: &Value) -> Option<Difference> {
    let is_needed = matches!(key, "description" | "quantity");
    match (expected, read) {
        (Value::String(expected), Value::String(read)) => {
            let same = text_agrees(key, expected, read);
            (!same).then_some(Difference::Other)
        }
        (Value::Array(expected), Value::Array(read)) if key == "options" => {
            let is_absent = read.is_empty() && !expected.is_empty();
            let kind = if is_absent {
                Difference::Absent
            } else {
                Difference::Other
            };
            (!options_agree(expected, read)).then_some(kind)
        }
        (expected, read) if expected == read => None,
        (_, Value::Null) if is_needed => Some(Difference::Other),
        (_, Value::Null) => Some(Difference::Absent),
        _ => Some(Difference::Other),
    }
}

/// Amounts agree as numbers, texts letter by letter; a tax basis may be left open.
fn text_agrees(key: &str, expected: &str, read: &str) -> bool {
    if let Some(start) = expected.strip_prefix("starts with: ") {
        return read.starts_with(start);
    }
    if expected.ends_with("(see page)") || (key == "tax_basis" && read == "unknown") {
        return true;
    }
    let number = |text: &str| text.parse::<Decimal>().ok();
    let is_amount = AMOUNTS.contains(&key);
    match (is_amount, number(expected), number(read)) {
        (true, Some(expected), Some(read)) => expected == read,
        _ => expected == read,
    }
}

/// Keys whose values are decimals.
const AMOUNTS: [&str; 10] = [
    "discount",
    "fees",
    "grand_total",
    "line_total",
    "price_basis",
    "quantity",
    "shipping",
    "subtotal",
    "tax",
    "unit_price",
];

/// Options are read as printed, with the option's name before them or without.
fn options_agree(expected: &[Value], read: &[Value]) -> bool {
    let mut pairs = expected.iter().zip(read);
    let agree = |(expected, read): (&Value, &Value)| match (expected.as_str(), read.as_str()) {
        (Some(expected), Some(read)) => read.ends_with(expected),
        _ => false,
    };
    expected.len() == read.len() && pairs.all(agree)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(verdict: &str, quantity: &str, url: Option<&str>) -> Value {
        json!({
            "verdict": verdict, "currency": "EUR", "findings": [],
            "lines": [{ "description": "Screws", "quantity": quantity, "url": url, "unit_price": "12.5" }],
            "totals": { "subtotal": "25.00" },
        })
    }

    fn truth() -> Value {
        json!({
            "currency": "EUR",
            "lines": [{ "description": "Screws", "quantity": "2", "url": "/s", "unit_price": "12.50" }],
            "totals": { "subtotal": "25.00" },
        })
    }

    #[test]
    fn a_proved_cart_with_every_field_right_is_exact() {
        let judged = judge(&truth(), &read("reconciled", "2", Some("/s")));
        assert_eq!(judged.outcome, Outcome::Exact);
        assert_eq!((judged.lines, judged.exact_lines), (1, 1));
    }

    #[test]
    fn a_proved_cart_with_a_wrong_field_is_silently_wrong_and_an_unproved_one_refused() {
        let wrong = |verdict| judge(&truth(), &read(verdict, "3", Some("/s"))).outcome;
        assert_eq!(wrong("explained"), Outcome::SilentlyWrong);
        assert_eq!(wrong("unreconciled"), Outcome::Refused);
    }

    #[test]
    fn a_field_that_was_not_read_makes_a_cart_incomplete_and_no_more() {
        let judged = judge(&truth(), &read("reconciled", "2", None));
        assert_eq!(judged.outcome, Outcome::Incomplete);
        assert_eq!(judged.exact_lines, 0);
    }

    #[test]
    fn a_line_too_many_or_too_few_is_wrong() {
        let mut truth = truth();
        truth["lines"].as_array_mut().unwrap().pop();
        truth["lines"] = json!([{ "description": "Screws" }, { "description": "Nails" }]);
        let judged = judge(&truth, &read("reconciled", "2", None));
        assert_eq!(judged.outcome, Outcome::SilentlyWrong);
    }

    #[test]
    fn a_page_that_is_no_cart_must_give_none() {
        let truth = json!({ "lines": [] });
        let none = json!({ "verdict": "not_a_cart", "lines": [] });
        assert_eq!(judge(&truth, &none).outcome, Outcome::Exact);
        let cart = read("reconciled", "2", None);
        assert_eq!(judge(&truth, &cart).outcome, Outcome::SilentlyWrong);
    }
}
