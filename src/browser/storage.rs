//! Keeps the state: the desk in `chrome.storage.session`, the journal in `chrome.storage.local`, one record for each
//! capture, so that a change writes what changed.

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsThreadLocal, JsValue};

use super::chrome::{self, StorageArea};
use super::value::to_script;
use crate::capture::{Delivery, Desk, Journal, World};
use crate::capture_id::CaptureId;
use crate::deployment::Overrides;
use crate::json::{self, Value};
use crate::sorted::SortedMap;

const DESK: &str = "desk";
const PREFERENCES: &str = "preferences";
const DELIVERY: &str = "delivery:";
const SETTINGS: &str = "settings";

/// Version of the records in `chrome.storage.local`.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Record<T> {
    format: u32,
    record: T,
}

/// The browser could not store something.
#[derive(Debug)]
pub(super) struct NotStored;

/// A state as it is stored: texts by key. Two states are told apart by their texts, and what could not be stored is
/// undone by reading them, so that states need neither be compared nor copied.
#[derive(Default)]
pub(super) struct Texts {
    session: SortedMap<String, String>,
    local: SortedMap<String, String>,
}

impl Texts {
    /// Writes a state.
    pub(super) fn of(World { desk, journal }: &World) -> Result<Self, NotStored> {
        let mut local = SortedMap::new();
        local.insert(PREFERENCES.to_owned(), record(&journal.preferences)?);
        for (id, delivery) in &journal.deliveries {
            local.insert(format!("{DELIVERY}{id}"), record(delivery)?);
        }
        let desk = serde_json::to_string(desk).map_err(|_| NotStored)?;
        Ok(Self {
            session: SortedMap::from([(DESK.to_owned(), desk)]),
            local,
        })
    }

    /// Reads a state; a record that cannot be read counts as not there.
    pub(super) fn world(&self) -> World {
        let mut journal = Journal {
            preferences: self
                .local
                .get(PREFERENCES)
                .and_then(|text| recorded(text))
                .unwrap_or_default(),
            deliveries: SortedMap::new(),
        };
        for (key, text) in &self.local {
            let id = key
                .strip_prefix(DELIVERY)
                .and_then(|id| CaptureId::try_from(id.to_owned()).ok());
            if let (Some(id), Some(delivery)) = (id, recorded::<Delivery>(text)) {
                journal.deliveries.insert(id, delivery);
            }
        }
        let desk = self.session.get(DESK);
        let desk: Option<Desk> = desk.and_then(|text| json::read(text).ok());
        World {
            desk: desk.unwrap_or_default(),
            journal,
        }
    }
}

/// Reads what an earlier worker stored. A record that cannot be read stays where it is, untouched.
pub(super) async fn load() -> World {
    let texts = Texts {
        session: texts(held(&chrome::SESSION, Some(DESK)).await),
        local: texts(held(&chrome::LOCAL, None).await),
    };
    texts.world()
}

/// Stores where a state differs from what is stored, and gives its texts. They are written before this is awaited.
pub(super) fn store<'b>(
    before: &'b Texts,
    world: &World,
) -> impl Future<Output = Result<Texts, NotStored>> + use<'b> {
    let after = Texts::of(world);
    async move {
        let after = after?;
        write(&chrome::LOCAL, &before.local, &after.local).await?;
        write(&chrome::SESSION, &before.session, &after.session).await?;
        Ok(after)
    }
}

async fn write(
    area: &'static JsThreadLocal<StorageArea>,
    before: &SortedMap<String, String>,
    after: &SortedMap<String, String>,
) -> Result<(), NotStored> {
    let area = area.with(Clone::clone);
    let differs = |(key, text): &(&String, &String)| before.get(*key) != Some(*text);
    let written: SortedMap<&String, &String> = after.iter().filter(differs).collect();
    if !written.is_empty() {
        let items = to_script(&written).map_err(|_| NotStored)?;
        area.set(&items).await.map_err(|_| NotStored)?;
    }
    let is_gone = |key: &&String| !after.contains_key(*key);
    let removed: Vec<&String> = before.keys().filter(is_gone).collect();
    if !removed.is_empty() {
        let keys = to_script(&removed).map_err(|_| NotStored)?;
        area.remove(&keys).await.map_err(|_| NotStored)?;
    }
    Ok(())
}

/// What an area holds under a key, or all of it, as JSON text; nothing where it cannot be read.
async fn held(area: &'static JsThreadLocal<StorageArea>, key: Option<&str>) -> Option<String> {
    let keys = key.map_or(JsValue::NULL, JsValue::from_str);
    let area = area.with(Clone::clone);
    let items = area.get(&keys).await.ok()?;
    js_sys::JSON::stringify(&items).ok()?.as_string()
}

/// What the buyer's settings say, and over them what an administrator set by policy.
pub(super) async fn overrides() -> Overrides {
    let local = texts(held(&chrome::LOCAL, Some(SETTINGS)).await);
    let own: Overrides = local
        .get(SETTINGS)
        .and_then(|text| json::read(text).ok())
        .unwrap_or_default();
    let policy: Overrides = held(&chrome::MANAGED, None)
        .await
        .and_then(|text| json::read(&text).ok())
        .unwrap_or_default();
    Overrides {
        tenant: policy.tenant.or(own.tenant),
        client_id: policy.client_id.or(own.client_id),
        environment: policy.environment.or(own.environment),
    }
}

fn record<T: Serialize>(record: &T) -> Result<String, NotStored> {
    serde_json::to_string(&Record {
        format: FORMAT,
        record,
    })
    .map_err(|_| NotStored)
}

fn recorded<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    let record: Record<T> = json::read(text).ok()?;
    (record.format == FORMAT).then_some(record.record)
}

/// The texts that an area holds; everything that the core stores is text.
fn texts(items: Option<String>) -> SortedMap<String, String> {
    let items = items.and_then(|items| json::parse(&items).ok());
    let Some(Value::Object(items)) = items else {
        return SortedMap::new();
    };
    let texts = items.into_iter().filter_map(|(key, value)| match value {
        Value::Text(text) => Some((key, text)),
        _ => None,
    });
    texts.collect()
}
