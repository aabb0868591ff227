//! What can go wrong while signing in, in the words of RFC 6749 and OpenID Connect first.
//!
//! Microsoft's `AADSTS` numbers refine a standard error and are never relied on alone: Microsoft says that
//! applications that depend on them will break. An error that leaves no doubt is not refined.

/// Why there is no session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The person closed the window or declined.
    #[error("the sign-in window was closed before it was finished")]
    Cancelled,
    /// Nothing can be done without the person: no session at the server, a session that has ended or was ended, a
    /// further factor.
    #[error("signing in needs you")]
    InteractionRequired,
    /// The API or a rule of the organization wants a further proof, which the next sign-in asks for.
    #[error("signing in needs a further proof")]
    StepUpRequired {
        /// What is to be proved, as JSON text; opaque.
        claims: String,
    },
    /// The server refused.
    #[error("the sign-in server refused: {words}")]
    Refused {
        /// What that means.
        cause: RefusalCause,
        /// The server's own words, without addresses.
        words: String,
        /// What Microsoft's support asks for.
        correlation_id: Option<String>,
    },
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

/// What a refusal means, by who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalCause {
    /// An administrator must allow the application.
    ConsentRequired,
    /// An administrator must assign the person to the application.
    NotAssigned,
    /// The account or the application is not known in the tenant: another account, or another tenant.
    WrongTenant,
    /// The application is for one tenant, and none is configured.
    TenantNeeded,
    /// The tenant does not know Business Central's API, or the registration lacks its permission.
    ApiNotGranted,
    /// The extension's redirect address is not registered, or not as a single-page application.
    RedirectNotRegistered,
    /// Conditional access forbids it.
    AccessBlocked,
    /// The organization wants a managed or registered device.
    DeviceNeeded,
    /// The organization restricts which tenants its people may sign in to.
    TenantRestricted,
    /// The sign-in was judged to be risky.
    RiskDetected,
    /// The server saw the same request again and again, and stopped it.
    Loop,
    /// The pieces of this sign-in do not fit: it must begin anew.
    Restart,
    /// Anything else.
    Other,
}

/// What an `AADSTS` number refines an error to.
#[derive(Clone, Copy)]
enum Meaning {
    Declined,
    Interaction,
    Transient,
    Cause(RefusalCause),
}

/// `AADSTS` numbers by what they mean, from Microsoft's list of them (`reference-error-codes`).
const NUMBERS: [(Meaning, &[u32]); 15] = [
    (Meaning::Declined, &[65004]),
    (
        Meaning::Interaction,
        &[
            50058, 50074, 50076, 50078, 50079, 50132, 50133, 50173, 70008, 70043, 700_082, 700_084,
        ],
    ),
    (Meaning::Transient, &[40010, 50033, 90033]),
    (
        Meaning::Cause(RefusalCause::ConsentRequired),
        &[65001, 90094, 90095],
    ),
    (Meaning::Cause(RefusalCause::NotAssigned), &[50105]),
    (
        Meaning::Cause(RefusalCause::WrongTenant),
        &[16000, 50020, 50034, 51004, 90002, 700_011, 700_016],
    ),
    (Meaning::Cause(RefusalCause::TenantNeeded), &[50194]),
    (
        Meaning::Cause(RefusalCause::ApiNotGranted),
        &[500_011, 650_052, 650_057],
    ),
    (
        Meaning::Cause(RefusalCause::RedirectNotRegistered),
        &[50011, 70004, 9_002_325, 9_002_326, 9_002_327],
    ),
    (Meaning::Cause(RefusalCause::AccessBlocked), &[53003]),
    (
        Meaning::Cause(RefusalCause::DeviceNeeded),
        &[50097, 53000, 53001],
    ),
    (
        Meaning::Cause(RefusalCause::TenantRestricted),
        &[500_021, 500_022, 500_212, 500_213],
    ),
    (
        Meaning::Cause(RefusalCause::RiskDetected),
        &[50131, 53011, 530_034],
    ),
    (Meaning::Cause(RefusalCause::Loop), &[50196]),
    (
        Meaning::Cause(RefusalCause::Restart),
        &[50147, 54005, 501_481],
    ),
];

/// An error as an OAuth 2 server gives it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorAnswer<'a> {
    /// `error`.
    pub error: &'a str,
    /// `error_description`.
    pub description: Option<&'a str>,
    /// `claims` of a claims challenge.
    pub claims: Option<&'a str>,
    /// `correlation_id`, which Microsoft adds.
    pub correlation_id: Option<&'a str>,
}

