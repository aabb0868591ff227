//! A browser in which the machine runs: it stores, performs, and can be stopped at any moment.

use std::collections::VecDeque;

use punchout::capture::{
    Action, Effect, Event, Input, Lanes, Machine, Records, SnapshotFailure, Stage, WindowId, World,
};
use punchout::timestamp::Timestamp;

use crate::outside::Outside;

/// More steps than any events and their answers take.
const MOST_STEPS: u32 = 2000;

pub const WINDOW: WindowId = WindowId(1);

/// When the worker is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// After the state was stored, before this effect is performed.
    Before(usize),
    /// After this effect was performed, before its answer is heard.
    After(usize),
}

pub struct Browser {
    pub machine: Machine,
    pub world: World,
    pub outside: Outside,
    pub now: Timestamp,
    pub windows_opened: usize,
    /// The address of the last sign-in window.
    pub window_url: String,
    pub stop: Option<Stop>,
    /// What reading a tab gives; `None` for a page that does not answer.
    pub page: Option<Result<String, SnapshotFailure>>,
    /// The addresses at which alone pages were to be read, question by question.
    pub read_at: Vec<Option<String>>,
    heard: VecDeque<Event>,
    lanes: Lanes,
    wake_at: Option<Timestamp>,
    performed: usize,
    random: u8,
}

impl Browser {
    pub fn new(machine: Machine, world: World, outside: Outside) -> Self {
        Self {
            machine,
            world,
            outside,
            now: Timestamp(1_795_342_500_000),
            windows_opened: 0,
            window_url: String::new(),
            stop: None,
            page: None,
            read_at: Vec::new(),
            heard: VecDeque::new(),
            lanes: Lanes::default(),
            wake_at: None,
            performed: 0,
            random: 0,
        }
    }

    pub fn act(&mut self, action: Action) {
        self.hear(Event::Acted {
            window: WINDOW,
            action,
        });
    }

    /// Hears an event and everything that comes of it at once.
    pub fn hear(&mut self, event: Event) {
        self.hear_together([event]);
    }

    /// Hears events that come at once, before any of their answers.
    ///
    /// # Panics
    /// If each answer makes the machine ask again, without end.
    pub fn hear_together(&mut self, events: impl IntoIterator<Item = Event>) {
        self.heard.extend(events);
        let mut steps = 0;
        while let Some(event) = self.heard.pop_front() {
            self.step(event);
            steps += 1;
            assert!(steps < MOST_STEPS, "the machine asks without end");
        }
    }

    /// Lets time pass until nothing is owed any more, or for a day.
    pub fn wait(&mut self) {
        let end = self.now.plus_seconds(86_400);
        while let Some(moment) = self.wake_at.take().filter(|moment| *moment < end) {
            self.now = self.now.max(moment);
            self.hear(Event::Woken);
        }
    }

    /// Lets time pass until something is looked at again.
    pub fn wait_once(&mut self) {
        let moment = self.wake_at.take().expect("an alarm");
        self.now = self.now.max(moment);
        self.hear(Event::Woken);
    }

    /// How many effects were performed: the places where a worker can be stopped.
    pub fn performed(&self) -> usize {
        self.performed
    }

    fn step(&mut self, event: Event) {
        self.random = self.random.wrapping_add(1);
        if let Event::Answered { task, .. } = &event {
            self.lanes.leave(task);
        }
        let input = Input {
            event,
            now: self.now,
            entropy: [self.random; 32],
        };
        let step = self.machine.step(self.world.clone(), input);
        self.world = stored(&step.world);
        for effect in step.effects {
            let number = self.performed;
            if self.stop == Some(Stop::Before(number)) {
                return self.restart();
            }
            let answer = self.perform(effect);
            if self.stop == Some(Stop::After(number)) {
                return self.restart();
            }
            self.heard.extend(answer);
        }
    }

    /// A new worker knows what was stored, and nothing else.
    fn restart(&mut self) {
        self.stop = None;
        self.heard.clear();
        self.lanes = Lanes::default();
        self.heard.push_back(Event::Started);
    }

    fn perform(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Fetch { task, .. } if !self.lanes.enter(&task) => None,
            Effect::Fetch { task, request } => {
                self.performed += 1;
                let exchange = self.outside.answer(&request);
                Some(Event::Answered { task, exchange })
            }
            Effect::WakeAt(moment) => {
                self.wake_at = Some(moment);
                None
            }
            Effect::OpenSignInWindow { url, .. } => {
                self.windows_opened += 1;
                self.window_url = url;
                None
            }
            Effect::TakeSnapshot {
                capture, only_at, ..
            } => {
                self.performed += 1;
                self.read_at.push(only_at);
                let result = self.page.clone()?;
                Some(Event::SnapshotTaken { capture, result })
            }
        }
    }

    /// What the panel shows.
    pub fn view(&mut self) -> serde_json::Value {
        let (machine, now) = (&self.machine, self.now);
        machine.view(&mut self.world, WINDOW, now, |view| {
            serde_json::to_value(&view).expect("a view that can be written")
        })
    }

    /// The review in the panel.
    pub fn review(&mut self) -> serde_json::Value {
        self.view()["page"]["review"].take()
    }

    /// What the panel says that the buyer must still do.
    pub fn waiting(&mut self) -> Vec<String> {
        serde_json::from_value(self.review()["waiting"].take()).expect("a list of names")
    }

    /// The one delivery of a test.
    pub fn stage(&self) -> &Stage {
        let mut deliveries = self.world.journal.deliveries.values();
        let only = deliveries.next().expect("a delivery");
        assert!(deliveries.next().is_none(), "one delivery");
        &only.stage
    }
}

/// What comes back from the browser's storage is text.
fn stored(world: &World) -> World {
    let records = Records::of(world).expect("a state that can be stored");
    for text in records.local.values() {
        assert!(
            !text.contains("access-") && !text.contains("refresh-"),
            "a token in the journal"
        );
    }
    records.world()
}
