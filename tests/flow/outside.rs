//! Everything outside the core in one small model: sign-in server, Business Central, credit service. It answers what the
//! core asks over its own requests, and counts what came of them.

use std::collections::BTreeMap;

use punchout::http::{Answer, Exchange, Method, NoAnswer, Request};
use serde_json::{Value, json};

/// What the world outside does to the next request whose method and address contain a text.
#[derive(Clone, Debug)]
pub struct Fault {
    pub path: &'static str,
    pub does: Does,
}

/// What a fault does, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Answers with a status and Business Central's envelope, and does nothing.
    Refuses(u16, &'static str),
    /// Does nothing, and answers nothing.
    LosesTheRequest,
    /// Does what was asked, and answers nothing.
    LosesTheAnswer,
    /// Forgets what it holds, as a service does whose backup was restored, and then does what was asked.
    ForgetsTheHold,
    /// Answers nothing, and does what was asked only after it has refused something.
    ActsAfterARefusal,
}

#[derive(Debug, Default)]
pub struct Outside {
    pub faults: Vec<Fault>,
    pub credits: i64,
    /// Captures in Business Central: how often a post was accepted, and the hash of the lines.
    pub captures: BTreeMap<String, Value>,
    pub accepted_posts: usize,
    /// What the credit service knows of each capture.
    pub holds: BTreeMap<String, &'static str>,
    pub debits: usize,
    pub requests: Vec<(Method, String)>,
    /// The ids and languages of the requests to Business Central.
    pub marks: Vec<(String, String)>,
    /// What the dry run finds: JSON text.
    pub problems: Option<String>,
    /// What `itemMatches` knows.
    pub matches: Vec<Value>,
    /// What stands in lists, by a part of their addresses.
    pub lists: Vec<(&'static str, Value)>,
    /// What items were made of.
    pub made: Vec<Value>,
    /// Whether refresh tokens are accepted.
    pub session_over: bool,
    pub tokens: usize,
    pub late: Option<Request>,
}

impl Outside {
    pub fn answer(&mut self, request: &Request) -> Exchange {
        self.requests.push((request.method, request.url.clone()));
        let asked = format!("{} {}", request.method.token(), request.url);
        let fault = self
            .faults
            .iter()
            .position(|fault| asked.contains(fault.path));
        let does = fault.map(|index| self.faults.remove(index).does);
        match does {
            Some(Does::LosesTheRequest) => Err(NoAnswer),
            Some(Does::LosesTheAnswer) => {
                drop(self.act(request));
                Err(NoAnswer)
            }
            Some(Does::ActsAfterARefusal) => {
                self.late = Some(request.clone());
                Err(NoAnswer)
            }
            Some(Does::Refuses(status, code)) => {
                if let Some(late) = self.late.take() {
                    drop(self.act(&late));
                }
                Ok(refusal(status, code))
            }
            Some(Does::ForgetsTheHold) => {
                self.holds.clear();
                Ok(self.act(request))
            }
            None => Ok(self.act(request)),
        }
    }

    fn act(&mut self, request: &Request) -> Answer {
        let (place, path) = request.url.split_once(".test").expect("a test address");
        let body = request.body.as_deref().unwrap_or_default();
        if place == "https://bc" {
            let mark = |name| {
                let held = request.headers.iter().find(|(field, _)| field == name);
                held.map(|(_, value)| value.clone()).unwrap_or_default()
            };
            let mark = (mark("client-request-id"), mark("accept-language"));
            self.marks.push(mark);
        }
        match place {
            "https://sign-in" => self.token(),
            "https://bc" => self.business_central(request.method, path, body),
            "https://credits" => self.credit_service(path, body),
            other => panic!("nothing may be sent to {other}"),
        }
    }

