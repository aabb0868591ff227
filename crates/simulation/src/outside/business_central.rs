//! Business Central: the stand-in's own judgement of a posting, over books in memory.

use std::sync::Arc;

use bc_standin::capture::{Books, Posting, judge, read_body};
use bc_standin::odata::ODataError;
use bc_standin::store::{LINE_NO_STEP, RequisitionLine, Rights, StoredCapture, User};
use punchout::http::{Answer, Method, Request};
use serde_json::{Value, json};

use super::answer;
use crate::given::Ground;

/// The server.
#[derive(Clone, Debug)]
pub struct BusinessCentral {
    /// The books, of which these stories change users, worksheets and vendors.
    pub ground: Ground,
    /// Captures in the order of their arrival.
    pub captures: Vec<StoredCapture>,
    /// All lines.
    pub lines: Vec<RequisitionLine>,
    /// Whether an id that is known is refused.
    pub refuses_known_ids: bool,
}

impl BusinessCentral {
    /// Answers a request of a user.
    pub fn act(&mut self, request: &Request, login: &str) -> Answer {
        let user = self
            .ground
            .users
            .iter()
            .find(|user| user.login == login)
            .cloned();
        let Some(user) = user.filter(|user| user.rights != Rights::Unlicensed) else {
            return refusal(&ODataError::invalid_credentials());
        };
        if let Some((_, rest)) = request.url.split_once("/captures(") {
            return self.read(rest.trim_end_matches(')'));
        }
        let set = request.url.rsplit('/').next().unwrap_or_default();
        if request.method == Method::Post && set != "captures" {
            // These stories know an app without dry run: it decides nothing.
            return refusal(&ODataError::resource_not_found(set));
        }
        if request.method == Method::Post {
            let body = request.body.as_deref().unwrap_or_default();
            return match self.post(body.as_bytes(), &user) {
                Ok(capture) => shown(201, &capture),
                Err(error) => refusal(&error),
            };
        }
        let (status, body) = self.ground.lists.answer(&request.url);
        Answer {
            status,
            headers: Vec::new(),
            body,
        }
    }

    /// How often a capture is stored: 0 or 1.
    #[must_use]
    pub fn count(&self, id: &str) -> usize {
        self.captures
            .iter()
            .filter(|capture| capture.id == id)
            .count()
    }

    fn read(&self, id: &str) -> Answer {
        match self.captures.iter().find(|capture| capture.id == id) {
            Some(capture) => shown(200, capture),
            None => refusal(&ODataError::record_not_found(
                "PUN Capture",
                &format!("Id='{id}'"),
            )),
        }
    }

    fn post(&mut self, body: &[u8], user: &User) -> Result<StoredCapture, ODataError> {
        let body = read_body(body)?;
        let place = (&body.worksheet_template_name, &body.journal_batch_name);
        let worksheet = self
            .ground
            .worksheets
            .iter()
            .find(|w| (&w.worksheet_template_name, &w.name) == place);
        let of_worksheet = self
            .lines
            .iter()
            .filter(|l| (&l.worksheet_template_name, &l.journal_batch_name) == place);
        let last = of_worksheet.map(|line| line.line_no).max().unwrap_or(0);
        let books = Books {
            id_is_known: self.refuses_known_ids && self.count(&body.id.to_string()) > 0,
            worksheet,
            master_data: &self.ground.master_data,
            next_line_no: last + LINE_NO_STEP,
        };
        let posting = Posting {
            company: &self.ground.company,
            user,
            body: &body,
        };
        let (capture, lines) = judge(posting, books)?;
        self.captures.push(capture.clone());
        self.lines.extend(lines);
        Ok(capture)
    }

    /// Blocks or unblocks a vendor.
    pub fn set_blocked(&mut self, vendor: &str, blocked: &str) {
        let books = Arc::make_mut(&mut self.ground.master_data);
        if let Some(vendor) = books.vendors.get_mut(vendor) {
            blocked.clone_into(&mut vendor.blocked);
        }
    }

    /// Gives a user other rights.
    pub fn set_rights(&mut self, login: &str, rights: Rights) {
        for user in self
            .ground
            .users
            .iter_mut()
            .filter(|user| user.login == login)
        {
            user.rights = rights;
        }
    }
}

fn shown(status: u16, capture: &StoredCapture) -> Answer {
    let mut body = serde_json::to_value(capture).expect("a capture that can be written");
    if let Value::Object(properties) = &mut body {
        properties.insert("lines".to_owned(), json!(""));
        properties.insert("worksheetUrl".to_owned(), json!(""));
    }
    answer(status, &body)
}

fn refusal(error: &ODataError) -> Answer {
    let body = error.envelope(&uuid::Uuid::nil());
    answer(error.status.as_u16(), &body)
}
