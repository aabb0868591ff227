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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(no: &str, quantity: &str) -> RequisitionLine {
        RequisitionLine {
            company_id: String::new(),
            worksheet_template_name: "REQ.".to_owned(),
            journal_batch_name: "DEFAULT".to_owned(),
            line_no: 10_000,
            line_type: "Item".to_owned(),
            no: no.to_owned(),
            description: "Grün\nweiß".to_owned(),
            description_2: String::new(),
            quantity: quantity.to_owned(),
            unit_of_measure_code: "PCS".to_owned(),
            vendor_no: "V1".to_owned(),
            vendor_item_no: "A".to_owned(),
            direct_unit_cost: "1.5".to_owned(),
            currency_code: String::new(),
            order_date: "2026-11-22".to_owned(),
            due_date: "2026-11-22".to_owned(),
            requester_id: String::new(),
            action_message: "New".to_owned(),
            accept_action_message: true,
            capture_id: String::new(),
            ..RequisitionLine::default()
        }
    }

    #[test]
    fn columns_are_aligned_and_numbers_end_at_the_same_place() {
        let table = text(&[line("1000", "2"), line("MISC", "12.125")]);
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert_eq!(
            rows,
            [
                "REQ. DEFAULT     10000  Item  1000  Grünweiß            2  PCS   V1          A                             1.5            2026-11-22  yes",
                "REQ. DEFAULT     10000  Item  MISC  Grünweiß       12.125  PCS   V1          A                             1.5            2026-11-22  yes",
            ]
        );
    }
}
