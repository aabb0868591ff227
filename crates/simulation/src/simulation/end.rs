//! How a run begins and ends: all troubles pass, the buyers come back, and what must hold is looked at.

use punchout::capture::{Action, Event, SignIn, World};

use super::chance::Chance;
use super::{Count, Happening, Morning, Simulation};
use crate::browser::WINDOW;
use crate::given::{self, Paying};
use crate::guard::Guard;
use crate::random::Random;
use crate::scenario::{self, Act, Scenario};
use crate::schedule::Schedule;
use crate::truth;

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
/// After this every hold that nobody asks for again has expired.
const HOLDS_ARE_OVER: i64 = 31 * DAY;

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was not as it must be.
    pub broken: Option<String>,
    /// What was done.
    pub count: Count,
    /// What happened, where that was asked for.
    pub trace: Vec<String>,
}

/// Whether what happens is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// It is.
    Kept,
    /// It is not.
    Dropped,
}

/// All that runs begin with.
#[derive(Debug)]
pub struct Mornings {
    with_credits: Morning,
    free: Morning,
    scenarios: Vec<Scenario>,
}

impl Mornings {
    /// Prepares both deployments.
    #[must_use]
    pub fn new(ground: &given::Ground) -> Self {
        Self {
            with_credits: Morning::new(ground.clone(), Paying::WithCredits),
            free: Morning::new(ground.clone(), Paying::Free),
            scenarios: scenario::all(),
        }
    }

    /// The stories.
    #[must_use]
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// Runs a schedule; the same one gives the same outcome.
    #[must_use]
    pub fn run(&self, schedule: Schedule, missing: Option<Guard>, trace: Trace) -> Outcome {
        let (seed, at, crash_at) = match schedule {
            Schedule::Crash { scenario, point } => (1, scenario, point),
            Schedule::Random(seed) => {
                let mut random = Random::new(seed);
                let count = u64::try_from(self.scenarios.len()).expect("few");
                let scenario = usize::try_from(random.below(count)).expect("few");
                (random.number(), scenario, None)
            }
        };
        let scenario = &self.scenarios[at];
        let morning = match scenario.paying {
            Paying::WithCredits => &self.with_credits,
            Paying::Free => &self.free,
        };
        let mut simulation = Simulation::of(
            &morning.machine,
            morning.outside.clone(),
            morning.browser.clone(),
        );
        simulation.random = Random::new(seed);
        simulation.crash_at = crash_at;
        simulation.trace = (trace == Trace::Kept).then(Vec::new);
        simulation.begin(scenario, missing);
        let calm = Schedule::Crash {
            scenario: at,
            point: None,
        };
        if schedule == calm
            && let Some(within) = scenario.ends_within
        {
            simulation.must_end_within(within);
        }
        if matches!(schedule, Schedule::Random(_)) {
            simulation.disturb();
        }
        simulation.play();
        Outcome {
            broken: simulation.broken,
            count: simulation.count,
            trace: simulation.trace.unwrap_or_default(),
        }
    }
}

