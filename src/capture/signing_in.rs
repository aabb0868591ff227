//! Signing in, renewing, signing out.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::effect::{Effect, Renewal, Task};
use super::event::WindowFailure;
use super::notice::{Notice, NoticeCode};
use super::step::Turn;
use super::world::{Desk, Panel, SignIn};
use crate::http::Exchange;
use crate::oauth::{
    ApiName, Authority, AuthorizationRequest, Prompt, RefusalCause, Session, SignInError,
    SignInMaterial, TokenGrant,
};

/// How long nothing is renewed after a renewal that found no server.
const RENEWAL_PAUSE_SECONDS: i64 = 15;

impl Turn<'_> {
    /// The buyer wants to sign in.
    pub(super) fn sign_in(&mut self) {
        let known = self.world.journal.preferences.username.clone();
        let prompt = known.map_or(Prompt::First, |login_hint| Prompt::Again { login_hint });
        self.open_window(prompt);
    }

    /// The buyer wants to be somebody else: nothing of the last session is taken as a hint.
    pub(super) fn switch_account(&mut self) {
        self.sign_out();
        self.open_window(Prompt::First);
    }

    /// The sign-in server, by the tenant of the last session where the deployment is for any.
    fn authority(&self) -> Option<Authority> {
        let deployment = &self.machine.deployment;
        let tenant = self.tenant();
        deployment.authority_in(&tenant).ok()
    }

    fn tenant(&self) -> String {
        let deployment = &self.machine.deployment;
        let known = self.world.journal.preferences.tenant.clone();
        known
            .filter(|_| deployment.is_multi_tenant())
            .unwrap_or_else(|| deployment.tenant.clone())
    }

    /// Where an administrator allows the application.
    pub(super) fn admin_consent_url(&self) -> Option<String> {
        let machine = self.machine;
        machine
            .deployment
            .admin_consent_url(&self.tenant(), &machine.redirect_uri)
    }

    /// An API wants more than its token proves: the buyer is asked, and the next sign-in asks for it.
    pub(super) fn challenged(&mut self, claims: String) {
        self.world.desk.claims = Some(claims);
        self.signed_out(Notice::new(NoticeCode::StepUpNeeded));
    }

    pub(super) fn sign_out(&mut self) {
        let mut panels = std::mem::take(&mut self.world.desk.panels);
        for panel in panels.values_mut() {
            if let Panel::Reviewing { review } = panel {
                // Somebody else may have other rights.
                review.details.check = None;
            }
        }
        self.world.desk = Desk {
            panels,
            ..Desk::default()
        };
        self.world.journal.preferences.username = None;
        self.world.journal.preferences.tenant = None;
    }

    fn open_window(&mut self, prompt: Prompt) {
        if !matches!(self.world.desk.sign_in, SignIn::SignedOut { .. }) {
            return;
        }
        if !self.machine.deployment.is_configured() {
            return self.signed_out(Notice::new(NoticeCode::NotConfigured));
        }
        let material = SignInMaterial {
            state: BASE64_URL_SAFE_NO_PAD.encode(self.random("state")),
            code_verifier: BASE64_URL_SAFE_NO_PAD.encode(self.random("code_verifier")),
            nonce: BASE64_URL_SAFE_NO_PAD.encode(self.random("nonce")),
            claims: self.world.desk.claims.clone(),
        };
        let interactive = prompt.is_interactive();
        let Some(authority) = self.authority() else {
            return self.signed_out(Notice::new(NoticeCode::NotConfigured));
        };
        let redirect_uri = &self.machine.redirect_uri;
        match AuthorizationRequest::new(&authority, redirect_uri, prompt, material) {
            Ok(AuthorizationRequest { url, pending }) => {
                self.world.desk.sign_in = SignIn::WindowOpen { pending };
                self.effects
                    .push(Effect::OpenSignInWindow { url, interactive });
            }
            Err(error) => {
                let notice = Notice::with_detail(NoticeCode::SignInRefused, error.to_string());
                self.signed_out(notice);
            }
        }
    }

    pub(super) fn sign_in_returned(&mut self, returned: Result<String, WindowFailure>) {
        let SignIn::WindowOpen { pending } = &self.world.desk.sign_in else {
            return;
        };
        let pending = pending.clone();
        let code = match returned {
            Ok(address) => pending.code(&address),
            Err(WindowFailure::Closed) => Err(SignInError::Cancelled),
            Err(WindowFailure::InteractionRequired) => Err(SignInError::InteractionRequired),
            Err(WindowFailure::NotLoaded) => Err(SignInError::Unavailable),
        };
        match code {
            Ok(code) => self.world.desk.sign_in = SignIn::Redeeming { pending, code },
            Err(error) => self.refused_sign_in(&error),
        }
    }

    /// What the server asks for is kept for the next try; an account that does not belong here is no hint for it.
    fn refused_sign_in(&mut self, error: &SignInError) {
        match error {
            SignInError::StepUpRequired { claims } => self.world.desk.claims = Some(claims.clone()),
            SignInError::Refused {
                cause: RefusalCause::WrongTenant,
                ..
            } => {
                self.world.journal.preferences.username = None;
                self.world.journal.preferences.tenant = None;
            }
            _ => {}
        }
        self.signed_out(error.into());
    }

    pub(super) fn redeemed(&mut self, exchange: &Exchange) {
        let SignIn::Redeeming { pending, .. } = &self.world.desk.sign_in else {
            return;
        };
        match Session::begin(pending, exchange, self.now) {
            Ok(session) => {
                let preferences = &mut self.world.journal.preferences;
                preferences.username = Some(session.account.username.clone());
                preferences.tenant.clone_from(&session.account.tenant);
                self.world.desk.claims = None;
                self.world.desk.sign_in = SignIn::SignedIn { session };
                self.world.desk.silent_sign_in_tried = false;
                self.forget_failures();
            }
            Err(error) => self.refused_sign_in(&error),
        }
    }

    /// The answer of an earlier session is left alone: it may be another person's.
    pub(super) fn renewed(&mut self, renewal: &Renewal, exchange: &Exchange) {
        let SignIn::SignedIn { session } = &mut self.world.desk.sign_in else {
            return;
        };
        if session.begun_at != renewal.session {
            return;
        }
        match session.renew(renewal.api, exchange, self.now) {
            Ok(()) => {}
            Err(error) if error.is_transient() => {
                self.world.desk.renew_not_before = self.now.plus_seconds(RENEWAL_PAUSE_SECONDS);
            }
            // A session that has ended may be renewed without the buyer; what was refused may not.
            Err(SignInError::InteractionRequired) => self.session_ended(),
            Err(error) => self.refused_sign_in(&error),
        }
    }

    fn session_ended(&mut self) {
        self.world.desk.sign_in = SignIn::SignedOut {
            notice: Some(Notice::new(NoticeCode::SignInNeeded)),
        };
    }

    /// Forgets an access token that its API refused, so that the next is a fresh one.
    pub(super) fn reject_token(&mut self, api: ApiName) {
        if let SignIn::SignedIn { session } = &mut self.world.desk.sign_in {
            session.reject(api);
        }
    }

    /// A failed try is not repeated without the buyer.
    fn signed_out(&mut self, notice: Notice) {
        self.world.desk.sign_in = SignIn::SignedOut {
            notice: Some(notice),
        };
        self.world.desk.silent_sign_in_tried = true;
    }

    pub(super) fn owe_renewal(&mut self, api: ApiName) {
        if self.now < self.world.desk.renew_not_before {
            return;
        }
        let SignIn::SignedIn { session } = &self.world.desk.sign_in else {
            return;
        };
        let authority = self.authority();
        let renewal = Renewal {
            api,
            session: session.begun_at,
        };
        let request = session.refresh_token().and_then(|refresh| {
            let authority = authority?;
            TokenGrant::Refresh(refresh)
                .request(&authority, authority.api(api).ok()?)
                .ok()
        });
        match request {
            Some(request) => self.fetch(Task::Renew(renewal), request),
            None => self.session_ended(),
        }
    }

    /// The code of a sign-in is owed to the token endpoint; and where a session ended while there is work, one silent
    /// try is owed to the buyer before a button.
    pub(super) fn owe_sign_in(&mut self) {
        match &self.world.desk.sign_in {
            SignIn::Redeeming { pending, code } => {
                let Some(authority) = self.authority() else {
                    return;
                };
                let grant = TokenGrant::Code(code, pending);
                match grant.request(&authority, &authority.business_central) {
                    Ok(request) => self.fetch(Task::Redeem, request),
                    Err(error) => self.signed_out(Notice::with_detail(
                        NoticeCode::SignInRefused,
                        error.to_string(),
                    )),
                }
            }
            SignIn::SignedOut { .. } => self.owe_silent_sign_in(),
            SignIn::WindowOpen { .. } | SignIn::SignedIn { .. } => {}
        }
    }

    fn owe_silent_sign_in(&mut self) {
        let journal = &self.world.journal;
        let Some(login_hint) = journal.preferences.username.clone() else {
            return;
        };
        let owed = journal
            .deliveries
            .values()
            .any(|delivery| !delivery.stage.has_ended());
        let watched = self.world.desk.is_watched();
        if self.world.desk.silent_sign_in_tried || !(owed || watched) {
            return;
        }
        self.world.desk.silent_sign_in_tried = true;
        self.open_window(Prompt::Silent { login_hint });
    }
}
