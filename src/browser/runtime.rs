//! Runs the state machine in a service worker: one event at a time, stored first, performed second.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::shim::Shim;
use super::storage::NotStored;
use super::value::to_script;
use super::{chrome, fetch, rehearsal, storage};
use crate::capture::{
    Action, Effect, Event, Input, Lanes, Machine, Notice, NoticeCode, Records, SnapshotFailure,
    Step, View, Wanted, WindowFailure, WindowId, World,
};
use crate::deployment::Deployment;
use crate::json;
use crate::supplier::Catalog;
use crate::timestamp::Timestamp;

/// Name of the one alarm.
const ALARM: &str = "owed";
/// Chrome rings no alarm sooner.
const SHORTEST_ALARM_MILLISECONDS: i32 = 30_000;
/// A silent sign-in that takes longer needs the person.
const SILENT_SIGN_IN_MILLISECONDS: u32 = 10_000;

/// The running core of one worker's life.
#[wasm_bindgen]
#[derive(Clone)]
pub struct Runtime {
    inner: Rc<Inner>,
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Runtime")
    }
}

struct Inner {
    machine: Machine,
    shim: Shim,
    state: RefCell<State>,
}

struct State {
    world: World,
    /// The state as it is stored.
    stored: Records,
    waiting: VecDeque<Event>,
    working: bool,
    lanes: Lanes,
    not_stored: bool,
    rehearsed: bool,
    /// The moment that a timer waits for.
    timer: Option<Timestamp>,
}

#[wasm_bindgen]
impl Runtime {
    /// Begins a worker's life: reads the configuration and what an earlier worker stored, and goes on with what is owed.
    /// `language`, a tag of BCP 47, is the buyer's: Business Central answers in it.
    ///
    /// # Errors
    /// Where the catalog or the deployment cannot be read: the build is broken.
    pub async fn begin(
        catalog: String,
        deployment: String,
        language: &str,
        shim: Shim,
    ) -> Result<Runtime, JsError> {
        let catalog = Catalog::from_json(&catalog)?;
        let deployment = Deployment::from_json(&deployment)?.with(&storage::overrides().await);
        let redirect = chrome::redirect_url().map_err(|_| JsError::new("no redirect address"))?;
        let world = storage::load().await;
        let state = State {
            stored: Records::of(&world).unwrap_or_default(),
            world,
            waiting: VecDeque::new(),
            working: false,
            lanes: Lanes::default(),
            not_stored: false,
            rehearsed: false,
            timer: None,
        };
        let machine = Machine::new(catalog, deployment, &redirect)?.speaking(language);
        let runtime = Self {
            inner: Rc::new(Inner {
                machine,
                shim,
                state: RefCell::new(state),
            }),
        };
        runtime.hear(Event::Started);
        Ok(runtime)
    }

    /// Something suggests to look at what is owed.
    pub fn woken(&self) {
        self.hear(Event::Woken);
    }

    /// The toolbar button or the shortcut was used on a tab.
    pub fn clicked(&self, window: i32, tab: i32, url: String) {
        let window = WindowId(i64::from(window));
        self.hear(Event::Clicked {
            window,
            tab: i64::from(tab),
            url,
        });
    }

    /// Whether a supplier's definition names this address as its cart's.
    #[wasm_bindgen(js_name = isCartAddress)]
    #[must_use]
    pub fn is_cart_address(&self, url: &str) -> bool {
        self.inner.machine.is_cart_address(url)
    }

    /// A window was closed.
    #[wasm_bindgen(js_name = windowClosed)]
    pub fn window_closed(&self, window: i32) {
        self.hear(Event::WindowClosed(WindowId(i64::from(window))));
    }

    /// The buyer did something in the panel of a window; the action is JSON text.
    ///
    /// # Errors
    /// Where the action is none that is known.
    pub fn acted(&self, window: i32, action: &str) -> Result<(), JsError> {
        let action: Action = json::read(action)?;
        self.hear(Event::Acted {
            window: WindowId(i64::from(window)),
            action,
        });
        Ok(())
    }

