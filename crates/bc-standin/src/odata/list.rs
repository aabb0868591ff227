//! Lists and single entities as JSON, and server-driven paging.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::query::Count;
use super::{ODataError, Query};

const LITERAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// One entity with the key that gives its place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Unique within its list; pages follow its order.
    pub key: String,
    /// The properties in camelCase.
    pub properties: Map<String, Value>,
}

impl Entity {
    /// Turns a record into an entity.
    ///
    /// # Errors
    /// Where the record is not a JSON object.
    pub fn new(key: impl Into<String>, record: &impl Serialize) -> Result<Self, ODataError> {
        match serde_json::to_value(record) {
            Ok(Value::Object(properties)) => Ok(Self {
                key: key.into(),
                properties,
            }),
            Ok(other) => Err(ODataError::bad_request(format!("{other} is no entity."))),
            Err(cause) => Err(ODataError::internal(&cause)),
        }
    }
}

/// Where a list stands and how long its pages may be.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    /// Address of the list without its query.
    pub address: &'a str,
    /// Address of the metadata with the name of the set.
    pub context: &'a str,
    /// Entities on a page, at least 1.
    pub page_size: usize,
}

/// One page of a list.
///
/// Where more follows, `@odata.nextLink` repeats the query's options and carries the last key, so
/// that entities which come or go between two pages neither repeat nor hide others.
#[must_use]
pub fn page(list: List<'_>, mut entities: Vec<Entity>, query: &Query) -> Value {
    entities.sort_by(|left, right| left.key.cmp(&right.key));
    if let Some(filter) = &query.filter {
        entities.retain(|entity| filter.accepts(&entity.properties));
    }
    let total = entities.len();
    if let Some(token) = &query.skip_token {
        entities.retain(|entity| entity.key > *token);
    }
    let wanted = query.top.unwrap_or(usize::MAX);
    let left = entities.len().saturating_sub(query.skip).min(wanted);
    let shown: Vec<Entity> = entities
        .into_iter()
        .skip(query.skip)
        .take(left.min(list.page_size.max(1)))
        .collect();

    let mut answer = Map::new();
    answer.insert("@odata.context".to_owned(), json!(list.context));
    if query.count == Count::Given {
        answer.insert("@odata.count".to_owned(), json!(total));
    }
    let next = shown
        .last()
        .filter(|_| left > shown.len())
        .map(|last| next_link(list.address, query, (&last.key, shown.len())));
    let value: Vec<Value> = shown
        .into_iter()
        .map(|entity| Value::Object(written(entity, query)))
        .collect();
    answer.insert("value".to_owned(), Value::Array(value));
    if let Some(next) = next {
        answer.insert("@odata.nextLink".to_owned(), json!(next));
    }
    Value::Object(answer)
}

/// A single entity with its context.
#[must_use]
pub fn answer_of_one(context: &str, entity: Entity, query: &Query) -> Value {
    let mut answer = Map::new();
    answer.insert(
        "@odata.context".to_owned(),
        json!(format!("{context}/$entity")),
    );
    answer.extend(written(entity, query));
    Value::Object(answer)
}

fn next_link(address: &str, query: &Query, (last_key, shown): (&str, usize)) -> String {
    let mut options = query.repeated.clone();
    if let Some(top) = query.top {
        options.push(format!("$top={}", top.saturating_sub(shown)));
    }
    let token = utf8_percent_encode(last_key, LITERAL);
    options.push(format!("$skiptoken={token}"));
    format!("{address}?{}", options.join("&"))
}

fn written(entity: Entity, query: &Query) -> Map<String, Value> {
    let mut properties = entity.properties;
    let tag = etag(&properties);
    if let Some(select) = &query.select {
        properties.retain(|name, _| select.contains(&name.as_str()));
    }
    let mut answer = Map::new();
    answer.insert("@odata.etag".to_owned(), json!(tag));
    answer.extend(properties);
    answer
}

fn etag(properties: &Map<String, Value>) -> String {
    let digest = Sha256::digest(Value::Object(properties.clone()).to_string());
    let mut tag = format!("{digest:x}");
    tag.truncate(20);
    format!("W/\"{tag}\"")
}
