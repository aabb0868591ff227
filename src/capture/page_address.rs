//! Where a page is, by the tab's address and never by the page's own word.

use crate::supplier::Location;

/// Host and path of a web page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageAddress {
    host: String,
    path: String,
}

impl PageAddress {
    /// Reads a tab's address; `None` for what is no web page, such as the browser's own pages.
    ///
    /// The browser has parsed and written it by the URL standard, so its parts are where they must be.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))?;
        let rest = rest.split(['?', '#']).next()?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = authority.rsplit('@').next()?.split(':').next()?;
        (!host.is_empty()).then(|| Self {
            host: host.to_ascii_lowercase(),
            path: format!("/{path}"),
        })
    }

    /// As the definitions of suppliers name it.
    pub(super) fn location(&self) -> Location<'_> {
        Location {
            host: &self.host,
            path: &self.path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_pages_have_an_address() {
        assert!(PageAddress::parse("https://shop.example").is_some());
        for url in [
            "chrome://settings",
            "file:///tmp/cart.html",
            "about:blank",
            "not a url",
            "",
        ] {
            assert_eq!(PageAddress::parse(url), None, "{url}");
        }
    }

    #[test]
    fn the_host_is_in_small_letters_and_has_no_port() {
        let address = PageAddress::parse("https://Shop.Example:8443/Cart?x=1").unwrap();
        assert_eq!(
            (address.location().host, address.location().path),
            ("shop.example", "/Cart")
        );
    }
}
