//! What keeps the promise, piece by piece; and a world in which one piece is missing.

/// A guard. The simulation can take each one away, in the world around the state machine: the machine itself is as it
/// is shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Guard {
    /// Business Central refuses an id that it knows.
    IdempotentId,
    /// The state is stored before its effects are performed.
    StoreBeforeEffect,
    /// A step that could not be stored did not happen.
    StepOnlyIfStored,
    /// Requests of one lane are not under way together.
    SingleInFlight,
    /// A post whose outcome is unknown is read before it is repeated.
    ReadBeforeRepeat,
    /// No answer, 408 and 5xx are not taken for a refusal.
    UnknownIsNoRefusal,
    /// After a refusal, earlier posts of unknown outcome are waited for.
    WaitForLatePosts,
    /// An answer for a stage that is over changes nothing.
    LateAnswersAreIgnored,
    /// The credit service holds one credit for a capture, however often it is asked.
    OneHoldForACapture,
    /// The credit service debits a capture once, however often it is confirmed.
    OneDebitForACapture,
    /// A confirmation after the hold expired still debits.
    LateConfirmationDebits,
    /// A hold that nobody asks for again expires.
    HoldsExpire,
    /// What was refused for good is released.
    RefusedIsReleased,
    /// A confirmation is repeated until it is answered.
    ConfirmedUntilAnswered,
    /// The text of a cart is deleted when its capture has ended.
    TextIsDeleted,
    /// Tokens are kept off the disk.
    TokensStayOffTheDisk,
    /// Nobody but the account that confirmed a capture delivers it.
    OwnAccountOnly,
    /// What is owed is looked at again by itself.
    AlarmIsSet,
    /// A token that was refused is not used again.
    RefusedTokenIsForgotten,
}
