//! A worksheet as a page to look at: the demo's stand-in for page 291 of the web client.

use crate::line_table::{cells, headings};
use crate::store::{Company, RequisitionLine};

/// The page for the worksheet that a web client's `filter` names:
/// `'Worksheet Template Name' IS 'REQ.' AND 'Journal Batch Name' IS 'DEFAULT'`.
#[must_use]
pub fn html(company: &Company, filter: &str, lines: &[RequisitionLine]) -> String {
    let shown = lines
        .iter()
        .filter(|line| line.company_id == company.id && names(filter, line));
    let head: String = headings()
        .iter()
        .map(|heading| element("th", heading))
        .collect();
    let rows: String = shown
        .map(|line| {
            let cells: String = cells(line).iter().map(|cell| element("td", cell)).collect();
            format!("<tr>{cells}</tr>\n")
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Req. Worksheet</title>\n\
         <style>body{{font:14px sans-serif;margin:2em}}table{{border-collapse:collapse}}\
         th,td{{border:1px solid #ccc;padding:.3em .6em;text-align:left}}</style>\n\
         <h1>Requisition Worksheet</h1>\n<p>{} · {}</p>\n\
         <table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n</html>\n",
        escaped(&company.display_name),
        escaped(filter),
    )
}

fn names(filter: &str, line: &RequisitionLine) -> bool {
    let field = |name: &str, value: &str| filter.contains(&format!("'{name}' IS '{value}'"));
    field("Worksheet Template Name", &line.worksheet_template_name)
        && field("Journal Batch Name", &line.journal_batch_name)
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
