//! What a buyer searches while typing. Business Central is asked for few entries, and for either a name or a number:
//! its `or` works within one field only.

use super::address::{CompanyId, Service, literal};
use crate::http::Request;
use crate::letters::lower;

/// How many entries one answer has at most.
pub const MOST_FOUND: usize = 25;

/// The first vendors of a company come in one page of this size; of a company with more, the others are searched.
const VENDORS_LISTED: usize = 1000;

/// More words than this are left to the ranking: the address stays short.
const MOST_WORDS: usize = 8;

/// `tolower` within `contains` is understood from this version of the schema on.
const OPTIONS: &str = "&$schemaversion=2.1&$top=";

/// Which list is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched {
    /// Vendors.
    Vendors,
    /// Items.
    Items,
}

impl Service {
    /// The vendors of a company, or the first of very many.
    #[must_use]
    pub fn vendors(&self, company: &CompanyId, token: &str) -> Request {
        self.list(company, "vendors", None, token)
            .header("prefer", format!("odata.maxpagesize={VENDORS_LISTED}"))
    }

    /// Entries whose name holds every word of a text, in any case.
    #[must_use]
    pub fn search_names(
        &self,
        company: &CompanyId,
        searched: Searched,
        text: &str,
        token: &str,
    ) -> Request {
        let mut filter = String::new();
        for word in lower(text).split_whitespace().take(MOST_WORDS) {
            if !filter.is_empty() {
                filter.push_str(" and ");
            }
            filter.push_str("contains(tolower(displayName),");
            filter.push_str(&literal(word));
            filter.push(')');
        }
        self.search(company, searched, &filter, token)
    }

    /// Entries whose number holds a text. Numbers are in capitals.
    #[must_use]
    pub fn search_numbers(
        &self,
        company: &CompanyId,
        searched: Searched,
        text: &str,
        token: &str,
    ) -> Request {
        let number = literal(&text.to_ascii_uppercase());
        let filter = format!("contains(number,{number})");
        self.search(company, searched, &filter, token)
    }

    fn search(
        &self,
        company: &CompanyId,
        searched: Searched,
        filter: &str,
        token: &str,
    ) -> Request {
        let set = match searched {
            Searched::Vendors => "vendors",
            Searched::Items => "items",
        };
        let mut request = self.list(company, set, Some(filter), token);
        request.url.push_str(OPTIONS);
        request.url.push_str(&MOST_FOUND.to_string());
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter_of(request: &Request) -> String {
        let (_, filter) = request.url.split_once("$filter=").unwrap();
        let (filter, options) = filter.split_once('&').unwrap();
        assert_eq!(options, "$schemaversion=2.1&$top=25");
        percent_encoding::percent_decode_str(filter)
            .decode_utf8()
            .unwrap()
            .into_owned()
    }

    #[test]
    fn what_is_typed_stays_within_its_literals() {
        let service = Service::new("https://bc.example/v2.0", "production");
        let company =
            CompanyId::try_from("11111111-2222-3333-4444-555555555555".to_owned()).unwrap();
        let names = service.search_names(&company, Searched::Vendors, " O'Hara&$top=9  SONS", "t");
        assert_eq!(
            filter_of(&names),
            "contains(tolower(displayName),'o''hara&$top=9') and contains(tolower(displayName),'sons')"
        );
        let many = service.search_names(&company, Searched::Items, &"'x ".repeat(50), "t");
        assert!(many.url.len() < 1000, "{}", many.url.len());
        let numbers = service.search_numbers(&company, Searched::Items, "a')or(1", "t");
        assert_eq!(filter_of(&numbers), "contains(number,'A'')OR(1')");
    }
}
