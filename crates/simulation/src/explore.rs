//! Many runs, on all processors.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::given::Ground;
use crate::guard::Guard;
use crate::schedule::Schedule;
use crate::simulation::{Count, Mornings, Trace};

/// What came of many runs.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many runs there were.
    pub schedules: u64,
    /// What was done in all of them.
    pub count: Count,
    /// The first that broke, with what broke.
    pub broken: Option<(Schedule, String)>,
}

impl Report {
    fn add(&mut self, schedule: Schedule, count: Count, broken: Option<String>) {
        self.schedules += 1;
        self.count.steps += count.steps;
        self.count.crash_points += count.crash_points;
        self.count.requests += count.requests;
        if let Some(what) = broken
            && self.broken.is_none()
        {
            self.broken = Some((schedule, what));
        }
    }
}

/// Every scenario once whole, and once for each moment at which its worker can crash.
#[must_use]
pub fn crash_points(mornings: &Mornings, missing: Option<Guard>) -> Report {
    let mut report = Report::default();
    for scenario in 0..mornings.scenarios().len() {
        let whole = Schedule::Crash {
            scenario,
            point: None,
        };
        let outcome = mornings.run(whole, missing, Trace::Dropped);
        let points = outcome.count.crash_points;
        report.add(whole, outcome.count, outcome.broken);
        for point in 1..=points {
            if report.broken.is_some() {
                return report;
            }
            let schedule = Schedule::Crash {
                scenario,
                point: Some(point),
            };
            let outcome = mornings.run(schedule, missing, Trace::Dropped);
            report.add(schedule, outcome.count, outcome.broken);
        }
    }
    report
}

/// How long to go on.
#[derive(Clone, Copy, Debug)]
pub enum Length {
    /// So many schedules.
    Schedules(u64),
    /// So long.
    Time(Duration),
}

/// Runs schedules by chance from a seed on, until one breaks.
#[must_use]
pub fn random(ground: &Ground, first: u64, length: Length) -> Report {
    let next = AtomicU64::new(0);
    let total = Mutex::new(Report::default());
    let begun = Instant::now();
    let goes_on = |done: u64| match length {
        Length::Schedules(schedules) => done < schedules,
        Length::Time(time) => begun.elapsed() < time,
    };
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mornings = Mornings::new(ground);
                let mut report = Report::default();
                loop {
                    let done = next.fetch_add(1, Ordering::Relaxed);
                    if !goes_on(done) || report.broken.is_some() {
                        break;
                    }
                    let schedule = Schedule::Random(first.wrapping_add(done));
                    let outcome = mornings.run(schedule, None, Trace::Dropped);
                    report.add(schedule, outcome.count, outcome.broken);
                }
                if report.broken.is_some() {
                    next.store(u64::MAX / 2, Ordering::Relaxed);
                }
                let mut total = total.lock().expect("nobody died");
                total.schedules += report.schedules;
                total.count.steps += report.count.steps;
                total.count.crash_points += report.count.crash_points;
                total.count.requests += report.count.requests;
                if total.broken.is_none() {
                    total.broken = report.broken;
                }
            });
        }
    });
    total.into_inner().expect("nobody died")
}

/// The first schedule that notices that a guard is missing: among the crash points, then by chance.
#[must_use]
pub fn notices(mornings: &Mornings, guard: Guard, tries: u64) -> Option<(Schedule, String)> {
    for scenario in 0..mornings.scenarios().len() {
        let schedule = Schedule::Crash {
            scenario,
            point: None,
        };
        let outcome = mornings.run(schedule, Some(guard), Trace::Dropped);
        if let Some(what) = outcome.broken {
            return Some((schedule, what));
        }
    }
    let points = crash_points(mornings, Some(guard));
    if points.broken.is_some() {
        return points.broken;
    }
    (0..tries).map(Schedule::Random).find_map(|schedule| {
        let outcome = mornings.run(schedule, Some(guard), Trace::Dropped);
        outcome.broken.map(|what| (schedule, what))
    })
}