    /// What the panel of a window shows, as JSON text: the same code writes it that writes what is stored.
    ///
    /// # Errors
    /// Where it cannot be written; in practice never.
    pub fn view(&self, window: i32) -> Result<String, JsError> {
        let mut state = self.inner.state.borrow_mut();
        let not_stored = state.not_stored;
        let window = WindowId(i64::from(window));
        let show = |mut view: View<'_>| {
            if not_stored {
                view.tell(Notice::new(NoticeCode::StorageFailed));
            }
            serde_json::to_string(&view)
        };
        let machine = &self.inner.machine;
        let shown = machine.view(&mut state.world, window, now(), show);
        shown.map_err(|_| JsError::new("the view cannot be written"))
    }

    /// Makes a file of what the panel of a window shows; what is wanted and the answer are JSON text.
    ///
    /// # Errors
    /// Where nothing is wanted that is known.
    pub fn export(&self, window: i32, wanted: &str) -> Result<String, JsError> {
        let wanted: Wanted = json::read(wanted)?;
        let mut state = self.inner.state.borrow_mut();
        let at = (WindowId(i64::from(window)), now());
        let made = self.inner.machine.export(&mut state.world, at, wanted);
        serde_json::to_string(&made).map_err(|_| JsError::new("the file cannot be written"))
    }

    fn hear(&self, event: Event) {
        let begins = {
            let mut state = self.inner.state.borrow_mut();
            state.waiting.push_back(event);
            !std::mem::replace(&mut state.working, true)
        };
        if begins {
            let runtime = self.clone();
            spawn_local(async move { runtime.work().await });
        }
    }

    async fn work(&self) {
        while let Some(event) = self.next() {
            self.take(event).await;
        }
        self.inner.shim.changed();
    }

    fn next(&self) -> Option<Event> {
        let mut state = self.inner.state.borrow_mut();
        let event = state.waiting.pop_front();
        state.working = event.is_some();
        event
    }

    /// One step. Where its state could not be stored nothing of it is performed, and it did not happen: what is owed is
    /// looked at again soon.
    async fn take(&self, event: Event) {
        // Not when the answer came, but when it is heard: until then an earlier event would ask again.
        if let Event::Answered { task, .. } = &event {
            // An answer that nobody waits for is not heard.
            if !self.inner.state.borrow_mut().lanes.leave(task) {
                return;
            }
        }
        let input = Input {
            event,
            now: now(),
            entropy: entropy(),
        };
        let world = std::mem::take(&mut self.inner.state.borrow_mut().world);
        let Step { world, effects } = self.inner.machine.step(world, input);
        let before = std::mem::take(&mut self.inner.state.borrow_mut().stored);
        let storing = storage::store(&before, &world);
        self.inner.state.borrow_mut().world = world;
        let stored = storing.await;
        let happened = stored.is_ok();
        {
            let mut state = self.inner.state.borrow_mut();
            state.not_stored = !happened;
            state.stored = stored.unwrap_or_else(|NotStored| {
                state.world = before.world();
                before
            });
        }
        if !happened {
            let soon = i64::from(SHORTEST_ALARM_MILLISECONDS);
            return self.wake_at(Timestamp(now().0.saturating_add(soon)));
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&self, effect: Effect) {
        let runtime = self.clone();
        match effect {
            Effect::Fetch { task, request } => {
                let may_leave = self.inner.state.borrow_mut().lanes.enter(&task);
                if may_leave {
                    spawn_local(async move {
                        let exchange = fetch::send(&request).await;
                        runtime.hear(Event::Answered { task, exchange });
                    });
                }
            }
            Effect::TakeSnapshot {
                capture,
                tab,
                plan,
                only_at,
            } => {
                spawn_local(async move {
                    let tab = i32::try_from(tab).unwrap_or(-1);
                    let plan = serde_json::to_string(&plan).unwrap_or_default();
                    let taken = runtime.inner.shim.take_snapshot(tab, &plan, only_at).await;
                    let result = match taken.map(|value| value.as_string()) {
                        Ok(Some(text)) => Ok(text),
                        Ok(None) => Err(SnapshotFailure::Failed),
                        Err(_) => Err(SnapshotFailure::NotReachable),
                    };
                    runtime.hear(Event::SnapshotTaken { capture, result });
                });
                self.rehearse();
            }
            Effect::OpenSignInWindow { url, interactive } => spawn_local(async move {
                runtime.hear(Event::SignInReturned(sign_in(&url, interactive).await));
            }),
            Effect::WakeAt(moment) => self.wake_at(moment),
        }
    }

    /// Once in a worker's life, and only when the page has been asked.
    fn rehearse(&self) {
        let rehearsed = std::mem::replace(&mut self.inner.state.borrow_mut().rehearsed, true);
        if !rehearsed {
            let inner = Rc::clone(&self.inner);
            spawn_local(async move { rehearsal::rehearse(&inner.machine) });
        }
    }

    /// An alarm wakes a worker that was stopped; a timer is for moments sooner than an alarm may be.
    fn wake_at(&self, moment: Timestamp) {
        #[derive(Serialize)]
        struct AlarmInfo {
            when: i64,
        }
        if let Ok(info) = to_script(&AlarmInfo { when: moment.0 }) {
            // A refused alarm leaves the other triggers: start-up, an opened panel, the network coming back.
            drop(chrome::create_alarm(ALARM, &info));
        }
        let wait = i32::try_from(moment.0.saturating_sub(now().0).max(0)).unwrap_or(i32::MAX);
        let is_set = self.inner.state.borrow().timer == Some(moment);
        if wait < SHORTEST_ALARM_MILLISECONDS && !is_set {
            self.inner.state.borrow_mut().timer = Some(moment);
            let runtime = self.clone();
            let callback = Closure::once_into_js(move || runtime.timer_rang(moment));
            chrome::set_timeout(&callback, wait);
        }
    }

    fn timer_rang(&self, moment: Timestamp) {
        let is_current = self.inner.state.borrow().timer == Some(moment);
        if is_current {
            self.inner.state.borrow_mut().timer = None;
            self.woken();
        }
    }
}

