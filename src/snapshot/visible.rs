//! What a person reads in an element.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node as Parsed};

use super::node::Node;

/// Which text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// What can be seen.
    Visible,
    /// What can be seen, digits of different elements set apart.
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

/// The text in an element, white space folded.
pub(super) fn text(node: Node<'_>, scope: Scope) -> String {
    let mut writer = Writer {
        scope,
        folded: Folded::default(),
    };
    writer.inside(node);
    writer.folded.text
}

struct Writer {
    scope: Scope,
    folded: Folded,
}

impl Writer {
    /// Writes what is in an element. The reader of markup caps how deep this can go.
    fn inside(&mut self, node: Node<'_>) {
        match (self.scope, node.name()) {
            (Scope::Visible | Scope::Printed, "select") => {
                if let Some(option) = node.chosen_option() {
                    self.children(option);
                }
            }
            (Scope::Visible | Scope::Printed, "textarea") => {}
            (Scope::Visible | Scope::Printed, "slot") => self.slot(node),
            (Scope::Visible | Scope::Printed, _) if node.hosted().next().is_some() => {
                self.hosted(node)
            }
            (Scope::Visible | Scope::Printed, _) => self.children(node),
            (Scope::All, _) => {
                self.children(node);
                self.hosted(node);
            }
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
                    None => self.text_of(child),
                }
            }
        }
    }

    fn child<'p>(&mut self, parent: Node<'p>, child: NodeRef<'p, Parsed>) {
        match ElementRef::wrap(child) {
            Some(element) => self.element(parent.at(parent.tree(), element)),
            None if self.scope != Scope::All && is_closed(parent) => {}
            None => self.text_of(child),
        }
    }

    fn element(&mut self, node: Node<'_>) {
        if self.scope != Scope::All && node.is_hidden_here() {
            return;
        }
        let apart = !INLINE.contains(&node.name());
        self.boundary(apart);
        self.inside(node);
        self.boundary(apart);
    }

    fn boundary(&mut self, apart: bool) {
        if apart {
            self.folded.space();
        } else if self.scope == Scope::Printed {
            self.folded.element();
        }
    }

    fn text_of(&mut self, child: NodeRef<'_, Parsed>) {
        if let Some(text) = child.value().as_text() {
            self.folded.push(text);
        }
    }

    /// A slot shows the host's children that are assigned to it, else its own.
    fn slot(&mut self, slot: Node<'_>) {
        let name = slot.attr("name").unwrap_or_default();
        let mut taken = 0_usize;
        if let Some(host) = slot.host() {
            for child in host
                .element()
                .children()
                .filter(|child| slot_name(*child) == Some(name))
            {
                taken = taken.saturating_add(1);
                self.child(host, child);
            }
        }
        if taken == 0 {
            self.children(slot);
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

/// A closed `<details>` hides its own text; its elements are in the live state.
fn is_closed(node: Node<'_>) -> bool {
    node.name() == "details" && node.attr("open").is_none()
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
            if (self.space || splits) && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.space = false;
            self.element = false;
            self.text.push(character);
        }
    }
}

/// Soft hyphens, zero-width characters and direction marks: they change what is read without being seen.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
