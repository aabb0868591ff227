//! Clock, network, and who is next.

mod acts;
mod chance;
mod end;
mod network;
mod worker;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use punchout::capture::{Action, Event, Machine, Task};
use punchout::http::{Exchange, Request};
use punchout::timestamp::Timestamp;

use crate::browser::{Browser, WINDOW};
use crate::given::{self, Ground};
use crate::guard::Guard;
use crate::outside::Outside;
use crate::random::Random;
use crate::scenario::{Act, Does, Target};
use chance::Chance;

pub use end::{Mornings, Outcome, Trace};
pub(crate) use network::tells_of_the_cart;

/// Something that will happen.
#[derive(Clone, Debug)]
enum Happening {
    /// A request is at its server.
    Arrives(Rc<Sent>),
    /// A request that nobody waits for any more is done after all.
    ActsLate(Rc<Sent>),
    /// An answer, or that there is none.
    Answer(Rc<Sent>, Exchange, Hearing),
    /// Something else that a worker waits for.
    Heard(usize, u32, Rc<Event>),
    /// The alarm.
    Alarm(usize, Timestamp),
    /// A timer of a worker.
    Timer(usize, u32),
    /// A story goes on.
    Act(Act),
}

/// A request under way.
#[derive(Clone, Debug)]
struct Sent {
    browser: usize,
    life: u32,
    number: u64,
    task: Task,
    request: Request,
    does: Does,
    way_back: i64,
}

/// Whether an answer is heard by who waits for it, or once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hearing {
    First,
    Again,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Steps of the state machine.
    pub steps: u64,
    /// Moments at which a worker could crash.
    pub crash_points: u64,
    /// Requests that were sent.
    pub requests: u64,
}

/// A world in which the story of some captures takes place.
pub struct Simulation<'m> {
    pub(crate) machine: &'m Machine,
    pub(crate) outside: Outside,
    pub(crate) browsers: Vec<Browser>,
    /// The true time.
    pub(crate) now: i64,
    /// What comes when; of the same moment, in the order in which it was foreseen.
    next: BinaryHeap<Reverse<(i64, u64)>>,
    foreseen: std::collections::BTreeMap<u64, Happening>,
    numbers: u64,
    fates: Vec<(Target, Does)>,
    network_down: bool,
    random: Random,
    chance: Chance,
    crash_at: Option<u64>,
    missing: Option<Guard>,
    paying: given::Paying,
    /// The first thing that was not as it must be.
    pub(crate) broken: Option<String>,
    /// Captures whose posts are under way or unsettled; see `truth`.
    pub(crate) posts: crate::truth::Posts,
    /// Whether servers did something late that a client had given up.
    pub(crate) late_holds: std::collections::BTreeSet<String>,
    /// What was done.
    pub count: Count,
    trace: Option<Vec<String>>,
}

impl std::fmt::Debug for Simulation<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Simulation({:?})", self.count)
    }
}

/// Where every story of a deployment begins. Made once; each run begins with a copy.
#[derive(Debug)]
pub struct Morning {
    machine: Machine,
    outside: Outside,
    browser: Browser,
}

impl Morning {
    /// Has the buyer sign in and look at a cart, by the shipped code.
    #[must_use]
    pub fn new(ground: Ground, paying: given::Paying) -> Self {
        let machine = given::machine(paying);
        let outside = Outside {
            authority: crate::outside::authority::Authority::new(),
            business_central: crate::outside::business_central::BusinessCentral {
                ground,
                captures: Vec::new(),
                lines: Vec::new(),
                refuses_known_ids: true,
            },
            credits: crate::outside::credit_service::CreditService {
                granted: 5,
                ..Default::default()
            },
        };
        let mut simulation = Simulation::of(&machine, outside, Browser::new(given::BUYER));
        simulation.now = given::MORNING - 60_000;
        simulation.show_review(0, [9; 16]);
        simulation.tell(0, WINDOW, Action::SignIn);
        simulation.run_until(given::MORNING - 30_000);
        let company = given::COMPANY.to_owned().try_into().expect("a company");
        simulation.tell(0, WINDOW, Action::ChooseCompany { company });
        simulation.run_until(given::MORNING - 20_000);
        simulation.choose_worksheet(0, 0);
        simulation.run_until(given::MORNING - 1);
        let Simulation {
            outside,
            mut browsers,
            ..
        } = simulation;
        let browser = browsers.remove(0);
        Self {
            machine,
            outside,
            browser,
        }
    }
}

