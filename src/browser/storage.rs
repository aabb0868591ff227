//! Keeps the state: the desk in `chrome.storage.session`, the journal in `chrome.storage.local`, one record for each
//! capture, so that a change writes what changed.

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsThreadLocal, JsValue};

use super::chrome::{self, StorageArea};
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

/// Reads what an earlier worker stored. A record that cannot be read stays where it is, untouched.
pub(super) async fn load() -> World {
    let session = texts(held(&chrome::SESSION, Some(DESK)).await);
    let local = texts(held(&chrome::LOCAL, None).await);
    let mut journal = Journal {
        preferences: local
            .get(PREFERENCES)
            .and_then(|text| record(text))
            .unwrap_or_default(),
        deliveries: SortedMap::new(),
    };
    for (key, text) in &local {
        let id = key
            .strip_prefix(DELIVERY)
            .and_then(|id| CaptureId::try_from(id.to_owned()).ok());
        if let (Some(id), Some(delivery)) = (id, record::<Delivery>(text)) {
            journal.deliveries.insert(id, delivery);
        }
    }
    let desk: Option<Desk> = session.get(DESK).and_then(|text| json::read(text).ok());
    World {
        desk: desk.unwrap_or_default(),
        journal,
    }
}

/// Stores what differs between two states.
pub(super) async fn store(before: &World, after: &World) -> Result<(), NotStored> {
    let (written, removed) = difference(&before.journal, &after.journal)?;
    if !written.is_empty() {
        put(&chrome::LOCAL, &written).await?;
    }
    if !removed.is_empty() {
        let keys = serde_wasm_bindgen::to_value(&removed).map_err(|_| NotStored)?;
        let area = chrome::LOCAL.with(Clone::clone);
        area.remove(&keys).await.map_err(|_| NotStored)?;
    }
    if before.desk != after.desk {
        let text = serde_json::to_string(&after.desk).map_err(|_| NotStored)?;
        put(
            &chrome::SESSION,
            &SortedMap::from([(DESK.to_owned(), text)]),
        )
        .await?;
    }
    Ok(())
}

async fn put(
    area: &'static JsThreadLocal<StorageArea>,
    items: &SortedMap<String, String>,
) -> Result<(), NotStored> {
    let to_script = serde_wasm_bindgen::Serializer::json_compatible();
    let items = items.serialize(&to_script).map_err(|_| NotStored)?;
    let area = area.with(Clone::clone);
    area.set(&items).await.map_err(|_| NotStored)?;
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

/// The records to write and the keys to remove.
type Difference = (SortedMap<String, String>, Vec<String>);

fn difference(before: &Journal, after: &Journal) -> Result<Difference, NotStored> {
    let mut written = SortedMap::new();
    if before.preferences != after.preferences {
        written.insert(PREFERENCES.to_owned(), text_of(&after.preferences)?);
    }
    for (id, delivery) in &after.deliveries {
        if before.deliveries.get(id) != Some(delivery) {
            written.insert(format!("{DELIVERY}{id}"), text_of(delivery)?);
        }
    }
    let gone = before
        .deliveries
        .keys()
        .filter(|id| !after.deliveries.contains_key(id));
    let removed = gone.map(|id| format!("{DELIVERY}{id}")).collect();
    Ok((written, removed))
}

fn text_of<T: Serialize>(record: &T) -> Result<String, NotStored> {
    serde_json::to_string(&Record {
        format: FORMAT,
        record,
    })
    .map_err(|_| NotStored)
}

fn record<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
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
