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
    origin: String,
    route: String,
    language: String,
}

/// In what language Business Central words its messages where nothing else is asked for.
const LANGUAGE: &str = "en-US";

/// The cloud's list of the environments that a user can see.
const ENVIRONMENTS: &str = "environments/v1.2";

/// Where the cloud's addresses begin: what stands elsewhere is on premises, and has no list of environments.
const CLOUD: &str = "https://api.businesscentral.dynamics.com";

impl Service {
    /// `base` is the address before the environment, for example
    /// `https://api.businesscentral.dynamics.com/v2.0/<tenant>`; on premises the instance takes the environment's place.
    #[must_use]
    pub fn new(base: &str, environment: &str) -> Self {
        let base = base.trim_end_matches('/');
        let environment = utf8_percent_encode(environment, RESERVED);
        Self {
            origin: origin(base).to_owned(),
            route: format!("{base}/{environment}/{ROUTE}"),
            language: LANGUAGE.to_owned(),
        }
    }

    /// The same service with messages in the buyer's language, a tag of BCP 47 such as `de-CH`.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        let is_tag = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let language = Some(language)
            .filter(|tag| !tag.is_empty() && tag.len() <= 35 && tag.chars().all(is_tag))
            .unwrap_or(LANGUAGE);
        Self {
            language: language.to_owned(),
            ..self
        }
    }

    /// Environments that the user may see; `None` on premises, where there is no such list.
    #[must_use]
    pub fn environments(&self, token: &str) -> Option<Request> {
        let url = format!("{}/{ENVIRONMENTS}", self.origin);
        (self.origin == CLOUD).then(|| self.get(url, token))
    }

    /// Companies that the user may see.
    #[must_use]
    pub fn companies(&self, token: &str) -> Request {
        self.get(format!("{}/companies", self.route), token)
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
        self.get(format!("{}/{set}{query}", self.company(company)), token)
    }

    /// The next page of a list, or `None` where the link leads to another host: the token goes nowhere else.
    #[must_use]
    pub fn next_page(&self, link: &str, token: &str) -> Option<Request> {
        let inside = link.strip_prefix(&self.origin)?;
        // After `/` nothing can be a part of the host any more.
        let stays = inside.starts_with('/') && !inside.chars().any(char::is_control);
        stays.then(|| self.get(link.to_owned(), token))
    }

    /// Where captures are posted.
    #[must_use]
    pub fn captures(&self, company: &CompanyId, token: &str) -> Request {
        self.post(company, "captures", token)
    }

    /// Where something is posted to an entity set of a company.
    #[must_use]
    pub(super) fn post(&self, company: &CompanyId, set: &str, token: &str) -> Request {
        let url = format!("{}/{set}", self.company(company));
        self.authorized(Method::Post, url, token)
    }

    /// One capture.
    #[must_use]
    pub fn capture(&self, company: &CompanyId, id: &CaptureId, token: &str) -> Request {
        self.get(format!("{}/captures({id})", self.company(company)), token)
    }

    fn company(&self, company: &CompanyId) -> String {
        format!("{}/companies({company})", self.route)
    }

    fn get(&self, url: String, token: &str) -> Request {
        self.authorized(Method::Get, url, token)
    }

    fn authorized(&self, method: Method, url: String, token: &str) -> Request {
        Request::new(method, url)
            .header("authorization", format!("Bearer {token}"))
            .header("accept-language", self.language.as_str())
    }
}

