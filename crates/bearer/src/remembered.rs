//! Tokens that were found good. A client sends one for an hour, and checking its signature costs more than all else that a
//! small request needs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonwebtoken::get_current_timestamp;
use sha2::{Digest as _, Sha256};

use crate::claims::Claims;
use crate::keys::KeySet;

/// Tokens at most; then it begins anew.
const CAPACITY: usize = 10_000;

/// What a token is remembered by: itself it is not kept.
pub(crate) type Fingerprint = [u8; 32];

pub(crate) fn fingerprint(token: &str) -> Fingerprint {
    Sha256::digest(token).into()
}

/// Good tokens of one key set.
#[derive(Default)]
pub(crate) struct Remembered {
    tokens: Mutex<Tokens>,
}

#[derive(Default)]
struct Tokens {
    /// Those of another set are not valid any more: a key may have been withdrawn.
    keys: Option<Arc<KeySet>>,
    good: HashMap<Fingerprint, Claims>,
}

impl Remembered {
    /// What the token says, if it was found good by these keys and has not expired since.
    pub(crate) fn find(&self, token: &Fingerprint, keys: &Arc<KeySet>) -> Option<Claims> {
        let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let same_keys = tokens.keys.as_ref().is_some_and(|of| Arc::ptr_eq(of, keys));
        let claims = tokens.good.get(token).filter(|_| same_keys)?;
        // Whatever has run out, is no whole number or has leeway left is judged anew.
        let is_good = claims
            .expires()
            .is_some_and(|moment| get_current_timestamp() < moment);
        is_good.then(|| claims.clone())
    }

    pub(crate) fn remember(&self, token: Fingerprint, claims: &Claims, keys: &Arc<KeySet>) {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let same_keys = tokens.keys.as_ref().is_some_and(|of| Arc::ptr_eq(of, keys));
        if !same_keys || tokens.good.len() >= CAPACITY {
            tokens.good.clear();
            tokens.keys = Some(Arc::clone(keys));
        }
        tokens.good.insert(token, claims.clone());
    }
}
