//! Keeps the state: the desk in `chrome.storage.session`, the journal in `chrome.storage.local`.

use wasm_bindgen::{JsThreadLocal, JsValue};

use super::chrome::{self, StorageArea};
use super::value::to_script;
use crate::capture::{Changes, Records, World};
use crate::deployment::Overrides;
use crate::json::{self, Value};
use crate::sorted::SortedMap;

const SETTINGS: &str = "settings";

/// The browser could not store the journal: nothing of it was.
#[derive(Debug)]
pub(super) struct NotStored;

/// Reads what an earlier worker stored.
pub(super) async fn load() -> World {
    let records = Records {
        session: texts(held(&chrome::SESSION, Some(Records::desk_key())).await),
        local: texts(held(&chrome::LOCAL, None).await),
    };
    records.world()
}

/// Stores where a state differs from what is stored, and gives what is stored then. They are written before this is
/// awaited.
///
/// The journal decides: once it is stored the step has happened, and a desk that found no room is written with the next.
pub(super) fn store<'b>(
    before: &'b Records,
    world: &World,
) -> impl Future<Output = Result<Records, NotStored>> + use<'b> {
    let after = Records::of(world);
    async move {
        let mut after = after.map_err(|_| NotStored)?;
        write(&chrome::LOCAL, &before.local, &mut after.local).await?;
        let desk = write(&chrome::SESSION, &before.session, &mut after.session).await;
        if desk.is_err() {
            after.session = before.session.clone();
        }
        Ok(after)
    }
}

/// What could not be removed counts as still there.
async fn write(
    area: &'static JsThreadLocal<StorageArea>,
    before: &SortedMap<String, String>,
    after: &mut SortedMap<String, String>,
) -> Result<(), NotStored> {
    let area = area.with(Clone::clone);
    let changes = Changes::between(before, after);
    if !changes.written.is_empty() {
        // Not by way of JSON: the texts are JSON, and long.
        let items = js_sys::Object::new();
        for (key, text) in &changes.written {
            let (key, text) = (JsValue::from_str(key), JsValue::from_str(text));
            js_sys::Reflect::set(&items, &key, &text).map_err(|_| NotStored)?;
        }
        area.set(&items).await.map_err(|_| NotStored)?;
    }
    if changes.removed.is_empty() {
        return Ok(());
    }
    let keys = to_script(&changes.removed).map_err(|_| NotStored)?;
    if area.remove(&keys).await.is_err() {
        let kept = changes.removed.into_iter().filter_map(|key| {
            let text = before.get(key)?;
            Some((key.clone(), text.clone()))
        });
        let kept: Vec<(String, String)> = kept.collect();
        for (key, text) in kept {
            after.insert(key, text);
        }
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