impl Simulation<'_> {
    fn begin(&mut self, scenario: &Scenario, missing: Option<Guard>) {
        self.note(|| format!("the story of {}", scenario.name));
        self.missing = missing;
        self.paying = scenario.paying;
        self.outside.credits.missing = missing;
        self.outside.credits.granted = scenario.credits;
        self.outside.business_central.refuses_known_ids = missing != Some(Guard::IdempotentId);
        for browser in 1..scenario.browsers {
            let other = self.browsers[0].clone();
            self.browsers.push(other);
            let capture = [u8::try_from(browser).expect("few"); 16];
            self.show_review(browser, capture);
        }
        self.fates.clone_from(&scenario.fates);
        for (after, act) in &scenario.acts {
            self.foresee(given::MORNING + after, Happening::Act(*act));
        }
    }

    /// Misfortunes by chance, beside those of the scenario.
    fn disturb(&mut self) {
        self.chance = Chance::of(&mut self.random);
        let mut jumped = false;
        for _ in 0..self.random.below(6) {
            let at = *self.random.pick(&[2_000, 60_000, 1_200_000, 7_200_000]);
            let at = given::MORNING + self.random.between(0, at);
            let browser = usize::try_from(self.random.below(2)).expect("few");
            let browser = browser.min(self.browsers.len() - 1);
            let act = match self.random.below(11) {
                0 => Act::KillWorker(browser),
                1 => Act::KillBrowser(browser),
                2 => Act::Sleep(browser, self.random.between(1, 3 * DAY)),
                3 | 4 => Act::Open(browser),
                5 => Act::TryNow(browser),
                6 => Act::ConfirmInStaleWindow(browser),
                7 => Act::RevokeAccess,
                8 => Act::SignIn(browser),
                9 => Act::SetClock(browser, -self.random.between(1, 3 * DAY)),
                // Two in the same quarter of an hour are more than is promised.
                _ if jumped => Act::Open(browser),
                _ => {
                    jumped = true;
                    Act::SetClock(browser, self.random.between(1, 3 * DAY))
                }
            };
            self.foresee(at, Happening::Act(act));
        }
    }

    /// Alarms and retries are enough: nobody needs to touch anything.
    fn must_end_within(&mut self, within: i64) {
        let last = self.next.iter().map(|std::cmp::Reverse((at, _))| *at).max();
        self.run_until(last.unwrap_or(self.now) + within);
        if self.browsers.iter().any(crate::browser::Browser::may_owe) {
            self.breaks(|| "it does not end by itself".to_owned());
        }
    }

    fn play(&mut self) {
        // The stories' own acts, and an hour.
        let last = self.next.iter().map(|std::cmp::Reverse((at, _))| *at).max();
        self.run_until(last.unwrap_or(self.now) + 90 * MINUTE);
        self.close();
        if self.broken.is_none() {
            truth::at_the_end(self);
        }
        self.run_until(self.now + HOLDS_ARE_OVER);
        if self.broken.is_none() {
            truth::after_all(self);
        }
    }

    /// All troubles pass, and whoever confirmed something comes back.
    fn close(&mut self) {
        self.chance = Chance::none();
        self.fates.clear();
        self.network_down = false;
        self.crash_at = None;
        let rights = bc_standin::store::Rights::Full;
        let bc = &mut self.outside.business_central;
        bc.set_rights(given::BUYER, rights);
        for browser in 0..self.browsers.len() {
            let machine = &mut self.browsers[browser];
            machine.disk_full = false;
            machine.session_full = false;
            machine.absent_until = 0;
        }
        for _ in 0..4 {
            for browser in 0..self.browsers.len() {
                self.come_back(browser);
            }
            self.run_until(self.now + 30 * MINUTE);
            if !self.browsers.iter().any(crate::browser::Browser::may_owe) {
                break;
            }
        }
    }

    fn come_back(&mut self, browser: usize) {
        self.hear(browser, Event::Woken);
        if !self.browsers[browser].may_owe() {
            return;
        }
        let world = self.browsers[browser].world();
        let person = awaited(&world);
        if let SignIn::SignedIn { session } = &world.desk.sign_in
            && session.account.username != person
        {
            self.tell(browser, WINDOW, Action::SignOut);
        }
        self.browsers[browser].person = person;
        self.tell(browser, WINDOW, Action::SignIn);
        self.run_until(self.now + MINUTE);
        self.tell(browser, WINDOW, Action::Retry);
    }
}

/// Who has to come back: the account of the first capture that has not ended.
fn awaited(world: &World) -> &'static str {
    let mut owed = world.journal.deliveries.values();
    let owed = owed.find(|delivery| !delivery.stage.has_ended());
    match owed {
        Some(delivery) if delivery.username == given::COLLEAGUE => given::COLLEAGUE,
        _ => given::BUYER,
    }
}
