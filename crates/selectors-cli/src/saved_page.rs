//! A saved HTML page as a snapshot, without a browser.
//!
//! Here, and only here, an HTML parser runs. What a browser would know and a file does not say (style sheets of other
//! files, scripts' work, typed values) is missing: a snapshot by the real shim is truer wherever one can be had.

mod css;
mod inline_state;
mod invisible;
mod markup;

use std::collections::BTreeSet;

use ego_tree::NodeId;
use punchout::snapshot::{Ancestor, FORMAT, InlineState, Meta, Plan, Root, Snapshot};
use scraper::{ElementRef, Html, Selector};

use inline_state::{Reader, Script};
use invisible::Invisible;

/// The snapshot of a saved page: its body, no inline state.
#[must_use]
pub fn snapshot_of_saved_page(html: &str) -> Snapshot {
    snapshot_by_plan(html, &Plan::default())
}

/// The snapshot of a saved page as a plan asks for it.
///
/// Elements that cannot be seen are told from `hidden`, inline styles, and the page's own `<style>` rules as far as
/// they are simple. The plan's limits are held by the core when it reads.
#[must_use]
pub fn snapshot_by_plan(html: &str, plan: &Plan) -> Snapshot {
    let document = Html::parse_document(html);
    let invisible = Invisible::of(&document);
    let (root, selector) = find_root(&document, plan);
    Snapshot {
        format: FORMAT,
        title: first(&document, "title")
            .map(|title| folded(&text_of(title)))
            .unwrap_or_default(),
        lang: document.root_element().attr("lang").map(str::to_owned),
        meta: all(&document, "meta[name], meta[property]")
            .map(meta_of)
            .collect(),
        canonical: first(&document, "link[rel~=canonical][href]")
            .and_then(|link| link.attr("href"))
            .map(str::to_owned),
        json_ld: all(&document, "script[type='application/ld+json' i]")
            .map(text_of)
            .collect(),
        state: state_of(&document, plan),
        root: Root {
            selector,
            path: path_to(root),
        },
        tree: Some(markup::write(root, &invisible, 0)),
        refused: None,
    }
}

/// What cannot be seen in a parsed page, or is struck through, each with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unseen {
    /// The elements that hide themselves.
    pub hidden: BTreeSet<NodeId>,
    /// The elements that strike what is in them through.
    pub struck: BTreeSet<NodeId>,
}

/// The elements of a parsed page that hide or strike what is in them.
#[must_use]
pub fn unseen(document: &Html) -> Unseen {
    Invisible::of(document).into_unseen()
}

/// The plan's first candidate that matches exactly one element, else the body, else the document.
fn find_root<'d>(document: &'d Html, plan: &Plan) -> (ElementRef<'d>, Option<String>) {
    for candidate in &plan.roots {
        let found: Vec<_> = all(document, &candidate.selector).collect();
        if let [only] = found.as_slice() {
            return (*only, Some(candidate.selector.clone()));
        }
    }
    (
        first(document, "body").unwrap_or_else(|| document.root_element()),
        None,
    )
}

fn path_to(root: ElementRef<'_>) -> Vec<Ancestor> {
    let mut path: Vec<_> = root
        .ancestors()
        .filter_map(ElementRef::wrap)
        .map(ancestor)
        .collect();
    path.reverse();
    path
}

fn ancestor(element: ElementRef<'_>) -> Ancestor {
    let attributes = element
        .value()
        .attrs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ancestor {
        name: element.value().name().to_owned(),
        attributes: attributes.collect(),
    }
}

fn meta_of(element: ElementRef<'_>) -> Meta {
    let owned = |name| element.attr(name).map(str::to_owned);
    Meta {
        name: owned("name"),
        property: owned("property"),
        content: owned("content").unwrap_or_default(),
    }
}

fn state_of(document: &Html, plan: &Plan) -> Vec<InlineState> {
    let scripts: Vec<Script> = all(document, "script:not([src])")
        .map(|script| Script {
            id: script.attr("id").unwrap_or_default().to_owned(),
            kind: script.attr("type").unwrap_or_default().to_owned(),
            text: text_of(script),
        })
        .collect();
    let mut reader = Reader::new(&plan.limits);
    let mut room = plan.limits.state;
    let mut state = Vec::new();
    for wanted in &plan.state {
        for script in &scripts {
            for json in inline_state::of_script(wanted, script, &mut reader) {
                if let Some(left) = room.checked_sub(json.len()) {
                    room = left;
                    let name = script.name_of(&wanted.name);
                    state.push(InlineState { name, json });
                }
            }
        }
    }
    state
}

/// Every element that matches; none where the text is no selector.
fn all<'d>(document: &'d Html, css: &str) -> impl Iterator<Item = ElementRef<'d>> {
    let found: Vec<_> = Selector::parse(css)
        .map(|selector| document.select(&selector).collect())
        .unwrap_or_default();
    found.into_iter()
}

fn first<'d>(document: &'d Html, css: &str) -> Option<ElementRef<'d>> {
    all(document, css).next()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
