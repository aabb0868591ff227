//! What the buyer is told. The words are the panel's; here is what is meant, with what Business Central itself said.

use serde::{Deserialize, Serialize};

use crate::business_central::{DirectoryError, Refusal, RefusalKind};
use crate::credits::CreditError;
use crate::oauth::SignInError;

/// Something to tell the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it is; the panel has a sentence and an advice for each.
    pub code: NoticeCode,
    /// The other side's own words.
    pub detail: Option<String>,
    /// What support asks for.
    pub correlation_id: Option<String>,
}

/// What a [`Notice`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// The page may not be read; another click on the toolbar grants it.
    PageNotReachable,
    /// The page is larger than a capture may be.
    PageTooLarge,
    /// The snapshot could not be read.
    PageUnreadable,
    /// There is no cart on this page.
    NotACart,
    /// The cart is empty.
    CartEmpty,
    /// No application is registered yet.
    NotConfigured,
    /// The sign-in window was closed.
    SignInCancelled,
    /// The buyer must sign in.
    SignInNeeded,
    /// The account or the application is not known in the tenant.
    WrongTenant,
    /// An administrator must allow the application.
    ConsentRequired,
    /// Somebody else confirmed this capture and must sign in.
    OtherAccount,
    /// The sign-in server refused.
    SignInRefused,
    /// The answer of the sign-in did not fit.
    SignInMismatch,
    /// The sign-in server does not answer.
    SignInUnavailable,
    /// Business Central does not answer.
    BcUnavailable,
    /// The user is not licensed for Business Central.
    BcNotLicensed,
    /// The user lacks a right in Business Central.
    BcNoPermission,
    /// The app is not installed.
    BcAppNotInstalled,
    /// The company does not exist.
    BcCompanyNotFound,
    /// Business Central refused for a reason of business.
    BcRefused,
    /// This version and the app do not fit.
    BcMisunderstood,
    /// Business Central holds another capture under this id.
    BcConflict,
    /// The account has no credits.
    CreditsNone,
    /// The credit service does not answer.
    CreditsUnavailable,
    /// The credit service does not accept the sign-in.
    CreditsNotSignedIn,
    /// The credit service refused.
    CreditsRefused,
    /// The browser could not store what is owed.
    StorageFailed,
    /// A stored capture cannot be read by this version.
    JournalUnreadable,
}

impl Notice {
    /// A notice without the other side's words.
    #[must_use]
    pub fn new(code: NoticeCode) -> Self {
        Self {
            code,
            detail: None,
            correlation_id: None,
        }
    }

    /// A notice with words.
    #[must_use]
    pub fn with_detail(code: NoticeCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: Some(detail.into()),
            correlation_id: None,
        }
    }
}

impl From<&Refusal> for Notice {
    fn from(refusal: &Refusal) -> Self {
        let code = match refusal.kind {
            RefusalKind::NotSignedIn => NoticeCode::BcNotLicensed,
            RefusalKind::NoPermission => NoticeCode::BcNoPermission,
            RefusalKind::AppNotInstalled => NoticeCode::BcAppNotInstalled,
            RefusalKind::CompanyNotFound => NoticeCode::BcCompanyNotFound,
            RefusalKind::NotUnderstood => NoticeCode::BcMisunderstood,
            RefusalKind::Business
            | RefusalKind::RecordNotFound
            | RefusalKind::AlreadyExists
            | RefusalKind::Other => NoticeCode::BcRefused,
        };
        Self {
            code,
            detail: Some(refusal.message.clone()),
            correlation_id: refusal.correlation_id.clone(),
        }
    }
}

impl From<&DirectoryError> for Notice {
    fn from(error: &DirectoryError) -> Self {
        match error {
            DirectoryError::TokenRefused(refusal) | DirectoryError::Refused(refusal) => {
                refusal.into()
            }
            DirectoryError::Unavailable { .. } => Self::new(NoticeCode::BcUnavailable),
            DirectoryError::Unreadable => Self::new(NoticeCode::BcMisunderstood),
        }
    }
}

impl From<&CreditError> for Notice {
    fn from(error: &CreditError) -> Self {
        match error {
            CreditError::NoCredits => Self::new(NoticeCode::CreditsNone),
            CreditError::TokenRefused => Self::new(NoticeCode::CreditsNotSignedIn),
            CreditError::Unavailable { .. } => Self::new(NoticeCode::CreditsUnavailable),
            CreditError::Refused(code) => Self::with_detail(NoticeCode::CreditsRefused, code),
        }
    }
}

impl From<&SignInError> for Notice {
    fn from(error: &SignInError) -> Self {
        match error {
            SignInError::Cancelled => Self::new(NoticeCode::SignInCancelled),
            SignInError::InteractionRequired => Self::new(NoticeCode::SignInNeeded),
            SignInError::WrongTenant(words) => Self::with_detail(NoticeCode::WrongTenant, words),
            SignInError::ConsentRequired(words) => {
                Self::with_detail(NoticeCode::ConsentRequired, words)
            }
            SignInError::Refused(words) => Self::with_detail(NoticeCode::SignInRefused, words),
            SignInError::NotOurAnswer | SignInError::Unreadable => {
                Self::new(NoticeCode::SignInMismatch)
            }
            SignInError::Unavailable => Self::new(NoticeCode::SignInUnavailable),
        }
    }
}
