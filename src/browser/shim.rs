//! What the service worker's own script does for the core.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The object that the service worker hands to [`super::Runtime::begin`].
    pub type Shim;

    /// Runs the snapshot function in a tab, and gives the snapshot as JSON text. Rejects where the browser does not let
    /// the tab be read, or where the tab shows another address than `only_at`; resolves to something else than a text where the function failed.
    #[wasm_bindgen(method, catch, js_name = takeSnapshot)]
    pub async fn take_snapshot(
        this: &Shim,
        tab: i32,
        plan: &str,
        only_at: Option<String>,
    ) -> Result<JsValue, JsValue>;

    /// Tells the panels that they show something old.
    #[wasm_bindgen(method)]
    pub fn changed(this: &Shim);
}
