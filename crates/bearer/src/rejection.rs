use http::StatusCode;

/// Why a token is not valid, in words safe to send to the client: nothing of the token is in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Not three base64url parts with a readable header, longer than any real token, or `alg` is unknown or `none`.
    #[error("the token is not a signed JWT that can be read here")]
    NotASignedJwt,
    /// The header says that this is another kind of token, for example a logout token.
    #[error("the token is not an access token")]
    NotAnAccessToken,
    /// The header names an extension as critical (RFC 7515 section 4.1.11); none is known here.
    #[error("the token needs an extension that is not supported")]
    CriticalExtension,
    /// `alg` is not on the list of accepted algorithms.
    #[error("the token's signature algorithm is not accepted")]
    Algorithm,
    /// No published key has the token's key id and suits its algorithm.
    #[error("the token's key is not one of the issuer's published keys")]
    UnknownKey,
    /// The signature does not verify.
    #[error("the token's signature is not valid")]
    Signature,
    /// `iss` is missing or not the configured issuer, or the key belongs to another issuer.
    #[error("the token is from another issuer")]
    Issuer,
    /// `aud` is missing or names another service.
    #[error("the token is for another audience")]
    Audience,
    /// `exp` has passed.
    #[error("the token has expired")]
    Expired,
    /// `nbf` has not come yet.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// A claim that an access token must have is missing or has the wrong type.
    #[error("the token lacks a required claim")]
    Claims,
}

/// Why a request is refused, and with it how to answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The request has no bearer token.
    #[error("no bearer token: sign in and send `Authorization: Bearer …`")]
    Missing,
    /// The token is not valid: sign in again.
    #[error("{0}")]
    InvalidToken(Reason),
    /// The token is valid but lacks a scope.
    #[error("the token lacks the scope `{required}`")]
    InsufficientScope {
        /// The scope that is needed.
        required: String,
    },
    /// The issuer's keys cannot be read at present, so no judgement is possible: try again later.
    #[error("the issuer's keys cannot be read at present: try again later")]
    KeysUnavailable,
}

impl Rejection {
    /// The status of the answer: 401, 403 or, where the issuer's keys are out of reach, 503.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Missing | Self::InvalidToken(_) => StatusCode::UNAUTHORIZED,
            Self::InsufficientScope { .. } => StatusCode::FORBIDDEN,
            Self::KeysUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The error's code for an answer's body: those of RFC 6750 section 3.1, and `temporarily_unavailable`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing | Self::InvalidToken(_) => "invalid_token",
            Self::InsufficientScope { .. } => "insufficient_scope",
            Self::KeysUnavailable => "temporarily_unavailable",
        }
    }

    /// The value of the `WWW-Authenticate` header, as RFC 6750 section 3 has it.
    #[must_use]
    pub fn challenge(&self) -> Option<String> {
        match self {
            // A request without any token gets no error code (RFC 6750 section 3.1).
            Self::Missing => Some("Bearer".to_owned()),
            Self::InvalidToken(_) => Some(format!(
                "Bearer error=\"{}\", error_description=\"{self}\"",
                self.code()
            )),
            Self::InsufficientScope { required } => Some(format!(
                "Bearer error=\"{}\", scope=\"{required}\"",
                self.code()
            )),
            Self::KeysUnavailable => None,
        }
    }
}

impl From<Reason> for Rejection {
    fn from(reason: Reason) -> Self {
        Self::InvalidToken(reason)
    }
}
