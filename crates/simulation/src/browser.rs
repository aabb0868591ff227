//! A browser with the extension: its storage, its alarm, and at most one worker. A worker takes one event at a time,
//! stores the state first and performs the effects second, as `src/browser/runtime.rs` does.

use std::collections::{BTreeMap, BTreeSet};

use punchout::business_central::CapturePost;
use punchout::capture::{Lanes, Panel, Records, WindowId, World};
use punchout::timestamp::Timestamp;

/// The window that the buyer looks at.
pub const WINDOW: WindowId = WindowId(1);
/// A window that was left open.
pub const STALE_WINDOW: WindowId = WindowId(2);

/// A worker's life.
#[derive(Clone, Debug)]
pub struct Worker {
    /// The state.
    pub world: World,
    /// The state as it is stored, as far as the worker knows.
    pub stored: Records,
    /// Requests under way.
    pub lanes: Lanes,
    /// Requests whose answer is still waited for.
    pub open: BTreeSet<u64>,
    /// Whether the last step could not be stored.
    pub not_stored: bool,
    /// The stages that its panel was last seen to show.
    pub shown: Vec<(String, u8)>,
    /// When it last heard something.
    pub heard_at: i64,
}

/// A browser.
#[derive(Clone, Debug)]
pub struct Browser {
    /// What is on disk and in memory.
    pub storage: Records,
    /// The worker, while there is one.
    pub worker: Option<Worker>,
    /// Counts workers; what an earlier one waited for is heard by nobody.
    pub life: u32,
    /// When the alarm rings, by the machine's clock.
    pub alarm: Option<Timestamp>,
    /// How far the machine's clock is ahead of the true time, in milliseconds.
    pub clock: i64,
    /// Until when the machine sleeps, or the browser is not running.
    pub absent_until: i64,
    /// Whether the disk refuses writes.
    pub disk_full: bool,
    /// Whether the session's memory refuses writes.
    pub session_full: bool,
    /// Who sits at it.
    pub person: &'static str,
    /// A panel as a second window still shows it.
    pub stale_panel: Option<Panel>,
    /// Whether its profile was lost.
    pub was_lost: bool,
    /// Captures whose confirmation was stored.
    pub confirmed: BTreeMap<String, Confirmed>,
}

/// What was confirmed under an id.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// As whom, when it was first stored.
    pub account: String,
    /// The lines, once more after each correction.
    pub posts: Vec<CapturePost>,
}

impl Browser {
    /// A browser that was never used.
    #[must_use]
    pub fn new(person: &'static str) -> Self {
        Self {
            storage: Records::default(),
            worker: None,
            life: 0,
            alarm: None,
            clock: 0,
            absent_until: 0,
            disk_full: false,
            session_full: false,
            person,
            stale_panel: None,
            was_lost: false,
            confirmed: BTreeMap::new(),
        }
    }

    /// The machine's clock.
    #[must_use]
    pub fn now(&self, true_time: i64) -> Timestamp {
        Timestamp(true_time + self.clock)
    }

    /// The worker is stopped, with all it waited for.
    pub fn stop_worker(&mut self) {
        self.worker = None;
        self.life += 1;
    }

    /// The browser is killed: what was in memory is gone.
    pub fn kill(&mut self) {
        self.stop_worker();
        self.storage.session = punchout::sorted::SortedMap::new();
        self.alarm = None;
    }

    /// A new worker knows what was stored, and nothing else.
    pub fn start_worker(&mut self, true_time: i64) {
        let world = self.storage.world();
        self.worker = Some(Worker {
            stored: Records::of(&world).expect("a state that can be written"),
            world,
            lanes: Lanes::default(),
            open: BTreeSet::new(),
            not_stored: false,
            shown: Vec::new(),
            heard_at: true_time,
        });
    }

    /// Whether the journal owes anything, as far as that can be told without reading it.
    #[must_use]
    pub fn may_owe(&self) -> bool {
        let Some(worker) = &self.worker else {
            return true;
        };
        let mut deliveries = worker.world.journal.deliveries.values();
        deliveries.any(|delivery| !delivery.stage.has_ended())
    }

    /// What the journal says, by the worker if there is one, else by what is stored.
    #[must_use]
    pub fn world(&self) -> World {
        match &self.worker {
            Some(worker) => worker.world.clone(),
            None => self.storage.world(),
        }
    }
}