impl SignInError {
    /// Reads an OAuth 2 or OpenID Connect error.
    #[must_use]
    pub fn refused(answer: ErrorAnswer<'_>) -> Self {
        let words = words(answer.error, answer.description);
        let refined = meaning(&words);
        let refused = |cause| Self::Refused {
            cause,
            words: words.clone(),
            correlation_id: correlation_id(answer),
        };
        match (answer.error, refined) {
            ("temporarily_unavailable" | "server_error", _) => Self::Unavailable,
            ("login_required" | "account_selection_required", _) => Self::InteractionRequired,
            (_, Some(Meaning::Cause(cause))) => refused(cause),
            (_, Some(Meaning::Declined)) => Self::Cancelled,
            (_, Some(Meaning::Transient)) => Self::Unavailable,
            ("interaction_required" | "invalid_grant", _) | (_, Some(Meaning::Interaction)) => {
                let claims = answer.claims.filter(|claims| !claims.is_empty());
                claims.map_or(Self::InteractionRequired, |claims| Self::StepUpRequired {
                    claims: claims.to_owned(),
                })
            }
            ("access_denied", None) => Self::Cancelled,
            ("consent_required", None) => refused(RefusalCause::ConsentRequired),
            ("unauthorized_client" | "invalid_client", None) => refused(RefusalCause::WrongTenant),
            ("invalid_resource", None) => refused(RefusalCause::ApiNotGranted),
            _ => refused(RefusalCause::Other),
        }
    }

    /// Whether the same can be tried again without a person.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable)
    }

    /// The server's words and its correlation id, where it gave them.
    #[must_use]
    pub fn words(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Refused {
                words,
                correlation_id,
                ..
            } => (Some(words), correlation_id.as_deref()),
            _ => (None, None),
        }
    }
}

/// What the first known number among the words means. A number counts only as a whole word.
fn meaning(words: &str) -> Option<Meaning> {
    let mut numbers = words
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter_map(|word| word.strip_prefix("AADSTS")?.parse::<u32>().ok());
    numbers.find_map(|number| {
        let known = NUMBERS.iter().find(|(_, known)| known.contains(&number));
        known.map(|(meaning, _)| *meaning)
    })
}

