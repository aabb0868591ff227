//! A stand-in with the demo data, an issuer of tokens, and what tests say to both.

use std::net::SocketAddr;
use std::sync::Arc;

use bc_standin::entra::IssuedTokens;
use bc_standin::odata::Mount;
use bc_standin::store::{DEMO_SEED, Seed, Store};
use bc_standin::{Options, Standin};
use bearer::{Settings, Verifier};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use test_issuer::Issuer;

use crate::http::{Answer, Call, send};

pub const AUDIENCE: &str = "https://api.businesscentral.dynamics.com";
pub const COMPANY: &str = "a1b2c3d4-0001-4000-8000-000000000001";
pub const BUYER: &str = "anna.buyer@example.test";
pub const ROUTE: &str = "/v2.0/demo/production/api/punchout/procurement/v1.0";

pub struct World {
    pub standin: Standin,
    pub issuer: Issuer,
}

impl World {
    pub async fn start() -> Self {
        Self::start_with("memory", 20_000).await
    }

    pub async fn start_with(database: &str, page_size: usize) -> Self {
        Self::start_trusting(database, page_size, |settings| settings).await
    }

    /// Starts with other settings for tokens.
    pub async fn start_trusting(
        database: &str,
        page_size: usize,
        change: impl FnOnce(Settings) -> Settings,
    ) -> Self {
        let issuer = Issuer::start().await.unwrap();
        let settings = change(Settings::new(issuer.url(), AUDIENCE));
        let seed = Seed::parse(DEMO_SEED).unwrap();
        let standin = Standin::start(Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            admin: SocketAddr::from(([127, 0, 0, 1], 0)),
            store: Store::open(database, &seed).await.unwrap(),
            access: Arc::new(IssuedTokens(Verifier::discover(settings).await.unwrap())),
            mount: Mount {
                base_path: "/v2.0/demo".to_owned(),
                environment: "production".to_owned(),
            },
            page_size,
        })
        .await
        .unwrap();
        Self { standin, issuer }
    }

    pub fn token_of(&self, login: &str) -> String {
        let mut claims = self.issuer.claims(AUDIENCE);
        claims["preferred_username"] = json!(login);
        self.issuer.token(&claims)
    }

    /// A call of the API as the buyer.
    pub fn call(&self, method: &'static str, target: impl Into<String>) -> Call {
        Call {
            method,
            target: target.into(),
            headers: vec![
                ("Authorization", format!("Bearer {}", self.token_of(BUYER))),
                ("Content-Type", "application/json".to_owned()),
            ],
            body: String::new(),
        }
    }

    pub async fn send(&self, call: &Call) -> Answer {
        send(self.standin.api, call).await.expect("an answer")
    }

    /// Reads below the company.
    pub async fn get(&self, below: &str) -> Answer {
        let target = format!("{ROUTE}/companies({COMPANY})/{below}");
        self.send(&self.call("GET", target)).await
    }

    /// Reads a set with a `$filter`.
    pub async fn filter(&self, set: &str, filter: &str) -> Answer {
        let encoded: String = filter.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.get(&format!("{set}?$filter={encoded}")).await
    }

    pub fn posting(&self, capture: &Value) -> Call {
        let mut call = self.call("POST", format!("{ROUTE}/companies({COMPANY})/captures"));
        call.body = capture.to_string();
        call
    }

    pub async fn post(&self, capture: &Value) -> Answer {
        self.send(&self.posting(capture)).await
    }

    /// Posts as someone else.
    pub async fn post_as(&self, login: &str, capture: &Value) -> Answer {
        let mut call = self.posting(capture);
        call.headers[0].1 = format!("Bearer {}", self.token_of(login));
        self.send(&call).await
    }

    pub async fn admin(&self, method: &'static str, target: &str, body: &Value) -> Answer {
        let call = Call {
            method,
            target: target.to_owned(),
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: body.to_string(),
        };
        send(self.standin.admin, &call).await.expect("an answer")
    }

    pub async fn fault(&self, rule: Value) {
        let answer = self.admin("POST", "/faults", &json!([rule])).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
    }

    pub async fn lines(&self) -> Vec<Value> {
        let answer = self.admin("GET", "/requisition-lines", &Value::Null).await;
        answer.body.as_array().unwrap().clone()
    }
}

/// A capture of these lines into the worksheet REQ. DEFAULT.
pub fn capture(number: u128, lines: &Value) -> Value {
    let text = lines.to_string();
    json!({
        "id": id(number),
        "worksheetTemplateName": "REQ.",
        "journalBatchName": "DEFAULT",
        "supplierHost": "shop.test",
        "capturedAt": "2026-11-22T10:15:00Z",
        "lineCount": lines.as_array().map_or(0, Vec::len),
        "linesSha256": format!("{:x}", Sha256::digest(&text)),
        "lines": text,
    })
}

pub fn id(number: u128) -> String {
    format!("0d9e0000-0000-4000-8000-{number:012x}")
}

/// A good line; tests change what they are about.
pub fn item() -> Value {
    json!({
        "kind": "Item", "number": "MISC-TEST", "vendorNumber": "V10060",
        "vendorItemNumber": "TS-77/b", "description": "Whiteboard marker, blue",
        "description2": "Box of 10", "quantity": "2", "directUnitCost": "12.9",
        "currencyCode": "EUR", "unitOfMeasureCode": "PCS", "dueDate": "2026-12-01",
    })
}

pub fn account() -> Value {
    let mut line = item();
    line["kind"] = json!("G/L Account");
    line["number"] = json!("6500");
    line
}

pub fn note() -> Value {
    json!({ "kind": "Note", "description": "Please deliver to the back door" })
}

/// A line with one property changed; `null` takes it away.
pub fn with(mut line: Value, name: &str, value: &str) -> Value {
    line[name] = json!(value);
    line
}

/// The worksheet REQ. DEFAULT, as the admin surface names it.
pub fn worksheet() -> Value {
    json!({
        "company": COMPANY, "worksheetTemplateName": "REQ.", "journalBatchName": "DEFAULT",
    })
}

impl World {
    /// Posts to an entity set as someone.
    pub async fn post_to(&self, set: &str, login: &str, body: &Value) -> Answer {
        let mut call = self.call("POST", format!("{ROUTE}/companies({COMPANY})/{set}"));
        call.headers[0].1 = format!("Bearer {}", self.token_of(login));
        call.body = body.to_string();
        self.send(&call).await
    }

    /// Enters a line by code, field by field.
    pub async fn enter(&self, fields: &[(&str, &str)]) -> Answer {
        let line = json!({ "worksheet": worksheet(), "fields": fields });
        self.admin("POST", "/requisition-lines", &line).await
    }

    pub async fn carry_out(&self) -> Answer {
        self.admin("POST", "/carry-out", &worksheet()).await
    }

    pub async fn orders(&self) -> Vec<Value> {
        let answer = self.admin("GET", "/purchase-orders", &Value::Null).await;
        answer.body.as_array().unwrap().clone()
    }
}
