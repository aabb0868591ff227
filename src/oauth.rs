//! Signing in: OAuth 2 authorization code flow with PKCE (RFC 6749, RFC 7636) as a public client.
//!
//! The protocol is the `oauth2` crate's; this room decides what is asked for and what an answer means. It performs
//! nothing: a request is data ([`crate::http`]), and moments and randomness are given.

mod authority;
mod challenge;
mod code_flow;
mod error;
mod grant;
mod session;

pub use authority::{Api, ApiName, Authority, ConfigurationError};
pub use challenge::claims_challenge;
pub use code_flow::{AuthorizationRequest, PendingSignIn, Prompt, SignInMaterial};
pub use error::{ErrorAnswer, RefusalCause, SignInError};
pub use grant::TokenGrant;
pub use session::{Account, Session};
