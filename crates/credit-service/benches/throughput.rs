//! How many captures are held and confirmed in a second, beside pgbench's own read-write transactions on the same
//! PostgreSQL, turn by turn. The first argument is the page to be written; without one the figures are printed.

#![allow(
    missing_docs,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a measurement may fail"
)]

#[path = "../tests/suite/cluster.rs"]
#[allow(dead_code, reason = "the suite uses more of it")]
mod cluster;

use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cluster::Cluster;
use test_issuer::Issuer;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use uuid::Uuid;

const API: &str = "api://punchout-credits";
const ROUNDS: usize = 3;
const TURN: Duration = Duration::from_secs(10);
const ACCOUNTS: usize = 200;
const BODY: &str =
    r#"{"captured_at":"2027-01-15T08:00:00Z","vendor_host":"shop.example","line_count":3}"#;

/// The service as it is shipped, on a database; it ends with this value.
struct Service {
    child: Child,
    address: String,
    tokens: Vec<Arc<str>>,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Service {
    fn start(database: &str, issuer: &Issuer) -> Self {
        let program = env!("CARGO_BIN_EXE_credit-service");
        let names: Vec<String> = (0..ACCOUNTS).map(|_| Uuid::new_v4().to_string()).collect();
        for name in &names {
            let grant = [
                "grant",
                "--database",
                database,
                "--account",
                name,
                "--credits",
                "100000000",
            ];
            let output = Command::new(program)
                .args(grant)
                .args(["--reason", "bench"])
                .output();
            assert!(output.unwrap().status.success());
        }
        let mut child = Command::new(program)
            .args(["serve", "--database", database, "--listen", "127.0.0.1:0"])
            .args([
                "--issuer",
                &issuer.url(),
                "--audience",
                API,
                "--rate-limit",
                "4000000000",
            ])
            .args(["--log", "warn"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
        std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .unwrap()
            .to_owned();
        let token = |name: &String| {
            let mut claims = issuer.claims(API);
            claims["tid"] = serde_json::json!(name);
            Arc::from(issuer.token(&claims))
        };
        let tokens = names.iter().map(token).collect();
        Self {
            child,
            address,
            tokens,
        }
    }
}

/// One connection that holds and confirms, one capture after the other.
struct Buyer {
    stream: BufReader<TcpStream>,
    token: Arc<str>,
}

impl Buyer {
    async fn connect(address: &str, token: Arc<str>) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream: BufReader::new(stream),
            token,
        }
    }

    async fn capture(&mut self) {
        let path = format!("/v1/captures/{}", Uuid::new_v4());
        assert_eq!(self.ask(&format!("PUT {path}"), BODY).await, 201);
        assert_eq!(self.ask(&format!("POST {path}/confirm"), "").await, 200);
    }

    async fn ask(&mut self, line: &str, body: &str) -> u16 {
        let (token, length) = (&self.token, body.len());
        let request = format!(
            "{line} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .await
            .unwrap();
        let (mut line, mut status, mut length) = (String::new(), 0, 0);
        loop {
            line.clear();
            self.stream.read_line(&mut line).await.unwrap();
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(rest) = line.strip_prefix("content-length: ") {
                length = rest.trim().parse().unwrap();
            } else if line == "\r\n" {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer).await.unwrap();
        status
    }
}

/// Who buys.
#[derive(Clone, Copy)]
enum Crowd {
    Accounts(usize),
    OneAccount(usize),
}

/// Captures of a turn: how many a second, and how many microseconds each took. With a pace they come so many a second.
async fn turn(service: &Service, crowd: Crowd, pace: Option<u64>) -> (u64, Vec<u128>) {
    let (buyers, of) = match crowd {
        Crowd::Accounts(buyers) => (buyers, ACCOUNTS),
        Crowd::OneAccount(buyers) => (buyers, 1),
    };
    let (start, mut tasks) = (Instant::now(), Vec::new());
    for number in 0..buyers {
        let token = service.tokens[number % of].clone();
        let mut buyer = Buyer::connect(&service.address, token).await;
        let pause = pace.map(|pace| Duration::from_micros(1_000_000 * buyers as u64 / pace));
        tasks.push(tokio::spawn(async move {
            let mut took = Vec::new();
            let mut due = start + pause.unwrap_or_default() * number as u32 / buyers as u32;
            while start.elapsed() < TURN {
                // From when it was due, so that a queue counts.
                let from = match pause {
                    Some(pause) => {
                        tokio::time::sleep_until(due.into()).await;
                        due += pause;
                        due - pause
                    }
                    None => Instant::now(),
                };
                buyer.capture().await;
                took.push(from.elapsed().as_micros());
            }
            took
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    all.sort_unstable();
    (
        all.len() as u64 * 1000 / start.elapsed().as_millis() as u64,
        all,
    )
}

fn percentile(sorted: &[u128], of_thousand: usize) -> String {
    let micros = sorted[(sorted.len() - 1) * of_thousand / 1000];
    format!("{}.{} ms", micros / 1000, micros % 1000 / 100)
}

/// pgbench's TPC-B-like transactions, with its own clients.
async fn pgbench(cluster: &Cluster, clients: usize) -> u64 {
    let mut command = tokio::process::Command::new(cluster.binaries.join("pgbench"));
    command
        .args([
            "-U",
            "test",
            "-M",
            "prepared",
            "-n",
            "-j",
            "2",
            "-c",
            &clients.to_string(),
        ])
        .args(["-T", &TURN.as_secs().to_string(), "-h"])
        .arg(&cluster.sockets)
        .arg("bench");
    let output = command.output().await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let rate = text.lines().find_map(|line| line.strip_prefix("tps = "));
    rate.unwrap().split('.').next().unwrap().parse().unwrap()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let page = std::env::args()
        .nth(1)
        .filter(|argument| !argument.starts_with("--"));
    let issuer = Issuer::start().await.unwrap();
    let cluster = Cluster::start("fsync=on").unwrap();
    for name in ["bench", "credits"] {
        cluster.create(name);
    }
    let fill = Command::new(cluster.binaries.join("pgbench"))
        .args(["-U", "test", "-i", "-q", "-s", "20", "-h"])
        .arg(&cluster.sockets)
        .arg("bench")
        .output()
        .unwrap();
    assert!(fill.status.success());
    let text = measure(&cluster, &issuer).await;
    match page {
        Some(page) => std::fs::write(page, text).unwrap(),
        None => println!("{text}"),
    }
}

async fn measure(cluster: &Cluster, issuer: &Issuer) -> String {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite://{}", folder.path().join("credits.db").display());
    let postgres = Service::start(&cluster.address("credits"), issuer);
    let sqlite = Service::start(&sqlite, issuer);
    let crowd = Crowd::Accounts(ACCOUNTS);
    let mut rows = String::new();
    let mut sums = [0; 3];
    for round in 1..=ROUNDS {
        let figures = [
            pgbench(cluster, 16).await,
            turn(&postgres, crowd, None).await.0,
            turn(&sqlite, crowd, None).await.0,
        ];
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
        let [pgbench, postgres, sqlite] = figures;
        writeln!(rows, "| {round} | {pgbench} | {postgres} | {sqlite} |").unwrap();
    }
    let percent = sums[1] * 100 / sums[0].max(1);
    let mut lines = String::new();
    for (name, service, half) in [
        ("PostgreSQL", &postgres, sums[1] / ROUNDS as u64 / 2),
        ("SQLite", &sqlite, sums[2] / ROUNDS as u64 / 2),
    ] {
        let (rate, took) = turn(service, crowd, Some(half.max(1))).await;
        let [a, b, c, d] = [500, 950, 990, 999].map(|of| percentile(&took, of));
        writeln!(
            lines,
            "| {name}, {ACCOUNTS} accounts, half load | {rate} | {a} | {b} | {c} | {d} |"
        )
        .unwrap();
        let (rate, took) = turn(service, Crowd::OneAccount(50), None).await;
        let [a, b, c, d] = [500, 950, 990, 999].map(|of| percentile(&took, of));
        writeln!(
            lines,
            "| {name}, one hot account, 50 at once, full load | {rate} | {a} | {b} | {c} | {d} |"
        )
        .unwrap();
    }
    let cores = std::thread::available_parallelism().unwrap();
    format!(
        "# How fast the credit service is\n\nWritten by `./build.sh bench credits`, which starts PostgreSQL (its own settings, `fsync` on), \
         the service and whoever asks on one machine of {cores} cores. A capture is two requests, a hold and a confirmation, each \
         durable when it is answered. pgbench runs its own read-write transactions (TPC-B-like, scale 20, 16 clients, prepared) on the \
         same PostgreSQL; the turns of {} s take place one after the other, round by round.\n\n\
         | round | pgbench, transactions/s | PostgreSQL, captures/s | SQLite, captures/s |\n|---|---|---|---|\n{rows}\n\
         Captures on PostgreSQL for each transaction of pgbench: {percent} %. The goal is 50 %.\n\n\
         How long a capture (both requests) takes; at half load captures come at a fixed pace, and the time counts from when one was due:\n\n\
         | | captures/s | half | 95 % | 99 % | 99.9 % |\n|---|---|---|---|---|---|\n{lines}",
        TURN.as_secs(),
    )
}
