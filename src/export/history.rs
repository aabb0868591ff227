//! The history of captures as CSV. Of a capture that has ended there is nothing else: its cart is deleted.

use super::File;
use super::csv::{MEDIA_TYPE, Table};
use crate::timestamp::Timestamp;

const COLUMNS: [&str; 9] = [
    "capture",
    "captured_at",
    "host",
    "lines",
    "environment",
    "worksheet_template_name",
    "journal_batch_name",
    "state",
    "worksheet_url",
];

/// A capture of the history.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its id.
    pub capture: &'a str,
    /// When the page was read.
    pub captured_at: Timestamp,
    /// The shop's host.
    pub host: &'a str,
    /// How many lines it has.
    pub line_count: u32,
    /// The environment that it went to.
    pub environment: &'a str,
    /// `Worksheet Template Name`
    pub worksheet_template_name: &'a str,
    /// `Journal Batch Name`
    pub journal_batch_name: &'a str,
    /// How far it is.
    pub state: &'a str,
    /// Where the worksheet is in the web client; blank where it is not there.
    pub worksheet_url: &'a str,
}

/// Writes a history as a file.
#[must_use]
pub fn history<'a>(entries: impl Iterator<Item = Entry<'a>>, now: Timestamp) -> File {
    let mut table = Table::new(&COLUMNS);
    for entry in entries {
        table.text(entry.capture);
        table.text(&entry.captured_at.to_rfc3339());
        table.text(entry.host);
        table.number(Some(entry.line_count.into()));
        table.text(entry.environment);
        table.text(entry.worksheet_template_name);
        table.text(entry.journal_batch_name);
        table.text(entry.state);
        table.text(entry.worksheet_url);
        table.end_row();
    }
    let day = now.to_rfc3339();
    let day = day.split('T').next().unwrap_or_default();
    File {
        name: format!("captures-{day}.csv"),
        media_type: MEDIA_TYPE,
        text: table.text,
        remarks: Vec::new(),
    }
}
