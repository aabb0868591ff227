//! What the buyer is told. The words are the panel's; here is what is meant, with what Business Central itself said.

use serde::{Deserialize, Serialize};

use crate::business_central::{DirectoryError, Refusal, RefusalKind};
use crate::credits::CreditError;
use crate::oauth::{RefusalCause, SignInError};

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
    /// There is no cart where the page can be read, and a part of it cannot: another site's frame, for example.
    PartNotReachable,
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
    /// An administrator must assign the buyer to the application.
    NotAssigned,
    /// The tenant does not know Business Central's API, or the registration lacks its permission.
    ApiNotGranted,
    /// The redirect address is not registered.
    RedirectNotRegistered,
    /// The application is for one tenant, and none is set.
    TenantNeeded,
    /// A rule of the organization forbids this sign-in.
    AccessBlocked,
    /// The organization wants a managed device.
    DeviceNeeded,
    /// The organization does not let its people into this tenant.
    TenantRestricted,
    /// The sign-in was judged to be risky.
    RiskDetected,
    /// The sign-in went round in circles and was stopped.
    SignInLoop,
    /// The API wants a further proof.
    StepUpNeeded,
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
    /// On premises, API services are switched off.
    BcApiDisabled,
    /// Something that was chosen does not exist any more.
    BcStaleChoice,
    /// A value does not fit its field.
    BcValueRefused,
    /// Business Central wants to ask somebody a question.
    BcAsksBack,
    /// Somebody else changed the record meanwhile.
    BcChanged,
    /// The capture is larger than Business Central takes.
    BcTooLarge,
    /// The environment is being updated.
    BcUpdating,
    /// Business Central failed without a reason that a buyer could act upon.
    BcFailed,
    /// The installed app is older than the dry run.
    BcNoDryRun,
    /// The capture was confirmed for another environment than the one in use.
    OtherEnvironment,
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
            RefusalKind::ApiDisabled => NoticeCode::BcApiDisabled,
            RefusalKind::RecordNotFound | RefusalKind::InvalidReference => {
                NoticeCode::BcStaleChoice
            }
            RefusalKind::ValueRefused => NoticeCode::BcValueRefused,
            RefusalKind::AsksBack => NoticeCode::BcAsksBack,
            RefusalKind::Changed => NoticeCode::BcChanged,
            RefusalKind::TooLarge => NoticeCode::BcTooLarge,
            RefusalKind::Updating => NoticeCode::BcUpdating,
            RefusalKind::Other => NoticeCode::BcFailed,
            RefusalKind::Business | RefusalKind::AlreadyExists => NoticeCode::BcRefused,
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
        let code = match error {
            SignInError::Cancelled => NoticeCode::SignInCancelled,
            SignInError::InteractionRequired => NoticeCode::SignInNeeded,
            SignInError::StepUpRequired { .. } => NoticeCode::StepUpNeeded,
            SignInError::NotOurAnswer | SignInError::Unreadable => NoticeCode::SignInMismatch,
            SignInError::Unavailable => NoticeCode::SignInUnavailable,
            SignInError::Refused { cause, .. } => cause.into(),
        };
        let (detail, correlation_id) = error.words();
        Self {
            code,
            detail: detail.map(str::to_owned),
            correlation_id: correlation_id.map(str::to_owned),
        }
    }
}

impl From<&RefusalCause> for NoticeCode {
    fn from(cause: &RefusalCause) -> Self {
        match cause {
            RefusalCause::ConsentRequired => Self::ConsentRequired,
            RefusalCause::NotAssigned => Self::NotAssigned,
            RefusalCause::WrongTenant => Self::WrongTenant,
            RefusalCause::TenantNeeded => Self::TenantNeeded,
            RefusalCause::ApiNotGranted => Self::ApiNotGranted,
            RefusalCause::RedirectNotRegistered => Self::RedirectNotRegistered,
            RefusalCause::AccessBlocked => Self::AccessBlocked,
            RefusalCause::DeviceNeeded => Self::DeviceNeeded,
            RefusalCause::TenantRestricted => Self::TenantRestricted,
            RefusalCause::RiskDetected => Self::RiskDetected,
            RefusalCause::Loop => Self::SignInLoop,
            RefusalCause::Restart => Self::SignInMismatch,
            RefusalCause::Other => Self::SignInRefused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_is_told_in_words_of_its_own() {
        use NoticeCode as Code;
        use RefusalKind as Kind;
        for (kind, code) in [
            (Kind::NotSignedIn, Code::BcNotLicensed),
            (Kind::NoPermission, Code::BcNoPermission),
            (Kind::AppNotInstalled, Code::BcAppNotInstalled),
            (Kind::ApiDisabled, Code::BcApiDisabled),
            (Kind::CompanyNotFound, Code::BcCompanyNotFound),
            (Kind::RecordNotFound, Code::BcStaleChoice),
            (Kind::InvalidReference, Code::BcStaleChoice),
            (Kind::AlreadyExists, Code::BcRefused),
            (Kind::Business, Code::BcRefused),
            (Kind::ValueRefused, Code::BcValueRefused),
            (Kind::AsksBack, Code::BcAsksBack),
            (Kind::Changed, Code::BcChanged),
            (Kind::TooLarge, Code::BcTooLarge),
            (Kind::Updating, Code::BcUpdating),
            (Kind::NotUnderstood, Code::BcMisunderstood),
            (Kind::Other, Code::BcFailed),
        ] {
            let refusal = Refusal {
                kind,
                message: "words".to_owned(),
                correlation_id: Some("id".to_owned()),
            };
            let notice = Notice::from(&refusal);
            assert_eq!(notice.code, code, "{kind:?}");
            assert_eq!(notice.detail.as_deref(), Some("words"));
            assert_eq!(notice.correlation_id.as_deref(), Some("id"));
        }
    }
}
