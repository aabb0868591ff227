//! System query options: `$filter`, `$select`, `$top`, `$skip`, `$count`, `$skiptoken`.

use percent_encoding::percent_decode_str;

use super::filter::Nesting;
use super::{EntitySet, Filter, ODataError};

/// The query options of one request, checked against the entity set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Which entities; all of them where absent.
    pub filter: Option<Filter>,
    /// Which properties; all of them where absent.
    pub select: Option<Vec<&'static str>>,
    /// At most so many entities.
    pub top: Option<usize>,
    /// So many entities are left out first.
    pub skip: usize,
    /// Whether the answer says how many entities pass the filter.
    pub count: Count,
    /// The key of the last entity of the page before.
    pub skip_token: Option<String>,
    /// The options that a next page repeats, as they were written.
    pub repeated: Vec<String>,
    /// What `$schemaversion` allows.
    nesting: Nesting,
}

/// `$count`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Count {
    /// `@odata.count` is left out.
    #[default]
    Left,
    /// `@odata.count` is given.
    Given,
}

impl Query {
    /// Reads the part of an address after the question mark.
    ///
    /// # Errors
    /// `BadRequest` for an option that is malformed or not supported; options without `$` are ignored.
    pub fn parse(raw: &str, set: EntitySet) -> Result<Self, ODataError> {
        let mut query = Self {
            nesting: nesting(raw)?,
            ..Self::default()
        };
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            query.take(&decoded(name)?, &decoded(value)?, set)?;
            if !matches!(decoded(name)?.as_str(), "$top" | "$skip" | "$skiptoken") {
                query.repeated.push(pair.to_owned());
            }
        }
        Ok(query)
    }

    fn take(&mut self, name: &str, value: &str, set: EntitySet) -> Result<(), ODataError> {
        match name {
            "$filter" => self.filter = Some(Filter::parse(value, set, self.nesting)?),
            "$select" => self.select = Some(selected(value, set)?),
            "$top" => self.top = Some(number(name, value)?),
            "$skip" => self.skip = number(name, value)?,
            "$skiptoken" => self.skip_token = Some(value.to_owned()),
            "$count" => self.count = count(value)?,
            "$schemaversion" => {}
            _ if name.starts_with('$') => {
                let message = format!("The query option '{name}' is not supported.");
                return Err(ODataError::bad_request(message));
            }
            _ => {}
        }
        Ok(())
    }
}

/// The version counts wherever it stands in the query.
fn nesting(raw: &str) -> Result<Nesting, ODataError> {
    for pair in raw.split('&') {
        if decoded(pair)? == "$schemaversion=2.1" {
            return Ok(Nesting::Allowed);
        }
    }
    Ok(Nesting::Refused)
}

fn selected(value: &str, set: EntitySet) -> Result<Vec<&'static str>, ODataError> {
    value
        .split(',')
        .map(|name| {
            let property = set.property(name.trim()).ok_or_else(|| {
                ODataError::bad_request(format!(
                    "Could not find a property named '{name}' on type 'Microsoft.NAV.{}'.",
                    set.entity()
                ))
            })?;
            Ok(property.name)
        })
        .collect()
}

fn number(name: &str, value: &str) -> Result<usize, ODataError> {
    value.parse().map_err(|_| {
        ODataError::bad_request(format!(
            "Invalid value '{value}' for {name} query option found. \
             The {name} query option requires a non-negative integer value."
        ))
    })
}

fn count(value: &str) -> Result<Count, ODataError> {
    match value {
        "true" => Ok(Count::Given),
        "false" => Ok(Count::Left),
        _ => Err(ODataError::bad_request(format!(
            "Invalid value '{value}' for $count query option found."
        ))),
    }
}

/// In the query a plus sign stands for a space.
fn decoded(text: &str) -> Result<String, ODataError> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced)
        .decode_utf8()
        .map(|text| text.into_owned())
        .map_err(|_| ODataError::bad_request("The address is not valid UTF-8."))
}
