//! The back channel: a grant is exchanged for tokens at the token endpoint (RFC 6749, 4.1.3 and 6).
//!
//! The `oauth2` crate writes the request and wants to send it. It is handed a transport that only looks: so the request
//! is data like every other, and a worker that was stopped before the answer loses nothing. The answer is read here.

use std::cell::RefCell;
use std::fmt;
use std::time::Duration;

use oauth2::basic::{
    BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AccessToken, AuthorizationCode, Client, CsrfToken, ErrorResponse, HttpRequest, HttpResponse,
    PkceCodeVerifier, RefreshToken, Scope, StandardRevocableToken, SyncHttpClient, TokenResponse,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::authority::{Api, Authority, ConfigurationError, redirect};
use super::code_flow::PendingSignIn;
use super::error::{ErrorAnswer, SignInError};
use crate::http::{Answer, Exchange, Method, Request};
use crate::json;

/// A token answer (RFC 6749, 5.1) with the ID token that OpenID Connect adds.
#[derive(Debug, Deserialize)]
pub(super) struct Tokens {
    pub(super) access_token: AccessToken,
    #[serde(rename = "token_type")]
    _token_type: String,
    /// Seconds.
    pub(super) expires_in: Option<u64>,
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) id_token: Option<CsrfToken>,
}

/// An error answer (RFC 6749, 5.2).
#[derive(Deserialize)]
struct RefusalAnswer {
    error: String,
    error_description: Option<String>,
    claims: Option<String>,
    correlation_id: Option<String>,
}

type TokenClient = Client<
    NoAnswer,
    NoAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

/// What is exchanged for tokens.
#[derive(Debug)]
pub enum TokenGrant<'a> {
    /// The code of a finished sign-in.
    Code(&'a AuthorizationCode, &'a PendingSignIn),
    /// The refresh token of a session.
    Refresh(&'a RefreshToken),
}

/// The transport that only looks.
#[derive(Default)]
struct Look {
    body: RefCell<Vec<u8>>,
}

#[derive(Debug, thiserror::Error)]
#[error("not sent: the request is carried by the browser adapter")]
struct NotSent;

impl SyncHttpClient for Look {
    type Error = NotSent;

    // Inlined, so that the compiler sees that there is never an answer, and leaves out what would read one.
    #[inline(always)]
    fn call(&self, request: HttpRequest) -> Result<HttpResponse, NotSent> {
        self.body.replace(request.into_body());
        Err(NotSent)
    }
}

impl TokenGrant<'_> {
    /// The request to the token endpoint for one API.
    ///
    /// # Errors
    /// [`ConfigurationError`] where the redirect address is none.
    pub fn request(&self, authority: &Authority, api: &Api) -> Result<Request, ConfigurationError> {
        let look = Look::default();
        self.drive(authority, api, &look)?;
        let url = authority.token_endpoint.url().as_str().to_owned();
        let mut request = Request::new(Method::Post, url)
            .header("content-type", "application/x-www-form-urlencoded");
        request.body = String::from_utf8(look.body.into_inner()).ok();
        Ok(request)
    }

    /// Has the crate write the request and hand it to `transport`.
    fn drive(
        &self,
        authority: &Authority,
        api: &Api,
        transport: &Look,
    ) -> Result<(), ConfigurationError> {
        let client = TokenClient::new(authority.client_id.clone())
            .set_auth_type(oauth2::AuthType::RequestBody)
            .set_token_uri(authority.token_endpoint.clone());
        let resource = api.resource.iter();
        // The transport never sends, so both end in `NotSent`, after the request was seen.
        match self {
            Self::Code(code, pending) => {
                let verifier = PkceCodeVerifier::new(pending.code_verifier.secret().clone());
                let client = client.set_redirect_uri(redirect(&pending.redirect_uri)?);
                let scopes = api
                    .scopes
                    .iter()
                    .map(|scope| scope.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                let request = client
                    .exchange_code((*code).clone())
                    .set_pkce_verifier(verifier);
                let request = resource.fold(request, |request, resource| {
                    request.add_extra_param("resource", resource)
                });
                drop(request.add_extra_param("scope", scopes).request(transport));
            }
            Self::Refresh(token) => {
                let request = client
                    .exchange_refresh_token(token)
                    .add_scopes(api.scopes.iter().cloned());
                let request = resource.fold(request, |request, resource| {
                    request.add_extra_param("resource", resource)
                });
                drop(request.request(transport));
            }
        }
        Ok(())
    }
}

impl Tokens {
    /// Reads the answer of the token endpoint.
    pub(super) fn read(exchange: &Exchange) -> Result<Self, SignInError> {
        let Ok(answer) = exchange else {
            return Err(SignInError::Unavailable);
        };
        match answer.status {
            429 | 500.. => Err(SignInError::Unavailable),
            200 if is_json(answer) => json::read(&answer.body).map_err(|_| SignInError::Unreadable),
            200 => Err(SignInError::Unreadable),
            _ => Err(refusal(answer)),
        }
    }
}

fn is_json(answer: &Answer) -> bool {
    answer.header("content-type").is_none_or(|media_type| {
        media_type
            .to_ascii_lowercase()
            .starts_with("application/json")
    })
}

fn refusal(answer: &Answer) -> SignInError {
    match json::read::<RefusalAnswer>(&answer.body) {
        Ok(refusal) => SignInError::refused(ErrorAnswer {
            error: &refusal.error,
            description: refusal.error_description.as_deref(),
            claims: refusal.claims.as_deref(),
            correlation_id: refusal.correlation_id.as_deref(),
        }),
        Err(_) => SignInError::Unreadable,
    }
}

/// The answer that the crate would read if its transport sent anything: there is none, and so no code that reads it.
#[derive(Debug)]
enum NoAnswer {}

impl<'de> Deserialize<'de> for NoAnswer {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom(NotSent))
    }
}

impl Serialize for NoAnswer {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl ErrorResponse for NoAnswer {}

impl TokenResponse for NoAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        match *self {}
    }

    fn token_type(&self) -> &BasicTokenType {
        match *self {}
    }

    fn expires_in(&self) -> Option<Duration> {
        match *self {}
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        match *self {}
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        match *self {}
    }
}
