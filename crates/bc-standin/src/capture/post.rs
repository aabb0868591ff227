//! Posting: the log and all requisition lines in one transaction.

use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use time::format_description::well_known::Rfc3339;

use super::body::Body;
use super::check::{CheckedLine, check};
use super::dry_run::{answer, dry_run};
use super::line::{SentLine, read_lines};
use super::writer::fill;
use crate::odata::{EntitySet, ODataError};
use crate::store::{
    Company, LINE_NO_STEP, MasterData, NewPosting, RequisitionLine, Store, StoredCapture, User,
    Worksheet, next_line_no,
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
    let capture = post_within(&mut transaction, posting).await?;
    transaction.commit().await?;
    Ok(capture)
}

/// Posts a capture within a transaction that others share.
///
/// # Errors
/// As [`post`]; the caller decides what becomes of the transaction.
pub async fn post_within(
    connection: &mut SqliteConnection,
    posting: Posting<'_>,
) -> Result<StoredCapture, ODataError> {
    let company = &posting.company.id;
    let read = ReadBooks::read(posting, connection).await?;
    let (capture, lines) = judge(posting, read.books())?;
    let written = NewPosting {
        company_id: company,
        capture: &capture,
        lines: &lines,
    };
    written.write(connection).await?;
    Ok(capture)
}

/// Checks a capture without writing: see [`dry_run`].
///
/// # Errors
/// What concerns the capture as a whole.
pub async fn check_only(store: &Store, posting: Posting<'_>) -> Result<Value, ODataError> {
    let mut transaction = store.lock().await?;
    let read = ReadBooks::read(posting, &mut transaction).await?;
    let problems = dry_run(posting, read.books())?;
    Ok(answer(posting.body, &posting.captured_at()?, &problems))
}

/// The books as they were read from the database.
struct ReadBooks {
    id_is_known: bool,
    worksheet: Option<Worksheet>,
    master_data: MasterData,
    next_line_no: i64,
}

impl ReadBooks {
    async fn read(
        posting: Posting<'_>,
        connection: &mut SqliteConnection,
    ) -> Result<Self, sqlx::Error> {
        let (company, id) = (&posting.company.id, posting.body.id.to_string());
        let worksheet = posting.worksheet();
        Ok(Self {
            id_is_known: NewPosting::is_known(company, &id, &mut *connection).await?,
            worksheet: NewPosting::worksheet(company, worksheet, &mut *connection).await?,
            master_data: MasterData::read(posting.company, &mut *connection).await?,
            next_line_no: next_line_no(company, worksheet, connection).await?,
        })
    }

    fn books(&self) -> Books<'_> {
        Books {
            id_is_known: self.id_is_known,
            worksheet: self.worksheet.as_ref(),
            master_data: &self.master_data,
            next_line_no: self.next_line_no,
        }
    }
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
    let (good, bad) = sorted_lines(posting, books)?;
    if !bad.is_empty() {
        let named = bad
            .iter()
            .map(|(line, problem)| format!("Line {line}: {problem}"));
        return Err(ODataError::dialog(named.collect::<Vec<_>>().join("\n")));
    }
    let first = books.next_line_no;
    let numbers = (0..).map(|n: i64| first.saturating_add(n.saturating_mul(LINE_NO_STEP)));
    let lines = good
        .iter()
        .zip(numbers)
        .map(|((position, sent, checked), line_no)| {
            let mut line = posting.rehearse(books, (sent, checked))?;
            line.line_no = line_no;
            line.capture_line_no = *position;
            Ok(line)
        });
    let lines = lines.collect::<Result<Vec<RequisitionLine>, ODataError>>()?;
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

pub(super) fn refuse_bad_worksheet(
    posting: Posting<'_>,
    books: Books<'_>,
) -> Result<(), ODataError> {
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
    if worksheet.template_type != "Req." {
        return Err(ODataError::dialog(format!(
            "The worksheet {template} {batch} is not a requisition worksheet. Choose one that is."
        )));
    }
    if worksheet.approval_open {
        return Err(ODataError::dialog(format!(
            "The worksheet {template}, {batch} waits for an approval, and takes no lines until it is decided. \
             Choose another worksheet, or post again afterwards."
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

/// A good line with its position in the capture.
type GoodLine = (i64, SentLine, CheckedLine);
/// What is wrong with the line at a position.
type BadLine = (i64, String);

/// The lines, good and bad; positions count from 1.
pub(super) fn sorted_lines(
    posting: Posting<'_>,
    books: Books<'_>,
) -> Result<(Vec<GoodLine>, Vec<BadLine>), ODataError> {
    let order_date = posting.body.captured_at.date();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (position, line) in (1..).zip(arrived_lines(posting.body)?) {
        let checked = line.and_then(|line| {
            let checked = check(&line, books.master_data, order_date)?;
            Ok((position, line, checked))
        });
        match checked {
            Ok(line) => good.push(line),
            Err(found) => bad.extend(found.into_iter().map(|problem| (position, problem))),
        }
    }
    Ok((good, bad))
}

impl Posting<'_> {
    fn worksheet(&self) -> (&str, &str) {
        (
            &self.body.worksheet_template_name,
            &self.body.journal_batch_name,
        )
    }

    /// Makes the requisition line as the app's writer does; its numbers are set by the caller.
    ///
    /// # Errors
    /// What the base application objects to, though the app's checks did not.
    pub(super) fn rehearse(
        &self,
        books: Books<'_>,
        (sent, checked): (&SentLine, &CheckedLine),
    ) -> Result<RequisitionLine, ODataError> {
        let mut line = RequisitionLine {
            company_id: self.company.id.clone(),
            worksheet_template_name: self.body.worksheet_template_name.clone(),
            journal_batch_name: self.body.journal_batch_name.clone(),
            ..RequisitionLine::default()
        };
        let order_date = self.body.captured_at.date().to_string();
        fill(&mut line, (sent, checked), (books.master_data, &order_date))
            .map_err(ODataError::dialog)?;
        line.requester_id.clone_from(&self.user.user_name);
        line.supplier_host.clone_from(&self.body.supplier_host);
        line.capture_id = self.body.id.to_string();
        if !self.user.rights.inserts_lines() {
            return Err(ODataError::permission(
                "TableData 246 Requisition Line Insert: Base Application",
            ));
        }
        Ok(line)
    }

    fn captured_at(&self) -> Result<String, ODataError> {
        let text = self.body.captured_at.format(&Rfc3339);
        text.map_err(|cause| ODataError::internal(&cause))
    }

    fn stored(&self, lines: &[RequisitionLine]) -> Result<StoredCapture, ODataError> {
        let numbers: Vec<i64> = lines.iter().map(|line| line.line_no).collect();
        let line_numbers =
            serde_json::to_string(&numbers).map_err(|cause| ODataError::internal(&cause))?;
        let captured_at = self.captured_at()?;
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
