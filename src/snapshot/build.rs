//! Fills `scraper`'s tree from markup, without an HTML parser.

use std::borrow::Cow;

use ego_tree::NodeId;
use markup5ever::{Attribute, LocalName, Namespace, QualName, ns};
use scraper::node::{Element, Text};
use scraper::{Html, Node};

use super::attributes::{self, Admission, AllowedAttributes};
use super::live::{Appearance, Live, LiveByNumber};
use super::xhtml::{Body, Part, Reader, decode};
use super::{Ancestor, Limits, SnapshotError, TreeText};
use crate::sorted::SortedMap;

/// Elements whose bodies stay behind; the element itself stays, so that siblings keep their places.
const BODILESS: [&str; 5] = ["script", "style", "svg", "noscript", "template"];

/// Most names of attributes that are kept: pages have some dozens, a hostile one could have as many as it likes.
const MOST_NAMES: usize = 256;

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// A tree with its live state.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) html: Html,
    pub(super) live: Live,
    /// The node of each numbered element.
    pub(super) numbered: Vec<NodeId>,
}

/// What may still be read, over all trees of a page.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    elements: usize,
    bytes: usize,
    above: usize,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            elements: 0,
            bytes: 0,
            above: 0,
        }
    }

    /// The next tree hangs below so many levels.
    pub(super) fn stand_at(&mut self, above: usize) {
        self.above = above;
    }

    fn spend_bytes(&mut self, bytes: usize) -> Result<(), SnapshotError> {
        self.bytes = self.bytes.saturating_add(bytes);
        within(self.bytes, self.limits.bytes, "bytes")
    }

    fn spend_element(&mut self, depth: usize) -> Result<(), SnapshotError> {
        self.elements = self.elements.saturating_add(1);
        within(self.elements, self.limits.elements, "elements")?;
        within(
            self.above.saturating_add(depth),
            self.limits.depth,
            "levels",
        )
    }
}

fn within(found: usize, allowed: usize, limit: &'static str) -> Result<(), SnapshotError> {
    if found > allowed {
        Err(SnapshotError::TooMuch { limit, allowed })
    } else {
        Ok(())
    }
}

/// Where a tree hangs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stem<'a> {
    /// A document whose root has these ancestors.
    Document(&'a [Ancestor]),
    /// A shadow root.
    Fragment,
}

/// Reads one tree.
pub(super) fn build(
    text: &TreeText,
    stem: Stem<'_>,
    allowed: &AllowedAttributes,
    budget: &mut Budget,
) -> Result<Built, SnapshotError> {
    budget.spend_bytes(text.markup.len())?;
    let mut builder = Builder::new(stem, allowed, LiveByNumber::new(&text.live));
    let mut reader = Reader::new(&text.markup);
    while let Some(part) = reader.next_part() {
        match part {
            Part::Open { name, body } => {
                budget.spend_element(builder.open.len())?;
                let local = builder.open_element(name, body, reader.attributes());
                if body == Body::Follows && BODILESS.contains(&&*local) {
                    if reader.skip_body(name) && &*local != "template" {
                        builder.append(builder.parent(), nothing());
                    }
                    builder.close_element(name);
                }
            }
            Part::Close(name) => builder.close_element(name),
            Part::Text(raw) => builder.append_text(&decode(raw)),
            Part::Verbatim(text) => builder.append_text(text),
        }
    }
    builder.finish(text.elements)
}

/// An element that is still open.
#[derive(Debug)]
struct Open<'a> {
    node: NodeId,
    name: &'a str,
    namespace: Namespace,
    prefixes: Vec<(&'a str, Namespace)>,
    appearance: Appearance,
}

#[derive(Debug)]
struct Builder<'a> {
    html: Html,
    allowed: &'a AllowedAttributes,
    live: LiveByNumber<'a>,
    open: Vec<Open<'a>>,
    stem: NodeId,
    numbered: Vec<NodeId>,
    names: SortedMap<&'a str, (Admission, LocalName)>,
}

impl<'a> Builder<'a> {
    fn new(stem: Stem<'_>, allowed: &'a AllowedAttributes, live: LiveByNumber<'a>) -> Self {
        let (html, path) = match stem {
            Stem::Document(path) => (Html::new_document(), path),
            Stem::Fragment => (Html::new_fragment(), [].as_slice()),
        };
        let root = html.tree.root().id();
        let mut builder = Self {
            html,
            allowed,
            live,
            open: Vec::new(),
            stem: root,
            numbered: Vec::new(),
            names: SortedMap::new(),
        };
        for ancestor in path {
            let admitted = ancestor
                .attributes
                .iter()
                .map(|(name, value)| (name.as_str(), Cow::from(value)));
            let element = element(html_name(&ancestor.name), admitted, allowed);
            builder.stem = builder.append(builder.stem, Node::Element(element));
        }
        builder
    }

    /// The node that is open.
    fn parent(&self) -> NodeId {
        self.open.last().map_or(self.stem, |open| open.node)
    }

    fn append(&mut self, parent: NodeId, value: Node) -> NodeId {
        self.html
            .tree
            .get_mut(parent)
            .map_or(parent, |mut parent| parent.append(value).id())
    }

