//! The program as an operator runs it.

use std::process::{Output, Stdio};
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use test_issuer::Issuer;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use uuid::Uuid;

use super::scene::{API, Kind, Reply, metadata, new_database};

pub struct Operator {
    pub directory: tempfile::TempDir,
    pub database: String,
}

impl Operator {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let database = new_database(directory.path());
        Self {
            directory,
            database,
        }
    }

    /// With a database that is there already.
    pub fn on(database: String) -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self {
            directory,
            database,
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_credit-service"));
        command
            .args(arguments)
            .args(["--database", &self.database])
            .kill_on_drop(true);
        command
    }

    pub async fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().await.unwrap()
    }

    async fn grant(&self, more: &[&str]) -> Output {
        let mut arguments = vec!["grant", "--account", "tenant-1"];
        arguments.extend(more);
        self.run(&arguments).await
    }

    async fn balance(&self) -> Value {
        printed(&self.run(&["balance", "--account", "tenant-1"]).await)
    }

    pub async fn serve(&self, issuer: &Issuer) -> Server {
        self.serve_with(issuer, &["--log", "trace"]).await
    }

    /// Nobody reads the log, and nobody is limited.
    pub async fn serve_quietly(&self, issuer: &Issuer) -> Server {
        let quietly = ["--log", "off", "--rate-limit", "4000000000"];
        self.serve_with(issuer, &quietly).await
    }

    pub async fn serve_with(&self, issuer: &Issuer, more: &[&str]) -> Server {
        let url = issuer.url();
        let arguments = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--issuer",
            &url,
            "--audience",
            API,
        ];
        let mut command = self.command(&arguments);
        let command = command.args(more);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).await.unwrap();
        let base = line
            .trim_end()
            .strip_prefix("listening on ")
            .unwrap()
            .to_owned();
        Server {
            child,
            base,
            client: client(),
        }
    }
}

pub struct Server {
    pub child: Child,
    pub base: String,
    client: Client,
}

impl Server {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Sends the signal and returns the exit code and the log.
    pub async fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.child.id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .await
                .unwrap()
                .success()
        );
        let mut log = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut log)
            .await
            .unwrap();
        let status = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await;
        (status.unwrap().unwrap().code(), log)
    }
}

fn client() -> Client {
    // An error means that another test of this process was first.
    let _chosen_already = rustls::crypto::ring::default_provider().install_default();
    Client::new()
}

