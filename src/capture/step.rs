//! One step of the machine.

use sha2::{Digest, Sha256};

use super::delivering::Question;
use super::effect::{Effect, Peer, Task};
use super::event::{Action, Event, Input};
use super::notice::Notice;
use super::world::{Panel, SignIn, WindowId, World};
use crate::business_central::Service;
use crate::capture_id::CaptureId;
use crate::credits::CreditService;
use crate::deployment::Deployment;
use crate::http::{Exchange, Request};
use crate::oauth::{ApiName, claims_challenge};
use crate::supplier::Catalog;
use crate::timestamp::Timestamp;

/// How soon what is under way is looked at again, should its worker be stopped: as soon as an alarm may ring.
const WATCH_SECONDS: i64 = 30;

/// The longest pause between two tries.
const LONGEST_OWN_PAUSE_SECONDS: i64 = 900;

/// The longest pause that a server is believed.
const LONGEST_TOLD_PAUSE_SECONDS: i64 = 3_600;

/// The state machine with what never changes while a worker lives.
#[derive(Debug)]
pub struct Machine {
    pub(super) catalog: Catalog,
    pub(super) deployment: Deployment,
    pub(super) redirect_uri: String,
    pub(super) business_central: Service,
    pub(super) credit_service: Option<CreditService>,
}

/// What a step gives: the state to store first, and the effects to perform second.
#[derive(Clone, Debug)]
pub struct Step {
    /// The next state.
    pub world: World,
    /// What to do.
    pub effects: Vec<Effect>,
}

impl Machine {
    /// A machine for a deployment. `redirect_uri` is what the browser gives for this extension.
    ///
    /// # Errors
    /// Where the deployment names no usable endpoints.
    pub fn new(
        catalog: Catalog,
        deployment: Deployment,
        redirect_uri: &str,
    ) -> Result<Self, crate::deployment::DeploymentError> {
        deployment.authority()?;
        let place = &deployment.business_central;
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            business_central: Service::new(&place.base, &place.environment),
            credit_service: deployment
                .credits
                .as_ref()
                .map(|c| CreditService::new(&c.base)),
            catalog,
            deployment,
        })
    }

    /// The same machine for a buyer who reads `language`, a tag of BCP 47: Business Central words its messages in it.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        Self {
            business_central: self.business_central.speaking(language),
            ..self
        }
    }

    /// The environment of Business Central that this deployment uses.
    pub(super) fn environment(&self) -> &str {
        &self.deployment.business_central.environment
    }

    /// Takes one step: lets the event happen, then derives what is owed.
    #[must_use]
    pub fn step(&self, world: World, input: Input) -> Step {
        let Input {
            event,
            now,
            entropy,
        } = input;
        let mut turn = Turn {
            machine: self,
            world,
            now,
            entropy,
            effects: Vec::new(),
        };
        turn.mend_moments();
        turn.happen(event);
        turn.owe();
        Step {
            world: turn.world,
            effects: turn.effects,
        }
    }
}

/// Whether the panel shows something else afterwards; what was confirmed before is sent all the same.
const fn leaves_review(action: &Action) -> bool {
    matches!(
        action,
        Action::Follow { .. } | Action::Correct { .. } | Action::TrySample { .. }
    )
}

/// A step under way. Its parts stand in the files of this room, one for each part of the story.
pub(super) struct Turn<'m> {
    pub(super) machine: &'m Machine,
    pub(super) world: World,
    pub(super) now: Timestamp,
    entropy: [u8; 32],
    pub(super) effects: Vec<Effect>,
}

impl<'m> Turn<'m> {
    /// A turn that only looks: it derives, and nothing comes of it.
    pub(super) fn looking(machine: &'m Machine, world: World, now: Timestamp) -> Self {
        Self {
            machine,
            world,
            now,
            entropy: [0; 32],
            effects: Vec::new(),
        }
    }
}

