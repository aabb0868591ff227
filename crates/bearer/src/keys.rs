//! The issuer's published keys: a JSON Web Key Set ([RFC 7517](https://www.rfc-editor.org/rfc/rfc7517)).

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// RSA keys below 2048 bits are not to be used (RFC 7518 section 3.3).
const MIN_RSA_BYTES: usize = 256;

/// A key set as published.
#[derive(Deserialize)]
pub(crate) struct Document {
    keys: Vec<Value>,
}

/// One key and what it may be used for.
pub(crate) struct Key {
    id: Option<String>,
    algorithms: Vec<Algorithm>,
    /// Entra ID says per key whose tokens it signs, as a template.
    pub(crate) issuer: Option<String>,
    pub(crate) material: DecodingKey,
}

impl Key {
    /// A key that is of no use here (another type, curve or purpose, or too weak) is none.
    fn read(value: &Value) -> Option<Self> {
        let jwk: Jwk = serde_json::from_value(value.clone()).ok()?;
        let signs = matches!(
            jwk.common.public_key_use,
            None | Some(PublicKeyUse::Signature)
        );
        let suited = suited(&jwk);
        if !signs || suited.is_empty() {
            return None;
        }
        Some(Self {
            material: DecodingKey::from_jwk(&jwk).ok()?,
            id: jwk.common.key_id,
            algorithms: suited,
            issuer: value
                .get("issuer")
                .and_then(Value::as_str)
                .map(str::to_owned),
        })
    }
}

/// The accepted algorithms that suit a key: what its type allows, narrowed to its own `alg` where it has one.
fn suited(jwk: &Jwk) -> Vec<Algorithm> {
    let by_type: &[(Algorithm, KeyAlgorithm)] = match &jwk.algorithm {
        AlgorithmParameters::RSA(rsa) if modulus_bytes(&rsa.n) >= MIN_RSA_BYTES => &[
            (Algorithm::RS256, KeyAlgorithm::RS256),
            (Algorithm::PS256, KeyAlgorithm::PS256),
        ],
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            &[(Algorithm::ES256, KeyAlgorithm::ES256)]
        }
        _ => &[],
    };
    let named = jwk.common.key_algorithm;
    by_type
        .iter()
        .filter(|(_, name)| named.is_none_or(|named| named == *name))
        .map(|(algorithm, _)| *algorithm)
        .collect()
}

fn modulus_bytes(modulus: &str) -> usize {
    URL_SAFE_NO_PAD
        .decode(modulus)
        .map(|bytes| bytes.iter().skip_while(|byte| **byte == 0).count())
        .unwrap_or_default()
}

/// The keys as read at one moment.
pub(crate) struct KeySet {
    keys: Vec<Key>,
    read_at: Instant,
}

impl KeySet {
    pub(crate) fn new(document: &Document) -> Self {
        let keys = document.keys.iter().filter_map(Key::read).collect();
        Self {
            keys,
            read_at: Instant::now(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(crate) fn age(&self) -> Duration {
        self.read_at.elapsed()
    }

    /// The key with this id that suits the algorithm. A token without a key id names the only key there is.
    pub(crate) fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let named = |key: &&Key| match id {
            Some(id) => key.id.as_deref() == Some(id),
            None => self.keys.len() == 1,
        };
        self.keys
            .iter()
            .filter(named)
            .find(|key| key.algorithms.contains(&algorithm))
    }

    /// Whether a key of this id is published at all, for whatever algorithm.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id.as_deref() == Some(id))
    }
}
