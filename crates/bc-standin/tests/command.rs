//! The command from outside: its output is read by scripts and people.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may fail as tests do; Clippy only excepts the tests themselves"
)]

use std::process::Stdio;

use test_issuer::Issuer;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_bc-standin");

/// A server on free ports with a database of its own; gives its first two lines too.
async fn serving(database: &str) -> (Child, [String; 2]) {
    let issuer = Issuer::start().await.unwrap();
    let mut child = Command::new(PROGRAM)
        .args(["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"])
        .args(["--issuer", &issuer.url(), "--audience", "bc"])
        .args(["--database", database])
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next_line().await.unwrap().unwrap();
    let second = lines.next_line().await.unwrap().unwrap();
    (child, [first, second])
}

#[tokio::test]
async fn serve_prints_its_addresses_and_stops_when_told() {
    let directory = std::env::temp_dir().join(uuid::Uuid::new_v4().to_string());
    std::fs::create_dir(&directory).unwrap();
    let database = format!("sqlite://{}", directory.join("bc.sqlite").display());
    let (mut child, [first, second]) = serving(&database).await;
    assert!(
        first.starts_with("listening on http://127.0.0.1:"),
        "{first}"
    );
    assert!(second.starts_with("admin on http://127.0.0.1:"), "{second}");

    let id = child.id().unwrap().to_string();
    Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .await
        .unwrap();
    assert!(child.wait().await.unwrap().success());

    let shown = Command::new(PROGRAM)
        .args(["lines", "--database", &database])
        .output()
        .await;
    let shown = String::from_utf8(shown.unwrap().stdout).unwrap();
    assert!(shown.starts_with("Worksheet  Line No.  Type"), "{shown}");
    std::fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn a_database_that_is_not_there_is_named() {
    let shown = Command::new(PROGRAM)
        .args(["lines", "--database", "sqlite:///nowhere/bc.sqlite"])
        .output()
        .await
        .unwrap();
    assert!(!shown.status.success());
    let error = String::from_utf8(shown.stderr).unwrap();
    assert!(
        error.contains("sqlite:///nowhere/bc.sqlite cannot be used"),
        "{error}"
    );
}

#[tokio::test]
async fn a_seed_file_that_is_not_there_is_named() {
    let shown = Command::new(PROGRAM)
        .args([
            "serve",
            "--issuer",
            "http://127.0.0.1:9",
            "--audience",
            "bc",
        ])
        .args(["--seed", "/nowhere/seed.toml"])
        .output()
        .await
        .unwrap();
    assert!(!shown.status.success());
    let error = String::from_utf8(shown.stderr).unwrap();
    assert!(
        error.contains("the seed /nowhere/seed.toml cannot be read"),
        "{error}"
    );
}
