//! Who signs people in, and for what.

use oauth2::{AuthUrl, ClientId, RedirectUrl, Scope, TokenUrl};
use serde::{Deserialize, Serialize};

/// The authorization server and this client's registration with it, as configured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Authorization endpoint (RFC 6749, 3.1).
    pub authorization_endpoint: AuthUrl,
    /// Token endpoint (RFC 6749, 3.2).
    pub token_endpoint: TokenUrl,
    /// The registered client. There is no secret: an extension cannot keep one.
    pub client_id: ClientId,
    /// `prompt` of a sign-in without a known account (OpenID Connect Core, 3.1.2.1).
    pub first_prompt: Option<String>,
    /// What Business Central asks of a token.
    pub business_central: Api,
    /// What the credit service asks of a token; absent where no credits are used.
    pub credits: Option<Api>,
}

/// One protected API: the scopes to ask for, and its identifier where the server wants one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Scopes, each with the API's prefix where the server needs it (Microsoft Entra does).
    pub scopes: Vec<Scope>,
    /// The resource indicator of RFC 8707. Microsoft Entra takes the API from the scopes: leave it out there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}

/// Names the APIs that tokens are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiName {
    /// The buyer's Business Central.
    BusinessCentral,
    /// The credit service.
    Credits,
}

/// The configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigurationError {
    /// The redirect address that the browser gave is no address.
    #[error("the redirect address `{0}` is not a URL")]
    RedirectUrl(String),
    /// No scopes are configured for an API that a token was asked for.
    #[error("nothing is configured to sign in to {0:?}: ask your administrator")]
    ApiNotConfigured(ApiName),
}

impl Authority {
    /// The configuration of an API.
    ///
    /// # Errors
    /// [`ConfigurationError::ApiNotConfigured`] where this deployment does not use it.
    pub fn api(&self, name: ApiName) -> Result<&Api, ConfigurationError> {
        match name {
            ApiName::BusinessCentral => Some(&self.business_central),
            ApiName::Credits => self.credits.as_ref(),
        }
        .ok_or(ConfigurationError::ApiNotConfigured(name))
    }

    /// All configured APIs: consent is asked for all of them at once.
    pub(super) fn apis(&self) -> impl Iterator<Item = &Api> {
        std::iter::once(&self.business_central).chain(self.credits.as_ref())
    }
}

/// Reads the redirect address that the browser gives for this extension.
pub(super) fn redirect(text: &str) -> Result<RedirectUrl, ConfigurationError> {
    RedirectUrl::new(text.to_owned()).map_err(|_| ConfigurationError::RedirectUrl(text.to_owned()))
}
