//! The architecture, held against the code: which room may name which, what the core may not touch, and how files are
//! kept. `docs/ARCHITECTURE.md` gives the reasons.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test says what it expects by failing"
)]

#[path = "architecture/names.rs"]
mod names;
#[path = "architecture/repository.rs"]
mod repository;
#[path = "architecture/tables.rs"]
mod tables;
#[path = "architecture/tokens.rs"]
mod tokens;
#[path = "architecture/traps.rs"]
mod traps;

use std::collections::{BTreeMap, BTreeSet};

use repository::{File, core, read, text_files};

/// Which rooms a room may name, in the order of the rooms: a room stands below all that it names.
const ROOMS: [(&str, &[&str]); 16] = [
    ("money", &[]),
    ("timestamp", &[]),
    ("capture_id", &[]),
    ("http", &[]),
    ("json", &[]),
    ("snapshot", &["json"]),
    ("cart", &["money"]),
    ("supplier", &["cart", "json", "money"]),
    (
        "extract",
        &["cart", "json", "money", "snapshot", "supplier"],
    ),
    ("export", &["capture_id", "cart", "money", "timestamp"]),
    ("oauth", &["http", "json", "timestamp"]),
    ("credits", &["capture_id", "http", "json", "timestamp"]),
    ("deployment", &["json", "oauth"]),
    (
        "business_central",
        &["capture_id", "cart", "http", "json", "money", "timestamp"],
    ),
    (
        "capture",
        &[
            "business_central",
            "capture_id",
            "cart",
            "credits",
            "deployment",
            "export",
            "extract",
            "http",
            "json",
            "money",
            "oauth",
            "snapshot",
            "supplier",
            "timestamp",
        ],
    ),
    (
        "browser",
        &[
            "capture",
            "cart",
            "deployment",
            "extract",
            "http",
            "json",
            "snapshot",
            "supplier",
            "timestamp",
        ],
    ),
];

/// Tools that know nothing of the subject, so that every room may name them.
const FOR_ALL: [&str; 3] = ["css", "letters", "sorted"];

/// The one room that touches the browser.
const IMPURE: &str = "browser";

/// Words of clocks, randomness and the browser.
const IMPURE_WORDS: [&str; 13] = [
    "Instant",
    "SystemTime",
    "getrandom",
    "gloo",
    "gloo_net",
    "gloo_timers",
    "js_sys",
    "now_local",
    "now_utc",
    "rand",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// Modules of the standard library that reach outside.
const IMPURE_STD: [&str; 7] = ["env", "fs", "io", "net", "os", "process", "thread"];

const LONGEST_FILE: usize = 420;

/// Names that say nothing of what a module is for.
const EMPTY_NAMES: [&str; 9] = [
    "common", "commons", "helper", "helpers", "manager", "managers", "misc", "util", "utils",
];

/// What is left for later is left out.
const UNFINISHED: [&str; 5] = ["TODO", "FIXME", "XXX", "unimplemented!", "todo!"];

/// Folders of one machine, and hosts that packages come from: both differ from place to place. In pieces, so that this
/// list is not found itself.
const OF_ONE_PLACE: [&str; 8] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("crates", ".io"),
    concat!("npm", "js."),
    concat!("py", "pi.org"),
    concat!("python", "hosted.org"),
    concat!("proxy.go", "lang.org"),
    concat!("artif", "actory"),
];

/// Where `Cargo.lock` says that a crate comes from, whatever host it was really taken from.
const CARGO_SOURCE: &str = concat!("registry+https://github.com/rust-lang/crates", ".io-index");

fn allowed(room: &str) -> &'static [&'static str] {
    let row = ROOMS.iter().find(|(name, _)| *name == room);
    row.map_or(&[], |(_, allowed)| allowed)
}

/// Where a file of the core stands: `["cart", "lines"]`; nothing for the crate's own file.
fn module(file: &File) -> Vec<&str> {
    let names = file.names().split_off(1);
    if names == ["lib"] { Vec::new() } else { names }
}

/// The files of the core by room.
fn files_of_rooms() -> BTreeMap<String, Vec<File>> {
    let mut rooms: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for file in core() {
        if let Some(room) = module(&file).first().map(ToString::to_string) {
            rooms.entry(room).or_default().push(file);
        }
    }
    rooms
}

/// What each room names beside itself.
fn named_by_rooms() -> BTreeMap<String, BTreeSet<String>> {
    let rooms = files_of_rooms().into_iter().map(|(room, files)| {
        let named = files
            .iter()
            .flat_map(|file| names::rooms(&module(file), &file.text));
        let others = named.filter(|other| *other != room).collect();
        (room, others)
    });
    rooms.collect()
}

fn pure_files() -> Vec<File> {
    let mut files = core();
    files.retain(|file| module(file).first() != Some(&IMPURE));
    files
}

#[track_caller]
fn none(what: &str, found: impl IntoIterator<Item = String>) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn a_room_names_only_the_rooms_that_the_table_allows() {
    let wrong = named_by_rooms().into_iter().flat_map(|(room, named)| {
        let refused = named
            .into_iter()
            .filter(|other| {
                !FOR_ALL.contains(&other.as_str()) && !allowed(&room).contains(&other.as_str())
            })
            .map(|other| format!("{room} names {other}"));
        refused.collect::<Vec<_>>()
    });
    none("the table of rooms does not allow", wrong);
}

