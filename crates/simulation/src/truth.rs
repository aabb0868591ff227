//! What must hold, at every moment and in the end.

use std::collections::{BTreeMap, BTreeSet};

use punchout::business_central::CapturePost;
use punchout::capture::{Changes, Stage, Task};
use punchout::http::{Exchange, Request};
use serde_json::Value;

use crate::browser::{Browser, Confirmed, WINDOW};
use crate::given;
use crate::simulation::Simulation;

/// How far the posts of each capture are, by browser and capture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posts(BTreeMap<(usize, String), Post>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Post {
    /// One left in this life of the worker, and was not answered.
    UnderWay(u32),
    /// Nobody knows what came of it.
    Unsettled,
    /// The capture is being asked for.
    Asked(u32),
    /// It was not there when it was asked for.
    Absent,
}

/// A request leaves a browser.
pub(crate) fn is_sent(
    simulation: &mut Simulation<'_>,
    (browser, life): (usize, u32),
    (task, request): (&Task, &Request),
) {
    if crate::simulation::tells_of_the_cart(request) {
        simulation.breaks(|| format!("something of the cart is sent by {request:?}"));
    }
    let key = |id: &punchout::capture_id::CaptureId| (browser, id.to_string());
    match task {
        Task::Post(id) => {
            let before = simulation.posts.0.insert(key(id), Post::UnderWay(life));
            if let Some(state) = before
                && state != Post::Absent
            {
                simulation.breaks(|| {
                    format!("capture {id} is posted again without having been read: {state:?}")
                });
            }
        }
        Task::Read(id) => match simulation.posts.0.get_mut(&key(id)) {
            Some(Post::UnderWay(same)) if *same == life => {
                simulation.breaks(|| format!("capture {id} is read while it is being posted"));
            }
            Some(state) => *state = Post::Asked(life),
            None => {}
        },
        _ => {}
    }
}

/// A browser hears an answer.
pub(crate) fn is_answered(
    simulation: &mut Simulation<'_>,
    (browser, task): (usize, &Task),
    exchange: &Exchange,
) {
    let status = exchange.as_ref().map_or(0, |answer| answer.status);
    let (Task::Post(id) | Task::Read(id)) = task else {
        return;
    };
    let key = (browser, id.to_string());
    let Some(state) = simulation.posts.0.get(&key).copied() else {
        return;
    };
    let next = match (task, state, status) {
        (Task::Post(_), Post::UnderWay(_), 201) => None,
        (Task::Post(_), Post::UnderWay(_), 400..=407 | 409..=428) => Some(Post::Absent),
        (Task::Post(_), Post::UnderWay(_), _) => Some(Post::Unsettled),
        (Task::Read(_), Post::Asked(_), 404) => Some(Post::Absent),
        (Task::Read(_), Post::Asked(_), 200) => None,
        (Task::Read(_), Post::Asked(_), _) => Some(Post::Unsettled),
        _ => return,
    };
    match next {
        Some(next) => drop(simulation.posts.0.insert(key, next)),
        None => drop(simulation.posts.0.remove(&key)),
    }
}

/// Something is written to a disk.
pub(crate) fn is_written(broken: &mut Option<String>, changes: &Changes<'_>) {
    for (key, text) in &changes.written {
        let token = ["access-", "refresh-", "code-"]
            .iter()
            .find(|word| text.contains(**word));
        if token.is_some() && broken.is_none() {
            *broken = Some(format!("a token is on the disk, under {key}"));
        }
    }
}

/// Notes what was confirmed, as it is stored: by whom, and the lines under each id.
pub(crate) fn is_confirmed(browser: &mut Browser) {
    let Some(worker) = &browser.worker else {
        return;
    };
    for (id, delivery) in &worker.world.journal.deliveries {
        let begins = matches!(delivery.stage, Stage::Holding | Stage::Posting { .. });
        let Some(cargo) = delivery.cargo.as_ref().filter(|_| begins) else {
            continue;
        };
        let confirmed = browser
            .confirmed
            .entry(id.to_string())
            .or_insert_with(|| Confirmed {
                account: delivery.username.clone(),
                posts: Vec::new(),
            });
        if !confirmed.posts.contains(&cargo.post) {
            confirmed.posts.push(cargo.post.clone());
        }
    }
}

