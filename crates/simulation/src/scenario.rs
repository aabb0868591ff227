//! The stories: what people and machines do, and what the network does to the first requests of a kind.

use bc_standin::store::Rights;

use crate::given::Paying;
use crate::outside::Host;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What somebody does, or what befalls a machine. The number is that of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The buyer confirms the reviewed cart.
    Confirm(usize),
    /// The same cart is confirmed in a second window that still shows the review.
    ConfirmInStaleWindow(usize),
    /// What came back is reviewed again and confirmed.
    CorrectAndConfirm(usize),
    /// What came back is given up.
    Abandon(usize),
    /// Another worksheet is chosen.
    ChooseOtherWorksheet(usize),
    /// The buyer does not want to wait.
    TryNow(usize),
    /// The panel is opened, or the network comes back: the worker is woken.
    Open(usize),
    /// The buyer signs in where that is needed.
    SignIn(usize),
    /// The buyer signs out.
    SignOut(usize),
    /// Somebody else sits down at the machine, and later the buyer again.
    Colleague(usize, bool),
    /// The worker is stopped.
    KillWorker(usize),
    /// The browser is killed, and started again a minute later.
    KillBrowser(usize),
    /// The machine sleeps for so many milliseconds.
    Sleep(usize, i64),
    /// The clock is set by so many milliseconds.
    SetClock(usize, i64),
    /// The disk refuses writes, or takes them again.
    DiskFull(usize, bool),
    /// The memory for the session refuses writes, or takes them again.
    SessionFull(usize, bool),
    /// The whole profile is lost.
    LoseProfile(usize),
    /// The vendor is blocked, or not any more.
    VendorBlocked(bool),
    /// The worksheet is deleted.
    DeleteWorksheet,
    /// The buyer has other rights.
    Rights(Rights),
    /// All sessions are ended by the sign-in server.
    EndSessions,
    /// All access tokens are refused from now on.
    RevokeAccess,
    /// The credit service forgets its holds, as after a restored backup.
    LoseHolds,
    /// Nothing gets through, or everything again.
    NetworkDown(bool),
}

/// What becomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// It is answered.
    Works,
    /// It is lost on its way.
    LosesRequest,
    /// It is done, and the answer is lost.
    LosesAnswer,
    /// It is done so many milliseconds after nobody waits for it any more.
    ActsLate(i64),
    /// It arrives twice.
    Twice,
    /// It is refused with a status and done nothing for.
    Says(u16),
    /// It is done and answered with a status.
    SaysAfterActing(u16),
    /// It is answered, and the answer is heard twice.
    HeardTwice,
}

/// Which requests a fate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// To whom.
    pub host: Host,
    /// What method and address contain.
    pub part: &'static str,
}

/// One story.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name, for replays.
    pub name: &'static str,
    /// What is done when, in milliseconds after the morning.
    pub acts: Vec<(i64, Act)>,
    /// What becomes of the first requests that fit, one each.
    pub fates: Vec<(Target, Does)>,
    /// Granted credits.
    pub credits: i64,
    /// How many browsers there are.
    pub browsers: usize,
    /// Whether captures cost credits.
    pub paying: Paying,
    /// Within what time after its last act it ends without anybody touching anything, where it does and no worker
    /// crashes.
    pub ends_within: Option<i64>,
}

impl Scenario {
    fn new(name: &'static str, acts: &[(i64, Act)]) -> Self {
        let mut all = vec![(0, Act::Confirm(0))];
        all.extend_from_slice(acts);
        Self {
            name,
            acts: all,
            fates: Vec::new(),
            credits: 5,
            browsers: 1,
            paying: Paying::WithCredits,
            ends_within: None,
        }
    }

    fn by_itself(mut self) -> Self {
        self.ends_within = Some(10 * MINUTE);
        self
    }

    fn fate(mut self, host: Host, part: &'static str, does: Does) -> Self {
        self.fates.push((Target { host, part }, does));
        self
    }

    fn credits(mut self, credits: i64) -> Self {
        self.credits = credits;
        self
    }
}

const POST: &str = "POST";
const CONFIRM: &str = "/confirm";

/// All stories.
#[must_use]
pub fn all() -> Vec<Scenario> {
    [people(), servers(), machines(), network()].concat()
}

