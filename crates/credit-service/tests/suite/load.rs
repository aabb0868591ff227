//! Buyers who capture without end, at one program or at several on one database; what they were told is compared with the
//! ledger when they are done.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use credit_service::clock::{Clock as _, SystemClock};
use credit_service::rules::State;
use credit_service::store::{AccountId, Export, Store, WhenMissing};
use reqwest::{Client, Method};
use serde_json::json;
use test_issuer::Issuer;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::program::{Operator, Server};
use super::scene::{API, metadata, with_json};

const BUYERS: usize = 8;
const ACCOUNTS: usize = 3;

/// What a buyer was told of a capture: what the service has acknowledged, and what it was asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    held: bool,
    refused: bool,
    confirm_asked: bool,
    confirmed: bool,
}

/// What came of a request that was repeated until there was an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Insisted {
    Done,
    NoCredit,
    /// It was over before there was one.
    Over,
}

/// What all buyers share.
#[derive(Clone, Default)]
struct Shared {
    /// What was told of each capture, by account.
    log: Arc<Mutex<BTreeMap<(usize, Uuid), Told>>>,
    /// Where the programs listen now; that moves with each start.
    bases: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
}

/// A database with accounts, programs that serve them, and buyers.
pub struct Load {
    operator: Operator,
    issuer: Issuer,
    accounts: Vec<String>,
    servers: Vec<Server>,
    buyers: Vec<JoinHandle<()>>,
    shared: Shared,
}

impl Load {
    /// Starts so many programs, and buyers with so many credits for each account.
    pub async fn start(operator: Operator, programs: usize, credits: u32) -> Self {
        let mut load = Self {
            issuer: Issuer::start().await.unwrap(),
            accounts: (0..ACCOUNTS).map(|_| Uuid::new_v4().to_string()).collect(),
            servers: Vec::new(),
            buyers: Vec::new(),
            shared: Shared::default(),
            operator,
        };
        for account in &load.accounts {
            let credits = credits.to_string();
            let grant = ["grant", "--account", account, "--credits", &credits];
            let grant = [grant.as_slice(), &["--reason", "test"]].concat();
            assert!(load.operator.run(&grant).await.status.success());
        }
        for _ in 0..programs {
            let server = load.operator.serve_quietly(&load.issuer).await;
            load.shared.bases.lock().unwrap().push(server.base.clone());
            load.servers.push(server);
        }
        load.buyers = (0..BUYERS)
            .map(|number| tokio::spawn(load.buyer(number).shop()))
            .collect();
        load
    }

    fn buyer(&self, number: usize) -> Buyer {
        let account = number % ACCOUNTS;
        let mut claims = self.issuer.claims(API);
        claims["tid"] = json!(self.accounts[account]);
        Buyer {
            account,
            token: self.issuer.token(&claims),
            shared: self.shared.clone(),
        }
    }

    fn confirmed(&self) -> usize {
        let log = self.shared.log.lock().unwrap();
        log.values().filter(|told| told.confirmed).count()
    }

    /// Waits until so many more captures are confirmed: never at the same point of the work, and never before there is
    /// work.
    pub async fn progress(&self, captures: usize, then: Duration) {
        let goal = self.confirmed() + captures;
        let waiting = async {
            while self.confirmed() < goal {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(60), waiting).await;
        waited.expect("nothing goes on");
        tokio::time::sleep(then).await;
    }

    /// Kills the program and starts it anew.
    pub async fn kill(&mut self, program: usize) {
        self.servers[program].child.kill().await.unwrap();
        let server = self.operator.serve_quietly(&self.issuer).await;
        self.shared.bases.lock().unwrap()[program].clone_from(&server.base);
        self.servers[program] = server;
    }

    /// Waits until every buyer has spent the credits.
    pub async fn spend(&mut self) {
        for buyer in self.buyers.drain(..) {
            let done = tokio::time::timeout(Duration::from_secs(120), buyer).await;
            done.expect("credits are left").unwrap();
        }
    }

    /// Ends the buyers and the programs, and compares what the buyers were told with the ledger.
    pub async fn finish(mut self) -> Vec<Export> {
        self.shared.over.store(true, Ordering::SeqCst);
        for buyer in self.buyers.drain(..) {
            buyer.await.unwrap();
        }
        for server in &mut self.servers {
            server.child.kill().await.unwrap();
        }
        let store = Store::open(&self.operator.database, WhenMissing::Fail).await;
        let store = store.unwrap();
        let log = self.shared.log.lock().unwrap().clone();
        let mut exports = Vec::new();
        for (number, account) in self.accounts.iter().enumerate() {
            let account = AccountId::new(account);
            let export = store.export(&account, SystemClock.now()).await.unwrap();
            let told = log.iter().filter(|((of, _), _)| *of == number);
            check(&export, told.map(|((_, id), told)| (*id, *told)));
            exports.push(export);
        }
        exports
    }
}

struct Buyer {
    account: usize,
    token: String,
    shared: Shared,
}

impl Buyer {
    /// Captures until it is over or no credit is left. What got no answer is repeated as long as there are answers to be
    /// had.
    async fn shop(self) {
        let timeout = Duration::from_secs(5);
        let client = Client::builder().timeout(timeout).build().unwrap();
        while !self.shared.over.load(Ordering::SeqCst) {
            let capture = Uuid::new_v4();
            let path = format!("/v1/captures/{capture}");
            match self.insist(&client, (Method::PUT, &path)).await {
                Insisted::Done => self.note(capture, |told| told.held = true),
                Insisted::NoCredit => return self.note(capture, |told| told.refused = true),
                Insisted::Over => return,
            }
            self.note(capture, |told| told.confirm_asked = true);
            let path = format!("{path}/confirm");
            if self.insist(&client, (Method::POST, &path)).await == Insisted::Done {
                self.note(capture, |told| told.confirmed = true);
            }
        }
    }

