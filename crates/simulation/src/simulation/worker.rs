//! One step of a worker: stored first, performed second, and stopped anywhere.

use std::rc::Rc;

use punchout::capture::{
    Changes, Effect, Event, Input, Panel, Patience, Records, Stage, Step, Task, WindowFailure,
    World,
};
use punchout::timestamp::Timestamp;

use super::{Happening, Simulation};
use crate::guard::Guard;
use crate::truth;

/// A worker that hears nothing for so long is stopped.
const IDLE: i64 = 30_000;
/// Chrome rings no alarm sooner.
const SHORTEST_ALARM: i64 = 30_000;
/// More steps than any story needs, month of waiting included: who takes more asks again without a pause.
const RESTLESS: u64 = 5_000;

/// Whether the worker lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lives {
    Yes,
    No,
}

impl Simulation<'_> {
    /// A worker hears an event; one is started where there is none.
    pub(super) fn hear(&mut self, browser: usize, event: Event) {
        let machine = &mut self.browsers[browser];
        if machine.absent_until > self.now {
            return;
        }
        let idle = |worker: &crate::browser::Worker| {
            worker.open.is_empty() && worker.heard_at + IDLE < self.now
        };
        if machine.worker.as_ref().is_some_and(idle) {
            machine.stop_worker();
        }
        if machine.worker.is_none() {
            machine.start_worker(self.now);
            self.note(|| format!("browser {browser} starts a worker"));
            if self.take(browser, Event::Started) == Lives::No {
                return;
            }
        }
        self.take(browser, event);
    }

    fn take(&mut self, browser: usize, event: Event) -> Lives {
        self.count.steps += 1;
        if self.count.steps > RESTLESS {
            self.breaks(|| "it does not come to rest".to_owned());
        }
        if let Some(trace) = &mut self.trace {
            let seconds = (self.now - crate::given::MORNING) / 1000;
            trace.push(format!(
                "{seconds:>8}     browser {browser} hears {event:?}"
            ));
        }
        let late = self.missing == Some(Guard::LateAnswersAreIgnored);
        let now = self.browsers[browser].now(self.now);
        let worker = self.browsers[browser].worker.as_mut().expect("a worker");
        worker.heard_at = self.now;
        if let Event::Answered { task, .. } = &event {
            // An answer that nobody waits for is not heard.
            let is_waited_for = worker.lanes.leave(task);
            if late {
                go_back(&mut worker.world, task);
            } else if !is_waited_for {
                return Lives::Yes;
            }
        }
        if self.missing == Some(Guard::OwnAccountOnly) {
            own_all(&mut worker.world);
        }
        let entropy = self.random.bytes();
        let world = std::mem::take(&mut worker.world);
        let input = Input {
            event,
            now,
            entropy,
        };
        let Step { mut world, effects } = self.machine.step(world, input);
        self.without_guard(browser, &mut world, now);
        self.browsers[browser]
            .worker
            .as_mut()
            .expect("a worker")
            .world = world;
        let lives = if self.missing == Some(Guard::StoreBeforeEffect) {
            self.perform_all(browser, effects)
                .and_then(|| self.store(browser))
        } else {
            self.store_then_perform(browser, effects)
        };
        truth::browser_changed(self, browser);
        lives
    }

    fn store_then_perform(&mut self, browser: usize, effects: Vec<Effect>) -> Lives {
        if self.store(browser) == Lives::No {
            return Lives::No;
        }
        let worker = self.browsers[browser].worker.as_ref().expect("a worker");
        if worker.not_stored && self.missing != Some(Guard::StepOnlyIfStored) {
            let soon = Timestamp(self.browsers[browser].now(self.now).0 + SHORTEST_ALARM);
            self.wake_at(browser, soon);
            return Lives::Yes;
        }
        self.perform_all(browser, effects)
    }

    /// Writes what differs: the journal first, the desk second.
    fn store(&mut self, browser: usize) -> Lives {
        if self.crashes(browser) == Lives::No {
            return Lives::No;
        }
        let keeps_on = self.missing == Some(Guard::StepOnlyIfStored);
        let refused = self.random.happens(self.chance.write);
        let desk_refused = self.random.happens(self.chance.write);
        let machine = &mut self.browsers[browser];
        let worker = machine.worker.as_mut().expect("a worker");
        let mut after = Records::of(&worker.world).expect("a state that can be written");
        if self.missing == Some(Guard::TokensStayOffTheDisk) {
            let desk = after.session.values().next().cloned().unwrap_or_default();
            after.local.insert("desk".to_owned(), desk);
        }
        let changes = Changes::between(&worker.stored.local, &after.local);
        let nothing_to_write = changes.written.is_empty() && changes.removed.is_empty();
        if (machine.disk_full || refused) && !nothing_to_write {
            worker.not_stored = true;
            if !keeps_on {
                worker.world = worker.stored.world();
            }
            self.note(|| format!("browser {browser} cannot store"));
            return Lives::Yes;
        }
        worker.not_stored = false;
        truth::is_written(&mut self.broken, &changes);
        apply(&mut machine.storage.local, &changes);
        truth::is_confirmed(machine);
        if self.crashes(browser) == Lives::No {
            return Lives::No;
        }
        let machine = &mut self.browsers[browser];
        let worker = machine.worker.as_mut().expect("a worker");
        if machine.session_full || desk_refused {
            after.session = worker.stored.session.clone();
        } else {
            let changes = Changes::between(&worker.stored.session, &after.session);
            apply(&mut machine.storage.session, &changes);
        }
        worker.stored = after;
        self.crashes(browser)
    }

    fn perform_all(&mut self, browser: usize, effects: Vec<Effect>) -> Lives {
        for effect in effects {
            self.perform(browser, effect);
            if self.crashes(browser) == Lives::No {
                return Lives::No;
            }
        }
        Lives::Yes
    }

    fn perform(&mut self, browser: usize, effect: Effect) {
        let releases = self.missing != Some(Guard::RefusedIsReleased);
        match effect {
            Effect::Fetch {
                task: Task::Release(_),
                ..
            } if !releases => {}
            Effect::Fetch { task, request } => {
                let single = self.missing != Some(Guard::SingleInFlight);
                let worker = self.browsers[browser].worker.as_mut().expect("a worker");
                let free = worker.lanes.enter(&task);
                if free || !single {
                    self.send(browser, task, request);
                }
            }
            Effect::WakeAt(moment) => self.wake_at(browser, moment),
            Effect::OpenSignInWindow { url, interactive } => {
                self.open_window(browser, &url, interactive);
            }
            Effect::TakeSnapshot { .. } => {}
        }
    }

    /// An alarm, and a timer for moments sooner than an alarm may ring.
    fn wake_at(&mut self, browser: usize, moment: Timestamp) {
        if self.missing == Some(Guard::AlarmIsSet) {
            return;
        }
        let machine = &mut self.browsers[browser];
        let wait = moment.0.saturating_sub(machine.now(self.now).0).max(0);
        machine.alarm = Some(moment);
        let life = machine.life;
        let rings = self.now.saturating_add(wait.max(SHORTEST_ALARM));
        self.foresee(rings, Happening::Alarm(browser, moment));
        if wait < SHORTEST_ALARM {
            self.foresee(self.now + wait, Happening::Timer(browser, life));
        }
    }

    /// The person takes eight seconds; without the person it is known at once.
    fn open_window(&mut self, browser: usize, url: &str, interactive: bool) {
        let machine = &self.browsers[browser];
        let (person, life) = (machine.person, machine.life);
        let authority = &mut self.outside.authority;
        let returned = if interactive || authority.knows_the_browser {
            authority.knows_the_browser = true;
            Ok(authority.sign_in(url, person))
        } else {
            Err(WindowFailure::InteractionRequired)
        };
        let wait = if interactive { 8_000 } else { 700 };
        let event = Rc::new(Event::SignInReturned(returned));
        self.foresee(self.now + wait, Happening::Heard(browser, life, event));
    }

    /// A moment at which a worker can be stopped.
    fn crashes(&mut self, browser: usize) -> Lives {
        self.count.crash_points += 1;
        let here = self.crash_at == Some(self.count.crash_points);
        if !here && !self.random.happens(self.chance.crash) {
            return Lives::Yes;
        }
        self.crash_at = self.crash_at.filter(|_| !here);
        self.note(|| format!("browser {browser}: the worker crashes"));
        self.browsers[browser].stop_worker();
        Lives::No
    }

    /// What the state would be without a guard that the machine has.
    fn without_guard(&self, browser: usize, world: &mut World, now: Timestamp) {
        let stored = &self.browsers[browser].storage;
        world.journal.deliveries.retain(|id, delivery| {
            match (self.missing, &mut delivery.stage) {
                (Some(Guard::ReadBeforeRepeat), Stage::Posting { attempted }) => {
                    *attempted = false;
                }
                (Some(Guard::WaitForLatePosts), Stage::Settling { reason, .. }) => {
                    let reason = reason.clone();
                    delivery.stage = Stage::Releasing { reason };
                    delivery.next_try = now;
                }
                (Some(Guard::RefusedIsReleased), Stage::Releasing { reason }) => {
                    let reason = reason.clone();
                    delivery.stage = Stage::Returned { reason };
                }
                (Some(Guard::TextIsDeleted), Stage::Done { .. }) if delivery.cargo.is_none() => {
                    let earlier = stored.world().journal;
                    let earlier = earlier.deliveries.get(id);
                    delivery.cargo = earlier.and_then(|earlier| earlier.cargo.clone());
                }
                _ => {}
            }
            true
        });
    }
}

