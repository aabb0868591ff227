//! Faults on demand: what goes wrong, for which requests, how often.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// A rule: the first one that matches a request is applied to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Which requests.
    #[serde(rename = "match", default)]
    pub matching: Matching,
    /// How many of them; one where absent.
    #[serde(default)]
    pub times: Times,
    /// What happens.
    pub fault: Fault,
}

/// Which requests a rule is about; what is absent matches everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matching {
    /// `GET` or `POST`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Part of the address with its query, as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_contains: Option<String>,
}

/// How often a rule still applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "times must be a number or \"forever\"")]
pub enum Times {
    /// So many times.
    Count(u32),
    /// Until the rules are deleted.
    Always(Forever),
}

/// The word `forever`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forever {
    /// Until the rules are deleted.
    #[serde(rename = "forever")]
    Forever,
}

impl Default for Times {
    fn default() -> Self {
        Self::Count(1)
    }
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "fault must be one of {status, code, message, retry_after?, when?}, \
                 {delay_ms, when?}, {cut: before_commit|after_commit}, \
                 {slow_body: {chunk_bytes, pause_ms}}, {extension: not_installed}"
)]
pub enum Fault {
    /// Another answer in Business Central's envelope.
    Status(StatusFault),
    /// The answer comes late.
    Delay(DelayFault),
    /// The connection is closed without an answer.
    Cut(CutFault),
    /// The answer's body trickles.
    Slow(SlowFault),
    /// The app's route is unknown, as where the extension is not installed.
    Extension(ExtensionFault),
}

/// On which side of the commit a fault lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Nothing is done.
    #[default]
    #[serde(alias = "before")]
    BeforeCommit,
    /// Everything is done, only the answer suffers.
    #[serde(alias = "after")]
    AfterCommit,
}

/// See [`Fault::Status`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFault {
    /// HTTP status.
    pub status: u16,
    /// Business Central's code.
    pub code: String,
    /// The text before the correlation id.
    pub message: String,
    /// Seconds in a Retry-After header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// A gateway's 504 can hide a commit.
    #[serde(default)]
    pub when: When,
}

/// See [`Fault::Delay`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelayFault {
    /// Milliseconds.
    pub delay_ms: u64,
    /// Before or after the work.
    #[serde(default)]
    pub when: When,
}

/// See [`Fault::Cut`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutFault {
    /// Before or after the work.
    pub cut: When,
}

/// See [`Fault::Slow`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlowFault {
    /// How slow.
    pub slow_body: Trickle,
}

/// How a body trickles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trickle {
    /// Bytes in each piece, at least 1.
    pub chunk_bytes: usize,
    /// Milliseconds before each piece.
    pub pause_ms: u64,
}

/// See [`Fault::Extension`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionFault {
    /// The only state there is.
    pub extension: Extension,
}

/// Whether the app is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extension {
    /// It is not.
    NotInstalled,
}

/// The rules in force.
#[derive(Debug, Default)]
pub struct FaultPlan(Mutex<Vec<FaultRule>>);

impl FaultPlan {
    /// Appends rules.
    pub fn add(&self, rules: Vec<FaultRule>) {
        self.rules().extend(rules);
    }

    /// Drops all rules.
    pub fn clear(&self) {
        self.rules().clear();
    }

    /// The rules that still apply.
    #[must_use]
    pub fn list(&self) -> Vec<FaultRule> {
        self.rules().clone()
    }

    /// The fault for a request, used up by one where it is counted.
    #[must_use]
    pub fn take(&self, method: &str, address: &str) -> Option<Fault> {
        let mut rules = self.rules();
        let position = rules.iter().position(|rule| rule.is_for(method, address))?;
        let rule = rules.get_mut(position)?;
        let fault = rule.fault.clone();
        if let Times::Count(left) = &mut rule.times {
            *left = left.saturating_sub(1);
        }
        rules.retain(|rule| rule.times != Times::Count(0));
        Some(fault)
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, Vec<FaultRule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FaultRule {
    fn is_for(&self, method: &str, address: &str) -> bool {
        let Matching {
            method: wanted,
            path_contains,
        } = &self.matching;
        self.times != Times::Count(0)
            && wanted
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && path_contains
                .as_deref()
                .is_none_or(|part| address.contains(part))
    }
}
