//! What Business Central is asked for a reviewed cart before it is confirmed: whether every line would pass. The
//! dry run writes nothing.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::choices::Choices;
use super::details::Check;
use super::effect::Task;
use super::lists::{TokenRefused, failure_of};
use super::notice::NoticeCode;
use super::step::Turn;
use super::world::{Failure, Panel, Review, WindowId};
use crate::business_central::{CapturePost, CompanyId, DirectoryError, RefusalKind, read_check};
use crate::capture_id::CaptureId;
use crate::http::Exchange;
use crate::oauth::ApiName;

/// How far the dry run of a review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CheckState {
    /// Something is still to be chosen.
    NotYet,
    /// Business Central is asked.
    UnderWay,
    /// Every line would pass.
    Passed,
    /// Lines would fail, or the capture as a whole.
    Objected,
    /// Nothing can be said at present, or by this version of the app; the capture is checked when it is posted.
    Unknown,
}

impl Turn<'_> {
    /// What the dry run says of a review as it stands.
    pub(super) fn check_state(&self, review: &Review, choices: &Choices) -> CheckState {
        let Some(of) = self.checked_of(review, choices) else {
            return CheckState::NotYet;
        };
        match review.details.check.as_ref().filter(|check| check.of == of) {
            None => CheckState::UnderWay,
            Some(check) => state_of(check),
        }
    }

    /// Whether Business Central has said that this would not pass.
    pub(super) fn check_objects(&self, review: &Review, choices: &Choices) -> bool {
        self.check_state(review, choices) == CheckState::Objected
    }

    /// What tells what would be posted from anything else.
    pub(super) fn checked_of(&self, review: &Review, choices: &Choices) -> Option<String> {
        let company = self.world.desk.books.company.as_ref()?;
        Some(fingerprint(&self.post_of(review, choices)?, company))
    }

    /// A dry run is owed for each review that could be confirmed, and again after each change.
    pub(super) fn owe_checks(&mut self) {
        let Some(company) = self.world.desk.books.company.clone() else {
            return;
        };
        let mut owed = Vec::new();
        for review in self.reviews() {
            let choices = self.choices(review);
            let Some(post) = self.post_of(review, &choices) else {
                continue;
            };
            let of = fingerprint(&post, &company);
            let known = review.details.check.as_ref().filter(|check| check.of == of);
            let again = known.and_then(|check| check.failure.as_ref());
            if known.is_none() || again.is_some_and(|failure| failure.is_over(self.now)) {
                owed.push((review.capture.clone(), of, post));
            }
        }
        for (capture, of, post) in owed {
            let Some(token) = self.token(ApiName::BusinessCentral) else {
                return;
            };
            let service = &self.machine.business_central;
            let request = post.check_request(service, &company, &token);
            self.fetch(Task::Check { capture, of }, request);
        }
    }

    pub(super) fn checked(&mut self, capture: &CaptureId, of: String, exchange: &Exchange) {
        let later = self.later(2, None);
        let answer = read_check(exchange);
        let (troubles, failure) = match answer {
            Ok(troubles) => (troubles, None),
            Err(error) => {
                let (failure, refused) = self.check_failure(&error, later);
                if refused == TokenRefused::Yes {
                    return self.reject_token(ApiName::BusinessCentral);
                }
                (Vec::new(), Some(failure))
            }
        };
        let check = Check {
            of,
            troubles,
            failure,
        };
        // Of another choice in the second window, this says nothing.
        let asked: Vec<WindowId> = self.windows_that_ask(capture, &check.of);
        for window in asked {
            if let Some(Panel::Reviewing { review }) = self.world.desk.panels.get_mut(&window) {
                review.details.check = Some(check.clone());
            }
        }
    }

    fn windows_that_ask(&self, capture: &CaptureId, of: &str) -> Vec<WindowId> {
        let panels = self.world.desk.panels.iter();
        let asks = |panel: &Panel| match panel {
            Panel::Reviewing { review } if review.capture == *capture => {
                let now = self.checked_of(review, &self.choices(review));
                now.as_deref() == Some(of)
            }
            _ => false,
        };
        panels
            .filter(|(_, panel)| asks(panel))
            .map(|(window, _)| *window)
            .collect()
    }

    fn check_failure(
        &self,
        error: &DirectoryError,
        later: crate::timestamp::Timestamp,
    ) -> (Failure, TokenRefused) {
        let (mut failure, refused) = failure_of(error, later, self.now);
        if let DirectoryError::Refused(refusal) = error
            && refusal.kind == RefusalKind::AppNotInstalled
        {
            failure.notice.code = NoticeCode::BcNoDryRun;
        }
        (failure, refused)
    }

    /// A capture may be under review in several windows, and what is heard of it is heard in all of them.
    pub(super) fn reviews_of(&mut self, capture: &CaptureId) -> impl Iterator<Item = &mut Review> {
        let panels = self.world.desk.panels.values_mut();
        panels.filter_map(move |panel| match panel {
            Panel::Reviewing { review } if review.capture == *capture => Some(&mut **review),
            _ => None,
        })
    }
}

fn state_of(check: &Check) -> CheckState {
    match &check.failure {
        None if check.troubles.is_empty() => CheckState::Passed,
        None => CheckState::Objected,
        // What passes by itself, or an app without dry run, holds nobody up.
        Some(failure) if failure.again_at.is_some() => CheckState::Unknown,
        Some(failure) => match failure.notice.code {
            NoticeCode::BcNoDryRun | NoticeCode::BcMisunderstood => CheckState::Unknown,
            _ => CheckState::Objected,
        },
    }
}

/// Another company has other items under the same numbers.
fn fingerprint(post: &CapturePost, company: &CompanyId) -> String {
    let text = serde_json::to_string(post).unwrap_or_default();
    let digest = Sha256::new()
        .chain_update(company.to_string())
        .chain_update(text)
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
