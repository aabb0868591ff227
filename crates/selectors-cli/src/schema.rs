//! The JSON schemas of the files that people write, for their editors, and of the carts that they export.

use clap::ValueEnum;
use punchout::export::CartFile;
use punchout::supplier::{SupplierFile, WordsFile};
use schemars::generate::SchemaSettings;

/// A file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// `selectors/<id>/supplier.toml`
    Supplier,
    /// `selectors/words/<language>.toml`
    Words,
    /// A cart that the extension exported as JSON.
    Cart,
}

impl Schema {
    /// The schema as JSON text, of draft 2020-12, made from the types that read or write the file.
    ///
    /// # Errors
    ///
    /// As `serde_json` does; in practice never.
    pub fn to_json(self) -> Result<String, serde_json::Error> {
        let read = || SchemaSettings::draft2020_12().into_generator();
        // What is written has all its fields.
        let written = || {
            SchemaSettings::draft2020_12()
                .for_serialize()
                .into_generator()
        };
        let schema = match self {
            Self::Supplier => read().into_root_schema_for::<SupplierFile>(),
            Self::Words => read().into_root_schema_for::<WordsFile>(),
            Self::Cart => written().into_root_schema_for::<CartFile<'_>>(),
        };
        serde_json::to_string_pretty(&schema)
    }
}
