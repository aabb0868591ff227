//! Bindings to the `chrome.*` APIs that are used, by their names in Chrome's reference.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `chrome.storage.StorageArea`.
    #[derive(Clone)]
    pub(super) type StorageArea;

    /// The area on disk.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = local)]
    pub(super) static LOCAL: StorageArea;

    /// The area that is never written to disk.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = session)]
    pub(super) static SESSION: StorageArea;

    /// What an administrator set by policy.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = managed)]
    pub(super) static MANAGED: StorageArea;

    /// `StorageArea.get`; `null` asks for everything.
    #[wasm_bindgen(method, catch)]
    pub(super) async fn get(this: &StorageArea, keys: &JsValue) -> Result<JsValue, JsValue>;

    /// `StorageArea.set`.
    #[wasm_bindgen(method, catch)]
    pub(super) async fn set(this: &StorageArea, items: &JsValue) -> Result<JsValue, JsValue>;

    /// `StorageArea.remove`.
    #[wasm_bindgen(method, catch)]
    pub(super) async fn remove(this: &StorageArea, keys: &JsValue) -> Result<JsValue, JsValue>;

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
