//! Carry Out Action Message: from accepted requisition lines to purchase orders. Pure.
//!
//! Source: codeunit 333 (`ReqWkshMakeOrder.Codeunit.al`) of microsoft/BCApps, in the mode that stops at the first
//! error. Dimensions, order addresses and purchasing codes are not here, nor the renaming of a batch afterwards.

use std::collections::BTreeMap;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::odata::ODataError;
use crate::store::{MasterData, RequisitionLine};

/// What an order is split by: vendor, currency and location.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderHead {
    /// Buy-from Vendor No.
    pub vendor_no: String,
    /// Blank for the local currency.
    pub currency_code: String,
    /// Location Code.
    pub location_code: String,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The requisition line that it is made of.
    pub source: RequisitionLine,
    /// In the order's currency; contains VAT where the vendor's prices do.
    pub direct_unit_cost: Decimal,
    /// Quantity × cost, rounded as the currency is.
    pub line_amount: Decimal,
}

/// An order that has no number yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedOrder {
    /// What its lines share.
    pub head: OrderHead,
    /// Whether its prices contain VAT.
    pub prices_including_vat: bool,
    /// In the order of the worksheet.
    pub lines: Vec<OrderLine>,
}

/// What carrying out comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The orders.
    pub orders: Vec<PlannedOrder>,
    /// Line Nos. that leave the worksheet.
    pub deleted: Vec<i64>,
}

/// Carries out the lines of one worksheet.
///
/// All accepted lines are checked before the first order is made. A text line without number is made into nothing, and
/// vanishes with the others once there is an order.
///
/// # Errors
/// The first line that the base application refuses; nothing is made then.
pub fn carry_out(lines: &[RequisitionLine], books: &MasterData) -> Result<Plan, ODataError> {
    let accepted: Vec<&RequisitionLine> = lines
        .iter()
        .filter(|line| line.accept_action_message)
        .collect();
    for line in &accepted {
        check(line, books)?;
    }
    let mut orders: BTreeMap<OrderHead, Vec<OrderLine>> = BTreeMap::new();
    for line in accepted.iter().filter(|line| !line.no.is_empty()) {
        let made = order_line(line, books)?;
        orders.entry(head(line)).or_default().push(made);
    }
    if orders.is_empty() {
        return Ok(Plan::default());
    }
    Ok(Plan {
        deleted: accepted.iter().map(|line| line.line_no).collect(),
        orders: orders
            .into_iter()
            .map(|(head, lines)| PlannedOrder {
                prices_including_vat: books
                    .vendors
                    .get(&head.vendor_no)
                    .is_some_and(|vendor| vendor.prices_including_vat),
                head,
                lines,
            })
            .collect(),
    })
}

fn head(line: &RequisitionLine) -> OrderHead {
    OrderHead {
        vendor_no: line.vendor_no.clone(),
        currency_code: line.currency_code.clone(),
        location_code: line.location_code.clone(),
    }
}

/// CheckRequisitionLine, and what the insertion of a purchase line would stop at.
fn check(line: &RequisitionLine, books: &MasterData) -> Result<(), ODataError> {
    let has_quantity = !decimal(&line.quantity)?.is_zero();
    if line.no.is_empty() && line.vendor_no.is_empty() && !has_quantity {
        return Ok(());
    }
    for (field, is_blank) in [
        ("No.", line.no.is_empty()),
        ("Quantity", !has_quantity),
        ("Vendor No.", line.vendor_no.is_empty()),
    ] {
        if is_blank {
            let key = key_of(line);
            return Err(ODataError::field_must_have_a_value(
                field,
                "Requisition Line",
                &key,
            ));
        }
    }
    if let Some(vendor) = books.vendors.get(&line.vendor_no)
        && vendor.blocked == "All"
    {
        return Err(ODataError::dialog(format!(
            "You cannot create this type of document when Vendor {} is blocked with type All.",
            vendor.number
        )));
    }
    let item = books
        .items
        .get(&line.no)
        .filter(|_| line.line_type == "Item");
    item.map_or(Ok(()), |item| match item {
        item if item.blocked => Err(refused(&item.number, "Blocked")),
        item if item.purchasing_blocked => Err(refused(&item.number, "Purchasing Blocked")),
        item if item.variant_mandatory => Err(ODataError::field_must_have_a_value(
            "Variant Code",
            "Requisition Line",
            &key_of(line),
        )),
        _ => Ok(()),
    })
}

fn refused(item: &str, field: &str) -> ODataError {
    ODataError::dialog(format!(
        "{field} must be equal to 'No' in Item: No.={item}. Current value is 'Yes'."
    ))
}

fn key_of(line: &RequisitionLine) -> String {
    format!(
        "Worksheet Template Name={}, Journal Batch Name={}, Line No.={}",
        line.worksheet_template_name, line.journal_batch_name, line.line_no
    )
}

fn order_line(line: &RequisitionLine, books: &MasterData) -> Result<OrderLine, ODataError> {
    let too_large = || ODataError::dialog("The amounts of the line are too large.");
    let captured = decimal(&line.direct_unit_cost)?;
    // Where there is a price list, the order date is validated again and its price taken. The app's subscriber to
    // OnBeforeCopyOrderDateFromPurchHeader prevents that for lines of a capture.
    let without_vat = match books.list_price(line) {
        Some(listed) if line.capture_id.is_empty() => listed,
        _ => captured,
    };
    let cost = with_vat(without_vat, line, books)?.ok_or_else(too_large)?;
    let amount = decimal(&line.quantity)?
        .checked_mul(cost)
        .ok_or_else(too_large)?;
    let precision = books.roundings.get(&line.currency_code);
    let precision = precision.copied().unwrap_or(Decimal::new(1, 2));
    Ok(OrderLine {
        source: line.clone(),
        direct_unit_cost: cost,
        line_amount: rounded(amount, precision).ok_or_else(too_large)?,
    })
}

/// InitPurchOrderLine: a vendor whose prices contain VAT gets it added, to the unit amount's five decimals.
fn with_vat(
    cost: Decimal,
    line: &RequisitionLine,
    books: &MasterData,
) -> Result<Option<Decimal>, ODataError> {
    let vendor = books.vendors.get(&line.vendor_no);
    let Some(vendor) = vendor.filter(|vendor| vendor.prices_including_vat) else {
        return Ok(Some(cost));
    };
    let factor = Decimal::ONE_HUNDRED.checked_add(decimal(&vendor.vat_percent)?);
    Ok(factor
        .and_then(|factor| cost.checked_mul(factor))
        .and_then(|cost| cost.checked_div(Decimal::ONE_HUNDRED))
        .and_then(|cost| rounded(cost, Decimal::new(1, 5))))
}

fn rounded(amount: Decimal, precision: Decimal) -> Option<Decimal> {
    let steps = amount
        .checked_div(precision)?
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    steps
        .checked_mul(precision)
        .map(|amount| amount.normalize())
}

fn decimal(text: &str) -> Result<Decimal, ODataError> {
    Decimal::from_str(text).map_err(|cause| ODataError::internal(&cause))
}
