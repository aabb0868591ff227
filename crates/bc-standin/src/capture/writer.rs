//! The app's writer: the one safe order in which a requisition line's fields are filled.
//!
//! Every validation overwrites other fields, and computes the price anew up to the currency; so the order is that of
//! `PUNRequisitionLineWriter.Codeunit.al`, step by step.

use rust_decimal::Decimal;

use super::check::CheckedLine;
use super::line::{LineKind, SentLine};
use crate::requisition::{EnteredBy, Entry, Field};
use crate::store::{MasterData, RequisitionLine};

/// Fills a line that has its key.
///
/// # Errors
/// What a validation of the base application says.
pub fn fill(
    line: &mut RequisitionLine,
    (sent, checked): (&SentLine, &CheckedLine),
    (books, order_date): (&MasterData, &str),
) -> Result<(), String> {
    let kind = match sent.kind {
        LineKind::Item => "Item",
        LineKind::GlAccount => "G/L Account",
        LineKind::Note => {
            line.description.clone_from(&checked.description);
            line.description_2.clone_from(&sent.description2);
            line.order_date = order_date.to_owned();
            line.due_date = order_date.to_owned();
            return Ok(());
        }
    };
    let due_date = sent.due_date.map(|date| date.to_string());
    let steps = [
        (Field::Type, kind),
        (Field::OrderDate, order_date),
        (Field::No, &sent.number),
        (Field::VendorNo, &sent.vendor_number),
        (Field::UnitOfMeasureCode, &checked.unit_of_measure_code),
        (Field::Quantity, &exact(sent.quantity)),
        (Field::OrderDate, order_date),
        (Field::DueDate, due_date.as_deref().unwrap_or(order_date)),
        (Field::CurrencyCode, &checked.currency_code),
        // The price last: nothing computes it anew after this.
        (Field::DirectUnitCost, &exact(sent.direct_unit_cost)),
    ];
    let mut entry = Entry {
        line,
        books,
        by: EnteredBy::Code,
    };
    for (field, value) in steps {
        entry.validate(field, value)?;
    }
    line.vendor_item_no.clone_from(&sent.vendor_item_number);
    line.description.clone_from(&checked.description);
    line.description_2.clone_from(&sent.description2);
    "New".clone_into(&mut line.action_message);
    line.accept_action_message = true;
    Ok(())
}

fn exact(amount: Option<Decimal>) -> String {
    amount.unwrap_or_default().to_string()
}
