//! The state as it is stored: one text for each record, so that a change writes what changed.
//!
//! `chrome.storage.local` has the journal: a record for each capture, and one of preferences. Each says its format, so
//! that a later version can read what an earlier one wrote. `chrome.storage.session` has the desk.

use serde::{Deserialize, Serialize};

use super::world::{Delivery, Doubt, Journal, Stage, World};
use crate::capture_id::CaptureId;
use crate::json;
use crate::sorted::SortedMap;

const DESK: &str = "desk";
const PREFERENCES: &str = "preferences";
const DELIVERY: &str = "delivery:";

/// The format that records are written in. In format 1 a delivery did not say which of its posts are in doubt.
const FORMAT: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Record<T> {
    format: u32,
    record: T,
}

/// A state that cannot be written as text; in practice none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the state cannot be written")]
pub struct NotWritten;

/// A state as texts by key. Two states are told apart by their texts, and what could not be stored is undone by reading
/// them, so that states need neither be compared nor copied. Holds tokens and cart text: it has no `Debug` of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// What `chrome.storage.session` holds.
    pub session: SortedMap<String, String>,
    /// What `chrome.storage.local` holds.
    pub local: SortedMap<String, String>,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Records({} of the journal)", self.local.len())
    }
}

/// What differs between two areas.
#[derive(Debug)]
pub struct Changes<'t> {
    /// To be written.
    pub written: SortedMap<&'t String, &'t String>,
    /// To be removed, after the others are written.
    pub removed: Vec<&'t String>,
}

impl<'t> Changes<'t> {
    /// What makes `before` to `after`.
    #[must_use]
    pub fn between(
        before: &'t SortedMap<String, String>,
        after: &'t SortedMap<String, String>,
    ) -> Self {
        let differs = |(key, text): &(&String, &String)| before.get(*key) != Some(*text);
        Self {
            written: after.iter().filter(differs).collect(),
            removed: before
                .keys()
                .filter(|key| !after.contains_key(*key))
                .collect(),
        }
    }
}

impl Records {
    /// Writes a state.
    ///
    /// # Errors
    /// [`NotWritten`].
    pub fn of(World { desk, journal }: &World) -> Result<Self, NotWritten> {
        let mut local = SortedMap::new();
        for (id, delivery) in &journal.deliveries {
            local.insert(format!("{DELIVERY}{id}"), record(delivery)?);
        }
        local.insert(PREFERENCES.to_owned(), record(&journal.preferences)?);
        let desk = serde_json::to_string(desk).map_err(|_| NotWritten)?;
        Ok(Self {
            session: SortedMap::from([(DESK.to_owned(), desk)]),
            local,
        })
    }

    /// Reads a state. A record that cannot be read, because it is damaged or of a later version, counts as not there;
    /// it is never written over, and the journal says how many captures are so.
    #[must_use]
    pub fn world(&self) -> World {
        let preferences = self.local.get(PREFERENCES);
        let preferences = preferences.and_then(|text| recorded(text));
        let mut journal = Journal {
            preferences: preferences.map(|(_, record)| record).unwrap_or_default(),
            ..Journal::default()
        };
        for (key, text) in &self.local {
            let Some(id) = key.strip_prefix(DELIVERY) else {
                continue;
            };
            let id = CaptureId::try_from(id.to_owned()).ok();
            match (id, recorded(text).map(delivery)) {
                (Some(id), Some(delivery)) => drop(journal.deliveries.insert(id, delivery)),
                _ => journal.unreadable = journal.unreadable.saturating_add(1),
            }
        }
        let desk = self.session.get(DESK);
        World {
            desk: desk
                .and_then(|text| json::read(text).ok())
                .unwrap_or_default(),
            journal,
        }
    }

    /// The key of the desk in `chrome.storage.session`.
    #[must_use]
    pub fn desk_key() -> &'static str {
        DESK
    }
}

/// A delivery of any format. What format 1 does not say is taken at its worst.
fn delivery((format, mut delivery): (u32, Delivery)) -> Delivery {
    if format == 1 && matches!(delivery.stage, Stage::Posting { .. }) {
        delivery.doubt = Doubt::EarlierPost;
    }
    delivery
}

fn record<T: Serialize>(record: &T) -> Result<String, NotWritten> {
    let format = FORMAT;
    serde_json::to_string(&Record { format, record }).map_err(|_| NotWritten)
}

fn recorded<T: for<'de> Deserialize<'de>>(text: &str) -> Option<(u32, T)> {
    let Record { format, record } = json::read(text).ok()?;
    (1..=FORMAT).contains(&format).then_some((format, record))
}
