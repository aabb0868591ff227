//! The front channel: the address that the sign-in window opens, and the address that it comes back with.

use std::fmt;

use oauth2::url::Url;
use oauth2::{
    AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope, basic::BasicClient,
};
use serde::{Deserialize, Serialize};

use super::authority::{Authority, ConfigurationError, redirect};
use super::error::{ErrorAnswer, SignInError};
use crate::sorted::SortedMap;

/// Whether the sign-in window may show itself, and what it then asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// No account is known yet; what is asked is configured.
    First,
    /// The person signs in again with the same account.
    Again {
        /// User name, so that nobody has to choose.
        login_hint: String,
    },
    /// Nothing may be shown (OpenID Connect `prompt=none`): renews a session that the server still knows.
    Silent {
        /// User name, so that the server renews the right session.
        login_hint: String,
    },
}

impl Prompt {
    /// Whether a person takes part.
    #[must_use]
    pub fn is_interactive(&self) -> bool {
        !matches!(self, Self::Silent { .. })
    }
}

/// What is fresh for one sign-in. Its randomness has 32 bytes each, base64url without padding (43 characters, RFC 7636, 4.1).
#[derive(Clone)]
pub struct SignInMaterial {
    /// Binds the answer to the question (RFC 6749, 10.12).
    pub state: String,
    /// Proves at the token endpoint who asked (RFC 7636).
    pub code_verifier: String,
    /// Binds the ID token to the question (OpenID Connect Core, 3.1.2.1).
    pub nonce: String,
    /// What an API asked for, where one did (OpenID Connect Core, 5.5).
    pub claims: Option<String>,
}

impl fmt::Debug for SignInMaterial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SignInMaterial([redacted])")
    }
}

/// A sign-in under way: what must be remembered until the window comes back. Used once.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingSignIn {
    pub(super) state: CsrfToken,
    pub(super) code_verifier: PkceCodeVerifier,
    pub(super) nonce: CsrfToken,
    pub(super) redirect_uri: String,
    /// What the person is asked.
    pub prompt: Prompt,
}

impl Clone for PendingSignIn {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            code_verifier: PkceCodeVerifier::new(self.code_verifier.secret().clone()),
            nonce: self.nonce.clone(),
            redirect_uri: self.redirect_uri.clone(),
            prompt: self.prompt.clone(),
        }
    }
}

/// The address to open, and what to remember meanwhile.
#[derive(Debug)]
pub struct AuthorizationRequest {
    /// The authorization request (RFC 6749, 4.1.1). Its query is not secret, but belongs in no log.
    pub url: String,
    /// To be stored before the window is opened.
    pub pending: PendingSignIn,
}

impl AuthorizationRequest {
    /// Asks for all configured APIs at once, so that consent is given once.
    ///
    /// # Errors
    /// [`ConfigurationError`] where `redirect_uri` is no address.
    pub fn new(
        authority: &Authority,
        redirect_uri: &str,
        prompt: Prompt,
        material: SignInMaterial,
    ) -> Result<Self, ConfigurationError> {
        let client = BasicClient::new(authority.client_id.clone())
            .set_auth_uri(authority.authorization_endpoint.clone())
            .set_redirect_uri(redirect(redirect_uri)?);
        let verifier = PkceCodeVerifier::new(material.code_verifier);
        let state = CsrfToken::new(material.state);
        let mut request = client
            .authorize_url(|| state)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_extra_param("nonce", material.nonce.clone())
            .add_scopes(["openid", "profile", "offline_access"].map(|s| Scope::new(s.to_owned())));
        for api in authority.apis() {
            request = request.add_scopes(api.scopes.iter().cloned());
            if let Some(resource) = &api.resource {
                request = request.add_extra_param("resource", resource.clone());
            }
        }
        request = match &prompt {
            Prompt::First => match &authority.first_prompt {
                Some(prompt) => request.add_extra_param("prompt", prompt.clone()),
                None => request,
            },
            Prompt::Again { login_hint } => {
                request.add_extra_param("login_hint", login_hint.clone())
            }
            Prompt::Silent { login_hint } => request
                .add_extra_param("prompt", "none")
                .add_extra_param("login_hint", login_hint.clone()),
        };
        // What an API asked for is asked of the person; without one there is nobody to prove anything.
        if let Some(claims) = material.claims.filter(|_| prompt.is_interactive()) {
            request = request.add_extra_param("claims", claims);
        }
        let (url, state) = request.url();
        Ok(Self {
            url: url.into(),
            pending: PendingSignIn {
                state,
                code_verifier: verifier,
                nonce: CsrfToken::new(material.nonce),
                redirect_uri: redirect_uri.to_owned(),
                prompt,
            },
        })
    }
}

impl PendingSignIn {
    /// Reads the address that the window came back with (RFC 6749, 4.1.2).
    ///
    /// # Errors
    /// [`SignInError`] where the server refused, or the answer does not belong to this question.
    pub fn code(&self, returned: &str) -> Result<AuthorizationCode, SignInError> {
        let url = Url::parse(returned).map_err(|_| SignInError::NotOurAnswer)?;
        if !returned.starts_with(&self.redirect_uri) {
            return Err(SignInError::NotOurAnswer);
        }
        let mut parameters: SortedMap<String, String> = url.query_pairs().into_owned().collect();
        if parameters.get("state") != Some(self.state.secret()) {
            return Err(SignInError::NotOurAnswer);
        }
        if let Some(error) = parameters.get("error") {
            let get = |name: &str| parameters.get(name).map(String::as_str);
            return Err(SignInError::refused(ErrorAnswer {
                error,
                description: get("error_description"),
                claims: get("claims"),
                correlation_id: get("correlation_id"),
            }));
        }
        parameters
            .remove("code")
            .map(AuthorizationCode::new)
            .ok_or(SignInError::NotOurAnswer)
    }
}
