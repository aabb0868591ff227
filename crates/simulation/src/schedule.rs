//! What is tried.

use std::fmt;
use std::str::FromStr;

/// One run of the simulation, named so that it can be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// A scenario as it is written, with a crash at one point of it.
    Crash {
        /// Index of the scenario.
        scenario: usize,
        /// Which point; `None` for none.
        point: Option<u64>,
    },
    /// Everything by chance.
    Random(u64),
}

/// A text that names no schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotASchedule(String);

impl fmt::Display for NotASchedule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "`{}` is neither a number nor SCENARIO nor SCENARIO@POINT",
            self.0
        )
    }
}

impl std::error::Error for NotASchedule {}

impl fmt::Display for Schedule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random(seed) => write!(out, "{seed}"),
            Self::Crash { scenario, point } => {
                let all = crate::scenario::all();
                out.write_str(all[*scenario].name)?;
                point.map_or(Ok(()), |point| write!(out, "@{point}"))
            }
        }
    }
}

impl FromStr for Schedule {
    type Err = NotASchedule;

    fn from_str(text: &str) -> Result<Self, NotASchedule> {
        let wrong = || NotASchedule(text.to_owned());
        if let Ok(seed) = text.parse() {
            return Ok(Self::Random(seed));
        }
        let (name, point) = match text.split_once('@') {
            Some((name, point)) => (name, Some(point.parse().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let all = crate::scenario::all();
        let scenario = all.iter().position(|scenario| scenario.name == name);
        Ok(Self::Crash {
            scenario: scenario.ok_or_else(wrong)?,
            point,
        })
    }
}
