//! TLS where the service ends it itself.

use std::process::Stdio;

use test_issuer::Issuer;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::program::{Operator, Server};

/// What `openssl s_client` says, which then asks whether the service is well.
async fn ask(server: &Server, options: &[&str]) -> String {
    let address = server.base.strip_prefix("https://").unwrap();
    let mut client = Command::new("openssl")
        .args(["s_client", "-ign_eof", "-connect", address])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let request = "GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut input = client.stdin.take().unwrap();
    // A refused client has gone.
    let _gone = input.write_all(request.as_bytes()).await;
    let output = client.wait_with_output().await.unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// The service with a certificate for `localhost`, made for this test.
async fn serving(operator: &Operator, issuer: &Issuer) -> Server {
    let place = |name: &str| operator.directory.path().join(name).display().to_string();
    let (certificate, key) = (place("chain.pem"), place("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-keyout", &key, "-out", &certificate])
        .output()
        .await
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let tls = ["--tls-certificate", &certificate, "--tls-key", &key];
    operator.serve_with(issuer, &tls).await
}

#[cfg(unix)]
#[tokio::test]
async fn tls_1_3_is_agreed_on_where_the_client_can_and_1_2_where_it_cannot() {
    let operator = Operator::new();
    let issuer = Issuer::start().await.unwrap();
    let server = serving(&operator, &issuer).await;
    for (options, version) in [(["-no_ssl3"], "TLSv1.3"), (["-tls1_2"], "TLSv1.2")] {
        let said = ask(&server, &options).await;
        assert!(
            said.contains(&format!("New, {version}, Cipher is")),
            "{said}"
        );
        assert!(said.contains("HTTP/1.1 200 OK"), "{said}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn tls_1_1_and_1_0_are_refused_by_the_service() {
    let operator = Operator::new();
    let issuer = Issuer::start().await.unwrap();
    let server = serving(&operator, &issuer).await;
    let with = async |version| ask(&server, &[version, "-cipher", "ALL:@SECLEVEL=0"]).await;
    assert!(with("-tls1_2").await.contains("HTTP/1.1 200 OK"));
    for version in ["-tls1_1", "-tls1"] {
        let said = with(version).await;
        // An alert is what the other side sends.
        assert!(said.contains("SSL alert number"), "{said}");
        assert!(!said.contains("HTTP/1.1"), "{said}");
    }
}
