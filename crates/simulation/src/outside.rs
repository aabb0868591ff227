//! Everything outside the browser: sign-in server, Business Central, credit service.

pub mod authority;
pub mod business_central;
pub mod credit_service;

use authority::{Api, Authority};
use business_central::BusinessCentral;
use credit_service::CreditService;
use punchout::http::{Answer, Request};
use serde_json::{Value, json};

/// The servers.
#[derive(Clone, Debug)]
pub struct Outside {
    /// Who signs in.
    pub authority: Authority,
    /// Where captures go.
    pub business_central: BusinessCentral,
    /// Who counts them.
    pub credits: CreditService,
}

/// The server of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// The sign-in server.
    SignIn,
    /// Business Central.
    BusinessCentral,
    /// The credit service.
    Credits,
}

impl Host {
    /// The server that a request goes to.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        match request.url.split_once(".test") {
            Some(("https://sign-in", _)) => Self::SignIn,
            Some(("https://bc", _)) => Self::BusinessCentral,
            Some(("https://credits", _)) => Self::Credits,
            _ => panic!("nothing may be sent to {}", request.url),
        }
    }
}

impl Outside {
    /// What the server does with a request, at once.
    pub fn act(&mut self, request: &Request, now: i64) -> Answer {
        let host = Host::of(request);
        let body = request.body.as_deref().unwrap_or_default();
        let user = |api| self.authority.user(bearer(request), api, now);
        match host {
            Host::SignIn => self.authority.token(body, now),
            Host::BusinessCentral => match user(Api::BusinessCentral) {
                Some(user) => self.business_central.act(request, user),
                None => unauthorized("Authentication_InvalidCredentials"),
            },
            Host::Credits => {
                let (_, path) = request.url.split_once(".test").unwrap_or_default();
                match user(Api::Credits) {
                    Some(_) => self.credits.act(request.method, path, body, now),
                    None => unauthorized("invalid_token"),
                }
            }
        }
    }
}

fn bearer(request: &Request) -> &str {
    let header = request
        .headers
        .iter()
        .find(|(name, _)| name == "authorization");
    header
        .and_then(|(_, value)| value.strip_prefix("Bearer "))
        .unwrap_or_default()
}

fn unauthorized(code: &str) -> Answer {
    answer(401, &json!({"error": {"code": code, "message": "no"}}))
}

/// An answer with a JSON body.
#[must_use]
pub fn answer(status: u16, body: &Value) -> Answer {
    Answer {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_string(),
    }
}
