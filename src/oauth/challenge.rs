//! A claims challenge: an API refuses a token and says what the next sign-in must prove.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

use crate::http::Answer;
use crate::json;

/// The claims that an answer of an API asks for, as JSON text: `WWW-Authenticate: Bearer …,
/// error="insufficient_claims", claims="<base64>"` on a 401 (Microsoft, `claims-challenge`).
#[must_use]
pub fn claims_challenge(answer: &Answer) -> Option<String> {
    if answer.status != 401 {
        return None;
    }
    let header = answer.header("www-authenticate")?;
    let is_challenge = parameter(header, "error") == Some("insufficient_claims");
    let claims = parameter(header, "claims").filter(|_| is_challenge)?;
    let decoded = BASE64_STANDARD
        .decode(claims)
        .or_else(|_| BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')));
    let claims = String::from_utf8(decoded.ok()?).ok()?;
    // It goes into an address; what is no JSON was never meant for it.
    json::parse(&claims).is_ok().then_some(claims)
}

/// The value of a parameter in quotes (RFC 9110, 11.2). The values looked for have no quotes of their own.
fn parameter<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    let mut rest = header;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, next) = after.split_once('"')?;
        let found = before.rsplit([' ', ',']).next().unwrap_or(before);
        if found.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge(status: u16, header: &str) -> Option<String> {
        claims_challenge(&Answer {
            status,
            headers: vec![("www-authenticate".to_owned(), header.to_owned())],
            body: String::new(),
        })
    }

    #[test]
    fn the_claims_of_a_challenge_are_decoded() {
        let claims = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
        let header = format!(
            "Bearer realm=\"\", authorization_uri=\"https://login.example/x=\", error=\"insufficient_claims\", claims=\"{}\"",
            BASE64_STANDARD.encode(claims)
        );
        assert_eq!(challenge(401, &header).as_deref(), Some(claims));
        assert_eq!(challenge(403, &header), None);
    }

    #[test]
    fn what_is_no_challenge_asks_for_nothing() {
        let encoded = BASE64_STANDARD.encode("no JSON");
        for header in [
            "",
            "Bearer",
            "Bearer error=\"invalid_token\", claims=\"e30=\"",
            "Bearer error=\"insufficient_claims\"",
            "Bearer error=\"insufficient_claims\", claims=\"%%%\"",
            &format!("Bearer error=\"insufficient_claims\", claims=\"{encoded}\""),
        ] {
            assert_eq!(challenge(401, header), None, "{header}");
        }
    }
}
