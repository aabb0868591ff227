//! A session: who is signed in, and the tokens, which live in `chrome.storage.session` only.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth2::{AccessToken, CsrfToken, RefreshToken};
use serde::{Deserialize, Serialize};

use super::authority::ApiName;
use super::code_flow::PendingSignIn;
use super::error::SignInError;
use super::grant::Tokens;
use crate::http::Exchange;
use crate::json;
use crate::sorted::SortedMap;
use crate::timestamp::Timestamp;

/// A token is not used in its last minute: it must outlive the request that carries it.
const SPARE_SECONDS: i64 = 60;

/// RFC 6749, 5.1 leaves `expires_in` optional; without it a token is taken to live for this long.
const UNSTATED_LIFE_SECONDS: i64 = 300;

/// Who is signed in, for display and as a hint for the next sign-in. Proves nothing to anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `preferred_username`, else `sub`.
    pub username: String,
    /// `tid` of Microsoft Entra.
    pub tenant: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct TimedToken {
    token: AccessToken,
    expires_at: Timestamp,
}

/// A signed-in person's tokens. `Debug` shows none of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Who it is.
    pub account: Account,
    /// When it began: tells it from an earlier one.
    #[serde(default)]
    pub begun_at: Timestamp,
    refresh_token: Option<RefreshToken>,
    access_tokens: SortedMap<ApiName, TimedToken>,
}

impl Session {
    /// Reads the answer to the redemption of a code, which was asked for Business Central's API.
    ///
    /// # Errors
    /// [`SignInError`] as the server gave it, or where the ID token answers another question.
    pub fn begin(
        pending: &PendingSignIn,
        exchange: &Exchange,
        now: Timestamp,
    ) -> Result<Self, SignInError> {
        let tokens = Tokens::read(exchange)?;
        let account = match &tokens.id_token {
            Some(id_token) => account_of(id_token, pending)?,
            None => Account::default(),
        };
        let mut session = Self {
            account,
            begun_at: now,
            refresh_token: None,
            access_tokens: SortedMap::new(),
        };
        session.accept(ApiName::BusinessCentral, tokens, now);
        Ok(session)
    }

    /// Reads the answer to a renewal of one API's token.
    ///
    /// # Errors
    /// [`SignInError`] as the server gave it; [`SignInError::InteractionRequired`] ends the session.
    pub fn renew(
        &mut self,
        api: ApiName,
        exchange: &Exchange,
        now: Timestamp,
    ) -> Result<(), SignInError> {
        self.accept(api, Tokens::read(exchange)?, now);
        Ok(())
    }

    /// The refresh token, where there is one.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// An access token that will outlive a request sent now.
    #[must_use]
    pub fn access_token(&self, api: ApiName, now: Timestamp) -> Option<&AccessToken> {
        let held = self.access_tokens.get(&api)?;
        (now.plus_seconds(SPARE_SECONDS) < held.expires_at).then_some(&held.token)
    }

    /// Forgets an access token that its API refused.
    pub fn reject(&mut self, api: ApiName) {
        self.access_tokens.remove(&api);
    }

    /// A refresh token that was used is replaced where the server gives a new one, so that the old is never kept.
    fn accept(&mut self, api: ApiName, tokens: Tokens, now: Timestamp) {
        if tokens.refresh_token.is_some() {
            self.refresh_token = tokens.refresh_token;
        }
        let life = tokens
            .expires_in
            .and_then(|seconds| i64::try_from(seconds).ok())
            .unwrap_or(UNSTATED_LIFE_SECONDS);
        let held = TimedToken {
            token: tokens.access_token,
            expires_at: now.plus_seconds(life),
        };
        self.access_tokens.insert(api, held);
    }
}

#[derive(Deserialize)]
struct IdTokenClaims {
    nonce: Option<String>,
    sub: String,
    preferred_username: Option<String>,
    tid: Option<String>,
}

/// Reads the account from an ID token. It came straight from the token endpoint, so its signature need not be checked
/// (OpenID Connect Core, 3.1.3.7, 6); its nonce must be ours.
fn account_of(id_token: &CsrfToken, pending: &PendingSignIn) -> Result<Account, SignInError> {
    let claims: IdTokenClaims = id_token
        .secret()
        .split('.')
        .nth(1)
        .and_then(|payload| BASE64_URL_SAFE_NO_PAD.decode(payload).ok())
        .and_then(|payload| json::read(&String::from_utf8(payload).ok()?).ok())
        .ok_or(SignInError::Unreadable)?;
    if claims.nonce.as_ref() != Some(pending.nonce.secret()) {
        return Err(SignInError::NotOurAnswer);
    }
    let username = claims.preferred_username.unwrap_or(claims.sub);
    Ok(Account {
        username,
        tenant: claims.tid,
    })
}
