use std::fmt;

use serde_json::{Map, Value};

use crate::rejection::Reason;

/// What a verified token says.
///
/// Its [`Debug`](fmt::Debug) text names no person: only the scopes are shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// `sub`: the person or application, in an id that only this issuer and audience share.
    pub subject: String,
    /// `tid`: the directory (tenant) of Microsoft Entra ID, or `None` with other issuers.
    pub tenant: Option<String>,
    /// `scp` or `scope`, split at spaces.
    pub scopes: Vec<String>,
    pub(crate) issuer: String,
    all: Map<String, Value>,
}

impl Claims {
    /// The value of another claim, where it is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.all.get(name).and_then(Value::as_str)
    }

    /// Whether the token carries the scope; scopes are compared exactly (RFC 6749 section 3.3).
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// Whether the token carries the role: Entra ID's `roles`, [RFC 9068 section 2.2.3.1](https://www.rfc-editor.org/rfc/rfc9068#section-2.2.3.1).
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        let roles = self.all.get("roles").and_then(Value::as_array);
        roles.is_some_and(|roles| roles.iter().any(|granted| granted.as_str() == Some(role)))
    }

    /// `exp` in seconds since 1970, where it is a whole number.
    pub(crate) fn expires(&self) -> Option<u64> {
        self.all.get("exp").and_then(Value::as_u64)
    }

    pub(crate) fn read(all: Map<String, Value>) -> Result<Self, Reason> {
        let text = |name: &str| all.get(name).and_then(Value::as_str).map(str::to_owned);
        let scopes = all.get("scp").or_else(|| all.get("scope"));
        Ok(Self {
            subject: text("sub")
                .filter(|subject| !subject.is_empty())
                .ok_or(Reason::Claims)?,
            tenant: text("tid"),
            scopes: scopes.map(words).unwrap_or_default(),
            issuer: text("iss").ok_or(Reason::Issuer)?,
            all,
        })
    }
}

/// Some issuers write scopes as a list of texts rather than RFC 9068's one text.
fn words(scopes: &Value) -> Vec<String> {
    let split = |text: &str| {
        text.split_ascii_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    match scopes {
        Value::String(text) => split(text),
        Value::Array(entries) => entries
            .iter()
            .filter_map(Value::as_str)
            .flat_map(split)
            .collect(),
        _ => Vec::new(),
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Claims")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
