//! The back channel: a grant is exchanged for tokens at the token endpoint (RFC 6749, 4.1.3 and 6).
//!
//! The `oauth2` crate wants to send the request itself. It is handed a transport that only looks at the request, and
//! afterwards one that gives the answer: so the request is data like every other, and a worker that was stopped in
//! between loses nothing.

use std::cell::RefCell;

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::http::{HeaderName, HeaderValue, StatusCode};
use oauth2::{
    AuthorizationCode, Client, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier,
    RefreshToken, RequestTokenError, StandardRevocableToken, StandardTokenResponse,
};
use serde::{Deserialize, Serialize};

use super::authority::{Api, Authority, ConfigurationError, redirect};
use super::code_flow::PendingSignIn;
use super::error::SignInError;
use crate::http::{Answer, Exchange, Method, Request};

/// The ID token that OpenID Connect adds to a token answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct IdTokenField {
    #[serde(default)]
    pub(super) id_token: Option<oauth2::CsrfToken>,
}

impl ExtraTokenFields for IdTokenField {}

/// A token answer (RFC 6749, 5.1) with an ID token.
pub(super) type Tokens = StandardTokenResponse<IdTokenField, BasicTokenType>;

type TokenClient = Client<
    BasicErrorResponse,
    Tokens,
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

#[derive(Debug, thiserror::Error)]
#[error("not sent: the request is carried by the browser adapter")]
struct NotSent;

impl TokenGrant<'_> {
    /// The request to the token endpoint for one API.
    ///
    /// # Errors
    /// [`ConfigurationError`] where the redirect address is none.
    pub fn request(&self, authority: &Authority, api: &Api) -> Result<Request, ConfigurationError> {
        let seen = RefCell::new(None);
        let look = |request: HttpRequest| -> Result<HttpResponse, NotSent> {
            *seen.borrow_mut() = Some(request);
            Err(NotSent)
        };
        // The transport never sends, so this always ends in `NotSent`, after the request was seen.
        drop(self.drive(authority, api, &look)?);
        Ok(as_data(seen.into_inner(), authority))
    }

    /// Reads the answer of the token endpoint.
    pub(super) fn tokens(
        &self,
        authority: &Authority,
        api: &Api,
        exchange: &Exchange,
    ) -> Result<Tokens, SignInError> {
        let Ok(answer) = exchange else {
            return Err(SignInError::Unavailable);
        };
        if answer.status == 429 || answer.status >= 500 {
            return Err(SignInError::Unavailable);
        }
        let give = |_: HttpRequest| -> Result<HttpResponse, NotSent> { as_response(answer) };
        self.drive(authority, api, &give)
            .map_err(|_| SignInError::Unreadable)?
            .map_err(|e| meaning(&e))
    }

    fn drive<T>(
        &self,
        authority: &Authority,
        api: &Api,
        transport: &T,
    ) -> Result<Result<Tokens, RequestTokenError<NotSent, BasicErrorResponse>>, ConfigurationError>
    where
        T: Fn(HttpRequest) -> Result<HttpResponse, NotSent>,
    {
        let client = TokenClient::new(authority.client_id.clone())
            .set_auth_type(oauth2::AuthType::RequestBody)
            .set_token_uri(authority.token_endpoint.clone());
        let resource = api.resource.iter();
        Ok(match self {
            Self::Code(code, pending) => {
                let verifier = PkceCodeVerifier::new(pending.code_verifier.secret().clone());
                let client = client.set_redirect_uri(redirect(&pending.redirect_uri)?);
                let scopes = api
                    .scopes
                    .iter()
                    .map(|scope| scope.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                resource
                    .fold(
                        client
                            .exchange_code((*code).clone())
                            .set_pkce_verifier(verifier),
                        |request, resource| request.add_extra_param("resource", resource),
                    )
                    .add_extra_param("scope", scopes)
                    .request(transport)
            }
            Self::Refresh(token) => resource
                .fold(
                    client
                        .exchange_refresh_token(token)
                        .add_scopes(api.scopes.iter().cloned()),
                    |request, resource| request.add_extra_param("resource", resource),
                )
                .request(transport),
        })
    }
}

/// The seen request as this crate's data.
fn as_data(seen: Option<HttpRequest>, authority: &Authority) -> Request {
    let mut request = Request::new(
        Method::Post,
        authority.token_endpoint.url().as_str().to_owned(),
    );
    if let Some(seen) = seen {
        request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body = Some(String::from_utf8_lossy(seen.body()).into_owned());
    }
    request
}

/// The answer as the `oauth2` crate wants it.
fn as_response(answer: &Answer) -> Result<HttpResponse, NotSent> {
    let mut response = HttpResponse::new(answer.body.clone().into_bytes());
    *response.status_mut() = StatusCode::from_u16(answer.status).map_err(|_| NotSent)?;
    for (name, value) in &answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

fn meaning(error: &RequestTokenError<NotSent, BasicErrorResponse>) -> SignInError {
    match error {
        RequestTokenError::ServerResponse(refusal) => {
            let description = refusal.error_description().map(String::as_str);
            SignInError::refused(refusal.error().as_ref(), description)
        }
        _ => SignInError::Unreadable,
    }
}