#[test]
fn the_table_allows_nothing_that_is_not_used() {
    let named = named_by_rooms();
    let unused = ROOMS.iter().flat_map(|(room, allowed)| {
        let unused = allowed
            .iter()
            .filter(|other| !named[*room].contains(**other));
        unused.map(move |other| format!("{room} may name {other} and does not"))
    });
    none("the table of rooms is wider than the code", unused);
}

#[test]
fn names_go_down_only() {
    let upward = ROOMS
        .iter()
        .enumerate()
        .flat_map(|(place, (room, allowed))| {
            let below = &ROOMS[..place];
            let above = allowed
                .iter()
                .filter(|other| below.iter().all(|(name, _)| name != *other));
            above.map(move |other| format!("{room} names {other}, which does not stand below it"))
        });
    none("rooms name upward", upward);
}

#[test]
fn the_table_has_every_room() {
    let mut rooms: BTreeSet<String> = files_of_rooms().into_keys().collect();
    rooms.retain(|room| !FOR_ALL.contains(&room.as_str()));
    let table = ROOMS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(rooms, table);
}

#[test]
fn the_crate_doc_and_the_architecture_say_the_same_table() {
    for path in ["src/lib.rs", "docs/ARCHITECTURE.md"] {
        let mut said = tables::rooms(&read(path));
        said.retain(|(name, _)| !FOR_ALL.contains(&name.as_str()));
        let said: Vec<(&str, Vec<&str>)> = said
            .iter()
            .map(|(name, allowed)| (&**name, allowed.iter().map(|other| &**other).collect()))
            .collect();
        let table = ROOMS.map(|(name, allowed)| (name, allowed.to_vec()));
        assert_eq!(said, table, "{path}");
    }
}

#[test]
fn the_pure_rooms_have_no_clock_no_randomness_no_network_no_storage_and_no_browser() {
    let touched = pure_files().into_iter().flat_map(|file| {
        let words = tokens::tokens(&file.text).into_iter().map(str::to_owned);
        let words = words.filter(|word| IMPURE_WORDS.contains(&word.as_str()));
        let modules = names::of_std(&file.text).into_iter();
        let modules = modules.filter(|module| IMPURE_STD.contains(&module.as_str()));
        let found = words.chain(modules);
        found
            .map(|word| format!("{}: {word}", file.path))
            .collect::<Vec<_>>()
    });
    none("only src/browser may name", touched);
}

#[test]
fn the_credits_room_never_names_a_cart() {
    let credits = files_of_rooms().remove("credits").unwrap();
    let named = credits.iter().flat_map(|file| {
        let words = tokens::tokens(&file.text).into_iter();
        words.filter(|word| word.to_lowercase().contains("cart"))
    });
    none("what the credit service learns", named.map(str::to_owned));
}

#[test]
fn every_room_opens_with_its_doc() {
    let files = core();
    let is_folder = |module: &[&str]| {
        let inside = |file: &File| {
            let other = self::module(file);
            other.len() > module.len() && other.starts_with(module)
        };
        files.iter().any(inside)
    };
    let silent = files.iter().filter(|file| {
        let module = module(file);
        let is_room = module.len() <= 1 || is_folder(&module);
        is_room && !file.text.starts_with("//! ")
    });
    none("no `//!` opens", silent.map(|file| file.path.clone()));
    let folders = files.iter().map(module).filter(|module| module.len() > 1);
    let paths = folders.map(|module| format!("src/{}.rs", module[..module.len() - 1].join("/")));
    none(
        "no room file",
        paths.filter(|path| files.iter().all(|file| file.path != *path)),
    );
}

#[test]
fn no_file_of_the_core_is_longer_than_420_lines() {
    let long = core().into_iter().filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > LONGEST_FILE).then(|| format!("{}: {lines}", file.path))
    });
    none("too long", long);
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    let code = |file: &File| file.ends_with_any(&[".rs", ".js", ".mjs", ".sh", ".al"]);
    let says_nothing = |name: &str| {
        name.split(['_', '-'])
            .any(|word| EMPTY_NAMES.contains(&word))
    };
    let found = text_files().into_iter().filter(code);
    let found = found.filter(|file| file.names().into_iter().any(says_nothing));
    none("says nothing", found.map(|file| file.path));
}

#[test]
fn nothing_is_left_for_later() {
    none("unfinished", places_of(&UNFINISHED));
}

#[test]
fn nothing_names_a_folder_of_one_machine_or_the_host_of_a_package_registry() {
    none("of one place", places_of(&OF_ONE_PLACE));
}

/// Where one of the words stands as a word of its own, but for this file, which lists them.
fn places_of(words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in text_files().into_iter().filter(|file| file.path != file!()) {
        for (number, line) in file.text.lines().enumerate() {
            let line = line.replace(CARGO_SOURCE, "");
            let here = words.iter().filter(|word| stands_alone(&line, word));
            found.extend(here.map(|word| format!("{}:{}: {word}", file.path, number + 1)));
        }
    }
    found
}

fn stands_alone(line: &str, word: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(start, _)| {
        let after = line[start + word.len()..].chars().next();
        let before = line[..start].chars().next_back();
        let begins = !word.starts_with(is_letter) || !before.is_some_and(is_letter);
        begins && (!word.ends_with(is_letter) || !after.is_some_and(is_letter))
    })
}
