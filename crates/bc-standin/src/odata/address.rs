//! Addresses: `{base}/{environment}/api/punchout/procurement/v1.0/companies({id})/vendors({id})`.

use percent_encoding::percent_decode_str;
use uuid::Uuid;

use super::{EntitySet, ODataError};

/// The route of the app's API, after the environment.
pub const ROUTE: [&str; 4] = ["api", "punchout", "procurement", "v1.0"];

/// The address of the list of environments, outside any base path.
pub const ENVIRONMENTS: &str = "/environments/v1.2";

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The environments that the user can see.
    Environments,
    /// The service document: the entity sets of the route.
    ServiceDocument,
    /// Several requests in one.
    Batch,
    /// A company, or all of them.
    Companies(Option<Uuid>),
    /// An entity set within a company, or one entity of it.
    Entities {
        /// The company's id.
        company: Uuid,
        /// Which set.
        set: EntitySet,
        /// The entity's id, where one is asked for.
        key: Option<Uuid>,
    },
}

/// Where the API lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// Everything before the environment, such as `/v2.0/contoso`; no slash at the end.
    pub base_path: String,
    /// The only environment there is; compared without regard to case.
    pub environment: String,
}

impl Mount {
    /// The path of the route, `{base}/{environment}/api/punchout/procurement/v1.0`.
    #[must_use]
    pub fn route(&self) -> String {
        format!(
            "{}/{}/{}",
            self.base_path,
            self.environment,
            ROUTE.join("/")
        )
    }

    /// The tenant: the last segment of the base path.
    #[must_use]
    pub fn tenant(&self) -> &str {
        self.base_path.rsplit('/').next().unwrap_or_default()
    }

    /// Reads a request's path.
    ///
    /// # Errors
    /// What Business Central answers for an address that leads nowhere.
    pub fn read(&self, path: &str) -> Result<Address, ODataError> {
        if path == ENVIRONMENTS {
            return Ok(Address::Environments);
        }
        let below = path
            .strip_prefix(self.base_path.as_str())
            .and_then(|rest| rest.strip_prefix('/'))
            .ok_or_else(|| ODataError::resource_not_found(path))?;
        let segments = below
            .trim_end_matches('/')
            .split('/')
            .map(decoded)
            .collect::<Result<Vec<_>, _>>()?;
        let mut segments = segments.iter().map(String::as_str);
        let environment = segments.next().unwrap_or_default();
        if !environment.eq_ignore_ascii_case(&self.environment) {
            return Err(ODataError::no_environment(environment));
        }
        for expected in ROUTE {
            let found = segments.next().unwrap_or_default();
            if found != expected {
                return Err(ODataError::resource_not_found(found));
            }
        }
        within_route(segments)
    }
}

fn within_route<'a>(mut segments: impl Iterator<Item = &'a str>) -> Result<Address, ODataError> {
    let Some(first) = segments.next() else {
        return Ok(Address::ServiceDocument);
    };
    if first == "$batch" {
        return Ok(Address::Batch);
    }
    let (set, company) = set_and_key(first)?;
    if set != EntitySet::Companies {
        return Err(ODataError::resource_not_found(first));
    }
    let Some(second) = segments.next() else {
        return Ok(Address::Companies(company));
    };
    let company = company.ok_or_else(|| ODataError::resource_not_found(second))?;
    let (set, key) = set_and_key(second)?;
    let beyond = segments.next();
    if set == EntitySet::Companies || beyond.is_some() {
        return Err(ODataError::resource_not_found(beyond.unwrap_or(second)));
    }
    Ok(Address::Entities { company, set, key })
}

fn set_and_key(segment: &str) -> Result<(EntitySet, Option<Uuid>), ODataError> {
    let (name, key) = match segment.split_once('(') {
        None => (segment, None),
        Some((name, rest)) => (name, Some(rest)),
    };
    let set = EntitySet::named(name).ok_or_else(|| ODataError::resource_not_found(name))?;
    let key = key.map(guid_in_parentheses).transpose()?;
    Ok((set, key))
}

fn guid_in_parentheses(rest: &str) -> Result<Uuid, ODataError> {
    rest.strip_suffix(')')
        .filter(|text| text.len() == 36)
        .and_then(|text| Uuid::try_parse(text).ok())
        .ok_or_else(|| ODataError::bad_request("Bad Request - Error in query syntax."))
}

fn decoded(segment: &str) -> Result<String, ODataError> {
    percent_decode_str(segment)
        .decode_utf8()
        .map(|text| text.into_owned())
        .map_err(|_| ODataError::bad_request("The address is not valid UTF-8."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mount() -> Mount {
        Mount {
            base_path: "/v2.0/contoso".to_owned(),
            environment: "production".to_owned(),
        }
    }

    fn code(path: &str) -> String {
        mount().read(path).unwrap_err().code.into_owned()
    }

    #[test]
    fn an_entity_of_a_company_is_found() {
        let id = Uuid::from_u128(7);
        let path = format!("{}/companies({id})/captures({id})", mount().route());
        let expected = Address::Entities {
            company: id,
            set: EntitySet::Captures,
            key: Some(id),
        };
        assert_eq!(mount().read(&path), Ok(expected));
    }

    #[test]
    fn parentheses_may_be_percent_encoded() {
        let id = Uuid::from_u128(7);
        let path = format!("{}/companies%28{id}%29", mount().route());
        assert_eq!(mount().read(&path), Ok(Address::Companies(Some(id))));
    }

    #[test]
    fn environment_names_ignore_case_and_unknown_ones_are_refused() {
        let path = "/v2.0/contoso/Production/api/punchout/procurement/v1.0";
        assert_eq!(mount().read(path), Ok(Address::ServiceDocument));
        let path = "/v2.0/contoso/sandbox/api/punchout/procurement/v1.0";
        assert_eq!(code(path), "NoEnvironment");
    }

    #[test]
    fn a_segment_that_is_unknown_is_named() {
        let path = format!("{}/companies({})/widgets", mount().route(), Uuid::nil());
        let error = mount().read(&path).unwrap_err();
        assert_eq!(
            error.message,
            "Resource not found for the segment 'widgets'."
        );
    }

    #[test]
    fn a_key_that_is_no_guid_is_an_error_in_query_syntax() {
        assert_eq!(
            code(&format!("{}/companies(CRONUS)", mount().route())),
            "BadRequest"
        );
    }
}
