//! Killed under load, again and again: nothing that was acknowledged is lost, and nothing is debited twice.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use credit_service::clock::{Clock as _, SystemClock};
use credit_service::store::{AccountId, Export, Store, WhenMissing};
use reqwest::{Client, Method};
use serde_json::json;
use test_issuer::Issuer;
use uuid::Uuid;

use super::program::Operator;
use super::scene::{API, metadata, with_json};

const KILLS: u32 = 20;
const BUYERS: usize = 8;
const ACCOUNTS: usize = 3;
const CREDITS: i64 = 100_000;

/// What a buyer was told of a capture: the furthest that the service has acknowledged, and the furthest asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    held: bool,
    confirm_asked: bool,
    confirmed: bool,
}

type Log = Arc<Mutex<BTreeMap<(usize, Uuid), Told>>>;

/// Where the service listens now; it moves with each start.
type Base = Arc<Mutex<String>>;

struct Buyer {
    account: usize,
    token: String,
    base: Base,
    log: Log,
    over: Arc<AtomicBool>,
}

impl Buyer {
    /// Captures until it is over. What got no answer is repeated as long as there are answers to be had.
    async fn shop(self) {
        let client = Client::builder()
            .timeout(Duration::from_secs(5))
            .build()
            .unwrap();
        while !self.over.load(Ordering::SeqCst) {
            let capture = Uuid::new_v4();
            let path = format!("/v1/captures/{capture}");
            if self.insist(&client, (Method::PUT, &path)).await {
                self.note(capture, |told| told.held = true);
            } else {
                return;
            }
            self.note(capture, |told| told.confirm_asked = true);
            if self
                .insist(&client, (Method::POST, &format!("{path}/confirm")))
                .await
            {
                self.note(capture, |told| told.confirmed = true);
            }
        }
    }

    async fn insist(&self, client: &Client, (method, path): (Method, &str)) -> bool {
        loop {
            let url = format!("{}{path}", self.base.lock().unwrap());
            let request = client.request(method.clone(), url).bearer_auth(&self.token);
            let request = match method {
                Method::PUT => with_json(request, &metadata()),
                _ => request,
            };
            match request.send().await.map(|answer| answer.status().as_u16()) {
                Ok(200 | 201) => return true,
                Ok(503) | Err(_) if self.over.load(Ordering::SeqCst) => return false,
                Ok(503) | Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                Ok(status) => panic!("{path} was answered {status}"),
            }
        }
    }

    fn note(&self, capture: Uuid, change: impl FnOnce(&mut Told)) {
        let mut log = self.log.lock().unwrap();
        change(log.entry((self.account, capture)).or_default());
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_twenty_times_under_load_it_loses_nothing_acknowledged_and_debits_nothing_twice() {
    let operator = Operator::new();
    let issuer = Issuer::start().await.unwrap();
    let (log, base, over) = (
        Log::default(),
        Base::default(),
        Arc::new(AtomicBool::new(false)),
    );
    let names: Vec<String> = (0..ACCOUNTS).map(|_| Uuid::new_v4().to_string()).collect();
    for name in &names {
        let credits = CREDITS.to_string();
        operator
            .run(&[
                "grant",
                "--account",
                name,
                "--credits",
                &credits,
                "--reason",
                "test",
            ])
            .await;
    }
    let buyer = |number: usize| {
        let account = number % ACCOUNTS;
        let mut claims = issuer.claims(API);
        claims["tid"] = json!(names[account]);
        Buyer {
            account,
            token: issuer.token(&claims),
            base: base.clone(),
            log: log.clone(),
            over: over.clone(),
        }
    };
    let mut server = operator.serve_quietly(&issuer).await;
    base.lock().unwrap().clone_from(&server.base);
    let buyers: Vec<_> = (0..BUYERS)
        .map(|number| tokio::spawn(buyer(number).shop()))
        .collect();
    let mut answered = 0;
    for kill in 0..KILLS {
        // Never at the same point of the work, and never before there is work.
        let progress = || {
            log.lock()
                .unwrap()
                .values()
                .filter(|told| told.confirmed)
                .count()
        };
        while progress() < answered + 5 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(u64::from(kill * 7 % 60))).await;
        server.child.kill().await.unwrap();
        answered = progress();
        server = operator.serve_quietly(&issuer).await;
        base.lock().unwrap().clone_from(&server.base);
    }
    over.store(true, Ordering::SeqCst);
    for buyer in buyers {
        buyer.await.unwrap();
    }
    server.child.kill().await.unwrap();
    let store = Store::open(&operator.database, WhenMissing::Fail)
        .await
        .unwrap();
    let log = log.lock().unwrap().clone();
    for (account, name) in names.iter().enumerate() {
        let export = store
            .export(&AccountId::new(name), SystemClock.now())
            .await
            .unwrap();
        check(
            &export,
            log.iter()
                .filter(|((of, _), _)| *of == account)
                .map(|((_, id), told)| (*id, *told)),
        );
    }
    println!("{} captures, {KILLS} kills", log.len());
}

/// Compares what the buyers were told with what the ledger says.
fn check(export: &Export, told: impl Iterator<Item = (Uuid, Told)>) {
    let mut debits: BTreeMap<Uuid, usize> = BTreeMap::new();
    let mut balance = 0;
    for (number, line) in (1..).zip(&export.ledger) {
        balance += line.amount;
        assert_eq!((line.sequence, line.balance), (number, balance));
        let capture = line.capture_id.as_ref().map(|id| id.parse().unwrap());
        if let Some(capture) = capture {
            *debits.entry(capture).or_default() += 1;
        }
    }
    assert_eq!(export.account.balance, balance);
    let kept: BTreeMap<Uuid, &str> = export
        .captures
        .iter()
        .map(|capture| (capture.capture, state(capture.state)))
        .collect();
    for (capture, told) in told {
        let debited = debits.remove(&capture).unwrap_or_default();
        assert!(debited <= 1, "{capture} is debited {debited} times");
        assert!(
            !told.confirmed || debited == 1,
            "{capture} was confirmed and is not debited"
        );
        assert!(
            told.confirm_asked || debited == 0,
            "{capture} is debited and nobody asked"
        );
        let expected = if debited == 1 { "confirmed" } else { "held" };
        assert!(
            !told.held || kept.get(&capture) == Some(&expected),
            "{capture} is lost"
        );
    }
    assert!(
        debits.is_empty(),
        "debits of captures that nobody made: {debits:?}"
    );
}

fn state(state: credit_service::rules::State) -> &'static str {
    use credit_service::rules::State;
    match state {
        State::Held => "held",
        State::Confirmed => "confirmed",
        State::Released => "released",
    }
}
