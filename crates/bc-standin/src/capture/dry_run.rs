//! The dry run of a capture: everything that would be wrong, and nothing is written. Pure.

use serde_json::{Value, json};

use super::body::Body;
use super::post::{Books, Posting, refuse_bad_worksheet, sorted_lines};
use crate::odata::ODataError;

/// Says what would be wrong with a capture: the JSON text of an array of `{"line", "message"}`.
///
/// What the app's checks find comes first. Then each good line is rehearsed, so that what only the base application
/// objects to is found too, such as a missing right.
///
/// # Errors
/// What concerns the capture as a whole: its worksheet, its digest, its count of lines.
pub fn dry_run(posting: Posting<'_>, books: Books<'_>) -> Result<String, ODataError> {
    refuse_bad_worksheet(posting, books)?;
    let (good, bad) = sorted_lines(posting, books)?;
    let checked = bad
        .iter()
        .map(|(line, problem)| json!({ "line": line, "message": problem }));
    let rehearsed = good.iter().filter_map(|(line, sent, checked)| {
        let problem = posting.rehearse(books, (sent, checked)).err()?;
        Some(json!({ "line": line, "message": problem.message }))
    });
    Ok(Value::Array(checked.chain(rehearsed).collect()).to_string())
}

/// The answer: what was sent, with `problems`; the text of the cart does not go out again.
#[must_use]
pub fn answer(body: &Body, captured_at: &str, problems: &str) -> Value {
    json!({
        "id": body.id.to_string(),
        "worksheetTemplateName": body.worksheet_template_name,
        "journalBatchName": body.journal_batch_name,
        "supplierHost": body.supplier_host,
        "capturedAt": captured_at,
        "lineCount": body.line_count,
        "linesSha256": body.lines_sha256,
        "problems": problems,
        "lines": "",
    })
}