    fn append_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.append(self.parent(), Node::Text(Text { text: text.into() }));
        }
    }

    /// Adds an element and gives its local name.
    fn open_element(
        &mut self,
        name: &'a str,
        body: Body,
        written: &[(&'a str, &'a str)],
    ) -> LocalName {
        let (namespace, prefixes) = self.namespaces(written);
        let qualified = self.resolve(name, &namespace, &prefixes);
        let local = qualified.local.clone();
        let private = matches!(&*local, "input" | "textarea")
            && attributes::is_private_control(|wanted| {
                let mut named = written.iter().filter(|(name, _)| *name == wanted);
                named.next().map(|(_, raw)| decode(raw).into_owned())
            });
        let public = written
            .iter()
            .filter(|(name, _)| !(private && *name == "value"));
        let attributes = public
            .filter_map(|(name, raw)| self.attribute(name, &decode(raw)))
            .collect();
        let element = Element::new(qualified, attributes);
        let node = self.append(self.parent(), Node::Element(element));
        let appearance = self.place(node, private);
        if body == Body::Follows {
            self.open.push(Open {
                node,
                name,
                namespace,
                prefixes,
                appearance,
            });
        }
        local
    }

    /// An attribute, where its value may pass. Tags repeat a few names: what is known of one is looked up once.
    fn attribute(&mut self, name: &'a str, value: &str) -> Option<Attribute> {
        if let Some((admission, local)) = self.names.get(name) {
            let takes = admission.takes(value.len());
            return takes.then(|| attribute(local.clone(), value));
        }
        let (admission, local) = (self.allowed.admission(name), LocalName::from(name));
        if self.names.len() < MOST_NAMES {
            self.names.insert(name, (admission, local.clone()));
        }
        admission
            .takes(value.len())
            .then(|| attribute(local, value))
    }

    /// Numbers a node and moves its live state to it.
    fn place(&mut self, node: NodeId, private: bool) -> Appearance {
        let parent = self
            .open
            .last()
            .map(|open| open.appearance)
            .unwrap_or_default();
        let Ok(number) = u32::try_from(self.numbered.len()) else {
            return parent;
        };
        self.numbered.push(node);
        if !private {
            self.live.place_value(number, node);
        }
        self.live.place(number, node, parent)
    }

    /// Closes the nearest open element of that name and everything in it; a stray end tag closes nothing.
    fn close_element(&mut self, name: &str) {
        if let Some(place) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(place);
        }
    }

    /// The default namespace at an element, and the prefixes that it declares.
    fn namespaces(&self, written: &[(&'a str, &'a str)]) -> (Namespace, Vec<(&'a str, Namespace)>) {
        let mut default = self
            .open
            .last()
            .map_or(ns!(html), |open| open.namespace.clone());
        let mut prefixes = Vec::new();
        for (name, raw) in written {
            match name.strip_prefix("xmlns") {
                Some("") => default = Namespace::from(&*decode(raw)),
                Some(prefixed) => {
                    if let Some(prefix) = prefixed.strip_prefix(':') {
                        prefixes.push((prefix, Namespace::from(&*decode(raw))));
                    }
                }
                None => {}
            }
        }
        (default, prefixes)
    }

    /// A colon is part of a name that came from HTML (`fb:like`), unless its prefix stands for a namespace that
    /// browsers draw.
    fn resolve(&self, name: &str, default: &Namespace, own: &[(&str, Namespace)]) -> QualName {
        let bound = name.split_once(':').and_then(|(prefix, local)| {
            let outer = self
                .open
                .iter()
                .rev()
                .flat_map(|open| open.prefixes.iter().rev());
            let (_, namespace) = own
                .iter()
                .rev()
                .chain(outer)
                .find(|(declared, _)| *declared == prefix)?;
            matches!(&**namespace, XHTML | SVG | MATHML).then(|| (namespace.clone(), local))
        });
        let (namespace, local) = bound.unwrap_or_else(|| (default.clone(), name));
        QualName::new(None, namespace, LocalName::from(local))
    }

    fn finish(self, written: Option<usize>) -> Result<Built, SnapshotError> {
        let read = self.numbered.len();
        match written {
            Some(written) if written != read => Err(SnapshotError::Inconsistent { written, read }),
            _ => Ok(Built {
                html: self.html,
                live: self.live.finish(),
                numbered: self.numbered,
            }),
        }
    }
}

/// A text of no length: what stands for a body that stays behind, so that `:empty` still says what it says in the
/// page. What a template holds are not its children.
fn nothing() -> Node {
    Node::Text(Text { text: "".into() })
}

fn html_name(local: &str) -> QualName {
    QualName::new(None, ns!(html), LocalName::from(local))
}

/// An element with those of its attributes that may pass.
fn element<'v>(
    name: QualName,
    written: impl Iterator<Item = (&'v str, Cow<'v, str>)>,
    allowed: &AllowedAttributes,
) -> Element {
    let admitted = written.filter(|(name, value)| allowed.admits(name, value.len()));
    let attributes = admitted.map(|(name, value)| attribute(LocalName::from(name), &value));
    Element::new(name, attributes.collect())
}

fn attribute(local: LocalName, value: &str) -> Attribute {
    Attribute {
        name: QualName::new(None, ns!(), local),
        value: value.into(),
    }
}