impl<'m> Simulation<'m> {
    fn of(machine: &'m Machine, outside: Outside, browser: Browser) -> Self {
        Self {
            machine,
            outside,
            browsers: vec![browser],
            now: given::MORNING,
            next: BinaryHeap::new(),
            foreseen: std::collections::BTreeMap::new(),
            numbers: 0,
            fates: Vec::new(),
            network_down: false,
            random: Random::new(7),
            chance: Chance::none(),
            crash_at: None,
            missing: None,
            paying: given::Paying::WithCredits,
            broken: None,
            posts: crate::truth::Posts::default(),
            late_holds: std::collections::BTreeSet::new(),
            count: Count::default(),
            trace: None,
        }
    }

    fn foresee(&mut self, at: i64, happening: Happening) {
        self.numbers += 1;
        self.next.push(Reverse((at, self.numbers)));
        self.foreseen.insert(self.numbers, happening);
    }

    /// Lets everything happen up to a moment, or until something is broken.
    fn run_until(&mut self, end: i64) {
        while self.broken.is_none()
            && let Some(Reverse((at, number))) = self.next.peek().copied()
            && at <= end
        {
            self.next.pop();
            let happening = self.foreseen.remove(&number).expect("foreseen");
            self.now = self.now.max(at);
            self.happen(happening);
        }
        self.now = self.now.max(end);
    }

    fn happen(&mut self, happening: Happening) {
        // A machine that sleeps hears nothing before it wakes.
        let browser = match &happening {
            Happening::Heard(browser, ..)
            | Happening::Alarm(browser, _)
            | Happening::Timer(browser, _) => Some(*browser),
            Happening::Answer(sent, ..) => Some(sent.browser),
            _ => None,
        };
        if let Some(browser) = browser
            && self.browsers[browser].absent_until > self.now
        {
            let until = self.browsers[browser].absent_until;
            return self.foresee(until, happening);
        }
        match happening {
            Happening::Arrives(sent) => self.arrives(&sent),
            Happening::ActsLate(sent) => self.acts_late(&sent),
            Happening::Answer(sent, exchange, hearing) => self.answered(&sent, exchange, hearing),
            Happening::Heard(browser, life, event) => {
                if self.browsers[browser].life == life {
                    self.hear(browser, (*event).clone());
                }
            }
            Happening::Alarm(browser, at) => self.alarm(browser, at),
            Happening::Timer(browser, life) => {
                if self.browsers[browser].life == life {
                    self.hear(browser, Event::Woken);
                }
            }
            Happening::Act(act) => self.act(act),
        }
    }

    pub(crate) fn is_paying(&self) -> bool {
        self.paying == given::Paying::WithCredits
    }

    fn alarm(&mut self, browser: usize, at: Timestamp) {
        let machine = &mut self.browsers[browser];
        if machine.alarm == Some(at) && machine.now(self.now) >= at {
            machine.alarm = None;
            self.hear(browser, Event::Woken);
        }
    }

    pub(crate) fn note(&mut self, words: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            let seconds = (self.now - given::MORNING) / 1000;
            let millis = (self.now - given::MORNING).rem_euclid(1000);
            trace.push(format!("{seconds:>8}.{millis:03} {}", words()));
        }
    }

    pub(crate) fn breaks(&mut self, what: impl FnOnce() -> String) {
        if self.broken.is_none() {
            let what = what();
            self.note(|| format!("BROKEN: {what}"));
            self.broken = Some(what);
        }
    }
}
