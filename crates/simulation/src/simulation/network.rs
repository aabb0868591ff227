//! Requests on their way, and answers.

use std::rc::Rc;

use punchout::capture::{Event, Task};
use punchout::http::{Answer, Exchange, Method, NoAnswer, Request};
use serde_json::json;

use super::{Happening, Hearing, Sent, Simulation};
use crate::given;
use crate::guard::Guard;
use crate::outside::{Host, answer};
use crate::scenario::Does;

/// After this the client gives a request up, as `src/browser/fetch.rs` does.
const PATIENCE: i64 = 25_000;
/// A way that takes no chances.
const WAY: i64 = 200;
/// An answer that is sooner back than this comes before the request is given up.
const HEARD_IN_TIME: i64 = 20_000;
/// For how long a server may be at work on a request.
const LONGEST_WORK: i64 = 960_000;

impl Simulation<'_> {
    /// A worker sends a request.
    pub(super) fn send(&mut self, browser: usize, task: Task, request: Request) {
        self.count.requests += 1;
        let does = self.fate(&request);
        let ways = self.chance.ways;
        let mut way = |longest| {
            if ways {
                self.random.between(1, longest)
            } else {
                WAY
            }
        };
        let (there, back) = (way(4_000), way(30_000));
        self.note(|| {
            format!(
                "browser {browser} sends {} {} ({does:?})",
                request.method.token(),
                request.url
            )
        });
        self.numbers += 1;
        let sent = Rc::new(Sent {
            browser,
            life: self.browsers[browser].life,
            number: self.numbers,
            task,
            request,
            does,
            way_back: back,
        });
        let life = sent.life;
        crate::truth::is_sent(self, (browser, life), (&sent.task, &sent.request));
        let worker = self.browsers[browser].worker.as_mut().expect("a worker");
        worker.open.insert(sent.number);
        let nothing = Happening::Answer(Rc::clone(&sent), Err(NoAnswer), Hearing::First);
        self.foresee(self.now + PATIENCE, nothing);
        self.foresee(self.now + there, Happening::Arrives(sent));
    }

    fn fate(&mut self, request: &Request) -> Does {
        if self.network_down {
            return Does::LosesRequest;
        }
        let asked = format!("{} {}", request.method.token(), request.url);
        let host = Host::of(request);
        let fits = |(target, _): &(crate::scenario::Target, Does)| {
            target.host == host && asked.contains(target.part)
        };
        match self.fates.iter().position(fits) {
            Some(place) => self.fates.remove(place).1,
            None => self.chance.fate(&mut self.random),
        }
    }

    pub(super) fn arrives(&mut self, sent: &Rc<Sent>) {
        let back = self.now + sent.way_back;
        let reply = |exchange| Happening::Answer(Rc::clone(sent), exchange, Hearing::First);
        match sent.does {
            Does::LosesRequest => {}
            Does::LosesAnswer => drop(self.serve(sent)),
            Does::ActsLate(after) => {
                let at = (self.now + PATIENCE + after).min(self.now + LONGEST_WORK);
                self.foresee(at, Happening::ActsLate(Rc::clone(sent)));
            }
            Does::Says(status) => {
                let said = said(status, &sent.request);
                self.foresee(back, reply(Ok(said)));
            }
            Does::SaysAfterActing(status) => {
                drop(self.serve(sent));
                self.foresee(back, reply(Ok(said(status, &sent.request))));
            }
            Does::Works => {
                let answer = self.serve(sent);
                self.foresee(back, reply(Ok(answer)));
            }
            Does::Twice => {
                let answer = self.serve(sent);
                drop(self.serve(sent));
                self.foresee(back, reply(Ok(answer)));
            }
            Does::HeardTwice => {
                let answer = self.serve(sent);
                let again = Happening::Answer(Rc::clone(sent), Ok(answer.clone()), Hearing::Again);
                self.foresee(back, reply(Ok(answer)));
                if sent.way_back < HEARD_IN_TIME {
                    self.foresee(back, again);
                }
            }
        }
    }

    /// A hold that comes after its capture was given back stands until it expires.
    pub(super) fn acts_late(&mut self, sent: &Rc<Sent>) {
        if let Task::Hold(id) = &sent.task {
            self.late_holds.insert(id.to_string());
        }
        drop(self.serve(sent));
    }

    fn serve(&mut self, sent: &Sent) -> Answer {
        let answer = self.outside.act(&sent.request, self.now);
        self.note(|| {
            format!(
                "    {} {} comes to {}",
                sent.request.method.token(),
                sent.request.url,
                answer.status
            )
        });
        crate::truth::servers_changed(self);
        answer
    }

    pub(super) fn answered(&mut self, sent: &Rc<Sent>, exchange: Exchange, hearing: Hearing) {
        let browser = &mut self.browsers[sent.browser];
        if browser.life != sent.life {
            return;
        }
        let Some(worker) = &mut browser.worker else {
            return;
        };
        // Who gave up, or was answered, hears nothing of the rest.
        if hearing == Hearing::First && !worker.open.remove(&sent.number) {
            return;
        }
        let exchange = self.mistaken(sent, exchange);
        crate::truth::is_answered(self, (sent.browser, &sent.task), &exchange);
        let task = sent.task.clone();
        self.hear(sent.browser, Event::Answered { task, exchange });
    }

    /// What the client takes an answer for, where a guard is missing.
    fn mistaken(&self, sent: &Sent, exchange: Exchange) -> Exchange {
        let unknown = match &exchange {
            Err(NoAnswer) => true,
            Ok(answer) => answer.status == 408 || answer.status >= 500,
        };
        let refused = matches!(&exchange, Ok(answer) if answer.status == 401);
        match (self.missing, &sent.task) {
            (Some(Guard::UnknownIsNoRefusal), Task::Post(_)) if unknown => {
                Ok(said(400, &sent.request))
            }
            (Some(Guard::ConfirmedUntilAnswered), Task::Confirm(_)) if unknown => {
                Ok(answer(200, &json!({})))
            }
            (Some(Guard::RefusedTokenIsForgotten), _) if refused => Err(NoAnswer),
            _ => exchange,
        }
    }
}

/// An answer of a front end, which does nothing.
fn said(status: u16, request: &Request) -> Answer {
    let code = match (status, Host::of(request)) {
        (400, _) => "Application_DialogException",
        (401, _) => "Authentication_InvalidCredentials",
        _ => "Unknown",
    };
    let mut said = answer(status, &json!({"error": {"code": code, "message": "no"}}));
    if status == 429 {
        said.headers
            .push(("retry-after".to_owned(), "20".to_owned()));
    }
    said
}

/// Whether a request leaves for somebody else than the buyer's own Business Central with something of the cart.
pub(crate) fn tells_of_the_cart(request: &Request) -> bool {
    let body = request.body.as_deref().unwrap_or_default();
    let tells = |text: &str| given::CART_WORDS.iter().any(|word| text.contains(word));
    Host::of(request) != Host::BusinessCentral && (tells(body) || tells(&request.url))
        || request.method == Method::Get && tells(body)
}
