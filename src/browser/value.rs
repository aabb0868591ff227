//! Values for the browser's own functions.

use serde::Serialize;
use wasm_bindgen::JsValue;

/// A value as a script has it, by way of its JSON: the code that writes JSON is there anyway.
///
/// # Errors
/// Where it cannot be written; in practice never.
pub(super) fn to_script<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let json = serde_json::to_string(value).map_err(|_| JsValue::NULL)?;
    js_sys::JSON::parse(&json)
}
