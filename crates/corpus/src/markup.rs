//! A page as a tree that can be changed, and written again.

use std::collections::BTreeSet;

use scraper::{Html, Node as Parsed};
use selectors_cli::saved_page::{Unseen, unseen};

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element and what is in it.
    Element(Element),
    /// Text, not escaped.
    Text(String),
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name in small letters.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// Elements without an end tag.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose text is not escaped.
const RAW: [&str; 4] = ["script", "style", "noscript", "iframe"];

impl Element {
    /// An element with one class.
    #[must_use]
    pub fn new(name: &str, class: &str, children: Vec<Node>) -> Self {
        Self {
            name: name.to_owned(),
            attributes: vec![("class".to_owned(), class.to_owned())],
            children,
        }
    }

    /// Parses a page. What its style sheets hide or strike through says so itself afterwards, and the style sheets are
    /// gone, so that a change of names never shows what was hidden.
    #[must_use]
    pub fn parse(html: &str) -> Self {
        let document = Html::parse_document(html);
        let unseen = unseen(&document);
        let root = document.root_element();
        let children = children_of(*root, &unseen);
        Self {
            name: "html".to_owned(),
            attributes: attributes_of(root.value(), &[]),
            children,
        }
    }

    /// The page as HTML.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut html = "<!DOCTYPE html>\n".to_owned();
        self.write(&mut html);
        html
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            let value = value.replace('&', "&amp;").replace('"', "&quot;");
            out.push_str(&format!(" {name}=\"{value}\""));
        }
        out.push('>');
        if VOID.contains(&self.name.as_str()) {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) if RAW.contains(&self.name.as_str()) => out.push_str(text),
                Node::Text(text) => out.push_str(&escaped(text)),
            }
        }
        out.push_str(&format!("</{}>", self.name));
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Sets an attribute.
    pub fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.attributes.push((name.to_owned(), value.to_owned()));
    }

    /// Removes an attribute.
    pub fn remove(&mut self, name: &str) {
        self.attributes.retain(|(key, _)| key != name);
    }

    /// The elements right below it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Whether text that is not white space stands right in it.
    #[must_use]
    pub fn has_own_text(&self) -> bool {
        let mut children = self.children.iter();
        children.any(|child| matches!(child, Node::Text(text) if !text.trim().is_empty()))
    }

    /// All text in it that can be seen, white space folded.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn collect_text(&self, out: &mut String) {
        if self.is_hidden() || RAW.contains(&self.name.as_str()) {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.collect_text(out),
                Node::Text(text) => out.push_str(text),
            }
        }
        out.push(' ');
    }

    /// Whether it says that it cannot be seen.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.attribute("hidden").is_some()
    }

    /// Calls `change` with every element, those below before those above.
    pub fn change_all(&mut self, change: &mut impl FnMut(&mut Self)) {
        for child in &mut self.children {
            if let Node::Element(element) = child {
                element.change_all(change);
            }
        }
        change(self);
    }

    /// Calls `look` with every element, those above before those below.
    pub fn look_at_all<'e>(&'e self, look: &mut impl FnMut(&'e Self)) {
        look(self);
        for element in self.elements() {
            element.look_at_all(look);
        }
    }

    /// Gives every child element to `replace`, which says what stands in its place; below before above.
    pub fn replace_all(&mut self, replace: &mut impl FnMut(Self) -> Vec<Node>) {
        let children = std::mem::take(&mut self.children);
        for child in children {
            match child {
                Node::Element(mut element) => {
                    element.replace_all(replace);
                    self.children.extend(replace(element));
                }
                text => self.children.push(text),
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn children_of(node: ego_tree::NodeRef<'_, Parsed>, unseen: &Unseen) -> Vec<Node> {
    let mut children = Vec::new();
    for child in node.children() {
        match child.value() {
            Parsed::Element(element) if element.name() == "style" => {}
            Parsed::Element(element) => {
                let says = [
                    (&unseen.hidden, "hidden", ""),
                    (&unseen.struck, "style", "text-decoration: line-through"),
                ];
                let said: Vec<(&str, &str)> = says
                    .into_iter()
                    .filter(|(nodes, ..)| is_said(nodes, child))
                    .map(|(_, name, value)| (name, value))
                    .collect();
                children.push(Node::Element(Element {
                    name: element.name().to_owned(),
                    attributes: attributes_of(element, &said),
                    children: children_of(child, unseen),
                }));
            }
            Parsed::Text(text) => children.push(Node::Text(text.to_string())),
            Parsed::Fragment => children.extend(children_of(child, unseen)),
            _ => {}
        }
    }
    children
}

fn is_said(nodes: &BTreeSet<ego_tree::NodeId>, node: ego_tree::NodeRef<'_, Parsed>) -> bool {
    let name = node
        .value()
        .as_element()
        .map_or("", |element| element.name());
    nodes.contains(&node.id()) && !NEVER_SEEN.contains(&name)
}

/// Elements that browsers hide without being told; to say so would change what others make of them.
const NEVER_SEEN: [&str; 6] = [
    "head", "script", "noscript", "template", "datalist", "input",
];

fn attributes_of(element: &scraper::node::Element, said: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = element.attrs();
    let mut attributes: Vec<(String, String)> = own
        .filter(|(name, _)| said.iter().all(|(other, _)| other != name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    attributes.extend(
        said.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    attributes
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn a_page_is_written_as_it_was_read() {
        let html = "<p class=\"a\">1 &lt; 2 &amp; 3<br><input value=\"&quot;\"></p>";
        let page = Element::parse(html).to_html();
        assert!(page.contains(html), "{page}");
    }

    #[test]
    fn what_a_style_sheet_hides_says_so_itself() {
        let html = "<style>.x { display: none }</style><p class=x>no</p><p>yes</p>";
        let page = Element::parse(html);
        assert_eq!(page.text(), "yes");
        assert!(!page.to_html().contains("<style>"));
    }
}
