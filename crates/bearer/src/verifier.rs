use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Header, Validation};
use reqwest::{Client, Url};
use serde_json::{Map, Value};
use tokio::sync::{Mutex, RwLock};

use crate::claims::Claims;
use crate::discovery::{self, DiscoveryError};
use crate::fetch::{self, FetchError};
use crate::issuer::{Issuer, matches_template};
use crate::keys::{Document, KeySet};
use crate::rejection::{Reason, Rejection};
use crate::remembered::{Remembered, fingerprint};
use crate::settings::Settings;

/// The only algorithms accepted, all asymmetric: a published key must never serve as a shared secret.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256];

/// Entra ID's tokens have 1 to 4 KB; web servers commonly cap a header at 8 or 16 KB.
const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// The judge of access tokens: one issuer, its keys, and what a token must be.
pub struct Verifier {
    settings: Settings,
    issuer: Issuer,
    client: Client,
    jwks_uri: Url,
    keys: RwLock<Arc<KeySet>>,
    /// Held while the keys are read, so that one request reads for all.
    last_attempt: Mutex<Attempt>,
    remembered: Remembered,
}

/// When the keys were last asked for, and what came of it.
struct Attempt {
    at: Instant,
    outcome: Outcome,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Read,
    Failed,
}

impl Verifier {
    /// Reads the issuer's metadata and keys.
    ///
    /// # Errors
    /// Where a setting cannot be right, a document cannot be read, the metadata name another issuer, or there is no
    /// key of use.
    pub async fn discover(settings: Settings) -> Result<Self, DiscoveryError> {
        discovery::check(&settings)?;
        let client = fetch::client().map_err(|error| DiscoveryError::Unreadable {
            document: "metadata",
            url: settings.issuer.clone(),
            problem: error.to_string(),
        })?;
        let metadata = discovery::read(&client, &settings).await?;
        let jwks_uri = metadata.jwks_uri;
        let keys = read_keys(&client, &jwks_uri)
            .await
            .map_err(|error| discovery::unreadable("key set", &jwks_uri, &error))?;
        let last_attempt = Attempt {
            at: Instant::now(),
            outcome: Outcome::Read,
        };
        Ok(Self {
            issuer: metadata.issuer,
            settings,
            client,
            jwks_uri,
            keys: RwLock::new(Arc::new(keys)),
            last_attempt: Mutex::new(last_attempt),
            remembered: Remembered::default(),
        })
    }

    /// Judges the value of a request's `Authorization` header.
    ///
    /// # Errors
    /// [`Rejection`] says why and how to answer.
    pub async fn verify(&self, authorization: Option<&str>) -> Result<Claims, Rejection> {
        let token = authorization
            .and_then(bearer_token)
            .ok_or(Rejection::Missing)?;
        let header = read_header(token)?;
        let keys = self.keys_for(&header).await?;
        let fingerprint = fingerprint(token);
        let claims = match self.remembered.find(&fingerprint, &keys) {
            Some(claims) => claims,
            None => {
                let claims = self.judge(token, &header, &keys)?;
                self.remembered.remember(fingerprint, &claims, &keys);
                claims
            }
        };
        match &self.settings.required_scope {
            Some(required) if !claims.has_scope(required) => Err(Rejection::InsufficientScope {
                required: required.clone(),
            }),
            _ => Ok(claims),
        }
    }

