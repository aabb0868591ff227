//! Any sequence of requests, grants and days agrees with a model that is too simple to be wrong.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::scene::{DAY, Reply, Scene, Tenant, metadata_with};

const CAPTURES: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
    Put { capture: usize, lines: u16 },
    Confirm(usize),
    Release(usize),
    Grant(u32),
    Days(u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let capture = 0..CAPTURES;
    let step = prop_oneof![
        5 => (capture.clone(), 1..3_u16).prop_map(|(capture, lines)| Step::Put { capture, lines }),
        4 => capture.clone().prop_map(Step::Confirm),
        3 => capture.prop_map(Step::Release),
        1 => (1..3_u32).prop_map(Step::Grant),
        2 => prop_oneof![Just(1), Just(15), Just(30)].prop_map(Step::Days),
    ];
    vec(step, 1..30)
}

/// Where a capture's credit is, day by day.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Credit {
    Never,
    HeldFor { days: u32, lines: u16 },
    Debited { lines: u16 },
    Back { lines: u16 },
}

#[derive(Debug)]
struct Model {
    granted: i64,
    credits: [Credit; CAPTURES],
}

impl Model {
    fn account(&self) -> [i64; 3] {
        let count = |wanted: fn(&Credit) -> bool| {
            i64::try_from(self.credits.iter().filter(|credit| wanted(credit)).count()).unwrap()
        };
        let balance = self.granted - count(|credit| matches!(credit, Credit::Debited { .. }));
        let held = count(|credit| matches!(credit, Credit::HeldFor { .. }));
        [balance, held, balance - held]
    }

    /// What the request must be answered: a status and a state or an error's code.
    fn step(&mut self, step: Step) -> Option<(u16, &'static str)> {
        let available = self.account()[2];
        Some(match step {
            Step::Put { capture, lines } => match self.credits[capture] {
                Credit::HeldFor { lines: before, .. } | Credit::Debited { lines: before }
                    if before != lines =>
                {
                    (409, "metadata_mismatch")
                }
                Credit::HeldFor { .. } => (200, "held"),
                Credit::Debited { .. } => (200, "confirmed"),
                Credit::Never | Credit::Back { .. } if available < 1 => {
                    (402, "insufficient_credits")
                }
                Credit::Never | Credit::Back { .. } => {
                    self.credits[capture] = Credit::HeldFor { days: 30, lines };
                    (201, "held")
                }
            },
            Step::Confirm(capture) => self.confirm(capture),
            Step::Release(capture) => match self.credits[capture] {
                Credit::Never => (404, "unknown_capture"),
                Credit::Debited { .. } => (409, "already_confirmed"),
                Credit::HeldFor { lines, .. } | Credit::Back { lines } => {
                    self.credits[capture] = Credit::Back { lines };
                    (200, "released")
                }
            },
            Step::Grant(credits) => {
                self.granted += i64::from(credits);
                return None;
            }
            Step::Days(passed) => {
                self.credits = self.credits.map(|credit| match credit {
                    Credit::HeldFor { days, lines } if days > passed => Credit::HeldFor {
                        days: days - passed,
                        lines,
                    },
                    Credit::HeldFor { lines, .. } => Credit::Back { lines },
                    other => other,
                });
                return None;
            }
        })
    }

    fn confirm(&mut self, capture: usize) -> (u16, &'static str) {
        match self.credits[capture] {
            Credit::Never => (404, "unknown_capture"),
            Credit::Debited { .. } => (200, "confirmed"),
            Credit::HeldFor { lines, .. } | Credit::Back { lines } => {
                self.credits[capture] = Credit::Debited { lines };
                (200, "confirmed")
            }
        }
    }
}

async fn perform(tenant: &Tenant<'_>, ids: &[Uuid; CAPTURES], step: Step) -> Option<Reply> {
    match step {
        Step::Put { capture, lines } => Some(
            tenant
                .put(ids[capture], &metadata_with("line_count", json!(lines)))
                .await,
        ),
        Step::Confirm(capture) => Some(tenant.confirm(ids[capture]).await),
        Step::Release(capture) => Some(tenant.release(ids[capture]).await),
        Step::Grant(credits) => {
            tenant.grant(credits).await;
            None
        }
        Step::Days(days) => {
            tenant.scene.clock.advance(days * DAY);
            None
        }
    }
}

fn told(reply: &Reply) -> (u16, String) {
    let state: &Value = reply
        .body
        .get("state")
        .unwrap_or(&reply.body["error"]["code"]);
    (reply.status, state.as_str().unwrap().to_owned())
}

async fn agrees_with_the_model(scene: &Scene, steps: &[Step]) {
    let tenant = scene.tenant(0).await;
    let ids = [(); CAPTURES].map(|()| Uuid::new_v4());
    let mut model = Model {
        granted: 0,
        credits: [Credit::Never; CAPTURES],
    };
    tenant.grant(1).await;
    model.granted = 1;
    for (number, step) in steps.iter().enumerate() {
        let reply = perform(&tenant, &ids, *step).await;
        let expected = model
            .step(*step)
            .map(|(status, state)| (status, state.to_owned()));
        assert_eq!(
            reply.as_ref().map(told),
            expected,
            "step {number}: {step:?}"
        );
        assert_eq!(
            tenant.account().await,
            model.account(),
            "after step {number}: {step:?}"
        );
        if let Some(available) = reply.and_then(|reply| reply.body["available"].as_i64()) {
            assert_eq!(available, model.account()[2], "step {number}: {step:?}");
        }
    }
}

#[test]
fn the_service_agrees_with_the_model() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let scene = runtime.block_on(Scene::new());
    let settings = ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(settings, |(steps in steps())| {
        runtime.block_on(agrees_with_the_model(&scene, &steps));
    });
}