/// A string literal of OData: in quotes, with inner quotes doubled (OData 4.01 URL conventions, 5.1.1.6.1).
#[must_use]
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> &str {
    let host = address
        .find("://")
        .map_or(0, |index| index.saturating_add(3));
    let end = address
        .get(host..)
        .and_then(|rest| rest.find(['/', '?', '#']))
        .map_or(address.len(), |index| index.saturating_add(host));
    address.get(..end).unwrap_or(address)
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
        for link in [
            "https://bc.example/v2.0/other/api?$skiptoken=1",
            &format!("{}/companies?$skiptoken=1", service.route),
        ] {
            assert!(service.next_page(link, "t").is_some(), "{link}");
        }
        for link in [
            "https://evil.example/x",
            "https://bc.example.evil.example/",
            "https://bc.example@evil.example/",
            "https://bc.example:8443/",
            "https://bc.example",
            "http://bc.example/v2.0",
            "/v2.0",
        ] {
            assert_eq!(service.next_page(link, "t"), None, "{link}");
        }
    }

    #[test]
    fn messages_are_asked_for_in_the_buyers_language_and_never_in_a_header_of_its_own() {
        let service = |tag| Service::new("https://bc.example", "e").speaking(tag);
        let asked = |tag| {
            let request = service(tag).companies("t");
            let held = request.headers.into_iter();
            held.filter(|(name, _)| name == "accept-language")
                .map(|(_, value)| value)
                .collect::<Vec<_>>()
        };
        assert_eq!(asked("de-CH"), ["de-CH"]);
        for wrong in ["", "de\r\nx: y", "de, *"] {
            assert_eq!(asked(wrong), ["en-US"]);
        }
    }

    #[test]
    fn only_the_cloud_lists_environments() {
        let cloud = Service::new(
            "https://api.businesscentral.dynamics.com/v2.0",
            "production",
        );
        let listed = cloud.environments("t").map(|request| request.url);
        let address = "https://api.businesscentral.dynamics.com/environments/v1.2";
        assert_eq!(listed.as_deref(), Some(address));
        let own = Service::new("https://bc.example:7048/BC", "BC");
        assert_eq!(own.environments("t"), None);
    }

    #[test]
    fn on_premises_the_instance_takes_the_place_of_the_environment() {
        let own = Service::new("https://bc.example:7048", "BC");
        let address = "https://bc.example:7048/BC/api/punchout/procurement/v1.0/companies";
        assert_eq!(own.companies("t").url, address);
        assert!(own.next_page("https://bc.example:7048/BC/x", "t").is_some());
    }

    /// The filter that a server reads out of an address.
    fn filter_read_back(url: &str) -> String {
        let url = oauth2::url::Url::parse(url).unwrap();
        let mut pairs = url.query_pairs();
        let (name, filter) = pairs.next().unwrap();
        assert_eq!((&*name, pairs.next()), ("$filter", None));
        filter.into_owned()
    }

    /// The literals of a filter, as an OData parser reads them, and what stands between them.
    fn literals(filter: &str) -> (Vec<String>, String) {
        let (mut found, mut around) = (Vec::new(), String::new());
        let mut letters = filter.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter != '\'' {
                around.push(letter);
                continue;
            }
            let mut text = String::new();
            while let Some(letter) = letters.next() {
                match letter {
                    '\'' if letters.next_if_eq(&'\'').is_none() => break,
                    letter => text.push(letter),
                }
            }
            found.push(text);
        }
        (found, around)
    }

    proptest::proptest! {
        #[test]
        fn no_text_leaves_its_literal_or_its_address(vendor: String, parts in proptest::collection::vec(".*", 1..4)) {
            let company = CompanyId::try_from("11111111-2222-3333-4444-555555555555".to_owned()).unwrap();
            let service = Service::new("https://bc.example/v2.0", "production");
            let request = service.item_matches(&company, &vendor, &parts, "t");
            let (found, around) = literals(&filter_read_back(&request.url));
            let expected: Vec<String> = std::iter::once(vendor).chain(parts.iter().cloned()).collect();
            proptest::prop_assert_eq!(found, expected);
            let conditions = vec!["supplierPartId eq "; parts.len()].join(" or ");
            proptest::prop_assert_eq!(around, format!("vendorNumber eq  and ({conditions})"));
        }

        #[test]
        fn no_environment_leaves_its_segment(environment in ".+") {
            let service = Service::new("https://bc.example/v2.0", &environment);
            let url = oauth2::url::Url::parse(&service.companies("t").url).unwrap();
            proptest::prop_assert_eq!(url.host_str(), Some("bc.example"));
            // `.` and `..` are the only segments that an address cannot quote; they name no environment.
            if environment != "." && environment != ".." {
                proptest::prop_assert_eq!(url.path_segments().unwrap().count(), 7);
            }
        }
    }
}
