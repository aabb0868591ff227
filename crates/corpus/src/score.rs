//! Counts of judgements, and the tables that show them.

use crate::judge::Outcome;
use crate::measure::Judged;

/// How the pages of a shop, or of several, were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Cart pages.
    pub carts: usize,
    /// Cart pages of which everything was read.
    pub exact: usize,
    /// Cart pages of which a field was not read, and the rest right.
    pub incomplete: usize,
    /// Cart pages that were refused.
    pub refused: usize,
    /// Pages of either kind that were read wrong and said to be proved.
    pub silently_wrong: usize,
    /// Lines of the cart pages.
    pub lines: usize,
    /// Lines of which everything was read.
    pub exact_lines: usize,
    /// Pages that are no cart.
    pub others: usize,
    /// Pages that are no cart and were told so.
    pub others_right: usize,
}

impl Score {
    /// The score of pages.
    #[must_use]
    pub fn of<'j>(pages: impl IntoIterator<Item = &'j Judged>) -> Self {
        pages
            .into_iter()
            .fold(Self::default(), |score, page| score.with(page))
    }

    fn with(mut self, page: &Judged) -> Self {
        let outcome = page.judgement.outcome;
        let count = |which| usize::from(outcome == which);
        self.silently_wrong += count(Outcome::SilentlyWrong);
        if page.is_cart {
            self.carts += 1;
            self.exact += count(Outcome::Exact);
            self.incomplete += count(Outcome::Incomplete);
            self.refused += count(Outcome::Refused);
            self.lines += page.judgement.lines;
            self.exact_lines += page.judgement.exact_lines;
        } else {
            self.others += 1;
            self.others_right += count(Outcome::Exact);
        }
        self
    }

    /// Both scores together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            carts: self.carts + other.carts,
            exact: self.exact + other.exact,
            incomplete: self.incomplete + other.incomplete,
            refused: self.refused + other.refused,
            silently_wrong: self.silently_wrong + other.silently_wrong,
            lines: self.lines + other.lines,
            exact_lines: self.exact_lines + other.exact_lines,
            others: self.others + other.others,
            others_right: self.others_right + other.others_right,
        }
    }

    /// The cells of a row: pages, exact, incomplete, refused, silently wrong, lines, other pages.
    fn cells(&self) -> [String; 7] {
        [
            self.carts.to_string(),
            share(self.exact, self.carts),
            self.incomplete.to_string(),
            self.refused.to_string(),
            self.silently_wrong.to_string(),
            share(self.exact_lines, self.lines),
            format!("{} of {}", self.others_right, self.others),
        ]
    }
}

/// `19 (95.0 %)`, in tenths rounded down.
#[must_use]
pub fn share(part: usize, whole: usize) -> String {
    match (part * 1000).checked_div(whole) {
        Some(tenths) => format!("{part} ({}.{} %)", tenths / 10, tenths % 10),
        None => "–".to_owned(),
    }
}

/// A Markdown table of scores, with the names of its rows.
#[must_use]
pub fn table(rows: &[(String, Score)]) -> String {
    let head = "| shop | cart pages | exact | incomplete | refused | silently wrong | lines exact | other pages told as no cart |";
    let rule = "|---|--:|--:|--:|--:|--:|--:|--:|";
    let mut text = format!("{head}\n{rule}\n");
    for (name, score) in rows {
        text.push_str(&row(name, *score));
        text.push('\n');
    }
    text
}

/// One row of [`table`].
#[must_use]
pub fn row(name: &str, score: Score) -> String {
    format!("| {name} | {} |", score.cells().join(" | "))
}

/// A Markdown table of damaged pages.
#[must_use]
pub fn drift_table(head: &str, rows: &[(String, Score)]) -> String {
    let mut text = format!(
        "| {head} | damaged pages | exact | incomplete | refused | silently wrong |\n|---|--:|--:|--:|--:|--:|\n"
    );
    for (name, score) in rows {
        let cells = score.cells();
        let cells = cells.into_iter().take(5).collect::<Vec<_>>().join(" | ");
        text.push_str(&format!("| {name} | {cells} |\n"));
    }
    text
}
