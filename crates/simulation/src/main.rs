//! Runs the simulation from the command line.
#![allow(
    clippy::print_stdout,
    reason = "what it finds is told to whoever started it"
)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand, ValueEnum};
use simulation::explore::{self, Length, Report};
use simulation::given::Ground;
use simulation::guard::Guard;
use simulation::schedule::Schedule;
use simulation::simulation::{Mornings, Trace};

/// A million small worlds are made and thrown away: a third of the time went into that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The whole story of a capture under one seeded scheduler.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Every scenario with a crash at each of its points, then schedules by chance.
    Run {
        /// How many schedules by chance.
        #[arg(long, default_value_t = 1_000_000)]
        schedules: u64,
        /// How long instead, in seconds.
        #[arg(long)]
        seconds: Option<u64>,
        /// The first seed.
        #[arg(long, default_value_t = 0)]
        seed: u64,
    },
    /// Repeats one schedule and tells all that happens: a number, SCENARIO, or SCENARIO@POINT.
    Replay {
        /// Which.
        schedule: Schedule,
        /// The guard that is missing.
        #[arg(long)]
        without: Option<Guard>,
    },
    /// Takes each guard away, and says which schedule notices it.
    Guards,
}

fn main() -> ExitCode {
    let ground = Ground::open();
    match Arguments::parse().command {
        Command::Run {
            schedules,
            seconds,
            seed,
        } => {
            let length = seconds.map_or(Length::Schedules(schedules), |seconds| {
                Length::Time(Duration::from_secs(seconds))
            });
            run(&ground, seed, length)
        }
        Command::Replay { schedule, without } => replay(&ground, schedule, without),
        Command::Guards => guards(&ground),
    }
}

fn run(ground: &Ground, seed: u64, length: Length) -> ExitCode {
    let begun = Instant::now();
    let mornings = Mornings::new(ground);
    let points = explore::crash_points(&mornings, None);
    told("scenarios with a crash at each point", &points, begun);
    if points.broken.is_some() {
        return ExitCode::FAILURE;
    }
    let begun = Instant::now();
    let random = explore::random(ground, seed, length);
    told("schedules by chance", &random, begun);
    if random.broken.is_some() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn told(what: &str, report: &Report, begun: Instant) {
    let Report {
        schedules, count, ..
    } = report;
    println!(
        "{schedules} {what}: {} steps, {} crash points, {} requests, in {} s",
        count.steps,
        count.crash_points,
        count.requests,
        begun.elapsed().as_secs()
    );
    if let Some((schedule, what)) = &report.broken {
        println!("BROKEN: {what}");
        println!("repeat it: cargo run --profile simulation -p simulation -- replay {schedule}");
    }
}

fn replay(ground: &Ground, schedule: Schedule, without: Option<Guard>) -> ExitCode {
    let mornings = Mornings::new(ground);
    let outcome = mornings.run(schedule, without, Trace::Kept);
    for line in &outcome.trace {
        println!("{line}");
    }
    match outcome.broken {
        Some(_) => ExitCode::FAILURE,
        None => ExitCode::SUCCESS,
    }
}

fn guards(ground: &Ground) -> ExitCode {
    let mornings = Mornings::new(ground);
    let mut unnoticed = 0;
    for guard in Guard::value_variants() {
        let name = guard.to_possible_value();
        let name = name.as_ref().map_or("", |value| value.get_name());
        match explore::notices(&mornings, *guard, 20_000) {
            Some((schedule, what)) => println!("| `{name}` | `{schedule}` | {what} |"),
            None => {
                unnoticed += 1;
                println!("| `{name}` | – | nothing notices it |");
            }
        }
    }
    match unnoticed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
