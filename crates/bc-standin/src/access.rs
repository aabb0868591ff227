//! Who asks: tokens and users.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// Who a token says is asking.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The names under which the user may be known, best first: `preferred_username`, `sub`.
    pub logins: Vec<String>,
}

/// Names no person.
impl fmt::Debug for Identity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// Why a request has no identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAuthenticated {
    /// No token, or one that does not verify: 401.
    #[error("The credentials are not accepted.")]
    Rejected,
    /// The issuer's keys cannot be read, so nothing can be said about the token: 503.
    #[error("Tokens cannot be verified at present. Try again later.")]
    Unavailable,
}

/// The answer of [`Authenticate`], later.
pub type Authenticated<'a> =
    Pin<Box<dyn Future<Output = Result<Identity, NotAuthenticated>> + Send + 'a>>;

/// Verifies the `Authorization` header.
pub trait Authenticate: fmt::Debug + Send + Sync {
    /// Says who is asking.
    fn authenticate<'a>(&'a self, authorization: Option<&'a str>) -> Authenticated<'a>;
}
