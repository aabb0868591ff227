//! Bindings to the `chrome.*` APIs that are used, by their names in Chrome's reference.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `StorageArea.get`; `undefined` asks for everything.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    pub(super) async fn local_get(keys: &JsValue) -> Result<JsValue, JsValue>;

    /// `StorageArea.set`.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    pub(super) async fn local_set(items: &JsValue) -> Result<JsValue, JsValue>;

    /// `StorageArea.remove`.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = remove)]
    pub(super) async fn local_remove(keys: &JsValue) -> Result<JsValue, JsValue>;

    /// `StorageArea.get` of the area that is never written to disk.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = get)]
    pub(super) async fn session_get(keys: &JsValue) -> Result<JsValue, JsValue>;

    /// `StorageArea.set` of the area that is never written to disk.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = set)]
    pub(super) async fn session_set(items: &JsValue) -> Result<JsValue, JsValue>;

    /// `StorageArea.get` of what an administrator set by policy.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "managed"], js_name = get)]
    pub(super) async fn managed_get(keys: &JsValue) -> Result<JsValue, JsValue>;

    /// `chrome.identity.getRedirectURL`: `https://<extension-id>.chromiumapp.org/`.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "identity"], js_name = getRedirectURL)]
    pub(super) fn redirect_url() -> Result<String, JsValue>;

    /// `chrome.identity.launchWebAuthFlow`.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "identity"], js_name = launchWebAuthFlow)]
    pub(super) async fn launch_web_auth_flow(details: &JsValue) -> Result<JsValue, JsValue>;

    /// `chrome.alarms.create`; replaces an alarm of the same name.
    #[wasm_bindgen(catch, js_namespace = ["chrome", "alarms"], js_name = create)]
    pub(super) fn create_alarm(name: &str, info: &JsValue) -> Result<JsValue, JsValue>;

    /// The global `setTimeout`: for moments that come before an alarm may (30 s).
    #[wasm_bindgen(js_name = setTimeout)]
    pub(super) fn set_timeout(callback: &JsValue, milliseconds: i32) -> JsValue;
}
