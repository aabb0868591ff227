//! What can go wrong while signing in, in the words of RFC 6749 and OpenID Connect first.
//!
//! Microsoft's `AADSTS` numbers refine a standard error and are never relied on alone: Microsoft says that
//! applications that depend on them will break.

/// Why there is no session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The person closed the window or declined.
    #[error("the sign-in window was closed before it was finished")]
    Cancelled,
    /// Nothing can be done without the person (`login_required`, `interaction_required`, `consent_required`,
    /// `account_selection_required`, or an expired refresh token).
    #[error("signing in needs you")]
    InteractionRequired,
    /// The account does not belong to the configured tenant, or the application is not known there.
    #[error("this account or this application is not known in the tenant: {0}")]
    WrongTenant(String),
    /// An administrator must allow the application.
    #[error("an administrator must allow this application: {0}")]
    ConsentRequired(String),
    /// The server refused for another reason; its own words, without addresses.
    #[error("the sign-in server refused: {0}")]
    Refused(String),
    /// The answer does not belong to the question that was asked, so it was thrown away.
    #[error("the answer of the sign-in window did not belong to this sign-in")]
    NotOurAnswer,
    /// The server's answer could not be read.
    #[error("the sign-in server answered something unreadable")]
    Unreadable,
    /// The server could not be reached, or asks to come back later.
    #[error("the sign-in server cannot be reached at the moment")]
    Unavailable,
}

/// `AADSTS` numbers that mean "not this tenant, or not known there".
const WRONG_TENANT: [&str; 7] = [
    "AADSTS700016",
    "AADSTS700011",
    "AADSTS50020",
    "AADSTS50034",
    "AADSTS51004",
    "AADSTS90002",
    "AADSTS50194",
];

/// `AADSTS` numbers that mean "an administrator must act".
const CONSENT: [&str; 5] = [
    "AADSTS65001",
    "AADSTS90094",
    "AADSTS90095",
    "AADSTS50105",
    "AADSTS650052",
];

impl SignInError {
    /// Reads an OAuth 2 or OpenID Connect error code with its description.
    #[must_use]
    pub fn refused(code: &str, description: Option<&str>) -> Self {
        let words = words(code, description);
        let names = |numbers: &[&str]| {
            numbers.iter().any(|number| {
                words
                    .split(|c: char| !c.is_ascii_alphanumeric())
                    .any(|word| word == *number)
            })
        };
        match code {
            _ if names(&WRONG_TENANT) => Self::WrongTenant(words),
            _ if names(&CONSENT) => Self::ConsentRequired(words),
            "access_denied" => Self::Cancelled,
            "login_required"
            | "interaction_required"
            | "account_selection_required"
            | "invalid_grant" => Self::InteractionRequired,
            "consent_required" => Self::ConsentRequired(words),
            "temporarily_unavailable" | "server_error" => Self::Unavailable,
            "unauthorized_client" | "invalid_client" => Self::WrongTenant(words),
            _ => Self::Refused(words),
        }
    }

    /// Whether the same can be tried again without a person.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable)
    }
}

/// The server's words in one line, cut to what a person reads.
fn words(code: &str, description: Option<&str>) -> String {
    let text = match description {
        Some(description) => format!("{code}: {description}"),
        None => code.to_owned(),
    };
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(300)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_code_decides_where_no_number_refines_it() {
        assert_eq!(
            SignInError::refused("access_denied", None),
            SignInError::Cancelled
        );
        assert_eq!(
            SignInError::refused("login_required", None),
            SignInError::InteractionRequired
        );
        assert_eq!(
            SignInError::refused("server_error", None),
            SignInError::Unavailable
        );
        assert!(matches!(
            SignInError::refused("invalid_scope", None),
            SignInError::Refused(_)
        ));
    }

    #[test]
    fn an_application_unknown_in_the_tenant_is_told_apart() {
        let error = SignInError::refused(
            "unauthorized_client",
            Some(
                "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.",
            ),
        );
        assert!(matches!(error, SignInError::WrongTenant(_)));
    }

    #[test]
    fn a_number_counts_only_as_a_whole_word() {
        let error = SignInError::refused("invalid_request", Some("AADSTS500201: something else"));
        assert!(matches!(error, SignInError::Refused(_)));
    }
}
