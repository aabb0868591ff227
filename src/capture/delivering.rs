//! From the buyer's confirmation to the debited credit: hold, post, confirm; or release.
//!
//! Each stage is stored before it is attempted. A stage that fails for a passing reason is tried again for ever, with
//! growing pauses and a visible state; one that fails for good gives the credit back and returns to the buyer.

use super::effect::Task;
use super::notice::{Notice, NoticeCode};
use super::step::Turn;
use super::world::{Debit, Delivery, Doubt, SignIn, Stage};
use crate::capture_id::CaptureId;
use crate::credits::CaptureMetadata;
use crate::oauth::ApiName;

/// What Business Central was asked about a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// To store it.
    Posted,
    /// Whether it is stored.
    Read,
}

/// How far a delivery is with Business Central.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Somebody else is asked next.
    Elsewhere,
    /// Something is to be posted.
    Waiting,
    /// It was asked before.
    Begun,
}

impl Turn<'_> {
    pub(super) fn username(&self) -> Option<String> {
        match &self.world.desk.sign_in {
            SignIn::SignedIn { session } => Some(session.account.username.clone()),
            _ => None,
        }
    }

    pub(super) fn stage(&self, id: &CaptureId) -> Option<&Stage> {
        let delivery = self.world.journal.deliveries.get(id)?;
        Some(&delivery.stage)
    }

    /// What comes after a credit is held. A capture that was posted before under this id, before a correction, is read
    /// before it is posted again.
    pub(super) fn posting(&self, id: &CaptureId) -> Stage {
        let delivery = self.world.journal.deliveries.get(id);
        let cargo = delivery.and_then(|delivery| delivery.cargo.as_ref());
        Stage::Posting {
            attempted: cargo.is_some_and(|cargo| cargo.review.came_back.is_some()),
        }
    }

    /// Whether an answer is about the stage that the delivery is at; a late one changes nothing.
    pub(super) fn is_at(&self, task: &Task) -> bool {
        match (task, self.stage_of(task)) {
            (Task::Hold(_), Some(Stage::Holding)) => true,
            (Task::Hold(_), Some(Stage::Confirming { debit, .. })) => *debit == Debit::Missing,
            (Task::Post(_) | Task::Read(_), Some(Stage::Posting { .. })) => true,
            (Task::Read(_), Some(Stage::Settling { .. })) => true,
            (Task::Confirm(_), Some(Stage::Confirming { .. })) => true,
            (Task::Release(_), Some(Stage::Releasing { .. })) => true,
            (
                Task::Hold(_) | Task::Post(_) | Task::Read(_) | Task::Confirm(_) | Task::Release(_),
                _,
            ) => false,
            _ => true,
        }
    }

    fn stage_of(&self, task: &Task) -> Option<&Stage> {
        match task {
            Task::Hold(id)
            | Task::Post(id)
            | Task::Read(id)
            | Task::Confirm(id)
            | Task::Release(id) => self.stage(id),
            _ => None,
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
        let mut due: Vec<CaptureId> = due.map(|(id, _)| id.clone()).collect();
        due.retain(|id| self.may_be_delivered(id));
        let at = |place| {
            let found = due.iter().find(|id| self.place(id) == place);
            found.cloned()
        };
        // One after the other, so that no worksheet is written to twice at a time. What was begun goes first: it may be
        // under way, and a post that cannot leave must not count as attempted.
        let first = at(Place::Begun).or_else(|| at(Place::Waiting));
        for id in &due {
            if self.place(id) == Place::Elsewhere || first.as_ref() == Some(id) {
                self.owe_delivery(id);
            }
        }
    }

    fn place(&self, id: &CaptureId) -> Place {
        match self.stage(id) {
            Some(Stage::Posting { attempted: true } | Stage::Settling { .. }) => Place::Begun,
            Some(Stage::Posting { attempted: false }) => Place::Waiting,
            _ => Place::Elsewhere,
        }
    }

    /// Whether the account and the environment are those that it was confirmed for; if not, its trouble says so. Where
    /// there is no credit service it is on its way to Business Central at once.
    fn may_be_delivered(&mut self, id: &CaptureId) -> bool {
        let Some(delivery) = self.world.journal.deliveries.get(id) else {
            return false;
        };
        let environment = self.machine.environment();
        let trouble = match self.username() {
            None => Some(Notice::new(NoticeCode::SignInNeeded)),
            Some(username) if username != delivery.username => Some(Notice::with_detail(
                NoticeCode::OtherAccount,
                delivery.username.clone(),
            )),
            // Copies of an environment have the same companies: it would arrive, in the wrong place.
            Some(_) if !delivery.environment.is_empty() && delivery.environment != environment => {
                Some(Notice::with_detail(
                    NoticeCode::OtherEnvironment,
                    delivery.environment.clone(),
                ))
            }
            Some(_) => None,
        };
        if let Some(trouble) = trouble {
            self.tell(id, trouble);
            return false;
        }
        if delivery.stage == Stage::Holding && self.machine.credit_service.is_none() {
            self.go_on(id, self.posting(id));
        }
        true
    }

    fn owe_delivery(&mut self, id: &CaptureId) {
        let Some(delivery) = self.world.journal.deliveries.get(id).cloned() else {
            return;
        };
        match &delivery.stage {
            Stage::Holding => self.owe_hold(id, &delivery),
            Stage::Posting { attempted: false } => self.owe_post(id, &delivery),
            Stage::Posting { attempted: true } | Stage::Settling { .. } => {
                self.owe_read(id, &delivery);
            }
            Stage::Confirming {
                debit: Debit::Missing,
                ..
            } => self.owe_hold(id, &delivery),
            Stage::Confirming { .. } => self.owe_confirm(id),
            Stage::Releasing { .. } => self.owe_release(id),
            Stage::Done { .. } | Stage::Returned { .. } => {}
        }
    }

    fn owe_hold(&mut self, id: &CaptureId, delivery: &Delivery) {
        let Some(service) = &self.machine.credit_service else {
            return self.finish(id, None);
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
            delivery.doubt = match delivery.doubt {
                Doubt::None => Doubt::LastPost,
                Doubt::LastPost | Doubt::EarlierPost => Doubt::EarlierPost,
            };
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
            return self.finish(id, None);
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
}
