//! What people do, and what befalls machines.

use punchout::business_central::Worksheet;
use punchout::capture::{Action, Event, Records, Stage, WindowId};
use punchout::capture_id::CaptureId;

use super::worker::reviewing;
use super::{Happening, Simulation};
use crate::browser::{STALE_WINDOW, WINDOW};
use crate::given;
use crate::scenario::Act;

impl Simulation<'_> {
    pub(super) fn tell(&mut self, browser: usize, window: WindowId, action: Action) {
        self.hear(browser, Event::Acted { window, action });
    }

    pub(super) fn act(&mut self, act: Act) {
        self.note(|| format!("{act:?}"));
        match act {
            Act::Confirm(browser) => self.tell(browser, WINDOW, Action::Confirm),
            Act::ConfirmInStaleWindow(browser) => self.confirm_stale(browser),
            Act::CorrectAndConfirm(browser) => self.correct(browser),
            Act::Abandon(browser) => {
                if let Some(capture) = self.returned(browser) {
                    self.tell(browser, WINDOW, Action::Abandon { capture });
                }
            }
            Act::ChooseOtherWorksheet(browser) => self.choose_worksheet(browser, 1),
            Act::TryNow(browser) => self.tell(browser, WINDOW, Action::Retry),
            Act::Open(browser) => self.hear(browser, Event::Woken),
            Act::SignIn(browser) => self.tell(browser, WINDOW, Action::SignIn),
            Act::SignOut(browser) => self.tell(browser, WINDOW, Action::SignOut),
            Act::Colleague(browser, sits) => {
                let person = if sits { given::COLLEAGUE } else { given::BUYER };
                self.browsers[browser].person = person;
            }
            Act::VendorBlocked(blocked) => {
                let blocked = if blocked { "All" } else { " " };
                let bc = &mut self.outside.business_central;
                bc.set_blocked(given::VENDOR, blocked);
            }
            Act::DeleteWorksheet => {
                let worksheets = &mut self.outside.business_central.ground.worksheets;
                worksheets.retain(|worksheet| worksheet.name != "DEFAULT");
            }
            Act::Rights(rights) => {
                let bc = &mut self.outside.business_central;
                bc.set_rights(given::BUYER, rights);
            }
            Act::EndSessions => self.outside.authority.end_sessions(),
            Act::RevokeAccess => self.outside.authority.revoke_access(),
            Act::LoseHolds => self.outside.credits.records.clear(),
            Act::NetworkDown(down) => self.network_down = down,
            other => self.befalls(other),
        }
    }

    /// What befalls a machine.
    fn befalls(&mut self, act: Act) {
        match act {
            Act::KillWorker(browser) => self.browsers[browser].stop_worker(),
            Act::KillBrowser(browser) => {
                let until = self.now + 60_000;
                let machine = &mut self.browsers[browser];
                machine.kill();
                machine.absent_until = until;
                self.foresee(until, Happening::Act(Act::Open(browser)));
            }
            Act::Sleep(browser, millis) => {
                let until = self.now + millis;
                let machine = &mut self.browsers[browser];
                machine.stop_worker();
                machine.absent_until = until;
            }
            Act::SetClock(browser, millis) => self.browsers[browser].clock += millis,
            Act::DiskFull(browser, full) => self.browsers[browser].disk_full = full,
            Act::SessionFull(browser, full) => self.browsers[browser].session_full = full,
            Act::LoseProfile(browser) => {
                let machine = &mut self.browsers[browser];
                machine.kill();
                machine.storage.local = punchout::sorted::SortedMap::new();
                machine.was_lost = true;
            }
            _ => {}
        }
    }

    /// Shows a cart under review, as reading a page leaves it.
    pub(super) fn show_review(&mut self, browser: usize, capture: [u8; 16]) {
        let machine = &mut self.browsers[browser];
        if machine.worker.is_none() {
            machine.start_worker(self.now);
        }
        let worker = machine.worker.as_mut().expect("a worker");
        let panel = reviewing(given::review(capture));
        worker.world.desk.panels.insert(WINDOW, panel.clone());
        worker.stored = Records::of(&worker.world).expect("a state that can be written");
        machine.storage = worker.stored.clone();
        machine.stale_panel = Some(panel);
    }

    /// A second window still shows the review from before the confirmation.
    fn confirm_stale(&mut self, browser: usize) {
        self.hear(browser, Event::Woken);
        let machine = &mut self.browsers[browser];
        if let (Some(worker), Some(panel)) = (&mut machine.worker, machine.stale_panel.clone()) {
            worker.world.desk.panels.insert(STALE_WINDOW, panel);
            self.tell(browser, STALE_WINDOW, Action::Confirm);
        }
    }

    fn correct(&mut self, browser: usize) {
        let Some(capture) = self.returned(browser) else {
            return;
        };
        self.tell(browser, WINDOW, Action::Correct { capture });
        self.run_until(self.now + 15_000);
        self.tell(browser, WINDOW, Action::Confirm);
    }

    /// A capture that came back and can be corrected.
    fn returned(&mut self, browser: usize) -> Option<CaptureId> {
        self.hear(browser, Event::Woken);
        let world = self.browsers[browser].world();
        let mut deliveries = world.journal.deliveries.iter();
        let returned = deliveries.find(|(_, delivery)| {
            matches!(delivery.stage, Stage::Returned { .. }) && delivery.cargo.is_some()
        });
        returned.map(|(capture, _)| capture.clone())
    }

    pub(super) fn choose_worksheet(&mut self, browser: usize, which: usize) {
        let name = ["DEFAULT", "OFFICE"][which].to_owned();
        let worksheet = Worksheet {
            worksheet_template_name: "REQ.".to_owned(),
            name,
            description: String::new(),
        };
        self.tell(browser, WINDOW, Action::ChooseWorksheet { worksheet });
    }
}
