//! HTTP/1.1 over a bare socket: the tests see what is on the wire, and when nothing is.

use serde_json::Value;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request to send.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: &'static str,
    pub target: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

impl Answer {
    /// The code of an error.
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    /// The message of an error without its correlation id.
    pub fn message(&self) -> &str {
        let message = self.body["error"]["message"].as_str().unwrap();
        message.split_once("  CorrelationId:  ").unwrap().0
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// One property of every entity of a list.
    pub fn column(&self, property: &str) -> Vec<&str> {
        let entities = self.body["value"].as_array().unwrap();
        entities
            .iter()
            .map(|entity| entity[property].as_str().unwrap())
            .collect()
    }
}

/// Sends the request to the end of the answer; `None` where the connection closes without one.
pub async fn send(address: SocketAddr, call: &Call) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut text = format!(
        "{} {} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\n",
        call.method,
        call.target,
        call.body.len()
    );
    if !call.headers.iter().any(|(name, _)| *name == "Connection") {
        text.push_str("Connection: close\r\n");
    }
    for (name, value) in &call.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(&call.body);
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut received = Vec::new();
    let _reset = stream.read_to_end(&mut received).await;
    if received.is_empty() {
        return None;
    }
    let received = String::from_utf8(received).unwrap();
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    let body = if chunked {
        joined(body)
    } else {
        body.to_owned()
    };
    Some(Answer {
        status,
        head: head.to_owned(),
        body: serde_json::from_str(&body).unwrap_or(Value::String(body)),
    })
}

fn joined(mut chunks: &str) -> String {
    let mut body = String::new();
    while let Some((size, rest)) = chunks.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            break;
        }
        body.push_str(&rest[..size]);
        chunks = &rest[size + 2..];
    }
    body
}
