//! Posting: the log and all requisition lines in one transaction.

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use time::format_description::well_known::Rfc3339;

use super::body::Body;
use super::check::{CheckedLine, check};
use super::line::{LineKind, SentLine, read_lines};
use crate::odata::{EntitySet, ODataError};
use crate::store::{
    Company, LINE_NO_STEP, MasterData, NewPosting, RequisitionLine, Rights, Store, StoredCapture,
    User, Worksheet, next_line_no,
};

/// Who posts what where.
#[derive(Debug, Clone, Copy)]
pub struct Posting<'a> {
    /// The company of the address.
    pub company: &'a Company,
    /// The user of the token.
    pub user: &'a User,
    /// The capture.
    pub body: &'a Body,
}

/// What a posting is judged by: the books as they stand within the transaction that will write.
#[derive(Debug, Clone, Copy)]
pub struct Books<'a> {
    /// Whether a capture with the id was ever stored in the company.
    pub id_is_known: bool,
    /// The worksheet that the capture names, if it exists.
    pub worksheet: Option<&'a Worksheet>,
    /// What lines are checked against.
    pub master_data: &'a MasterData,
    /// The number that the worksheet's next line gets.
    pub next_line_no: i64,
}

/// Posts a capture.
///
/// # Errors
/// Everything that Business Central would refuse; nothing has been written then.
pub async fn post(store: &Store, posting: Posting<'_>) -> Result<StoredCapture, ODataError> {
    let mut transaction = store.lock().await?;
    let (company, id) = (&posting.company.id, posting.body.id.to_string());
    let worksheet = NewPosting::worksheet(company, posting.worksheet(), &mut transaction).await?;
    let books = Books {
        id_is_known: NewPosting::is_known(company, &id, &mut transaction).await?,
        worksheet: worksheet.as_ref(),
        master_data: &MasterData::read(posting.company, &mut transaction).await?,
        next_line_no: next_line_no(company, posting.worksheet(), &mut transaction).await?,
    };
    let (capture, lines) = judge(posting, books)?;
    let written = NewPosting {
        company_id: company,
        capture: &capture,
        lines: &lines,
    };
    written.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(capture)
}

/// What a posting comes to: what is written all at once, or why nothing is. Pure.
///
/// The id comes first: a capture that is stored is reported as such whatever else has changed
/// since, so that a client that repeats itself learns the truth.
///
/// # Errors
/// Everything that Business Central would refuse.
pub fn judge(
    posting: Posting<'_>,
    books: Books<'_>,
) -> Result<(StoredCapture, Vec<RequisitionLine>), ODataError> {
    refuse_known_id(posting, books)?;
    refuse_bad_worksheet(posting, books)?;
    let lines = checked_lines(posting, books)?;
    if posting.user.rights != Rights::Full {
        return Err(ODataError::permission(
            "TableData 246 Requisition Line Insert: Base Application",
        ));
    }
    let first = books.next_line_no;
    let numbers = (0..).map(|n: i64| first.saturating_add(n.saturating_mul(LINE_NO_STEP)));
    let lines: Vec<RequisitionLine> = lines
        .iter()
        .zip(numbers)
        .map(|((sent, checked), line_no)| posting.requisition_line(sent, checked, line_no))
        .collect();
    Ok((posting.stored(&lines)?, lines))
}

fn refuse_known_id(posting: Posting<'_>, books: Books<'_>) -> Result<(), ODataError> {
    if books.id_is_known {
        let id = posting.body.id.to_string();
        let key = format!("Capture ID='{{{}}}'", id.to_uppercase());
        return Err(ODataError::same_key_exists(
            EntitySet::Captures.table(),
            &key,
        ));
    }
    Ok(())
}

fn refuse_bad_worksheet(posting: Posting<'_>, books: Books<'_>) -> Result<(), ODataError> {
    let (template, batch) = posting.worksheet();
    let worksheet = books.worksheet.ok_or_else(|| {
        let key = format!("Worksheet Template Name='{template}',Name='{batch}'");
        ODataError::related_record_not_found(EntitySet::Worksheets.table(), &key)
    })?;
    if worksheet.recurring {
        return Err(ODataError::dialog(format!(
            "The worksheet {template} {batch} is recurring. Choose a worksheet that is not."
        )));
    }
    if worksheet.approval_open {
        return Err(ODataError::dialog(format!(
            "You can't insert a record for active batch approval request. \
             Requisition Wksh. Name: {template}, {batch}."
        )));
    }
    Ok(())
}