/// A server did something.
pub(crate) fn servers_changed(simulation: &mut Simulation<'_>) {
    for browser in 0..simulation.browsers.len() {
        stages_are_true(simulation, browser);
    }
}

/// A browser took a step.
pub(crate) fn browser_changed(simulation: &mut Simulation<'_>, browser: usize) {
    stages_are_true(simulation, browser);
    view_is_true(simulation, browser);
}

/// What a stage says is so.
fn stages_are_true(simulation: &mut Simulation<'_>, browser: usize) {
    let Some(worker) = &simulation.browsers[browser].worker else {
        return;
    };
    let outside = &simulation.outside;
    let paying = simulation.is_paying();
    let mut untrue = None;
    for (id, delivery) in &worker.world.journal.deliveries {
        let posted = outside.business_central.count(id.as_str());
        let debited = outside.credits.debits_of(id.as_str());
        let unpaid = delivery.trouble.is_some() || !paying;
        let is_true = match &delivery.stage {
            Stage::Holding | Stage::Posting { .. } | Stage::Settling { .. } => debited == 0,
            Stage::Confirming { .. } => posted == 1,
            Stage::Releasing { .. } | Stage::Returned { .. } => posted == 0 && debited == 0,
            Stage::Done { .. } => posted == 1 && (debited == 1 || unpaid),
        };
        if !is_true || posted > 1 || debited > 1 {
            untrue = Some(format!(
                "browser {browser} shows {id} as {:?}; posted {posted}, debited {debited}",
                delivery.stage
            ));
        }
    }
    if let Some(untrue) = untrue {
        simulation.breaks(|| untrue);
    }
}

/// What the panel shows is what the state says; and what waits says why.
fn view_is_true(simulation: &mut Simulation<'_>, browser: usize) {
    let now = simulation.browsers[browser].now(simulation.now);
    let Some(worker) = &mut simulation.browsers[browser].worker else {
        return;
    };
    let stages: Vec<(String, u8)> = worker
        .world
        .journal
        .deliveries
        .iter()
        .map(|(id, delivery)| (id.to_string(), rank(&delivery.stage)))
        .collect();
    if worker.shown == stages {
        return;
    }
    worker.shown.clone_from(&stages);
    let world = &mut worker.world;
    let view = simulation.machine.view(world, WINDOW, now, |view| {
        serde_json::to_value(&view).expect("a view that can be written")
    });
    let shown = view["deliveries"].as_array().cloned().unwrap_or_default();
    let names = |capture: &str| {
        let found = shown.iter().find(|one| one["capture"] == capture);
        found.map(|one| one["stage"].clone())
    };
    for (id, rank) in &stages {
        let wanted = Value::from(NAMES[usize::from(*rank)]);
        if names(id) != Some(wanted) {
            simulation.breaks(|| format!("the panel does not show {id} as it is: {view}"));
            return;
        }
    }
}

const NAMES: [&str; 7] = [
    "holding",
    "posting",
    "confirming",
    "settling",
    "releasing",
    "done",
    "returned",
];

fn rank(stage: &Stage) -> u8 {
    match stage {
        Stage::Holding => 0,
        Stage::Posting { .. } => 1,
        Stage::Confirming { .. } => 2,
        Stage::Settling { .. } => 3,
        Stage::Releasing { .. } => 4,
        Stage::Done { .. } => 5,
        Stage::Returned { .. } => 6,
    }
}

/// Everything has come to rest.
pub(crate) fn at_the_end(simulation: &mut Simulation<'_>) {
    let ids: BTreeSet<String> = all_ids(simulation);
    for id in &ids {
        if let Some(wrong) = capture_is_wrong(simulation, id) {
            return simulation.breaks(|| format!("capture {id}: {wrong}"));
        }
    }
    for browser in 0..simulation.browsers.len() {
        if let Some(wrong) = journal_is_wrong(&simulation.browsers[browser]) {
            return simulation.breaks(|| format!("browser {browser}: {wrong}"));
        }
    }
}

fn all_ids(simulation: &Simulation<'_>) -> BTreeSet<String> {
    let confirmed = simulation.browsers.iter();
    let confirmed = confirmed.flat_map(|browser| browser.confirmed.keys().cloned());
    let outside = &simulation.outside;
    let posted = outside.business_central.captures.iter();
    let posted = posted.map(|capture| capture.id.clone());
    let held = outside.credits.records.keys().cloned();
    confirmed.chain(posted).chain(held).collect()
}