async fn sign_in(url: &str, interactive: bool) -> Result<String, WindowFailure> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Details<'a> {
        url: &'a str,
        interactive: bool,
        abort_on_load_for_non_interactive: bool,
        timeout_ms_for_non_interactive: u32,
    }
    let details = Details {
        url,
        interactive,
        // Sign-in servers go on by script, so a page that loads is not yet a question to the person.
        abort_on_load_for_non_interactive: false,
        timeout_ms_for_non_interactive: SILENT_SIGN_IN_MILLISECONDS,
    };
    let details = to_script(&details).map_err(|_| WindowFailure::NotLoaded)?;
    match chrome::launch_web_auth_flow(&details).await {
        Ok(address) => address.as_string().ok_or(WindowFailure::Closed),
        Err(error) => Err(window_failure(&error)),
    }
}

/// Chrome tells these apart by its English messages only.
fn window_failure(error: &JsValue) -> WindowFailure {
    let message = js_sys::Error::from(error.clone())
        .message()
        .as_string()
        .unwrap_or_default();
    if message.contains("interaction required") {
        WindowFailure::InteractionRequired
    } else if message.contains("could not be loaded") {
        WindowFailure::NotLoaded
    } else {
        WindowFailure::Closed
    }
}

#[expect(
    clippy::as_conversions,
    reason = "Date.now() is a whole number far below 2^53"
)]
fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// From the system's secure source. Without it nothing may be named or signed in, so the worker ends.
fn entropy() -> [u8; 32] {
    let mut bytes = [0; 32];
    if getrandom::getrandom(&mut bytes).is_err() {
        wasm_bindgen::throw_str("the browser gave no randomness");
    }
    bytes
}
