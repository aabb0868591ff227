//! For people who write definitions: what every reader makes of a page, while a definition is being written.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::cart::Cart;
use crate::extract::{Candidate, best, candidates, snapshot_plan};
use crate::json;
use crate::snapshot::{Page, Snapshot};
use crate::supplier::{Catalog, Definition, Location, SupplierFile};

/// The readers, for the extension's workshop page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Workshop {
    catalog: Catalog,
}

/// What is read of a page, or why the definition cannot be used.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Read {
        candidates: Vec<Candidate>,
        chosen: Cart,
    },
    Broken(Vec<Slip>),
}

/// Something wrong in a definition; `text` stands at its line.
#[derive(Serialize)]
struct Slip {
    key: String,
    text: String,
    what: String,
    fix: String,
}

#[wasm_bindgen]
impl Workshop {
    /// The readers with the definitions and words of a compiled catalog.
    ///
    /// # Errors
    /// Where the catalog cannot be read: the build is broken.
    #[wasm_bindgen(constructor)]
    pub fn new(catalog: &str) -> Result<Workshop, JsError> {
        let catalog = Catalog::from_json(catalog)?;
        Ok(Self { catalog })
    }

    /// The plan for a snapshot of a whole page of this place, as JSON text: which part of it is the cart's root is for
    /// the definition to say that is being written.
    ///
    /// # Errors
    /// Where it cannot be written; in practice never.
    pub fn plan(&self, host: &str, path: &str) -> Result<String, JsError> {
        let mut plan = snapshot_plan(&self.catalog, Location { host, path }).plan;
        plan.roots.clear();
        text(&plan)
    }

    /// Reads a snapshot of a place with every reader, as JSON text: `{"read": {"candidates", "chosen"}}`, or
    /// `{"broken": [{"key", "text", "what", "fix"}]}`. The definition, JSON text, stands in for the one of its id.
    ///
    /// # Errors
    /// Where the snapshot cannot be read, or the definition is no JSON of one: what was expected.
    pub fn read(
        &self,
        snapshot: &str,
        definition: Option<String>,
        host: &str,
        path: &str,
    ) -> Result<String, JsError> {
        let edited = definition.map(|definition| {
            let file: SupplierFile = json::read_strictly(&definition)?;
            Ok::<_, JsError>(Definition::new(file).map(|definition| self.catalog.with(definition)))
        });
        let catalog = match edited.transpose()? {
            Some(Err(errors)) => {
                let slips = errors.into_iter().map(|error| Slip {
                    key: error.key,
                    text: error.text,
                    what: error.problem.what,
                    fix: error.problem.fix,
                });
                return text(&Answer::Broken(slips.collect()));
            }
            Some(Ok(catalog)) => &catalog.clone(),
            None => &self.catalog,
        };
        let at = Location { host, path };
        let page = Page::read(
            &Snapshot::from_json(snapshot)?,
            &snapshot_plan(catalog, at).attributes,
        )?;
        let candidates = candidates(&page, at, catalog);
        let chosen = best(&candidates);
        text(&Answer::Read { candidates, chosen })
    }
}

fn text(value: &impl Serialize) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(|_| JsError::new("the answer cannot be written"))
}