/// The correlation id, of its own field or as it stands in the description: `Correlation ID: <guid>`.
fn correlation_id(answer: ErrorAnswer<'_>) -> Option<String> {
    let described = || {
        let (_, rest) = answer.description?.split_once("Correlation ID: ")?;
        rest.get(..36)
    };
    let id = answer.correlation_id.or_else(described)?;
    let is_id = |letter: char| letter.is_ascii_hexdigit() || letter == '-';
    (id.len() == 36 && id.chars().all(is_id)).then(|| id.to_owned())
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

    fn refused(error: &str, description: &str) -> SignInError {
        SignInError::refused(ErrorAnswer {
            error,
            description: Some(description).filter(|text| !text.is_empty()),
            ..ErrorAnswer::default()
        })
    }

    fn cause(error: &str, description: &str) -> Option<RefusalCause> {
        match refused(error, description) {
            SignInError::Refused { cause, .. } => Some(cause),
            _ => None,
        }
    }

    #[test]
    fn a_standard_code_decides_where_no_number_refines_it() {
        use SignInError as Error;
        for (code, error) in [
            ("access_denied", Error::Cancelled),
            ("login_required", Error::InteractionRequired),
            ("interaction_required", Error::InteractionRequired),
            ("account_selection_required", Error::InteractionRequired),
            ("invalid_grant", Error::InteractionRequired),
            ("server_error", Error::Unavailable),
            ("temporarily_unavailable", Error::Unavailable),
        ] {
            assert_eq!(refused(code, ""), error, "{code}");
        }
        for (code, expected) in [
            ("consent_required", RefusalCause::ConsentRequired),
            ("unauthorized_client", RefusalCause::WrongTenant),
            ("invalid_client", RefusalCause::WrongTenant),
            ("invalid_resource", RefusalCause::ApiNotGranted),
            ("invalid_scope", RefusalCause::Other),
            ("invalid_request", RefusalCause::Other),
        ] {
            assert_eq!(cause(code, ""), Some(expected), "{code}");
        }
    }

    #[test]
    fn a_standard_code_that_leaves_no_doubt_is_not_refined_by_a_number() {
        let error = refused("server_error", "AADSTS50020: whatever");
        assert_eq!(error, SignInError::Unavailable);
        let error = refused("login_required", "AADSTS65001: whatever");
        assert_eq!(error, SignInError::InteractionRequired);
    }

    /// The OAuth error that each number comes with, the number, and what it is told as.
    #[test]
    fn each_number_of_the_table_is_told_as_what_can_be_done_about_it() {
        use RefusalCause as Cause;
        for (error, number, expected) in [
            ("invalid_grant", "65001", Cause::ConsentRequired),
            ("access_denied", "90094", Cause::ConsentRequired),
            ("access_denied", "90095", Cause::ConsentRequired),
            ("invalid_grant", "50105", Cause::NotAssigned),
            ("unauthorized_client", "700016", Cause::WrongTenant),
            ("invalid_request", "700011", Cause::WrongTenant),
            ("invalid_request", "90002", Cause::WrongTenant),
            ("invalid_resource", "500011", Cause::ApiNotGranted),
            ("invalid_client", "650052", Cause::ApiNotGranted),
            ("invalid_client", "650057", Cause::ApiNotGranted),
            ("invalid_client", "50011", Cause::RedirectNotRegistered),
            ("invalid_request", "70004", Cause::RedirectNotRegistered),
            ("invalid_request", "9002325", Cause::RedirectNotRegistered),
            ("invalid_request", "9002326", Cause::RedirectNotRegistered),
            ("invalid_request", "9002327", Cause::RedirectNotRegistered),
            ("invalid_request", "50194", Cause::TenantNeeded),
            ("invalid_grant", "50020", Cause::WrongTenant),
            ("invalid_grant", "50034", Cause::WrongTenant),
            ("invalid_grant", "51004", Cause::WrongTenant),
            ("interaction_required", "16000", Cause::WrongTenant),
            ("access_denied", "53003", Cause::AccessBlocked),
            ("interaction_required", "53000", Cause::DeviceNeeded),
            ("interaction_required", "53001", Cause::DeviceNeeded),
            ("invalid_grant", "50097", Cause::DeviceNeeded),
            ("access_denied", "500021", Cause::TenantRestricted),
            ("access_denied", "500022", Cause::TenantRestricted),
            ("access_denied", "500212", Cause::TenantRestricted),
            ("access_denied", "500213", Cause::TenantRestricted),
            ("access_denied", "530034", Cause::RiskDetected),
            ("access_denied", "53011", Cause::RiskDetected),
            ("invalid_grant", "50131", Cause::RiskDetected),
            ("invalid_grant", "50196", Cause::Loop),
            ("invalid_grant", "54005", Cause::Restart),
            ("invalid_grant", "501481", Cause::Restart),
            ("invalid_grant", "50147", Cause::Restart),
        ] {
            let description = format!("AADSTS{number}: Words. Trace ID: x");
            assert_eq!(cause(error, &description), Some(expected), "{number}");
        }
        for number in [
            "50058", "50074", "50076", "50078", "50079", "50132", "50133", "50173", "70008",
            "70043", "700082", "700084",
        ] {
            let error = refused("invalid_request", &format!("AADSTS{number}: Words."));
            assert_eq!(error, SignInError::InteractionRequired, "{number}");
        }
        for number in ["40010", "50033", "90033"] {
            let error = refused("invalid_request", &format!("AADSTS{number}: Words."));
            assert_eq!(error, SignInError::Unavailable, "{number}");
        }
        let declined = refused("invalid_request", "AADSTS65004: User declined.");
        assert_eq!(declined, SignInError::Cancelled);
    }

    #[test]
    fn a_further_factor_is_asked_for_with_the_claims_that_the_server_gave() {
        let answer = ErrorAnswer {
            error: "invalid_grant",
            description: Some("AADSTS50076: Due to a configuration change …"),
            claims: Some("{\"access_token\":{}}"),
            correlation_id: None,
        };
        let claims = "{\"access_token\":{}}".to_owned();
        let expected = SignInError::StepUpRequired { claims };
        assert_eq!(SignInError::refused(answer), expected);
    }

    #[test]
    fn a_number_counts_only_as_a_whole_word() {
        let found = cause("invalid_request", "AADSTS500201: something else");
        assert_eq!(found, Some(RefusalCause::Other));
    }

    #[test]
    fn the_correlation_id_is_kept_for_support() {
        let id = "12345678-1234-1234-1234-1234567890ab";
        let words = format!("AADSTS53003: Blocked. Correlation ID: {id} Timestamp: x");
        assert_eq!(refused("access_denied", &words).words().1, Some(id));
        let own = ErrorAnswer {
            error: "invalid_scope",
            correlation_id: Some(id),
            ..ErrorAnswer::default()
        };
        assert_eq!(SignInError::refused(own).words().1, Some(id));
        let broken = refused("access_denied", "AADSTS53003: Correlation ID: <script>");
        assert_eq!(broken.words().1, None);
    }
}
