//! What is known of the base application and of the API.

use serde::Deserialize;

/// `facts/base-application.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseApplication {
    /// Tables.
    pub tables: Vec<BaseObject>,
    /// Codeunits.
    pub codeunits: Vec<BaseObject>,
    /// Enums.
    pub enums: Vec<BaseObject>,
    /// Pages.
    pub pages: Vec<BaseObject>,
}

/// An object of one of Microsoft's applications.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseObject {
    /// As in the source.
    pub name: String,
    /// Object id.
    pub id: u32,
    /// Must be named by a `using`.
    pub namespace: String,
    /// Where it was read.
    pub source: String,
    /// Fields of a table.
    #[serde(default)]
    pub fields: Vec<BaseField>,
    /// Procedures of a table or codeunit.
    #[serde(default)]
    pub methods: Vec<String>,
    /// Events of a codeunit.
    #[serde(default)]
    pub events: Vec<BaseEvent>,
    /// Values of an enum.
    #[serde(default)]
    pub values: Vec<String>,
    /// Controls and actions of a page that ours are placed by.
    #[serde(default)]
    pub controls: Vec<String>,
}

/// A field of a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseField {
    /// Name.
    pub name: String,
    /// Field number.
    pub no: u32,
    /// As AL writes it.
    #[serde(rename = "type")]
    pub field_type: String,
}

/// An event of a codeunit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseEvent {
    /// Name.
    pub name: String,
    /// Names of its parameters; a subscriber's must be among them.
    pub parameters: Vec<String>,
}

/// `facts/api.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// `APIPublisher` of every page.
    pub publisher: String,
    /// `APIGroup` of every page.
    pub group: String,
    /// `APIVersion` of every page.
    pub version: String,
    /// Entity sets.
    pub sets: Vec<ApiSet>,
}

/// An entity set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiSet {
    /// `EntitySetName`.
    pub name: String,
    /// `EntityName`.
    pub entity: String,
    /// The client's struct that reads it.
    #[serde(default)]
    pub client: Option<String>,
    /// The client's struct that is posted to it.
    #[serde(default)]
    pub posted: Option<String>,
    /// `name: Type`, in the order of the page.
    pub properties: Vec<String>,
    /// Whether the client also reads what it posted.
    #[serde(default)]
    pub read_by_id: bool,
    /// Those that a POST may set, in the order of the page; none where nothing can be posted.
    #[serde(default)]
    pub posts: Vec<String>,
}

impl ApiSet {
    /// Names and types.
    pub fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.properties
            .iter()
            .filter_map(|property| property.split_once(": "))
    }
}