    fn judge(&self, token: &str, header: &Header, keys: &KeySet) -> Result<Claims, Reason> {
        let key = keys
            .find(header.kid.as_deref(), header.alg)
            .ok_or(Reason::UnknownKey)?;
        let validation = validation(&self.settings, header.alg);
        let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, &key.material, &validation)
            .map_err(|error| reason(&error))?;
        let claims = Claims::read(decoded.claims)?;
        let tenant = claims.tenant.as_deref();
        let for_key = key.issuer.as_deref();
        if !self.issuer.is(&claims.issuer, tenant)
            || for_key.is_some_and(|template| !matches_template(template, &claims.issuer, tenant))
        {
            return Err(Reason::Issuer);
        }
        Ok(claims)
    }

    /// The keys at hand, or newer ones where these are too old or lack the token's key.
    async fn keys_for(&self, header: &Header) -> Result<Arc<KeySet>, Rejection> {
        let keys = Arc::clone(&*self.keys.read().await);
        let unknown = header.kid.as_deref().is_some_and(|id| !keys.knows(id));
        if !unknown && keys.age() < self.settings.key_max_age {
            return Ok(keys);
        }
        let current = match self.refreshed(&keys).await {
            Ok(newer) => newer,
            Err(error) => {
                tracing::warn!(%error, "the issuer's keys cannot be read again");
                if unknown {
                    return Err(Rejection::KeysUnavailable);
                }
                keys
            }
        };
        let usable = current.age() < self.settings.key_max_age.saturating_mul(2);
        usable.then_some(current).ok_or(Rejection::KeysUnavailable)
    }

    /// Reads the keys again, unless another request has done so meanwhile or the last attempt was a moment ago.
    async fn refreshed(&self, stale: &Arc<KeySet>) -> Result<Arc<KeySet>, FetchError> {
        let mut last_attempt = self.last_attempt.lock().await;
        let current = Arc::clone(&*self.keys.read().await);
        if !Arc::ptr_eq(&current, stale) {
            return Ok(current);
        }
        if last_attempt.at.elapsed() < self.settings.key_refresh_interval {
            return match last_attempt.outcome {
                Outcome::Read => Ok(current),
                Outcome::Failed => Err(FetchError::FailedBefore),
            };
        }
        // Failed until it is not: whoever waits may go away, and with it this reading.
        *last_attempt = Attempt {
            at: Instant::now(),
            outcome: Outcome::Failed,
        };
        let newer = Arc::new(read_keys(&self.client, &self.jwks_uri).await?);
        last_attempt.outcome = Outcome::Read;
        *self.keys.write().await = Arc::clone(&newer);
        Ok(newer)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Verifier")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A set without a key of use is an error: it must not take the place of one that serves.
async fn read_keys(client: &Client, jwks_uri: &Url) -> Result<KeySet, FetchError> {
    let document: Document = fetch::json(client, jwks_uri.clone()).await?;
    let keys = KeySet::new(&document);
    if keys.is_empty() {
        return Err(FetchError::NoKey);
    }
    Ok(keys)
}

/// What `jsonwebtoken` checks; the issuer is checked after it, since it may be a template.
fn validation(settings: &Settings, algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.leeway = settings.leeway.as_secs();
    validation.validate_nbf = true;
    validation.set_audience(&settings.audiences);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    validation
}

/// The token of `Bearer …`; the scheme's case does not matter (RFC 9110 section 11.1).
fn bearer_token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.trim().split_once(' ')?;
    let token = token.trim_start();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn read_header(token: &str) -> Result<Header, Reason> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(Reason::NotASignedJwt);
    }
    let header = jsonwebtoken::decode_header(token).map_err(|_| Reason::NotASignedJwt)?;
    if header.crit.is_some() {
        return Err(Reason::CriticalExtension);
    }
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Reason::Algorithm);
    }
    match header
        .typ
        .as_deref()
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        None | Some("jwt" | "at+jwt" | "application/at+jwt") => Ok(header),
        Some(_) => Err(Reason::NotAnAccessToken),
    }
}

fn reason(error: &Error) -> Reason {
    match error.kind() {
        ErrorKind::InvalidSignature => Reason::Signature,
        ErrorKind::ExpiredSignature => Reason::Expired,
        ErrorKind::ImmatureSignature => Reason::NotYetValid,
        ErrorKind::InvalidAudience => Reason::Audience,
        ErrorKind::InvalidAlgorithm => Reason::Algorithm,
        ErrorKind::MissingRequiredClaim(claim) if claim == "aud" => Reason::Audience,
        ErrorKind::MissingRequiredClaim(claim) if claim == "iss" => Reason::Issuer,
        ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) => Reason::Claims,
        _ => Reason::NotASignedJwt,
    }
}
