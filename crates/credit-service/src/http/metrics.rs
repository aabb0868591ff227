//! What the service counts, in [Prometheus' text format](https://prometheus.io/docs/instrumenting/exposition_formats/).
//! Requests are counted by route, so no metric names an account, a shop or a capture.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::Shared;
use crate::clock::Timestamp;

/// Upper bounds of durations, in microseconds and as Prometheus writes them.
const BOUNDS: [(u128, &str); 10] = [
    (1_000, "0.001"),
    (2_500, "0.0025"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (1_000_000, "1"),
    (5_000_000, "5"),
];

#[derive(Debug, Default)]
struct Durations {
    count: u64,
    micros: u128,
    /// How many took no longer than each bound.
    within: [u64; BOUNDS.len()],
}

type Answered = (String, String, u16);

#[derive(Debug, Default)]
struct Counted {
    requests: BTreeMap<Answered, u64>,
    durations: BTreeMap<String, Durations>,
    owed: u64,
    tidied_at: Option<Timestamp>,
}

/// What was counted since the start.
#[derive(Debug, Default)]
pub struct Metrics(Mutex<Counted>);

impl Metrics {
    pub(super) fn answered(&self, (method, route, status): (&str, &str, u16), took: Duration) {
        self.change(|counted| {
            let key = (method.to_owned(), route.to_owned(), status);
            *counted.requests.entry(key).or_default() += 1;
            let durations = counted.durations.entry(route.to_owned()).or_default();
            durations.count += 1;
            durations.micros += took.as_micros();
            for ((bound, _), count) in BOUNDS.iter().zip(&mut durations.within) {
                *count += u64::from(took.as_micros() <= *bound);
            }
        });
    }

    /// A confirmation left its account below zero.
    pub(super) fn owed(&self) {
        self.change(|counted| counted.owed += 1);
    }

    /// What was too old has been deleted.
    pub fn tidied(&self, now: Timestamp) {
        self.change(|counted| counted.tidied_at = Some(now));
    }

    fn change(&self, change: impl FnOnce(&mut Counted)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn text(&self) -> String {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _written = counted.write(&mut text);
        text
    }
}

impl Counted {
    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "# HELP credit_requests_total Requests answered.")?;
        writeln!(out, "# TYPE credit_requests_total counter")?;
        for ((method, route, status), count) in &self.requests {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            writeln!(out, "credit_requests_total{{{labels}}} {count}")?;
        }
        writeln!(out, "# HELP credit_request_seconds Time to answer.")?;
        writeln!(out, "# TYPE credit_request_seconds histogram")?;
        for (route, durations) in &self.durations {
            durations.write(route, out)?;
        }
        let help = "Confirmations that left an account below zero.";
        writeln!(out, "# HELP credit_owed_total {help}")?;
        writeln!(out, "# TYPE credit_owed_total counter")?;
        writeln!(out, "credit_owed_total {}", self.owed)?;
        if let Some(moment) = self.tidied_at {
            let help = "When what was too old was last deleted.";
            writeln!(out, "# HELP credit_tidied_timestamp_seconds {help}")?;
            writeln!(out, "# TYPE credit_tidied_timestamp_seconds gauge")?;
            let seconds = moment.as_millis().div_euclid(1000);
            writeln!(out, "credit_tidied_timestamp_seconds {seconds}")?;
        }
        Ok(())
    }
}

impl Durations {
    fn write(&self, route: &str, out: &mut String) -> std::fmt::Result {
        let name = "credit_request_seconds";
        for ((_, bound), count) in BOUNDS.iter().zip(self.within) {
            let labels = format!("route=\"{route}\",le=\"{bound}\"");
            writeln!(out, "{name}_bucket{{{labels}}} {count}")?;
        }
        let Self { count, micros, .. } = self;
        writeln!(
            out,
            "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}"
        )?;
        let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
        writeln!(out, "{name}_sum{{route=\"{route}\"}} {seconds}.{rest:06}")?;
        writeln!(out, "{name}_count{{route=\"{route}\"}} {count}")
    }
}

/// `GET /metrics`
pub(super) async fn metrics(State(service): Shared) -> impl IntoResponse {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], service.metrics.text())
}
