//! What a person reads in an element.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node as Parsed};

use crate::css::Selector;

use crate::letters::BORDER;

use super::node::Node;

/// Which text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// What can be seen.
    Visible,
    /// What can be seen, digits of different elements set apart by [`BORDER`].
    Printed,
    /// Everything.
    All,
}

/// Elements that continue the word around them; every other one stands apart.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "samp", "small", "span", "strong", "sub", "time", "tt",
    "u", "var", "wbr",
];

/// Elements inside each other, light and shadow trees together, beyond which text is left out: slots can lead deeper
/// than any tree is.
const MOST_LEVELS: usize = 1_024;

/// The text in an element but for that of some elements inside it, white space folded.
pub(super) fn text(node: Node<'_>, scope: Scope, without: Option<&Selector>) -> String {
    let mut writer = Writer::of(scope, without);
    writer.inside(node);
    writer.folded.text
}

/// What can be seen in each line of an element, with the elements in it; lines end at `<br>`.
pub(super) fn broken_lines(node: Node<'_>) -> Vec<String> {
    let is_break = |child: &NodeRef<'_, Parsed>| matches!(child.value(), Parsed::Element(own) if own.name() == "br");
    let children: Vec<NodeRef<'_, Parsed>> = node.element().children().collect();
    let line = |children: &[NodeRef<'_, Parsed>]| {
        let mut writer = Writer::of(Scope::Printed, None);
        for child in children {
            writer.child(node, *child);
        }
        writer.folded.text
    };
    children.split(is_break).map(line).collect()
}

/// The text of an element without that of the elements in it, where it can be seen.
pub(super) fn own_text(node: Node<'_>) -> String {
    let mut folded = Folded::default();
    if !is_closed(node) {
        for child in node.element().children() {
            match child.value() {
                Parsed::Text(text) => folded.push(text),
                _ => folded.space(),
            }
        }
    }
    folded.text
}

/// The texts that stand in an element itself, set apart by [`BORDER`] where elements stand between them.
pub(super) fn own_printed_text(node: Node<'_>) -> String {
    let mut texts = String::new();
    for child in node.element().children() {
        let Parsed::Text(text) = child.value() else {
            continue;
        };
        if !texts.is_empty() && !text.trim().is_empty() {
            texts.push(BORDER);
        }
        texts.push_str(text.trim());
    }
    texts
}

struct Writer<'w> {
    scope: Scope,
    without: Option<&'w Selector>,
    levels: usize,
    folded: Folded,
}

impl<'w> Writer<'w> {
    fn of(scope: Scope, without: Option<&'w Selector>) -> Self {
        Self {
            scope,
            without,
            levels: 0,
            folded: Folded::default(),
        }
    }

    fn inside(&mut self, node: Node<'_>) {
        if self.scope == Scope::All {
            self.children(node);
            self.hosted(node);
            return;
        }
        match node.name() {
            "select" => {
                if let Some(option) = node.chosen_option() {
                    self.children(option);
                }
            }
            "textarea" => {}
            "slot" => self.slot(node),
            _ if node.hosted().next().is_some() => self.hosted(node),
            _ => self.children(node),
        }
    }

    fn children(&mut self, node: Node<'_>) {
        for child in node.element().children() {
            self.child(node, child);
        }
    }

    /// Shadow trees and frames that hang on an element; light children show where a slot takes them.
    fn hosted(&mut self, node: Node<'_>) {
        for (place, tree) in node.hosted() {
            for child in tree.html.tree.root().children() {
                match ElementRef::wrap(child) {
                    Some(element) => self.element(node.at(place, element)),
                    None => self.text_in(node, child),
                }
            }
        }
    }

    fn child<'p>(&mut self, parent: Node<'p>, child: NodeRef<'p, Parsed>) {
        match ElementRef::wrap(child) {
            Some(element) => self.element(parent.at(parent.tree(), element)),
            None => self.text_in(parent, child),
        }
    }

    /// A hidden element is entered all the same: what is in it can be shown again.
    fn element(&mut self, node: Node<'_>) {
        if self.levels >= MOST_LEVELS {
            return;
        }
        self.levels += 1;
        self.boundary(node);
        if !self.without.is_some_and(|without| node.matches(without)) {
            self.inside(node);
        }
        self.boundary(node);
        self.levels -= 1;
    }

    fn boundary(&mut self, node: Node<'_>) {
        let seen = self.scope == Scope::All || !node.is_hidden_here();
        if seen && !INLINE.contains(&node.name()) {
            self.folded.space();
        }
        if self.scope == Scope::Printed {
            self.folded.element();
        }
    }

    fn text_in(&mut self, parent: Node<'_>, child: NodeRef<'_, Parsed>) {
        if self.scope != Scope::All && (parent.is_hidden_here() || is_closed(parent)) {
            return;
        }
        if let Some(text) = child.value().as_text() {
            self.folded.push(text);
        }
    }

    /// A slot shows the host's children that are assigned to it, else its own.
    fn slot(&mut self, slot: Node<'_>) {
        let name = slot.attr("name").unwrap_or_default();
        let host = slot.host().filter(|_| slot.is_first_slot());
        let assigned = |child: &NodeRef<'_, Parsed>| slot_name(*child) == Some(name);
        match host {
            Some(host) if host.element().children().any(|child| assigned(&child)) => {
                for child in host.element().children().filter(assigned) {
                    self.child(host, child);
                }
            }
            _ => self.children(slot),
        }
    }
}

/// The slot that a child of a host goes to; comments go nowhere.
fn slot_name(child: NodeRef<'_, Parsed>) -> Option<&str> {
    match child.value() {
        Parsed::Element(element) => Some(element.attr("slot").unwrap_or_default()),
        Parsed::Text(_) => Some(""),
        _ => None,
    }
}

/// A closed `<details>`, and what waits to be found in the page, hide their own text; their elements are in the live
/// state.
fn is_closed(node: Node<'_>) -> bool {
    let waits = node
        .attr("hidden")
        .is_some_and(|hidden| hidden.eq_ignore_ascii_case("until-found"));
    waits || (node.name() == "details" && node.attr("open").is_none())
}

/// Text with white space folded and characters left out that are not seen.
#[derive(Default)]
struct Folded {
    text: String,
    space: bool,
    /// An element began or ended since the last character.
    element: bool,
}

impl Folded {
    fn space(&mut self) {
        self.space = true;
    }

    fn element(&mut self) {
        self.element = true;
    }

    fn push(&mut self, text: &str) {
        for character in text.chars().filter(|&character| !is_unseen(character)) {
            if character.is_whitespace() || character.is_control() {
                self.space = true;
                continue;
            }
            let splits = self.element
                && character.is_ascii_digit()
                && self.text.ends_with(|last: char| last.is_ascii_digit());
            if splits {
                self.text.push(BORDER);
            } else if self.space && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.space = false;
            self.element = false;
            self.text.push(character);
        }
    }
}

/// Soft hyphens, zero-width characters and direction marks: they change what is read without being seen.
pub(super) fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
