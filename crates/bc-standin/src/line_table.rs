//! Requisition lines as a table for people.

use crate::store::RequisitionLine;

/// The columns, in the order of page 291.
const COLUMNS: [&str; 13] = [
    "Worksheet",
    "Line No.",
    "Type",
    "No.",
    "Description",
    "Quantity",
    "Unit",
    "Vendor No.",
    "Vendor Item No.",
    "Direct Unit Cost",
    "Currency",
    "Due Date",
    "Accept",
];

/// Columns whose values are numbers, which end at the same place.
const NUMBERS: [&str; 3] = ["Line No.", "Quantity", "Direct Unit Cost"];

/// The headings.
#[must_use]
pub fn headings() -> [&'static str; 13] {
    COLUMNS
}

/// One line's cells, in the order of the headings.
#[must_use]
pub fn cells(line: &RequisitionLine) -> [String; 13] {
    let accept = if line.accept_action_message {
        "yes"
    } else {
        "no"
    };
    [
        format!(
            "{} {}",
            line.worksheet_template_name, line.journal_batch_name
        ),
        line.line_no.to_string(),
        line.line_type.clone(),
        line.no.clone(),
        line.description.clone(),
        line.quantity.clone(),
        line.unit_of_measure_code.clone(),
        line.vendor_no.clone(),
        line.vendor_item_no.clone(),
        line.direct_unit_cost.clone(),
        line.currency_code.clone(),
        line.due_date.clone(),
        accept.to_owned(),
    ]
    .map(|cell| cell.chars().filter(|c| !c.is_control()).collect())
}

/// The lines as aligned text, with headings and a final line break.
#[must_use]
pub fn text(lines: &[RequisitionLine]) -> String {
    let rows: Vec<[String; 13]> = std::iter::once(COLUMNS.map(str::to_owned))
        .chain(lines.iter().map(cells))
        .collect();
    let mut widths = [0; 13];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    rows.iter().map(|row| aligned(row, &widths)).collect()
}

fn aligned(row: &[String; 13], widths: &[usize; 13]) -> String {
    let cells: Vec<String> = COLUMNS
        .iter()
        .zip(row.iter().zip(widths))
        .map(|(column, (cell, width))| {
            if NUMBERS.contains(column) {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        })
        .collect();
    format!("{}\n", cells.join("  ").trim_end())
}