fn apply(area: &mut punchout::sorted::SortedMap<String, String>, changes: &Changes<'_>) {
    for (key, text) in &changes.written {
        area.insert((*key).clone(), (*text).clone());
    }
    for key in &changes.removed {
        area.remove(*key);
    }
}

/// Takes a delivery back to the stage that an answer is about.
fn go_back(world: &mut World, task: &Task) {
    let (Task::Hold(id) | Task::Post(id) | Task::Read(id) | Task::Release(id)) = task else {
        return;
    };
    let Some(delivery) = world.journal.deliveries.get_mut(id) else {
        return;
    };
    let reason = punchout::capture::Notice::new(punchout::capture::NoticeCode::BcRefused);
    let patience = Patience::default();
    delivery.stage = match (task, &delivery.stage) {
        (Task::Hold(_), Stage::Confirming { .. }) => return,
        (Task::Hold(_), _) => Stage::Holding,
        (Task::Read(_), Stage::Settling { .. }) => Stage::Settling { reason, patience },
        (Task::Post(_) | Task::Read(_), _) => Stage::Posting { attempted: true },
        _ => Stage::Releasing { reason },
    };
}

/// Whoever is signed in delivers everything.
fn own_all(world: &mut World) {
    let punchout::capture::SignIn::SignedIn { session } = &world.desk.sign_in else {
        return;
    };
    for delivery in world.journal.deliveries.values_mut() {
        delivery.username.clone_from(&session.account.username);
    }
}

impl Lives {
    fn and_then(self, next: impl FnOnce() -> Self) -> Self {
        if self == Self::Yes { next() } else { self }
    }
}

/// A panel that shows a review, as a window that was left open would.
pub(super) fn reviewing(review: punchout::capture::Review) -> Panel {
    Panel::Reviewing {
        review: Box::new(review),
    }
}
