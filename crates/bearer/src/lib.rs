//! Verification of OAuth 2 bearer access tokens against an issuer's published keys.
//!
//! [`Verifier::discover`] reads the issuer's metadata and keys once; [`Verifier::verify`] then judges the
//! `Authorization` header of one request ([RFC 6750]) that carries a signed token ([RFC 9068], or a version 1 or
//! version 2 token of Microsoft Entra ID). A token is good when its signature, algorithm, issuer, audience, lifetime
//! and scope all are; [`Rejection`] says which was not, and how to answer.
//!
//! The token never appears in a [`Debug`](std::fmt::Debug) text, an error or a log.
//!
//! [RFC 6750]: https://www.rfc-editor.org/rfc/rfc6750
//! [RFC 9068]: https://www.rfc-editor.org/rfc/rfc9068

mod claims;
mod discovery;
mod fetch;
mod issuer;
mod keys;
mod rejection;
mod remembered;
mod settings;
mod verifier;

pub use claims::Claims;
pub use discovery::DiscoveryError;
pub use rejection::{Reason, Rejection};
pub use settings::Settings;
pub use verifier::Verifier;