/// The lines as they were sent, if they arrived as they were sent.
fn arrived_lines(body: &Body) -> Result<Vec<Result<SentLine, Vec<String>>>, ODataError> {
    if format!("{:x}", Sha256::digest(&body.lines)) != body.lines_sha256 {
        return Err(ODataError::dialog(
            "The SHA-256 of the lines is not linesSha256: the capture was changed on its way.",
        ));
    }
    let sent = read_lines(&body.lines)?;
    if usize::try_from(body.line_count) != Ok(sent.len()) {
        return Err(ODataError::dialog(format!(
            "The capture has {} lines, but lineCount is {}.",
            sent.len(),
            body.line_count
        )));
    }
    Ok(sent)
}

fn checked_lines(
    posting: Posting<'_>,
    books: Books<'_>,
) -> Result<Vec<(SentLine, CheckedLine)>, ODataError> {
    let sent = arrived_lines(posting.body)?;
    let order_date = posting.body.captured_at.date();
    let mut good = Vec::new();
    let mut problems = Vec::new();
    for (position, line) in (1..).zip(sent) {
        let checked = line.and_then(|line| {
            let checked = check(&line, books.master_data, order_date)?;
            Ok((line, checked))
        });
        match checked {
            Ok(line) => good.push(line),
            Err(found) => problems.extend(
                found
                    .iter()
                    .map(|problem: &String| format!("Line {position}: {problem}")),
            ),
        }
    }
    if problems.is_empty() {
        Ok(good)
    } else {
        Err(ODataError::dialog(problems.join("\n")))
    }
}

impl Posting<'_> {
    fn worksheet(&self) -> (&str, &str) {
        (
            &self.body.worksheet_template_name,
            &self.body.journal_batch_name,
        )
    }

    /// Direct Unit Cost is taken as it is: no price list or last cost comes after it.
    fn requisition_line(
        &self,
        sent: &SentLine,
        checked: &CheckedLine,
        line_no: i64,
    ) -> RequisitionLine {
        let (line_type, action_message) = match sent.kind {
            LineKind::Item => ("Item", "New"),
            LineKind::GlAccount => ("G/L Account", "New"),
            LineKind::Note => (" ", " "),
        };
        let order_date = self.body.captured_at.date();
        let exact = |amount: Option<Decimal>| amount.unwrap_or_default().to_string();
        RequisitionLine {
            company_id: self.company.id.clone(),
            worksheet_template_name: self.body.worksheet_template_name.clone(),
            journal_batch_name: self.body.journal_batch_name.clone(),
            line_no,
            line_type: line_type.to_owned(),
            no: sent.number.clone(),
            description: checked.description.clone(),
            description_2: sent.description2.clone(),
            quantity: exact(sent.quantity),
            unit_of_measure_code: checked.unit_of_measure_code.clone(),
            vendor_no: sent.vendor_number.clone(),
            vendor_item_no: sent.vendor_item_number.clone(),
            direct_unit_cost: exact(sent.direct_unit_cost),
            currency_code: checked.currency_code.clone(),
            order_date: order_date.to_string(),
            due_date: sent.due_date.unwrap_or(order_date).to_string(),
            requester_id: self.user.user_name.clone(),
            action_message: action_message.to_owned(),
            accept_action_message: sent.kind != LineKind::Note,
            capture_id: self.body.id.to_string(),
        }
    }

    fn stored(&self, lines: &[RequisitionLine]) -> Result<StoredCapture, ODataError> {
        let numbers: Vec<i64> = lines.iter().map(|line| line.line_no).collect();
        let line_numbers =
            serde_json::to_string(&numbers).map_err(|cause| ODataError::internal(&cause))?;
        let captured_at = self
            .body
            .captured_at
            .format(&Rfc3339)
            .map_err(|cause| ODataError::internal(&cause))?;
        Ok(StoredCapture {
            id: self.body.id.to_string(),
            worksheet_template_name: self.body.worksheet_template_name.clone(),
            journal_batch_name: self.body.journal_batch_name.clone(),
            supplier_host: self.body.supplier_host.clone(),
            captured_at,
            line_count: i64::from(self.body.line_count),
            lines_sha256: self.body.lines_sha256.clone(),
            status: "Posted".to_owned(),
            line_numbers,
            lines: self.body.lines.clone(),
            user_name: self.user.user_name.clone(),
        })
    }
}