fn capture_is_wrong(simulation: &Simulation<'_>, id: &str) -> Option<String> {
    let outside = &simulation.outside;
    let bc = &outside.business_central;
    let owner = simulation
        .browsers
        .iter()
        .find(|browser| browser.confirmed.contains_key(id));
    let Some(owner) = owner else {
        return Some("nobody confirmed it".to_owned());
    };
    let (posted, debited) = (bc.count(id), outside.credits.debits_of(id));
    let paid = debited == posted || !simulation.is_paying();
    if posted > 1 || !(paid || (owner.was_lost && debited <= posted)) {
        return Some(format!("posted {posted} times, debited {debited} times"));
    }
    if let Some(capture) = bc.captures.iter().find(|capture| capture.id == id) {
        let confirmed = &owner.confirmed[id];
        if !confirmed
            .posts
            .iter()
            .any(|post| lines(post) == capture.lines)
        {
            return Some("it holds lines that nobody confirmed".to_owned());
        }
        if capture.user_name != confirmed.account.to_uppercase() {
            return Some(format!("it was posted by {}", capture.user_name));
        }
        if lines_of(&capture.lines) != written_lines(simulation, id) {
            return Some("its lines are not those of the worksheet".to_owned());
        }
    }
    let excused = owner.was_lost || simulation.late_holds.contains(id);
    if outside.credits.holds(id, simulation.now) && !excused {
        return Some("its credit is still held".to_owned());
    }
    None
}

fn lines(post: &CapturePost) -> String {
    let post = serde_json::to_value(post).expect("a post that can be written");
    post["lines"].as_str().unwrap_or_default().to_owned()
}

type Line = (String, String, String);

fn lines_of(text: &str) -> Vec<Line> {
    let lines: Vec<Value> = serde_json::from_str(text).expect("lines");
    let of = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    lines
        .iter()
        .map(|line| {
            (
                of(line, "description"),
                plain(&of(line, "quantity")),
                plain(&of(line, "directUnitCost")),
            )
        })
        .collect()
}

/// Business Central drops zeros at the end of a decimal.
fn plain(decimal: &str) -> String {
    match decimal.split_once('.') {
        Some(_) => decimal
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        None => decimal.to_owned(),
    }
}

fn written_lines(simulation: &Simulation<'_>, id: &str) -> Vec<Line> {
    let lines = simulation.outside.business_central.lines.iter();
    lines
        .filter(|line| line.capture_id == id)
        .map(|line| {
            (
                line.description.clone(),
                plain(&line.quantity),
                plain(&line.direct_unit_cost),
            )
        })
        .collect()
}

fn journal_is_wrong(browser: &Browser) -> Option<String> {
    let world = browser.storage.world();
    if world.journal.unreadable > 0 {
        return Some("a record cannot be read".to_owned());
    }
    for (id, delivery) in &world.journal.deliveries {
        if !delivery.stage.has_ended() {
            return Some(format!(
                "{id} has not ended: {:?} {:?}",
                delivery.stage, delivery.trouble
            ));
        }
    }
    for id in browser.confirmed.keys() {
        let known = world.journal.deliveries.keys();
        if !browser.was_lost && !known.into_iter().any(|known| known.as_str() == id) {
            return Some(format!("{id} was confirmed and is not known any more"));
        }
    }
    let mut deliveries = world.journal.deliveries.values();
    let kept_for_correction = deliveries.any(|delivery| delivery.cargo.is_some());
    let local = &browser.storage.local;
    let tells = |text: &String| given::CART_WORDS.iter().any(|word| text.contains(word));
    let done =
        |delivery: &punchout::capture::Delivery| matches!(delivery.stage, Stage::Done { .. });
    let all_done = world.journal.deliveries.values().all(done);
    if (all_done || !kept_for_correction) && local.values().any(tells) {
        return Some("text of the cart is left in the journal".to_owned());
    }
    None
}

/// A month later.
pub(crate) fn after_all(simulation: &mut Simulation<'_>) {
    let now = credit_service::clock::Timestamp::from_millis(simulation.now);
    let held = simulation.outside.credits.held(now);
    if held > 0 {
        simulation.breaks(|| format!("after a month {held} credits are still held"));
    }
}
