//! The issuer's metadata: [OpenID Connect Discovery 1.0](https://openid.net/specs/openid-connect-discovery-1_0.html).

use reqwest::{Client, Url};
use serde::Deserialize;

use crate::fetch::{self, FetchError};
use crate::issuer::Issuer;
use crate::settings::Settings;

/// Why an issuer cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// A setting cannot be right.
    #[error("the setting `{setting}` {problem}")]
    Setting {
        /// The setting's name.
        setting: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A document of the issuer could not be read.
    #[error("the issuer's {document} at {url} cannot be used: {problem}")]
    Unreadable {
        /// Which document.
        document: &'static str,
        /// Where it should be.
        url: String,
        /// What went wrong.
        problem: String,
    },
    /// The metadata are those of another issuer.
    #[error("the metadata at {url} are for the issuer `{published}`: set the issuer to that name")]
    OtherIssuer {
        /// Where the metadata lie.
        url: String,
        /// The issuer they name.
        published: String,
    },
}

/// The two facts of the metadata that verification needs.
pub(crate) struct Metadata {
    pub(crate) issuer: Issuer,
    pub(crate) jwks_uri: Url,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    jwks_uri: String,
}

pub(crate) fn check(settings: &Settings) -> Result<(), DiscoveryError> {
    let wrong = |setting, problem| Err(DiscoveryError::Setting { setting, problem });
    if settings.audiences.is_empty() || settings.audiences.iter().any(String::is_empty) {
        return wrong(
            "audience",
            "is missing: name the API's application id or id URI",
        );
    }
    match settings.required_scope.as_deref() {
        Some(scope) if !is_scope(scope) => {
            wrong("scope", "is not one scope as in RFC 6749 section 3.3")
        }
        _ => Ok(()),
    }
}

/// `scope-token` of RFC 6749; so it can stand in a challenge between quotes as it is.
fn is_scope(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
}

pub(crate) async fn read(client: &Client, settings: &Settings) -> Result<Metadata, DiscoveryError> {
    let base = settings.issuer.trim_end_matches('/');
    let url = secure(&format!("{base}/.well-known/openid-configuration")).ok_or(
        DiscoveryError::Setting {
            setting: "issuer",
            problem: "is not an https address (http is accepted on the loopback interface only)",
        },
    )?;
    let document: Document = fetch::json(client, url.clone())
        .await
        .map_err(|error| unreadable("metadata", &url, &error))?;
    let Some(issuer) = Issuer::published(&document.issuer, base) else {
        return Err(DiscoveryError::OtherIssuer {
            url: url.into(),
            published: document.issuer,
        });
    };
    let jwks_uri = secure(&document.jwks_uri).ok_or_else(|| DiscoveryError::Unreadable {
        document: "metadata",
        url: url.into(),
        problem: "its `jwks_uri` is not an https address".to_owned(),
    })?;
    Ok(Metadata { issuer, jwks_uri })
}

pub(crate) fn unreadable(document: &'static str, url: &Url, error: &FetchError) -> DiscoveryError {
    DiscoveryError::Unreadable {
        document,
        url: url.to_string(),
        problem: error.to_string(),
    }
}

/// Keys that came over plain HTTP could be anyone's, save on this very machine.
fn secure(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let loopback = url.host_str().is_some_and(is_loopback);
    (url.scheme() == "https" || url.scheme() == "http" && loopback).then_some(url)
}

fn is_loopback(host: &str) -> bool {
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_loopback_addresses_are_secure() {
        for good in [
            "https://a.example/x",
            "http://127.0.0.1:8/",
            "http://[::1]/",
            "http://localhost/",
        ] {
            assert!(secure(good).is_some(), "{good}");
        }
        for bad in [
            "http://a.example/",
            "ftp://127.0.0.1/",
            "http://localhost.a.example/",
            "x",
        ] {
            assert!(secure(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn settings_without_an_audience_or_with_a_scope_that_is_none_are_refused() {
        let good = Settings::new("https://a.example", "api");
        assert!(check(&good).is_ok());
        for scope in ["", "two words", "quo\"te"] {
            let settings = Settings {
                required_scope: Some(scope.to_owned()),
                ..good.clone()
            };
            assert!(check(&settings).is_err(), "{scope:?}");
        }
        assert!(
            check(&Settings {
                audiences: vec![],
                ..good
            })
            .is_err()
        );
    }
}
