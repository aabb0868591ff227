//! From the buyer's confirmation to the debited credit: hold, post, confirm; or release.
//!
//! Each stage is stored before it is attempted. A stage that fails for a passing reason is tried again for ever, with
//! growing pauses and a visible state; one that fails for good gives the credit back and returns to the buyer.

use super::effect::Task;
use super::notice::{Notice, NoticeCode};
use super::step::Turn;
use super::world::{Delivery, SignIn, Stage};
use crate::business_central::{Posted, Receipt, Stored, read_posted, read_stored};
use crate::capture_id::CaptureId;
use crate::credits::{CaptureMetadata, CreditError, read_done};
use crate::http::Exchange;
use crate::oauth::ApiName;

/// How long a post may still be at work after nobody hears of it any more: Business Central lets a request wait for
/// 8 minutes and run for 8.
const STILL_AT_WORK_SECONDS: i64 = 20 * 60;

impl Turn<'_> {
    pub(super) fn username(&self) -> Option<String> {
        match &self.world.desk.sign_in {
            SignIn::SignedIn { session } => Some(session.account.username.clone()),
            _ => None,
        }
    }

    pub(super) fn held(&mut self, id: &CaptureId, exchange: &Exchange) {
        self.credits_changed();
        match read_done(exchange) {
            // A capture that was posted before under this id is read before it is posted again.
            Ok(()) => self.go_on(
                id,
                Stage::Posting {
                    attempted: self.may_be_known(id),
                },
            ),
            Err(error @ (CreditError::NoCredits | CreditError::Refused(_))) => {
                self.go_on(
                    id,
                    Stage::Returned {
                        reason: (&error).into(),
                    },
                );
            }
            Err(error) => self.credit_trouble(id, &error),
        }
    }

    pub(super) fn posted(&mut self, id: &CaptureId, exchange: &Exchange) {
        match read_posted(exchange) {
            Posted::Stored(receipt) => self.stored(id, receipt),
            // The next step reads it.
            Posted::AlreadyThere => {}
            Posted::Refused(refusal) => self.refused(id, (&refusal).into()),
            Posted::TokenRefused(refusal) => {
                self.reject_token(ApiName::BusinessCentral);
                self.try_later(id, (&refusal).into(), None);
            }
            Posted::Unknown { retry_after } => {
                self.try_later(id, Notice::new(NoticeCode::BcUnavailable), retry_after);
            }
        }
    }

    /// Business Central said no to this post. An earlier one of unknown outcome may still say yes: then the credit is
    /// not given back before that is over.
    fn refused(&mut self, id: &CaptureId, reason: Notice) {
        let Some(delivery) = self.world.journal.deliveries.get_mut(id) else {
            return;
        };
        delivery.posted_at = None;
        let unknown_until = delivery.unknown_until;
        if unknown_until <= self.now {
            return self.go_on(id, Stage::Releasing { reason });
        }
        self.go_on(id, Stage::Settling { reason });
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.next_try = unknown_until;
        }
    }

    pub(super) fn read(&mut self, id: &CaptureId, exchange: &Exchange) {
        match read_stored(exchange) {
            Stored::Found(receipt) => self.stored(id, receipt),
            Stored::Absent => self.absent(id),
            Stored::Refused(refusal) => self.try_later(id, (&refusal).into(), None),
            Stored::TokenRefused(refusal) => {
                self.reject_token(ApiName::BusinessCentral);
                self.try_later(id, (&refusal).into(), None);
            }
            Stored::Unknown { retry_after } => {
                self.try_later(id, Notice::new(NoticeCode::BcUnavailable), retry_after);
            }
        }
    }

    pub(super) fn confirmed(&mut self, id: &CaptureId, exchange: &Exchange) {
        self.credits_changed();
        match read_done(exchange) {
            Ok(()) => self.finish(id),
            Err(error) => self.credit_trouble(id, &error),
        }
    }

    pub(super) fn released(&mut self, id: &CaptureId, exchange: &Exchange) {
        self.credits_changed();
        match read_done(exchange) {
            // Where nothing is held there is nothing to give back.
            Ok(()) | Err(CreditError::Refused(_)) => self.give_back(id),
            Err(error) => self.credit_trouble(id, &error),
        }
    }

    /// Business Central has it. Should it hold other lines under this id, from before a correction, it still holds the
    /// capture: the credit is owed, and the buyer is told in the end.
    fn stored(&mut self, id: &CaptureId, receipt: Receipt) {
        self.go_on(id, Stage::Confirming { receipt });
    }

    fn absent(&mut self, id: &CaptureId) {
        let Some(delivery) = self.world.journal.deliveries.get_mut(id) else {
            return;
        };
        match &mut delivery.stage {
            Stage::Posting { attempted } => *attempted = false,
            Stage::Settling { reason } => {
                let reason = reason.clone();
                self.go_on(id, Stage::Releasing { reason });
            }
            _ => {}
        }
    }

    fn finish(&mut self, id: &CaptureId) {
        let Some(delivery) = self.world.journal.deliveries.get_mut(id) else {
            return;
        };
        let Stage::Confirming { receipt } = &delivery.stage else {
            return;
        };
        let receipt = receipt.clone();
        let cargo = delivery.cargo.take();
        self.go_on(
            id,
            Stage::Done {
                receipt: receipt.clone(),
            },
        );
        if cargo.is_some_and(|cargo| !cargo.post.is(&receipt)) {
            self.tell(id, Notice::new(NoticeCode::BcConflict));
        }
    }

    fn give_back(&mut self, id: &CaptureId) {
        let Some(delivery) = self.world.journal.deliveries.get(id) else {
            return;
        };
        if let Stage::Releasing { reason } = &delivery.stage {
            let reason = reason.clone();
            self.go_on(id, Stage::Returned { reason });
        }
    }

    fn go_on(&mut self, id: &CaptureId, stage: Stage) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.stage = stage;
            delivery.tries = 0;
            delivery.next_try = self.now;
            delivery.trouble = None;
        }
    }

    fn try_later(&mut self, id: &CaptureId, trouble: Notice, retry_after: Option<i64>) {
        let tries = self
            .world
            .journal
            .deliveries
            .get(id)
            .map_or(0, |delivery| delivery.tries);
        let next_try = self.later(tries, retry_after);
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.tries = tries.saturating_add(1);
            delivery.next_try = next_try;
            delivery.trouble = Some(trouble);
        }
    }

    fn credit_trouble(&mut self, id: &CaptureId, error: &CreditError) {
        if *error == CreditError::TokenRefused {
            self.reject_token(ApiName::Credits);
        }
        let retry_after = match error {
            CreditError::Unavailable { retry_after } => *retry_after,
            _ => None,
        };
        self.try_later(id, error.into(), retry_after);
    }

    fn credits_changed(&mut self) {
        self.world.desk.credits = super::world::List::Absent;
    }

    /// Whether Business Central may hold a capture of this id from before a correction.
    fn may_be_known(&self, id: &CaptureId) -> bool {
        let delivery = self.world.journal.deliveries.get(id);
        delivery
            .and_then(|delivery| delivery.cargo.as_ref())
            .is_some_and(|cargo| cargo.review.came_back.is_some())
    }

    /// Whether an answer is about the stage that the delivery is at; a late one changes nothing.
    pub(super) fn is_at(&self, task: &Task) -> bool {
        let stage = |id| {
            self.world
                .journal
                .deliveries
                .get(id)
                .map(|delivery| &delivery.stage)
        };
        match task {
            Task::Hold(id) => matches!(stage(id), Some(Stage::Holding)),
            Task::Post(id) => matches!(stage(id), Some(Stage::Posting { .. })),
            Task::Read(id) => {
                matches!(
                    stage(id),
                    Some(Stage::Posting { .. } | Stage::Settling { .. })
                )
            }
            Task::Confirm(id) => matches!(stage(id), Some(Stage::Confirming { .. })),
            Task::Release(id) => matches!(stage(id), Some(Stage::Releasing { .. })),
            _ => true,
        }
    }

    /// Derives what each delivery owes now.
    pub(super) fn owe_deliveries(&mut self) {
        let due = self
            .world
            .journal
            .deliveries
            .iter()
            .filter(|(_, delivery)| !delivery.stage.has_ended() && delivery.next_try <= self.now);
        let due: Vec<(CaptureId, bool)> = due
            .map(|(id, delivery)| (id.clone(), delivery.stage.is_at_business_central()))
            .collect();
        // One after the other, so that no worksheet is written to twice at a time.
        let first = due.iter().position(|(_, waits)| *waits);
        for (place, (id, waits)) in due.iter().enumerate() {
            if !waits || first == Some(place) {
                self.owe_delivery(id);
            }
        }
    }

    fn owe_delivery(&mut self, id: &CaptureId) {
        let Some(delivery) = self.world.journal.deliveries.get(id).cloned() else {
            return;
        };
        match self.username() {
            Some(username) if username == delivery.username => {}
            Some(_) => {
                let trouble = Notice::with_detail(NoticeCode::OtherAccount, delivery.username);
                return self.tell(id, trouble);
            }
            None => return self.tell(id, Notice::new(NoticeCode::SignInNeeded)),
        }
        let environment = self.machine.environment();
        if !delivery.environment.is_empty() && delivery.environment != environment {
            // Copies of an environment have the same companies: it would arrive, in the wrong place.
            let trouble = Notice::with_detail(NoticeCode::OtherEnvironment, delivery.environment);
            return self.tell(id, trouble);
        }
        match &delivery.stage {
            Stage::Holding => self.owe_hold(id, &delivery),
            Stage::Posting { attempted: false } => self.owe_post(id, &delivery),
            Stage::Posting { attempted: true } | Stage::Settling { .. } => {
                self.owe_read(id, &delivery);
            }
            Stage::Confirming { .. } => self.owe_confirm(id),
            Stage::Releasing { .. } => self.owe_release(id),
            Stage::Done { .. } | Stage::Returned { .. } => {}
        }
    }

    fn owe_hold(&mut self, id: &CaptureId, delivery: &Delivery) {
        let Some(service) = &self.machine.credit_service else {
            self.go_on(
                id,
                Stage::Posting {
                    attempted: self.may_be_known(id),
                },
            );
            return self.owe_delivery(id);
        };
        let Some(token) = self.token(ApiName::Credits) else {
            return;
        };
        let metadata =
            CaptureMetadata::new(delivery.captured_at, &delivery.host, delivery.line_count);
        self.fetch(Task::Hold(id.clone()), service.hold(id, &metadata, &token));
    }

    /// The attempt is in the state that is stored before the request leaves.
    fn owe_post(&mut self, id: &CaptureId, delivery: &Delivery) {
        let Some(cargo) = &delivery.cargo else { return };
        let Some(token) = self.token(ApiName::BusinessCentral) else {
            return;
        };
        let service = &self.machine.business_central;
        let request = cargo.post.request(service, &delivery.company, &token);
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.stage = Stage::Posting { attempted: true };
            if let Some(earlier) = delivery.posted_at.replace(self.now) {
                delivery.unknown_until = earlier.plus_seconds(STILL_AT_WORK_SECONDS);
            }
        }
        self.fetch(Task::Post(id.clone()), request);
    }

    fn owe_read(&mut self, id: &CaptureId, delivery: &Delivery) {
        let Some(token) = self.token(ApiName::BusinessCentral) else {
            return;
        };
        let request = self
            .machine
            .business_central
            .capture(&delivery.company, id, &token);
        self.fetch(Task::Read(id.clone()), request);
    }

    fn owe_confirm(&mut self, id: &CaptureId) {
        let Some(service) = &self.machine.credit_service else {
            return self.finish(id);
        };
        let Some(token) = self.token(ApiName::Credits) else {
            return;
        };
        self.fetch(Task::Confirm(id.clone()), service.confirm(id, &token));
    }

    fn owe_release(&mut self, id: &CaptureId) {
        let Some(service) = &self.machine.credit_service else {
            return self.give_back(id);
        };
        let Some(token) = self.token(ApiName::Credits) else {
            return;
        };
        self.fetch(Task::Release(id.clone()), service.release(id, &token));
    }

    fn tell(&mut self, id: &CaptureId, trouble: Notice) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.trouble = Some(trouble);
        }
    }
}
