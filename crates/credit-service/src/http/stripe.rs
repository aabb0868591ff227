//! Credits that were paid: [Stripe's webhook](https://docs.stripe.com/webhooks).

use std::fmt;
use std::num::NonZeroU32;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use hmac::{Hmac, Mac as _};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;

use super::Shared;
use super::error::ApiError;
use crate::clock::Timestamp;
use crate::store::{AccountId, Grant};

/// An event with all that Stripe writes of an invoice.
pub(super) const MAX_EVENT_BYTES: usize = 256 * 1024;
/// How old or how far ahead a signature may be: the tolerance of Stripe's own libraries.
const TOLERANCE_SECONDS: u64 = 300;

/// The secret that an endpoint's events are signed with.
#[derive(Clone)]
pub struct SigningSecret(String);

impl SigningSecret {
    /// The secret as Stripe shows it: `whsec_…`.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    fn signed(&self, timestamp: &str, body: &[u8], signature: &[u8]) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else {
            return false;
        };
        mac.update(timestamp.as_bytes());
        mac.update(b".");
        mac.update(body);
        // In a time that does not depend on where they differ.
        mac.verify_slice(signature).is_ok()
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningSecret(…)")
    }
}

/// Whether one of the secrets signed the body a moment ago. Two secrets serve while one replaces the other.
fn is_signed(secrets: &[SigningSecret], header: &str, body: &[u8], now: Timestamp) -> bool {
    let parts = || {
        header
            .split(',')
            .filter_map(|part| part.trim().split_once('='))
    };
    let Some((_, timestamp)) = parts().find(|(name, _)| *name == "t") else {
        return false;
    };
    let Ok(seconds) = timestamp.parse::<i64>() else {
        return false;
    };
    let age = now.as_millis().div_euclid(1000).abs_diff(seconds);
    let signatures = parts().filter(|(scheme, _)| *scheme == "v1");
    age <= TOLERANCE_SECONDS
        && signatures
            .filter_map(|(_, text)| from_hex(text))
            .any(|signature| {
                let signed = |secret: &SigningSecret| secret.signed(timestamp, body, &signature);
                secrets.iter().any(signed)
            })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let hexadecimal = text.bytes().all(|letter| letter.is_ascii_hexdigit());
    (hexadecimal && text.len().is_multiple_of(2))
        .then(|| {
            text.as_bytes()
                .chunks(2)
                .map(byte)
                .collect::<Option<Vec<u8>>>()
        })
        .flatten()
}

/// What is read of an event; Stripe writes much more.
#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

/// A checkout session or an invoice.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Object {
    client_reference_id: Option<String>,
    payment_status: Option<String>,
    metadata: Option<PaidFor>,
}

/// What the seller wrote on it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PaidFor {
    account: Option<String>,
    credits: Option<String>,
}

impl Event {
    /// Whether it says that something was paid. A checkout whose payment takes days says so in a second event.
    fn is_paid(&self) -> bool {
        match self.kind.as_str() {
            "checkout.session.completed" => {
                self.data.object.payment_status.as_deref() == Some("paid")
            }
            "checkout.session.async_payment_succeeded" | "invoice.paid" => true,
            _ => false,
        }
    }

    fn grant(self) -> Option<(AccountId, Grant)> {
        let Object {
            client_reference_id,
            metadata,
            ..
        } = self.data.object;
        let paid_for = metadata.unwrap_or_default();
        let account = paid_for.account.or(client_reference_id)?;
        let credits: NonZeroU32 = paid_for.credits?.parse().ok()?;
        let grant = Grant {
            credits,
            reason: format!("paid by Stripe: {}", self.kind),
            idempotency_key: Some(format!("stripe:{}", self.id)),
        };
        (!account.is_empty()).then(|| (AccountId::new(account), grant))
    }
}

/// `POST /v1/stripe/events`: adds what was paid, once for each event.
pub(super) async fn receive(
    State(service): Shared,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let now = service.clock.now();
    let header = headers.get("stripe-signature");
    let header = header.and_then(|value| value.to_str().ok()).unwrap_or("");
    if !is_signed(&service.stripe_secrets, header, &body, now) {
        let message =
            "the event is not signed with this endpoint's secret, or not within five minutes";
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "invalid_signature",
            message,
        ));
    }
    let unusable =
        |message: &str| ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "unusable_event", message);
    let event: Event = serde_json::from_slice(&body)
        .map_err(|_| unusable("the event is not as Stripe writes it"))?;
    if !event.is_paid() {
        return Ok(Json(json!({ "received": true, "granted": false })));
    }
    let (account, grant) = event.grant().ok_or_else(|| {
        unusable("set metadata `account` (or client_reference_id) and metadata `credits`, a whole number")
    })?;
    service.store.grant(&account, &grant, now).await?;
    Ok(Json(json!({ "received": true, "granted": true })))
}
