use std::fmt;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::ecdsa::SigningKey as EcKey;
use p256::elliptic_curve::rand_core::OsRng;
use p256::pkcs8::EncodePrivateKey as _;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

/// A private key with its public half as a JSON Web Key.
#[derive(Clone)]
pub struct SigningKey {
    algorithm: Algorithm,
    id: String,
    private: EncodingKey,
    /// The public half, as it is published.
    pub public: Value,
}

impl SigningKey {
    /// A new P-256 key (ES256).
    ///
    /// # Errors
    /// Where the key cannot be encoded.
    pub fn p256(id: &str) -> io::Result<Self> {
        let key = EcKey::random(&mut OsRng);
        let point = key.verifying_key().to_encoded_point(false);
        let coordinate =
            |bytes: Option<&p256::FieldBytes>| bytes.map(|b| URL_SAFE_NO_PAD.encode(b));
        let der = key.to_pkcs8_der().map_err(io::Error::other)?;
        Ok(Self {
            algorithm: Algorithm::ES256,
            id: id.to_owned(),
            private: EncodingKey::from_ec_der(der.as_bytes()),
            public: json!({
                "kty": "EC", "crv": "P-256", "use": "sig", "kid": id,
                "x": coordinate(point.x()), "y": coordinate(point.y()),
            }),
        })
    }

    /// A new RSA key of the given size in bits (RS256 or PS256).
    ///
    /// # Errors
    /// Where the key cannot be made or encoded.
    pub fn rsa(id: &str, bits: usize) -> io::Result<Self> {
        let key = rsa::RsaPrivateKey::new(&mut OsRng, bits).map_err(io::Error::other)?;
        let der = key.to_pkcs1_der().map_err(io::Error::other)?;
        let number = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        Ok(Self {
            algorithm: Algorithm::RS256,
            id: id.to_owned(),
            private: EncodingKey::from_rsa_der(der.as_bytes()),
            public: json!({
                "kty": "RSA", "use": "sig", "kid": id, "n": number(key.n()), "e": number(key.e()),
            }),
        })
    }

    /// The header of an ordinary token of this key.
    #[must_use]
    pub fn header(&self) -> Header {
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.id.clone());
        header
    }

    /// Signs the claims under any header that suits the key; an empty text where it does not.
    #[must_use]
    pub fn sign(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.private).unwrap_or_default()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SigningKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
