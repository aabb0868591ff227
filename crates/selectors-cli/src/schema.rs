//! The JSON schemas of the files that people write, for their editors.

use clap::ValueEnum;
use punchout::supplier::{SupplierFile, WordsFile};
use schemars::generate::SchemaSettings;

/// A file that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// `selectors/<id>/supplier.toml`
    Supplier,
    /// `selectors/words/<language>.toml`
    Words,
}

impl Schema {
    /// The schema as JSON text, of draft 2020-12, made from the types that read the file.
    ///
    /// # Errors
    ///
    /// As `serde_json` does; in practice never.
    pub fn to_json(self) -> Result<String, serde_json::Error> {
        let generator = SchemaSettings::draft2020_12().into_generator();
        let schema = match self {
            Self::Supplier => generator.into_root_schema_for::<SupplierFile>(),
            Self::Words => generator.into_root_schema_for::<WordsFile>(),
        };
        serde_json::to_string_pretty(&schema)
    }
}
