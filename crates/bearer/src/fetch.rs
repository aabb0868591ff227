//! Reading one JSON document of the issuer.

use std::time::Duration;

use reqwest::{Client, Url, redirect};
use serde::de::DeserializeOwned;

/// Entra ID's key set has about 20 KB.
const MAX_BYTES: usize = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why a document of the issuer could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("it cannot be reached ({0})")]
    Transport(String),
    #[error("it answered {0}")]
    Status(http::StatusCode),
    #[error("its answer has more than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("its answer is not the expected JSON ({0})")]
    Json(#[from] serde_json::Error),
    #[error("it has no RSA or P-256 key that signs")]
    NoKey,
    #[error("it could not be read a moment ago")]
    FailedBefore,
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            text = format!("{text}: {inner}");
            cause = inner.source();
        }
        Self::Transport(text)
    }
}

/// A client that follows no redirects: the issuer's documents lie where its name says.
pub(crate) fn client() -> Result<Client, FetchError> {
    // An error means that the process has chosen its provider already, and that one serves as well.
    let _chosen_already = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .timeout(TIMEOUT)
        .redirect(redirect::Policy::none())
        .build()?;
    Ok(client)
}

pub(crate) async fn json<T: DeserializeOwned>(client: &Client, url: Url) -> Result<T, FetchError> {
    let mut answer = client.get(url).send().await?;
    if answer.status() != http::StatusCode::OK {
        return Err(FetchError::Status(answer.status()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(FetchError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(serde_json::from_slice(&body)?)
}