    fn token(&mut self) -> Answer {
        if self.session_over {
            return answer(400, json!({"error": "invalid_grant"}));
        }
        self.tokens += 1;
        answer(
            200,
            json!({"access_token": format!("access-{}", self.tokens), "token_type": "Bearer", "expires_in": 3600, "refresh_token": format!("refresh-{}", self.tokens)}),
        )
    }

    fn business_central(&mut self, method: Method, path: &str, body: &str) -> Answer {
        if let Some((_, rest)) = path.split_once("/captures(") {
            let id = rest.trim_end_matches(')');
            return match self.captures.get(id) {
                Some(stored) => answer(200, stored.clone()),
                None => refusal(404, "Internal_RecordNotFound"),
            };
        }
        if method == Method::Post && path.ends_with("/captures") {
            let posted: Value = serde_json::from_str(body).expect("a JSON body");
            let id = posted["id"].as_str().expect("an id").to_owned();
            if self.captures.contains_key(&id) {
                return refusal(400, "Internal_EntityWithSameKeyExists");
            }
            self.accepted_posts += 1;
            self.captures.insert(id, posted.clone());
            return answer(201, posted);
        }
        self.look_up(path, body)
    }

    fn look_up(&mut self, path: &str, body: &str) -> Answer {
        if path.ends_with("/captureChecks") {
            let problems = self.problems.as_deref().unwrap_or("[]");
            return answer(201, json!({"problems": problems}));
        }
        if path.ends_with("/newItems") {
            let wanted: Value = serde_json::from_str(body).expect("a JSON body");
            if !self.made.contains(&wanted) {
                self.made.push(wanted);
            }
            return answer(201, json!({"itemNumber": "NEW-1", "created": true}));
        }
        if path.contains("/itemMatches?") {
            return answer(200, json!({"value": self.matches}));
        }
        let list = self.lists.iter().find(|(part, _)| path.contains(part));
        let entries = list.map_or_else(|| json!([]), |(_, entries)| entries.clone());
        answer(200, json!({"value": entries}))
    }

    fn credit_service(&mut self, path: &str, body: &str) -> Answer {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        match parts.as_slice() {
            ["account"] => {
                let held = i64::try_from(self.live_holds()).expect("few");
                answer(
                    200,
                    json!({"balance": self.credits, "held": held, "available": self.credits - held}),
                )
            }
            ["captures", id] => self.hold(id, body),
            ["captures", id, "confirm"] if !self.holds.contains_key(*id) => {
                answer(404, json!({"error": {"code": "unknown_capture"}}))
            }
            ["captures", id, "confirm"] => {
                if self.holds.insert((*id).to_owned(), "confirmed") != Some("confirmed") {
                    self.debits += 1;
                    self.credits -= 1;
                }
                answer(200, json!({}))
            }
            ["captures", id, "release"] => {
                self.holds.insert((*id).to_owned(), "released");
                answer(200, json!({}))
            }
            _ => panic!("no such address: {path}"),
        }
    }

    fn hold(&mut self, id: &str, body: &str) -> Answer {
        let facts: BTreeMap<String, Value> = serde_json::from_str(body).expect("a JSON body");
        let names: Vec<&str> = facts.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["captured_at", "line_count", "vendor_host"],
            "more than was promised"
        );
        if self.holds.get(id) != Some(&"held") {
            if self.credits - i64::try_from(self.live_holds()).expect("few") < 1 {
                return answer(402, json!({"error": {"code": "insufficient_credits"}}));
            }
            self.holds.insert(id.to_owned(), "held");
        }
        answer(200, json!({}))
    }

    pub fn live_holds(&self) -> usize {
        self.holds
            .values()
            .filter(|state| **state == "held")
            .count()
    }
}

fn answer(status: u16, body: Value) -> Answer {
    Answer {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_string(),
    }
}

fn refusal(status: u16, code: &str) -> Answer {
    let message = "It says why.  CorrelationId:  12345678-1234-1234-1234-1234567890ab.";
    answer(status, json!({"error": {"code": code, "message": message}}))
}