    /// Every request goes out twice at once, to two programs where there are two; both must be answered the same.
    async fn insist(&self, client: &Client, request: (Method, &str)) -> Insisted {
        let twice = tokio::join!(
            self.insist_at(client, &request, usize::MIN),
            self.insist_at(client, &request, usize::MAX),
        );
        match twice {
            (Insisted::Over, told) | (told, Insisted::Over) => told,
            (one, other) => {
                assert_eq!(one, other, "{request:?}");
                one
            }
        }
    }

    async fn insist_at(
        &self,
        client: &Client,
        (method, path): &(Method, &str),
        program: usize,
    ) -> Insisted {
        loop {
            let base = {
                let bases = self.shared.bases.lock().unwrap();
                bases[program.min(bases.len() - 1)].clone()
            };
            let request = client.request(method.clone(), format!("{base}{path}"));
            let request = match *method {
                Method::PUT => with_json(request, &metadata()),
                _ => request,
            };
            let answer = request.bearer_auth(&self.token).send().await;
            match answer.map(|answer| answer.status().as_u16()) {
                Ok(200 | 201) => return Insisted::Done,
                Ok(402) => return Insisted::NoCredit,
                Ok(503) | Err(_) if self.shared.over.load(Ordering::SeqCst) => {
                    return Insisted::Over;
                }
                Ok(503) | Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                Ok(status) => panic!("{path} was answered {status}"),
            }
        }
    }

    fn note(&self, capture: Uuid, change: impl FnOnce(&mut Told)) {
        let mut log = self.shared.log.lock().unwrap();
        change(log.entry((self.account, capture)).or_default());
    }
}

/// Compares what the buyers were told with what the ledger says.
fn check(export: &Export, told: impl Iterator<Item = (Uuid, Told)>) {
    let mut debits: BTreeMap<Uuid, usize> = BTreeMap::new();
    let mut balance = 0;
    for (number, line) in (1..).zip(&export.ledger) {
        balance += line.amount;
        assert_eq!((line.sequence, line.balance), (number, balance));
        assert_ne!(line.kind, "owed", "a held capture was debited below zero");
        if let Some(capture) = &line.capture_id {
            *debits.entry(capture.parse().unwrap()).or_default() += 1;
        }
    }
    assert_eq!(export.account.balance, balance);
    let kept = export.captures.iter();
    let kept: BTreeMap<Uuid, State> = kept.map(|kept| (kept.capture, kept.state)).collect();
    for (capture, told) in told {
        let debited = debits.remove(&capture).unwrap_or_default();
        let expected = match debited {
            0 => State::Held,
            1 => State::Confirmed,
            more => panic!("{capture} is debited {more} times"),
        };
        assert!(
            debited == 1 || !told.confirmed,
            "{capture} was confirmed and is not debited"
        );
        assert!(
            debited == 0 || told.confirm_asked,
            "{capture} is debited and nobody asked"
        );
        assert!(
            !told.held || kept.get(&capture) == Some(&expected),
            "{capture} is lost"
        );
        assert!(
            !told.refused || !kept.contains_key(&capture),
            "{capture} was refused and is held"
        );
    }
    assert!(
        debits.is_empty(),
        "debits of captures that nobody made: {debits:?}"
    );
}
