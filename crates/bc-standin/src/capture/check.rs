//! The checks of one line against the company's records, in the words of the base application.
//!
//! AL's own field validation would let some of this pass in silence: a vendor that does not exist
//! is blanked where code, not a person, sets it. So everything is looked up here.

use rust_decimal::Decimal;
use time::Date;

use super::line::{LineKind, SentLine};
use crate::store::{GlAccount, Item, MasterData};

/// What of a line depends on the company's records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckedLine {
    /// The sent description, or that of the item or account.
    pub description: String,
    /// Blank for the local currency.
    pub currency_code: String,
    /// The sent unit, or the item's base unit.
    pub unit_of_measure_code: String,
}

/// Checks a line.
///
/// # Errors
/// Everything that is wrong with it, a sentence each.
pub fn check(
    line: &SentLine,
    books: &MasterData,
    order_date: Date,
) -> Result<CheckedLine, Vec<String>> {
    let mut problems = Vec::new();
    let checked = match line.kind {
        LineKind::Note => {
            check_note(line, &mut problems);
            CheckedLine {
                description: line.description.clone(),
                ..CheckedLine::default()
            }
        }
        LineKind::Item | LineKind::GlAccount => {
            let (name, unit) = check_target(line, books, &mut problems);
            check_vendor(line, books, &mut problems);
            check_amounts(line, &mut problems);
            CheckedLine {
                description: match line.description.trim() {
                    "" => name,
                    _ => line.description.clone(),
                },
                currency_code: check_currency(line, books, order_date, &mut problems),
                unit_of_measure_code: unit,
            }
        }
    };
    if problems.is_empty() {
        Ok(checked)
    } else {
        Err(problems)
    }
}

fn check_note(line: &SentLine, problems: &mut Vec<String>) {
    if line.description.trim().is_empty() {
        problems.push("Description must have a value.".to_owned());
    }
    let texts = [
        ("number", &line.number),
        ("vendorNumber", &line.vendor_number),
        ("vendorItemNumber", &line.vendor_item_number),
        ("currencyCode", &line.currency_code),
        ("unitOfMeasureCode", &line.unit_of_measure_code),
    ];
    let mut unwanted: Vec<&str> = texts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, _)| name)
        .collect();
    unwanted.extend(line.quantity.map(|_| "quantity"));
    unwanted.extend(line.direct_unit_cost.map(|_| "directUnitCost"));
    unwanted.extend(line.due_date.map(|_| "dueDate"));
    problems.extend(
        unwanted
            .into_iter()
            .map(|name| format!("A note cannot have {name}.")),
    );
}

/// Gives the name of the item or account, and the unit of measure of the line.
fn check_target(
    line: &SentLine,
    books: &MasterData,
    problems: &mut Vec<String>,
) -> (String, String) {
    if line.kind == LineKind::GlAccount {
        check_unit_exists(line, books, problems);
    }
    if line.number.is_empty() {
        problems.push("No. must have a value.".to_owned());
        return Default::default();
    }
    if line.kind == LineKind::Item {
        let Some(item) = books.items.get(&line.number) else {
            problems.push(format!("The Item '{}' does not exist.", line.number));
            return Default::default();
        };
        check_item(item, problems);
        let unit = check_item_unit(line, item, books, problems);
        (item.display_name.clone(), unit)
    } else {
        let Some(account) = books.gl_accounts.get(&line.number) else {
            problems.push(format!("The G/L Account '{}' does not exist.", line.number));
            return Default::default();
        };
        check_account(account, problems);
        (account.name.clone(), line.unit_of_measure_code.clone())
    }
}

fn check_item(item: &Item, problems: &mut Vec<String>) {
    let number = &item.number;
    for (is_blocked, field) in [
        (item.blocked, "Blocked"),
        (item.purchasing_blocked, "Purchasing Blocked"),
    ] {
        if is_blocked {
            problems.push(format!(
                "{field} must be equal to 'No' in Item: No.={number}. Current value is 'Yes'."
            ));
        }
    }
    if item.variant_mandatory {
        problems.push(format!(
            "The Item '{number}' can only be ordered with a variant, which a cart does not name. \
             Enter it in the worksheet by hand."
        ));
    }
}

