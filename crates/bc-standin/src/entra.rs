//! Real tokens: verified against the keys that their issuer publishes.

use bearer::{Claims, Rejection, Verifier};

use crate::access::{Authenticate, Authenticated, Identity, NotAuthenticated};

/// Verifies bearer tokens of one issuer for one audience.
#[derive(Debug)]
pub struct IssuedTokens(pub Verifier);

impl Authenticate for IssuedTokens {
    fn authenticate<'a>(&'a self, authorization: Option<&'a str>) -> Authenticated<'a> {
        Box::pin(async move {
            match self.0.verify(authorization).await {
                Ok(claims) => Ok(identity(&claims)),
                Err(rejection) => {
                    tracing::info!(%rejection, "a token was refused");
                    Err(match rejection {
                        Rejection::KeysUnavailable => NotAuthenticated::Unavailable,
                        _ => NotAuthenticated::Rejected,
                    })
                }
            }
        })
    }
}

fn identity(claims: &Claims) -> Identity {
    let name = claims.text("preferred_username").map(str::to_owned);
    Identity {
        logins: name.into_iter().chain([claims.subject.clone()]).collect(),
    }
}
