//! What a hold, a confirmation and a release mean in each state of a capture. Pure: the moment is an input.

use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use crate::capture::Metadata;
use crate::clock::Timestamp;

/// How long a hold lasts: longer than any outage that a person would sit out.
pub const HOLD_LIFE: Duration = Duration::from_hours(30 * 24);

/// Where a capture's credit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Out of the usable credits, not debited yet.
    Held,
    /// Debited.
    Confirmed,
    /// Given back, by a release or because the hold expired.
    Released,
}

/// A capture as it was last stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What the client said of it.
    pub metadata: Metadata,
    /// The state stored, in which an expired hold is still a hold.
    pub stored: State,
    /// When the hold ends, or would have.
    pub expires_at: Timestamp,
}

impl Record {
    /// The state at this moment, in which an expired hold is given back.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        match self.stored {
            State::Held if self.expires_at <= now => State::Released,
            stored => stored,
        }
    }
}

/// Why a transition does not happen. Nothing is stored then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No credit is available for a hold.
    #[error("no credit is available: ask your administrator to add credits, then try again")]
    InsufficientCredits,
    /// The capture is held or confirmed with another time, host or line count.
    #[error("this capture id is in use with other metadata: a new capture needs a new id")]
    MetadataMismatch,
    /// The account has no such capture.
    #[error("this account has no capture of this id: hold a credit for it first")]
    UnknownCapture,
    /// A confirmed capture's credit is spent.
    #[error("this capture is confirmed, so its credit cannot be given back")]
    AlreadyConfirmed,
}

/// What a request to hold a credit comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// One is held or debited for it already.
    Stands(State),
    /// One is to be held now, if one is available.
    Place,
}

/// Holding a credit for a capture.
///
/// # Errors
/// [`Refusal::MetadataMismatch`] for other metadata than those held or confirmed.
pub fn hold(record: Option<&Record>, metadata: &Metadata, now: Timestamp) -> Result<Hold, Refusal> {
    let Some(record) = record else {
        return Ok(Hold::Place);
    };
    match record.state(now) {
        State::Released => Ok(Hold::Place),
        _ if record.metadata != *metadata => Err(Refusal::MetadataMismatch),
        state => Ok(Hold::Stands(state)),
    }
}

/// What a confirmation comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It is debited already.
    Stands,
    /// Debit the credit that is held for it.
    DebitHeld,
    /// Debit one that is not held any more: a finished post is never blocked, not even without credits.
    DebitLate,
}

/// Confirming that a capture was posted.
///
/// # Errors
/// [`Refusal::UnknownCapture`] where no credit was ever held for it.
pub fn confirm(record: Option<&Record>, now: Timestamp) -> Result<Confirmation, Refusal> {
    let record = record.ok_or(Refusal::UnknownCapture)?;
    Ok(match record.state(now) {
        State::Held => Confirmation::DebitHeld,
        State::Released => Confirmation::DebitLate,
        State::Confirmed => Confirmation::Stands,
    })
}

/// What a release comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Nothing is held any more.
    Stands,
    /// Give the held credit back.
    GiveBack,
}

/// Giving a capture's credit back.
///
/// # Errors
/// [`Refusal::UnknownCapture`] where no credit was ever held, [`Refusal::AlreadyConfirmed`] where it is debited.
pub fn release(record: Option<&Record>) -> Result<Release, Refusal> {
    match record.ok_or(Refusal::UnknownCapture)?.stored {
        State::Held => Ok(Release::GiveBack),
        State::Released => Ok(Release::Stands),
        State::Confirmed => Err(Refusal::AlreadyConfirmed),
    }
}