/// What people do.
fn people() -> Vec<Scenario> {
    let second = Scenario {
        browsers: 2,
        ..Scenario::new("two-browsers-one-credit", &[(SECOND, Act::Confirm(1))]).credits(1)
    };
    let free = Scenario {
        paying: Paying::Free,
        ..Scenario::new("without-a-credit-service", &[])
    };
    vec![
        Scenario::new("plain", &[]),
        Scenario::new(
            "confirmed-twice",
            &[(1, Act::Confirm(0)), (2, Act::ConfirmInStaleWindow(0))],
        ),
        Scenario::new(
            "confirmed-again-an-hour-later",
            &[(HOUR, Act::ConfirmInStaleWindow(0))],
        ),
        second,
        free,
        Scenario::new(
            "given-up",
            &[
                (1, Act::VendorBlocked(true)),
                (5 * SECOND, Act::Open(0)),
                (MINUTE, Act::Abandon(0)),
            ],
        ),
        Scenario::new(
            "another-account",
            &[
                (10, Act::SignOut(0)),
                (20, Act::Colleague(0, true)),
                (30, Act::SignIn(0)),
                (HOUR, Act::SignOut(0)),
                (HOUR + 10, Act::Colleague(0, false)),
                (HOUR + 20, Act::SignIn(0)),
            ],
        ),
    ]
}

/// What servers and administrators do.
fn servers() -> Vec<Scenario> {
    let blocked = [
        (1, Act::VendorBlocked(true)),
        (2 * HOUR, Act::VendorBlocked(false)),
        (2 * HOUR + 1, Act::CorrectAndConfirm(0)),
    ];
    let bc = Host::BusinessCentral;
    vec![
        Scenario::new("vendor-blocked-then-corrected", &blocked),
        Scenario::new(
            "answer-lost-then-vendor-blocked",
            &[(90 * SECOND, Act::VendorBlocked(true))],
        )
        .fate(bc, POST, Does::LosesAnswer),
        Scenario::new(
            "late-post-after-a-refusal",
            &[
                (30 * SECOND, Act::VendorBlocked(true)),
                (2 * MINUTE, Act::VendorBlocked(false)),
            ],
        )
        .fate(bc, POST, Does::ActsLate(14 * MINUTE)),
        Scenario::new(
            "late-post-after-a-refusal-tried-now",
            &[
                (26 * SECOND, Act::VendorBlocked(true)),
                (2 * MINUTE, Act::VendorBlocked(false)),
                (3 * MINUTE, Act::TryNow(0)),
                (4 * MINUTE, Act::TryNow(0)),
            ],
        )
        .fate(bc, POST, Does::ActsLate(14 * MINUTE)),
        Scenario::new(
            "worksheet-deleted",
            &[
                (1, Act::DeleteWorksheet),
                (HOUR, Act::ChooseOtherWorksheet(0)),
                (HOUR + 1, Act::CorrectAndConfirm(0)),
            ],
        ),
        Scenario::new(
            "rights-withdrawn",
            &[
                (1, Act::Rights(Rights::ReadOnly)),
                (HOUR, Act::Rights(Rights::Full)),
                (HOUR + 1, Act::CorrectAndConfirm(0)),
            ],
        ),
        Scenario::new(
            "licence-withdrawn",
            &[
                (1, Act::Rights(Rights::Unlicensed)),
                (HOUR, Act::Rights(Rights::Full)),
            ],
        ),
        Scenario::new(
            "session-ended",
            &[
                (1, Act::EndSessions),
                (1, Act::RevokeAccess),
                (HOUR, Act::SignIn(0)),
            ],
        ),
        Scenario::new("access-revoked", &[(1, Act::RevokeAccess)]).by_itself(),
        Scenario::new("holds-forgotten", &[(3 * SECOND, Act::LoseHolds)]).fate(
            Host::Credits,
            CONFIRM,
            Does::Says(503),
        ),
        Scenario::new("business-central-down", &[])
            .fate(bc, POST, Does::Says(503))
            .fate(bc, "/captures(", Does::Says(429))
            .fate(bc, "/captures(", Does::Says(500)),
    ]
}

