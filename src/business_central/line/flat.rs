//! The choices of a line as they are read: flat, because `serde` compiles a second reader for everything in an enum that
//! is told by a tag.

use serde::Deserialize;

use super::{Mapping, TaxTreatment};
use crate::money::Decimal;

/// A choice lacks the property that its kind needs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("missing field `{0}`")]
pub(super) struct Missing(&'static str);

/// [`Mapping`] in one list of properties.
#[derive(Deserialize)]
pub(super) struct MappingFields {
    to: Target,
    number: Option<String>,
    matched_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Target {
    Item,
    CatchAll,
    GlAccount,
    Note,
}

impl TryFrom<MappingFields> for Mapping {
    type Error = Missing;

    fn try_from(fields: MappingFields) -> Result<Self, Missing> {
        let number = fields.number.ok_or(Missing("number"));
        Ok(match fields.to {
            Target::Item => Self::Item {
                number: number?,
                matched_by: fields.matched_by,
            },
            Target::CatchAll => Self::CatchAll { number: number? },
            Target::GlAccount => Self::GlAccount { number: number? },
            Target::Note => Self::Note,
        })
    }
}

/// [`TaxTreatment`] in one list of properties.
#[derive(Deserialize)]
pub(super) struct TaxFields {
    prices: Prices,
    percent: Option<Decimal>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Prices {
    Net,
    Gross,
}

impl TryFrom<TaxFields> for TaxTreatment {
    type Error = Missing;

    fn try_from(fields: TaxFields) -> Result<Self, Missing> {
        match fields.prices {
            Prices::Net => Ok(Self::Net),
            Prices::Gross => Ok(Self::Gross {
                percent: fields.percent.ok_or(Missing("percent"))?,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let number = || "1000".to_owned();
        for mapping in [
            Mapping::Item {
                number: number(),
                matched_by: Some("Item Reference".to_owned()),
            },
            Mapping::Item {
                number: number(),
                matched_by: None,
            },
            Mapping::CatchAll { number: number() },
            Mapping::GlAccount { number: number() },
            Mapping::Note,
        ] {
            let text = serde_json::to_string(&mapping).unwrap();
            assert_eq!(crate::json::read(&text), Ok(mapping), "{text}");
        }
        let percent = "8.10".parse().unwrap();
        for tax in [TaxTreatment::Net, TaxTreatment::Gross { percent }] {
            let text = serde_json::to_string(&tax).unwrap();
            assert_eq!(crate::json::read(&text), Ok(tax), "{text}");
        }
    }

    #[test]
    fn a_choice_names_what_it_lacks() {
        let error = crate::json::read::<Mapping>(r#"{"to":"item"}"#).unwrap_err();
        assert_eq!(error.to_string(), "missing field `number`");
        let error = crate::json::read::<TaxTreatment>(r#"{"prices":"gross"}"#).unwrap_err();
        assert_eq!(error.to_string(), "missing field `percent`");
        assert!(crate::json::read::<Mapping>(r#"{"to":"elsewhere"}"#).is_err());
    }
}
