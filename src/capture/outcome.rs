//! What an answer means for a delivery: how far it has come, what is tried again, what is given up.

use super::delivering::Question;
use super::notice::{Notice, NoticeCode};
use super::step::Turn;
use super::world::{Debit, Doubt, List, Patience, Stage};
use crate::business_central::{CaptureAnswer, Receipt, read_capture};
use crate::capture_id::CaptureId;
use crate::credits::{CreditError, UNKNOWN_CAPTURE, read_done};
use crate::http::Exchange;
use crate::oauth::ApiName;

impl Turn<'_> {
    pub(super) fn held(&mut self, id: &CaptureId, exchange: &Exchange) {
        self.credits_changed();
        let confirming = self.receipt(id);
        match (read_done(exchange), confirming) {
            (Ok(()), None) => self.go_on(id, self.posting(id)),
            (Ok(()), Some(receipt)) => {
                let debit = Debit::HeldAnew;
                self.go_on(id, Stage::Confirming { receipt, debit });
            }
            (Err(error @ (CreditError::NoCredits | CreditError::Refused(_))), None) => {
                let reason = (&error).into();
                self.go_on(id, Stage::Returned { reason });
            }
            (Err(error @ (CreditError::NoCredits | CreditError::Refused(_))), Some(_)) => {
                self.finish(id, Some((&error).into()));
            }
            (Err(error), _) => self.credit_trouble(id, &error),
        }
    }

    /// What Business Central says of a capture that was posted, or asked for.
    pub(super) fn told(&mut self, id: &CaptureId, question: Question, exchange: &Exchange) {
        match (read_capture(exchange), question) {
            (CaptureAnswer::Stored(receipt), _) => self.stored(id, receipt),
            // The next step reads it. Should it then not be there, the two do not chase each other without a pause.
            (CaptureAnswer::AlreadyThere, _) => self.count_try(id),
            (CaptureAnswer::NotFound(_), Question::Read) => self.absent(id),
            (
                CaptureAnswer::NotFound(refusal) | CaptureAnswer::Refused(refusal),
                Question::Posted,
            ) => self.refused(id, (&refusal).into()),
            (CaptureAnswer::Refused(refusal), Question::Read) => {
                self.try_later(id, (&refusal).into(), None);
            }
            (CaptureAnswer::TokenRefused(refusal), _) => {
                self.was_not_stored(id, question);
                self.reject_token(ApiName::BusinessCentral);
                self.try_later(id, (&refusal).into(), None);
            }
            (CaptureAnswer::Unknown { retry_after }, _) => {
                self.try_later(id, Notice::new(NoticeCode::BcUnavailable), retry_after);
            }
        }
    }

    /// A post that was refused for its token leaves no doubt of its own.
    fn was_not_stored(&mut self, id: &CaptureId, question: Question) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id)
            && (question, delivery.doubt) == (Question::Posted, Doubt::LastPost)
        {
            delivery.doubt = Doubt::None;
        }
    }

    /// Business Central said no to this post. An earlier one of unknown outcome may still say yes: then the credit is
    /// not given back before that is over.
    fn refused(&mut self, id: &CaptureId, reason: Notice) {
        let now = self.now;
        let Some(delivery) = self.world.journal.deliveries.get_mut(id) else {
            return;
        };
        if std::mem::take(&mut delivery.doubt) != Doubt::EarlierPost {
            return self.go_on(id, Stage::Releasing { reason });
        }
        let patience = Patience::from(now);
        self.go_on(id, Stage::Settling { reason, patience });
        self.wait_until(id, patience.counts_at);
    }

    pub(super) fn confirmed(&mut self, id: &CaptureId, exchange: &Exchange) {
        self.credits_changed();
        let Some(Stage::Confirming { receipt, debit }) = self.stage(id).cloned() else {
            return;
        };
        match read_done(exchange) {
            Ok(()) => self.finish(id, None),
            // The service lost the hold, for example with its disk: what was posted is still to be paid for.
            Err(CreditError::Refused(code)) if code == UNKNOWN_CAPTURE && debit == Debit::Held => {
                let debit = Debit::Missing;
                self.go_on(id, Stage::Confirming { receipt, debit });
            }
            // A finished post is never held up by the service: the buyer is told.
            Err(error @ (CreditError::NoCredits | CreditError::Refused(_))) => {
                self.finish(id, Some((&error).into()));
            }
            Err(error) => self.credit_trouble(id, &error),
        }
    }

    pub(super) fn released(&mut self, id: &CaptureId, exchange: &Exchange) {
        self.credits_changed();
        match read_done(exchange) {
            // Where nothing is held there is nothing to give back.
            Ok(()) | Err(CreditError::NoCredits | CreditError::Refused(_)) => self.give_back(id),
            Err(error) => self.credit_trouble(id, &error),
        }
    }

    /// Business Central has it. Should it hold other lines under this id, from before a correction, it still holds the
    /// capture: the credit is owed, and the buyer is told in the end.
    fn stored(&mut self, id: &CaptureId, receipt: Receipt) {
        let debit = Debit::default();
        self.go_on(id, Stage::Confirming { receipt, debit });
    }

    fn absent(&mut self, id: &CaptureId) {
        let now = self.now;
        let Some(delivery) = self.world.journal.deliveries.get_mut(id) else {
            return;
        };
        let tries = delivery.tries;
        match &mut delivery.stage {
            Stage::Posting { attempted } => {
                *attempted = false;
                if tries > 0 {
                    self.wait_until(id, self.later(tries, None));
                }
            }
            Stage::Settling { reason, patience } => {
                let (reason, ended) = (reason.clone(), patience.was_absent(now));
                let counts_at = patience.counts_at;
                if ended {
                    return self.go_on(id, Stage::Releasing { reason });
                }
                self.wait_until(id, counts_at);
            }
            _ => {}
        }
    }

    /// It is in Business Central, and paid for as far as that can be.
    pub(super) fn finish(&mut self, id: &CaptureId, unpaid: Option<Notice>) {
        let Some(receipt) = self.receipt(id) else {
            return;
        };
        let cargo = self.world.journal.deliveries.get_mut(id);
        let cargo = cargo.and_then(|delivery| delivery.cargo.take());
        let is_other = cargo.is_some_and(|cargo| !cargo.post.is(&receipt));
        self.go_on(id, Stage::Done { receipt });
        let conflict = is_other.then(|| Notice::new(NoticeCode::BcConflict));
        if let Some(trouble) = conflict.or(unpaid) {
            self.tell(id, trouble);
        }
    }

    pub(super) fn give_back(&mut self, id: &CaptureId) {
        if let Some(Stage::Releasing { reason }) = self.stage(id) {
            let reason = reason.clone();
            self.go_on(id, Stage::Returned { reason });
        }
    }

    pub(super) fn go_on(&mut self, id: &CaptureId, stage: Stage) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.stage = stage;
            delivery.tries = 0;
            delivery.next_try = self.now;
            delivery.trouble = None;
        }
    }

    fn try_later(&mut self, id: &CaptureId, trouble: Notice, retry_after: Option<i64>) {
        let delivery = self.world.journal.deliveries.get(id);
        let next_try = self.later(delivery.map_or(0, |delivery| delivery.tries), retry_after);
        self.count_try(id);
        self.wait_until(id, next_try);
        self.tell(id, trouble);
    }

    fn count_try(&mut self, id: &CaptureId) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.tries = delivery.tries.saturating_add(1);
        }
    }

    fn wait_until(&mut self, id: &CaptureId, moment: crate::timestamp::Timestamp) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
            delivery.next_try = moment;
        }
    }

    pub(super) fn tell(&mut self, id: &CaptureId, trouble: Notice) {
        if let Some(delivery) = self.world.journal.deliveries.get_mut(id) {
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
        self.world.desk.credits = List::Absent;
    }

    fn receipt(&self, id: &CaptureId) -> Option<Receipt> {
        match self.stage(id)? {
            Stage::Confirming { receipt, .. } => Some(receipt.clone()),
            _ => None,
        }
    }
}
