//! What a file of the core names: rooms of the crate, and modules of the standard library.

use crate::tokens::tokens;

/// The words that begin a path within the crate.
const STARTS: [&str; 4] = ["crate", "punchout", "self", "super"];

/// The rooms that a file names, its own included. `module` is where the file stands: `["cart", "lines"]`.
pub fn rooms(module: &[&str], text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for (place, levels) in inline_levels(&tokens).into_iter().enumerate() {
        if starts_path(&tokens, place) && STARTS.contains(&tokens[place]) {
            let mut here = module.to_vec();
            here.extend(vec!["an inline module"; levels]);
            let paths = heads(&tokens, place, &STARTS);
            found.extend(paths.iter().filter_map(|path| room(&here, path)));
        }
    }
    found
}

/// The modules of the standard library that a file names.
pub fn of_std(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let places = (0..tokens.len()).filter(|&at| tokens[at] == "std" && starts_path(&tokens, at));
    places
        .flat_map(|place| heads(&tokens, place, &["std"]))
        .filter_map(|path| path.last().map(ToString::to_string))
        .collect()
}

fn starts_path(tokens: &[&str], place: usize) -> bool {
    // A renamed crate would hide what is named through it.
    let goes_on = matches!(tokens.get(place + 1), Some(&"::" | &"as"));
    goes_on && (place == 0 || tokens[place - 1] != "::")
}

/// How many modules that are written inside the file stand around each token.
fn inline_levels(tokens: &[&str]) -> Vec<usize> {
    let mut depth = 0_usize;
    let mut modules = Vec::new();
    let mut levels = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        match *token {
            "{" => {
                depth += 1;
                if place >= 2 && tokens[place - 2] == "mod" {
                    modules.push(depth);
                }
            }
            "}" => {
                modules.pop_if(|module| *module == depth);
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        levels.push(modules.len());
    }
    levels
}

/// The paths that begin at a place, each up to its first word that is none of `starts`; a group gives one for each
/// member.
fn heads<'t>(tokens: &[&'t str], place: usize, starts: &[&str]) -> Vec<Vec<&'t str>> {
    let Some(&word) = tokens.get(place) else {
        return Vec::new();
    };
    if word == "{" {
        let members = members(tokens, place);
        return members
            .into_iter()
            .flat_map(|member| heads(tokens, member, starts))
            .collect();
    }
    if !starts.contains(&word) || !matches!(tokens.get(place + 1), Some(&"::" | &"as")) {
        return vec![vec![word]];
    }
    if tokens[place + 1] == "as" {
        return vec![vec![word, "*"]];
    }
    let mut paths = heads(tokens, place + 2, starts);
    for path in &mut paths {
        path.insert(0, word);
    }
    paths
}

/// Where the members of a group begin.
fn members(tokens: &[&str], open: usize) -> Vec<usize> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate().skip(open) {
        match *token {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        let begins = depth == 1 && matches!(*token, "{" | ",");
        if begins && tokens.get(place + 1) != Some(&"}") {
            found.push(place + 1);
        }
    }
    found
}

/// The room that a path leads to, from a module; `None` where it stays at the crate's own root.
fn room(module: &[&str], path: &[&str]) -> Option<String> {
    let mut here = module.to_vec();
    for word in path {
        match *word {
            "crate" | "punchout" => here.clear(),
            "super" => drop(here.pop()),
            "self" => {}
            name => here.push(name),
        }
    }
    here.first().map(ToString::to_string)
}

#[test]
fn a_room_is_seen_however_it_is_named() {
    for text in [
        "use crate::cart::Cart;",
        "use crate::{cart::{Cart, Totals}};",
        "use super::super::cart;",
        "use super::{lines, super::cart::Cart};",
        "fn f(c: &crate::cart::Cart) {}",
        "use punchout::cart;",
        "mod inner { use super::super::super::cart; }",
        "const A: char = '\"'; use crate::cart; const B: char = '\"';",
        "fn f<'a>(c: &'a crate::cart::Cart) {}",
        "let a = r#\"\"\"#; use crate::cart;",
    ] {
        let named = rooms(&["money", "digits"], text);
        assert!(named.contains(&"cart".to_owned()), "{text}: {named:?}");
    }
}

#[test]
fn a_crate_under_another_name_or_named_whole_is_seen() {
    for text in ["use crate as all;", "use crate::*;", "use super::super::*;"] {
        assert_eq!(rooms(&["money", "digits"], text), ["*"], "{text}");
    }
}

#[test]
fn comments_strings_and_the_room_itself_name_no_other_room() {
    for text in [
        "// use crate::cart;\n/* crate::cart /* crate::cart */ crate::cart */",
        "let a = \"crate::cart \\\" crate::cart\"; let b = br##\"crate::cart\"##;",
        "use super::digits; use self::digits; mod tests { use super::*; }",
        "pub(in crate::money) fn cart() { cart::f(); other::crate_cart::g() }",
    ] {
        let mut named = rooms(&["money", "digits"], text);
        named.retain(|room| room != "money");
        assert!(named.is_empty(), "{text}: {named:?}");
    }
}

#[test]
fn a_module_of_the_standard_library_is_seen_in_a_group() {
    assert_eq!(
        of_std("use std::{fmt, fs::File}; std::net::lookup()"),
        ["fmt", "fs", "net"]
    );
}
