//! Definitions by what they were verified on, and when.

use punchout::supplier::{Definition, VerifiedState};
use time::Date;
use time::macros::format_description;

/// A definition and how long ago it was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// On what it was verified.
    pub state: VerifiedState,
    /// Whole days since then.
    pub days: i64,
    /// The day as written.
    pub on: String,
    /// The definition's id.
    pub id: String,
}

/// A text that is no day.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no day: write it as 2026-11-22")]
pub struct NotADay(String);

/// A day as definitions write it.
///
/// # Errors
///
/// When it is none.
pub fn day(text: &str) -> Result<Date, NotADay> {
    let format = format_description!("[year]-[month]-[day]");
    Date::parse(text, format).map_err(|_| NotADay(text.to_owned()))
}

/// The definitions by state, what rests on the least first, and in each the oldest first.
///
/// # Errors
///
/// When a definition's day is none.
pub fn ages(definitions: &[Definition], today: Date) -> Result<Vec<Age>, NotADay> {
    let age = |definition: &Definition| {
        let verified = &definition.file().verified;
        Ok(Age {
            state: verified.state,
            days: (today - day(&verified.on)?).whole_days(),
            on: verified.on.clone(),
            id: definition.id().to_owned(),
        })
    };
    let mut ages: Vec<Age> = definitions.iter().map(age).collect::<Result<_, _>>()?;
    ages.sort_by(|one, two| (one.state, -one.days, &one.id).cmp(&(two.state, -two.days, &two.id)));
    Ok(ages)
}

impl Age {
    /// One line of a table.
    #[must_use]
    pub fn row(&self) -> String {
        let state = match self.state {
            VerifiedState::Unseen => "unseen",
            VerifiedState::Fixture => "fixture",
            VerifiedState::Live => "live",
        };
        format!("{state:<8} {:>5} days  {}  {}", self.days, self.on, self.id)
    }
}
