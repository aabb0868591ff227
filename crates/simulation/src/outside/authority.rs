//! The sign-in server: codes and tokens by name, with the lives that a single-page application's have.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use punchout::http::Answer;
use serde_json::json;

use super::answer;

const ACCESS_LIFE: i64 = 3_600_000;
const REFRESH_LIFE: i64 = 86_400_000;

/// Which API a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Business Central.
    BusinessCentral,
    /// The credit service.
    Credits,
}

#[derive(Clone, Debug)]
struct Issued {
    user: &'static str,
    until: i64,
    api: Api,
}

/// The server.
#[derive(Clone, Debug, Default)]
pub struct Authority {
    codes: BTreeMap<String, (&'static str, String)>,
    refresh: BTreeMap<String, (&'static str, i64)>,
    access: BTreeMap<String, Issued>,
    issued: u64,
    /// Whether a browser that was signed in may sign in again without a window.
    pub knows_the_browser: bool,
}

impl Authority {
    /// A server that knows the browser from before.
    #[must_use]
    pub fn new() -> Self {
        Self {
            knows_the_browser: true,
            ..Self::default()
        }
    }

    /// Somebody signs in: where the window comes back to.
    pub fn sign_in(&mut self, url: &str, user: &'static str) -> String {
        let code = self.name("code");
        self.codes
            .insert(code.clone(), (user, parameter(url, "nonce")));
        format!(
            "{}?code={code}&state={}",
            crate::given::REDIRECT,
            parameter(url, "state")
        )
    }

    /// Every session is ended.
    pub fn end_sessions(&mut self) {
        self.refresh.clear();
        self.knows_the_browser = false;
    }

    /// Every access token is refused from now on.
    pub fn revoke_access(&mut self) {
        self.access.clear();
    }

    /// Whose token it is, if it is good for the API.
    #[must_use]
    pub fn user(&self, token: &str, api: Api, now: i64) -> Option<&'static str> {
        let issued = self.access.get(token)?;
        (issued.api == api && now < issued.until).then_some(issued.user)
    }

    /// The token endpoint.
    pub fn token(&mut self, form: &str, now: i64) -> Answer {
        let api = if parameter(form, "scope").contains("credits") {
            Api::Credits
        } else {
            Api::BusinessCentral
        };
        let code = self.codes.remove(&parameter(form, "code"));
        let refresh = self.refresh.get(&parameter(form, "refresh_token"));
        let (user, nonce) = match (code, refresh) {
            (Some((user, nonce)), _) => (user, Some(nonce)),
            (None, Some((user, until))) if now < *until => (*user, None),
            _ => return answer(400, &json!({"error": "invalid_grant"})),
        };
        let (access, refresh) = (self.name("access"), self.name("refresh"));
        let until = now + ACCESS_LIFE;
        self.access
            .insert(access.clone(), Issued { user, until, api });
        self.refresh
            .insert(refresh.clone(), (user, now + REFRESH_LIFE));
        let mut body = json!({"access_token": access, "token_type": "Bearer", "expires_in": 3600, "refresh_token": refresh});
        if let Some(nonce) = nonce {
            let claims = json!({"nonce": nonce, "sub": user, "preferred_username": user});
            let claims = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
            body["id_token"] = json!(format!("e30.{claims}.x"));
        }
        answer(200, &body)
    }

    fn name(&mut self, kind: &str) -> String {
        self.issued += 1;
        format!("{kind}-{}", self.issued)
    }
}

/// A parameter whose value needs no decoding.
fn parameter(form: &str, name: &str) -> String {
    form.split(['?', '&'])
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        .unwrap_or_default()
        .to_owned()
}