fn check_item_unit(
    line: &SentLine,
    item: &Item,
    books: &MasterData,
    problems: &mut Vec<String>,
) -> String {
    let number = &item.number;
    if item.base_unit_of_measure_code.is_empty() {
        problems.push(format!("The Item '{number}' has no base unit of measure."));
        return String::new();
    }
    let unit = match line.unit_of_measure_code.as_str() {
        "" => item.base_unit_of_measure_code.clone(),
        sent => sent.to_owned(),
    };
    match books.item_units.get(&(number.clone(), unit.clone())) {
        Some(precision) => check_precision(line, (&unit, *precision), problems),
        None => problems.push(format!(
            "The Item Unit of Measure does not exist. Identification fields and values: \
             Item No.='{number}', Code='{unit}'."
        )),
    }
    unit
}

fn check_account(account: &GlAccount, problems: &mut Vec<String>) {
    let number = &account.number;
    if account.account_type != "Posting" {
        problems.push(format!(
            "The G/L Account '{number}' is not a posting account."
        ));
    }
    if account.blocked {
        problems.push(format!(
            "Blocked must be equal to 'No' in G/L Account: No.={number}. Current value is 'Yes'."
        ));
    }
    if !account.direct_posting {
        problems.push(format!(
            "Direct Posting must be equal to 'Yes' in G/L Account: No.={number}. Current value is 'No'."
        ));
    }
}

fn check_unit_exists(line: &SentLine, books: &MasterData, problems: &mut Vec<String>) {
    let code = &line.unit_of_measure_code;
    if !code.is_empty() && !books.units.contains(code) {
        problems.push(format!("The Unit of Measure '{code}' does not exist."));
    }
}

/// The base application refuses a finer quantity; it does not round it.
fn check_precision(
    line: &SentLine,
    (unit, precision): (&str, Decimal),
    problems: &mut Vec<String>,
) {
    let Some(quantity) = line.quantity else {
        return;
    };
    let remainder = quantity.checked_rem(precision);
    if remainder.is_some_and(|remainder| !remainder.is_zero()) {
        problems.push(format!(
            "The value {quantity} in field Quantity is of lower precision than expected: \
             the unit {unit} of the item {} is counted in steps of {precision}.",
            line.number
        ));
    }
}

fn check_vendor(line: &SentLine, books: &MasterData, problems: &mut Vec<String>) {
    if line.vendor_number.is_empty() {
        problems.push("Vendor No. must have a value.".to_owned());
        return;
    }
    let Some(vendor) = books.vendors.get(&line.vendor_number) else {
        let problem = format!("The Vendor '{}' does not exist.", line.vendor_number);
        problems.push(problem);
        return;
    };
    let cannot = format!(
        "You cannot create this type of document when Vendor {}",
        vendor.number
    );
    if vendor.blocked == "All" {
        problems.push(format!("{cannot} is blocked with type All."));
    }
    if vendor.privacy_blocked {
        problems.push(format!("{cannot} is blocked for privacy."));
    }
}

fn check_amounts(line: &SentLine, problems: &mut Vec<String>) {
    match line.quantity {
        None => problems.push("Quantity must have a value.".to_owned()),
        Some(quantity) if quantity <= Decimal::ZERO => {
            problems.push("Quantity must be greater than 0.".to_owned());
        }
        Some(_) => {}
    }
    if line.direct_unit_cost.is_none() {
        problems.push("Direct Unit Cost must have a value.".to_owned());
    }
}

fn check_currency(
    line: &SentLine,
    books: &MasterData,
    order_date: Date,
    problems: &mut Vec<String>,
) -> String {
    let code = line.currency_code.as_str();
    if code == books.local_currency_code {
        return String::new();
    }
    match books.currencies.get(code) {
        _ if code.is_empty() => problems.push("Currency Code must have a value.".to_owned()),
        None => problems.push(format!("The Currency '{code}' does not exist.")),
        Some(_) if !books.has_rate(code, &order_date.to_string()) => problems.push(format!(
            "There is no Currency Exchange Rate within the filter. Filters: Currency Code: {code}, \
             Starting Date: ..{order_date}"
        )),
        Some(_) => {}
    }
    code.to_owned()
}