fn printed(output: &Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[tokio::test]
async fn credits_that_are_granted_add_up() {
    let operator = Operator::new();
    operator
        .grant(&["--credits", "10", "--reason", "order 1"])
        .await;
    let account = printed(
        &operator
            .grant(&["--credits", "5", "--reason", "order 2"])
            .await,
    );
    let expected = json!({ "account": "tenant-1", "balance": 15, "held": 0, "available": 15 });
    assert_eq!(account, expected);
    assert_eq!(operator.balance().await, expected);
}

#[tokio::test]
async fn a_grant_repeated_with_its_key_adds_nothing() {
    let operator = Operator::new();
    let order = [
        "--credits",
        "10",
        "--reason",
        "order 1",
        "--idempotency-key",
        "order-1",
    ];
    operator.grant(&order).await;
    assert_eq!(printed(&operator.grant(&order).await)["balance"], 10);
    let other = [
        "--credits",
        "11",
        "--reason",
        "order 1",
        "--idempotency-key",
        "order-1",
    ];
    assert!(complaint(&operator.grant(&other).await).contains("use a new key"));
    assert_eq!(operator.balance().await["balance"], 10);
}

#[tokio::test]
async fn a_grant_of_nothing_is_refused() {
    let operator = Operator::new();
    for credits in ["0", "-3", "1.5", "many"] {
        let output = operator
            .grant(&[&format!("--credits={credits}"), "--reason", "x"])
            .await;
        assert_eq!(output.status.code(), Some(2), "{credits}");
    }
}

#[tokio::test]
async fn a_balance_does_not_make_a_database() {
    let operator = Operator::new();
    if crate::KIND == Kind::Postgres {
        return;
    }
    let output = operator.run(&["balance", "--account", "tenant-1"]).await;
    assert!(complaint(&output).contains("the database failed"));
    assert!(
        std::fs::read_dir(operator.directory.path())
            .unwrap()
            .next()
            .is_none()
    );
}

#[tokio::test]
async fn another_kind_of_database_is_refused_by_name() {
    let arguments = [
        "balance",
        "--account",
        "a",
        "--database",
        "mysql://root:secret@localhost/credits",
    ];
    let mut command = Command::new(env!("CARGO_BIN_EXE_credit-service"));
    let output = command.args(arguments).output().await.unwrap();
    let complaint = complaint(&output);
    assert!(complaint.contains("write sqlite://PATH or postgres://"));
    assert!(!complaint.contains("secret"), "{complaint}");
}

#[tokio::test]
async fn an_issuer_out_of_reach_stops_the_start() {
    let operator = Operator::new();
    let arguments = ["serve", "--issuer", "http://127.0.0.1:1", "--audience", API];
    assert!(complaint(&operator.run(&arguments).await).contains("http://127.0.0.1:1/.well-known"));
}

#[cfg(unix)]
#[tokio::test]
async fn it_serves_until_it_is_told_to_stop_and_remembers_everything() {
    let operator = Operator::new();
    let issuer = Issuer::start().await.unwrap();
    let mut claims = issuer.claims(API);
    claims
        .as_object_mut()
        .unwrap()
        .insert("tid".to_owned(), json!("tenant-1"));
    let token = issuer.token(&claims);
    operator
        .grant(&["--credits", "2", "--reason", "order 1"])
        .await;
    let path = format!("/v1/captures/{}", Uuid::new_v4());
    for (signal, status) in [("-TERM", 201), ("-INT", 200)] {
        let server = operator.serve(&issuer).await;
        let request = server.request(Method::PUT, &path).bearer_auth(&token);
        let request = request.header("content-type", "application/json");
        let reply = Reply::of(request.body(metadata().to_string())).await;
        assert_eq!(reply.status, status);
        assert_eq!(server.stop(signal).await.0, Some(0), "{signal}");
    }
    let held = json!({ "account": "tenant-1", "balance": 2, "held": 1, "available": 1 });
    assert_eq!(operator.balance().await, held);
}

#[cfg(unix)]
#[tokio::test]
async fn credits_granted_while_it_serves_count_at_once() {
    let operator = Operator::new();
    let issuer = Issuer::start().await.unwrap();
    let server = operator.serve(&issuer).await;
    operator
        .grant(&["--credits", "3", "--reason", "order 1"])
        .await;
    let mut claims = issuer.claims(API);
    claims
        .as_object_mut()
        .unwrap()
        .insert("tid".to_owned(), json!("tenant-1"));
    let request = server
        .request(Method::GET, "/v1/account")
        .bearer_auth(issuer.token(&claims));
    assert_eq!(Reply::of(request).await.body["available"], 3);
    server.stop("-TERM").await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_log_names_no_token_account_shop_or_capture_even_when_it_is_full() {
    let operator = Operator::new();
    let issuer = Issuer::start().await.unwrap();
    let server = operator.serve(&issuer).await;
    operator
        .grant(&["--credits", "2", "--reason", "order 1"])
        .await;
    let mut claims = issuer.claims(API);
    claims
        .as_object_mut()
        .unwrap()
        .insert("tid".to_owned(), json!("tenant-1"));
    let token = issuer.token(&claims);
    let capture = Uuid::new_v4();
    for (method, path) in [
        (Method::PUT, format!("/v1/captures/{capture}")),
        (Method::POST, format!("/v1/captures/{capture}/confirm")),
        (Method::GET, format!("/v1/captures/{capture}/nothing")),
    ] {
        let request = server.request(method, &path).bearer_auth(&token);
        let request = request.header("content-type", "application/json");
        Reply::of(request.body(metadata().to_string())).await;
    }
    let forged = format!("{}x", token);
    Reply::of(
        server
            .request(Method::GET, "/v1/account")
            .bearer_auth(forged),
    )
    .await;
    let (_, log) = server.stop("-TERM").await;
    assert!(log.contains("/v1/captures/{capture_id}/confirm"), "{log}");
    let capture = capture.to_string();
    let secrets = ["tenant-1", "subject-1", "shop.example", capture.as_str()];
    for secret in token.split('.').chain(secrets) {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
