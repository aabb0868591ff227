//! Lines that no capture brings: entered by a person on page 291, or by other code.

use serde::Deserialize;

use crate::odata::ODataError;
use crate::requisition::{EnteredBy, Entry, Field};
use crate::store::{
    CarryOut, Company, MasterData, RequisitionLine, Store, next_line_no, write_line,
};

/// A line to be entered.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewLine {
    /// Where.
    pub worksheet: CarryOut,
    /// Who fills it in.
    #[serde(default)]
    pub by: EnteredBy,
    /// Fields and values, validated one after the other.
    pub fields: Vec<(Field, String)>,
}

/// Enters a line at the end of a worksheet.
///
/// # Errors
/// What a validation says; nothing is written then.
pub async fn enter(
    store: &Store,
    company: &Company,
    new: &NewLine,
) -> Result<RequisitionLine, ODataError> {
    let mut transaction = store.lock().await?;
    let books = MasterData::read(company, &mut transaction).await?;
    let template = new.worksheet.worksheet_template_name.to_uppercase();
    let batch = new.worksheet.journal_batch_name.to_uppercase();
    let mut line = RequisitionLine {
        company_id: company.id.clone(),
        line_no: next_line_no(&company.id, (&template, &batch), &mut transaction).await?,
        worksheet_template_name: template,
        journal_batch_name: batch,
        ..RequisitionLine::default()
    };
    for (field, value) in &new.fields {
        let mut entry = Entry {
            line: &mut line,
            books: &books,
            by: new.by,
        };
        entry.validate(*field, value).map_err(ODataError::dialog)?;
    }
    write_line(&line, &mut transaction).await?;
    transaction.commit().await?;
    Ok(line)
}
