//! The running service against its own description, by schemathesis.

#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

#[path = "suite/cluster.rs"]
mod cluster;
#[path = "suite/scene/mod.rs"]
mod scene;

use std::time::Duration;

use scene::{Kind, Scene};

const KIND: Kind = Kind::Sqlite;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_service_does_what_its_description_says() {
    let program = std::env::var("SCHEMATHESIS")
        .expect("`./build.sh test` installs schemathesis and says where it is: SCHEMATHESIS=…");
    let scene = Scene::new().await;
    let tenant = scene.tenant(1_000_000).await;
    let description = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let mut command = tokio::process::Command::new(program);
    command
        .args(["run", description, "--url", &scene.base])
        .args([
            "--header",
            &format!("Authorization: Bearer {}", tenant.token),
        ])
        // One worker: where two parse at once, CPython 3.11 can fail with an error of its own (gh-106905).
        .args(["--max-examples", "5", "--seed", "1", "--workers", "1"])
        .args(["--no-color", "--phases", "examples,coverage,fuzzing"])
        // JSON Schema takes 3.0 for a whole number and the service does not; and 402 is how a good hold ends once the
        // account has been removed.
        .args(["--exclude-checks", "positive_data_acceptance"])
        .current_dir(env!("CARGO_TARGET_TMPDIR"));
    let run = tokio::time::timeout(Duration::from_secs(90), command.output());
    let output = run
        .await
        .expect("schemathesis takes more than 90 s")
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}");
    println!("{report}");
}