impl Turn<'_> {
    fn happen(&mut self, event: Event) {
        match event {
            Event::Started => self.started(),
            Event::Woken => {}
            Event::Clicked { window, tab, url } => {
                self.send_confirmed(window);
                self.clicked(window, tab, url);
            }
            Event::SnapshotTaken { capture, result } => self.snapshot_taken(&capture, result),
            Event::SignInReturned(returned) => self.sign_in_returned(returned),
            Event::Answered { task, exchange } => self.answered(task, &exchange),
            Event::Acted { window, action } => self.acted(window, action),
            Event::WindowClosed(window) => {
                self.send_confirmed(window);
                self.world.desk.panels.remove(&window);
            }
        }
    }

    /// A window or a snapshot of an earlier worker brings nothing back any more. And the desk may be older than the
    /// journal: the two are stored one after the other.
    fn started(&mut self) {
        self.trim_history();
        if matches!(self.world.desk.sign_in, SignIn::WindowOpen { .. }) {
            self.world.desk.sign_in = SignIn::default();
        }
        let World { desk, journal } = &mut self.world;
        for panel in desk.panels.values_mut() {
            match panel {
                Panel::Reading { .. } => *panel = Panel::Idle,
                Panel::Reviewing { review } if journal.is_on_its_way(&review.capture) => {
                    let capture = review.capture.clone();
                    *panel = Panel::Following { capture };
                }
                _ => {}
            }
        }
        let windows: Vec<WindowId> = self.world.desk.panels.keys().copied().collect();
        for window in windows {
            self.ask_page(window);
        }
    }

    fn answered(&mut self, task: Task, exchange: &Exchange) {
        if !self.is_at(&task) {
            return;
        }
        let claims = exchange.as_ref().ok().and_then(claims_challenge);
        match task {
            Task::Redeem => self.redeemed(exchange),
            Task::Renew(renewal) => self.renewed(&renewal, exchange),
            Task::Credits => self.credits_told(exchange),
            Task::Check { capture, of } => self.checked(&capture, of, exchange),
            Task::CreateItem { capture, line } => self.item_created(&capture, line, exchange),
            Task::Hold(id) => self.held(&id, exchange),
            Task::Post(id) => self.told(&id, Question::Posted, exchange),
            Task::Read(id) => self.told(&id, Question::Read, exchange),
            Task::Confirm(id) => self.confirmed(&id, exchange),
            Task::Release(id) => self.released(&id, exchange),
            Task::Search {
                window,
                company,
                by,
                text,
            } => self.found((window, &company), (by, &text), exchange),
            list => self.listed(list, exchange),
        }
        if let Some(claims) = claims {
            self.challenged(claims);
        }
    }

    fn acted(&mut self, window: WindowId, action: Action) {
        if !matches!(action, Action::Search { .. }) {
            self.world.desk.searches.remove(&window);
        }
        if leaves_review(&action) {
            self.send_confirmed(window);
        }
        match action {
            Action::Search { subject, text } => self.search(window, subject, &text),
            Action::Forget { what } => self.world.journal.preferences.forget(&what),
            Action::SignIn => self.sign_in(),
            Action::SignOut => self.sign_out(),
            Action::SwitchAccount => self.switch_account(),
            Action::ChooseCompany { company } => self.choose_company(company),
            Action::ChooseWorksheet { worksheet } => {
                self.world.journal.preferences.worksheet = Some(worksheet);
            }
            Action::SendAgain => self.send_again(window),
            Action::Confirm => self.confirm(window),
            Action::TakeReading => self.take_reading(window),
            Action::ConfirmReviewed => self.confirm_reviewed(window),
            Action::Dismiss => {
                self.world.desk.panels.insert(window, Panel::Idle);
            }
            Action::TrySample { snapshot } => self.try_sample(window, snapshot),
            Action::CreateItems { template } => self.create_items(window, &template),
            Action::Follow { capture } => self.follow(window, capture),
            Action::Correct { capture } => self.correct(window, &capture),
            Action::Abandon { capture } => self.abandon(&capture),
            Action::Retry => self.retry(),
            choice => self.choose(window, choice),
        }
    }

    fn retry(&mut self) {
        self.world.desk.renew_not_before = Timestamp::default();
        self.world.desk.silent_sign_in_tried = false;
        self.forget_failures();
        for delivery in self.world.journal.deliveries.values_mut() {
            delivery.next_try = delivery.next_try.min(self.now);
        }
    }

    /// Derives from the state everything that is owed now, and when to look again.
    fn owe(&mut self) {
        self.owe_readings();
        self.owe_lists();
        self.owe_deliveries();
        self.owe_sign_in();
        self.owe_waking();
    }

    fn owe_waking(&mut self) {
        let owed = self
            .world
            .journal
            .deliveries
            .values()
            .filter(|d| !d.stage.has_ended());
        let delivery = owed.map(|delivery| delivery.next_try).min();
        // A worker that is stopped while a request is under way leaves nothing behind but this.
        let watch = delivery
            .filter(|next| *next <= self.now && self.username().is_some())
            .map(|_| self.now.plus_seconds(WATCH_SECONDS));
        let next = [
            delivery,
            watch,
            self.next_list_try(),
            self.next_reading(),
            Some(self.world.desk.renew_not_before),
        ]
        .into_iter()
        .flatten()
        .filter(|moment| *moment > self.now)
        .min();
        if let Some(moment) = next {
            self.effects.push(Effect::WakeAt(moment));
        }
    }

    /// An access token for an API, or `None` after having asked for what is missing.
    pub(super) fn token(&mut self, api: ApiName) -> Option<String> {
        let SignIn::SignedIn { session } = &self.world.desk.sign_in else {
            return None;
        };
        if let Some(token) = session.access_token(api, self.now) {
            return Some(token.secret().clone());
        }
        self.owe_renewal(api);
        None
    }

    /// Each request to Business Central has an id of its own, which its telemetry keeps: `client-request-id`.
    pub(super) fn fetch(&mut self, task: Task, request: Request) {
        let request = if task.peer() == Peer::Other {
            request
        } else {
            let number = self.effects.len();
            let [id @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
                self.random(&format!("request {number}"));
            request.header("client-request-id", CaptureId::from_random(id))
        };
        self.effects.push(Effect::Fetch { task, request });
    }

    /// 32 bytes that are fresh for each step and label.
    pub(super) fn random(&self, label: &str) -> [u8; 32] {
        Sha256::new()
            .chain_update(self.entropy)
            .chain_update(label)
            .finalize()
            .into()
    }

    /// How long to wait after `tries` failures: 2, 4, 8 … seconds up to a quarter of an hour, up to half as much
    /// again by chance, so that many clients do not come back together; never sooner than the server said, as far as it
    /// said something sensible.
    pub(super) fn later(&self, tries: u32, retry_after: Option<i64>) -> Timestamp {
        let doubled = 1_i64
            .checked_shl(tries.min(20).saturating_add(1))
            .unwrap_or(LONGEST_OWN_PAUSE_SECONDS);
        let told = retry_after.unwrap_or(0).min(LONGEST_TOLD_PAUSE_SECONDS);
        let seconds = doubled.min(LONGEST_OWN_PAUSE_SECONDS).max(told);
        let [chance, ..] = self.random("jitter");
        let jitter = seconds
            .saturating_mul(1000)
            .saturating_mul(i64::from(chance))
            / 512;
        Timestamp(self.now.plus_seconds(seconds).0.saturating_add(jitter))
    }

    /// Shows a notice where a capture was asked for.
    pub(super) fn not_read(&mut self, window: WindowId, notice: Notice) {
        self.world
            .desk
            .panels
            .insert(window, Panel::NotRead { notice });
    }
}
