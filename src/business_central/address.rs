//! Addresses of the app's API. Everything that is put into one is quoted here.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::capture_id::{CaptureId, is_guid};
use crate::http::{Method, Request};

/// Publisher, group and version of the app's API pages.
const ROUTE: &str = "api/punchout/procurement/v1.0";

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A company's `id`: it never changes, as its name may.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CompanyId(String);

/// A text that is no GUID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the id of a company: expected a GUID")]
pub struct NotACompanyId(String);

impl TryFrom<String> for CompanyId {
    type Error = NotACompanyId;

    fn try_from(text: String) -> Result<Self, NotACompanyId> {
        if is_guid(&text) {
            Ok(Self(text))
        } else {
            Err(NotACompanyId(text))
        }
    }
}

impl From<CompanyId> for String {
    fn from(id: CompanyId) -> Self {
        id.0
    }
}

impl fmt::Display for CompanyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The app's API in one environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    route: String,
}

impl Service {
    /// `base` is the address before the environment, for example
    /// `https://api.businesscentral.dynamics.com/v2.0/<tenant>`; on premises the instance takes the environment's place.
    #[must_use]
    pub fn new(base: &str, environment: &str) -> Self {
        let base = base.trim_end_matches('/');
        let environment = utf8_percent_encode(environment, RESERVED);
        Self {
            route: format!("{base}/{environment}/{ROUTE}"),
        }
    }

    /// Companies that the user may see.
    #[must_use]
    pub fn companies(&self, token: &str) -> Request {
        get(format!("{}/companies", self.route), token)
    }

    /// An entity set of a company, with a `$filter` where one is given.
    #[must_use]
    pub fn list(
        &self,
        company: &CompanyId,
        set: &str,
        filter: Option<&str>,
        token: &str,
    ) -> Request {
        let query = filter
            .map(|filter| format!("?$filter={}", utf8_percent_encode(filter, RESERVED)))
            .unwrap_or_default();
        get(format!("{}/{set}{query}", self.company(company)), token)
    }

    /// The next page of a list, or `None` where the link leads away from this service: the token goes nowhere else.
    #[must_use]
    pub fn next_page(&self, link: &str, token: &str) -> Option<Request> {
        let inside = link.strip_prefix(&self.route)?;
        let stays = inside.starts_with('/') && !inside.contains("..") && !inside.contains('@');
        stays.then(|| get(link.to_owned(), token))
    }

    /// Where captures are posted.
    #[must_use]
    pub fn captures(&self, company: &CompanyId, token: &str) -> Request {
        authorized(
            Method::Post,
            format!("{}/captures", self.company(company)),
            token,
        )
    }

    /// One capture.
    #[must_use]
    pub fn capture(&self, company: &CompanyId, id: &CaptureId, token: &str) -> Request {
        get(format!("{}/captures({id})", self.company(company)), token)
    }

    fn company(&self, company: &CompanyId) -> String {
        format!("{}/companies({company})", self.route)
    }
}

/// A string literal of OData: in quotes, with inner quotes doubled (OData 4.01 URL conventions, 5.1.1.6.1).
#[must_use]
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn get(url: String, token: &str) -> Request {
    authorized(Method::Get, url, token)
}

fn authorized(method: Method, url: String, token: &str) -> Request {
    Request::new(method, url)
        .header("authorization", format!("Bearer {token}"))
        .header("accept-language", "en-US")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_cannot_leave_its_segment() {
        let service = Service::new("https://bc.example/v2.0/", "a/../b?c#d");
        assert_eq!(
            service.companies("t").url,
            "https://bc.example/v2.0/a%2F..%2Fb%3Fc%23d/api/punchout/procurement/v1.0/companies"
        );
    }

    #[test]
    fn a_quote_in_a_literal_is_doubled() {
        assert_eq!(literal("O'Neil' or 1 eq 1"), "'O''Neil'' or 1 eq 1'");
    }

    #[test]
    fn a_next_page_elsewhere_gets_no_token() {
        let service = Service::new("https://bc.example/v2.0", "production");
        let inside = format!("{}/companies?$skiptoken=1", service.route);
        assert!(service.next_page(&inside, "t").is_some());
        for link in [
            "https://evil.example/x",
            &format!("{}.evil.example/", service.route),
            &format!("{}/../../x", service.route),
        ] {
            assert_eq!(service.next_page(link, "t"), None, "{link}");
        }
    }
}