/// What befalls machines.
fn machines() -> Vec<Scenario> {
    let bc = Host::BusinessCentral;
    vec![
        Scenario::new(
            "browser-killed",
            &[(700, Act::KillBrowser(0)), (5 * MINUTE, Act::SignIn(0))],
        ),
        Scenario::new(
            "asleep-for-three-days",
            &[
                (700, Act::Sleep(0, 3 * DAY)),
                (3 * DAY + HOUR, Act::SignIn(0)),
            ],
        ),
        Scenario::new(
            "asleep-until-the-hold-expired",
            &[
                (3 * SECOND, Act::Sleep(0, 40 * DAY)),
                (40 * DAY + HOUR, Act::SignIn(0)),
            ],
        )
        .fate(Host::Credits, CONFIRM, Does::LosesRequest),
        Scenario::new(
            "clock-set-forward",
            &[(40 * SECOND, Act::SetClock(0, 3 * DAY))],
        )
        .fate(bc, POST, Does::LosesAnswer)
        .fate(bc, "/captures(", Does::Says(503)),
        Scenario::new(
            "clock-set-forward-while-a-late-post-is-waited-for",
            &[
                (30 * SECOND, Act::VendorBlocked(true)),
                (2 * MINUTE, Act::VendorBlocked(false)),
                (3 * MINUTE, Act::SetClock(0, 3 * DAY)),
            ],
        )
        .fate(bc, POST, Does::ActsLate(14 * MINUTE)),
        Scenario::new(
            "clock-set-back",
            &[(40 * SECOND, Act::SetClock(0, -3 * DAY))],
        )
        .fate(bc, POST, Does::LosesAnswer)
        .fate(bc, "/captures(", Does::Says(503)),
        Scenario::new(
            "disk-full",
            &[
                (-1, Act::DiskFull(0, true)),
                (MINUTE, Act::DiskFull(0, false)),
                (MINUTE + 1, Act::Confirm(0)),
            ],
        ),
        Scenario::new(
            "disk-full-on-the-way",
            &[
                (500, Act::DiskFull(0, true)),
                (10 * MINUTE, Act::DiskFull(0, false)),
            ],
        ),
        Scenario::new(
            "session-storage-full",
            &[
                (-1, Act::SessionFull(0, true)),
                (1, Act::Confirm(0)),
                (40 * SECOND, Act::KillWorker(0)),
                (41 * SECOND, Act::Confirm(0)),
            ],
        ),
        Scenario::new("profile-lost-after-the-hold", &[(400, Act::LoseProfile(0))]).fate(
            bc,
            POST,
            Does::LosesRequest,
        ),
    ]
}

/// What the network does.
fn network() -> Vec<Scenario> {
    let bc = Host::BusinessCentral;
    let credits = Host::Credits;
    vec![
        Scenario::new(
            "offline-for-an-hour",
            &[
                (1, Act::NetworkDown(true)),
                (HOUR, Act::NetworkDown(false)),
                (HOUR, Act::Open(0)),
            ],
        ),
        Scenario::new("answers-lost", &[])
            .by_itself()
            .fate(bc, POST, Does::LosesAnswer)
            .fate(credits, CONFIRM, Does::LosesAnswer)
            .fate(credits, "PUT", Does::LosesAnswer),
        Scenario::new("requests-lost", &[])
            .by_itself()
            .fate(bc, POST, Does::LosesRequest)
            .fate(credits, CONFIRM, Does::LosesRequest)
            .fate(credits, "PUT", Does::LosesRequest),
        Scenario::new("gateway-times-out-after-the-commit", &[])
            .by_itself()
            .fate(bc, POST, Does::SaysAfterActing(504)),
        Scenario::new("everything-twice", &[])
            .by_itself()
            .fate(bc, POST, Does::Twice)
            .fate(credits, CONFIRM, Does::Twice)
            .fate(credits, "PUT", Does::Twice),
        Scenario::new("every-answer-heard-twice", &[])
            .fate(bc, POST, Does::HeardTwice)
            .fate(credits, CONFIRM, Does::HeardTwice)
            .fate(credits, "PUT", Does::HeardTwice),
        Scenario::new(
            "woken-while-a-post-is-slow",
            &[(15 * SECOND, Act::Open(0)), (16 * SECOND, Act::TryNow(0))],
        )
        .fate(bc, POST, Does::ActsLate(5 * MINUTE)),
        Scenario::new(
            "tokens-cannot-be-renewed-for-a-while",
            &[(1, Act::RevokeAccess)],
        )
        .fate(Host::SignIn, POST, Does::LosesRequest)
        .fate(Host::SignIn, POST, Does::Says(503)),
    ]
}
