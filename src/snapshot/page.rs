//! A page as the readers of carts ask it.

use std::collections::VecDeque;
use std::fmt;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use crate::css::Selector;

use super::attributes::{self, AllowedAttributes};
use super::build::{Budget, Built, Stem, build};
use super::live::Live;
use super::names::{self, Names};
use super::node::{Node, NodeKey};
use super::{InlineState, Limits, Meta, Snapshot, SnapshotError, TreeText, Unreachable};
use crate::sorted::SortedMap;

/// So many elements may be matched one by one by a selector that would else remember what it found of the others.
const FEW: usize = 64;

/// A snapshot as trees with their live state.
pub struct Page {
    title: String,
    lang: Option<String>,
    meta: Vec<Meta>,
    canonical: Option<String>,
    json_ld: Vec<String>,
    state: Vec<InlineState>,
    unreachable: Vec<Unreachable>,
    trees: Vec<PageTree>,
    names: Names,
    hosted: SortedMap<(usize, NodeId), Vec<usize>>,
}

/// One tree of a page. The first is the document's; the others hang on elements of earlier ones.
#[derive(Debug)]
pub(super) struct PageTree {
    pub(super) html: Html,
    pub(super) live: Live,
    /// The tree and the element that it hangs on.
    pub(super) host: Option<(usize, NodeId)>,
    /// The first slot of each name.
    pub(super) slots: SortedMap<String, NodeId>,
}

/// A tree that is still to be read.
struct Pending<'a> {
    text: &'a TreeText,
    stem: Stem<'a>,
    host: Option<(usize, NodeId)>,
    /// Levels above it, through its hosts.
    depth: usize,
}

impl Page {
    /// Reads a snapshot, keeping only the attributes that are allowed.
    ///
    /// # Errors
    /// When the snapshot is of another format, was refused, is too large, or does not hold together.
    pub fn read(snapshot: &Snapshot, allowed: &AllowedAttributes) -> Result<Self, SnapshotError> {
        snapshot.check_format()?;
        if let Some(refused) = &snapshot.refused {
            return Err(SnapshotError::Refused {
                limit: refused.limit.clone(),
                found: refused.found,
                allowed: refused.allowed,
            });
        }
        let text = snapshot.tree.as_ref().ok_or(SnapshotError::NoTree)?;
        let (trees, unreachable) = read_trees(text, Stem::Document(&snapshot.root.path), allowed)?;
        Ok(Self {
            names: Names::of(&trees),
            title: snapshot.title.clone(),
            lang: snapshot.lang.clone(),
            meta: snapshot
                .meta
                .iter()
                .filter(|meta| !is_secret(meta))
                .cloned()
                .collect(),
            canonical: snapshot.canonical.clone(),
            json_ld: snapshot.json_ld.clone(),
            state: snapshot.state.clone(),
            unreachable,
            hosted: by_host(&trees),
            trees,
        })
    }

    /// The document's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The document's language, as its root element says.
    #[must_use]
    pub fn lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }

    /// The content of the first `<meta>` of this name or property.
    #[must_use]
    pub fn meta(&self, name: &str) -> Option<&str> {
        let is_it = |own: &Option<String>| {
            own.as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        let found = self
            .meta
            .iter()
            .find(|meta| is_it(&meta.name) || is_it(&meta.property))?;
        Some(&found.content)
    }

    /// The canonical address.
    #[must_use]
    pub fn canonical(&self) -> Option<&str> {
        self.canonical.as_deref()
    }

    /// The text of every JSON-LD script.
    #[must_use]
    pub fn json_ld(&self) -> &[String] {
        &self.json_ld
    }

    /// Inline JSON of allow-listed names.
    #[must_use]
    pub fn state(&self) -> &[InlineState] {
        &self.state
    }

    /// What the shim could not reach, in any tree.
    #[must_use]
    pub fn unreachable(&self) -> &[Unreachable] {
        &self.unreachable
    }

    /// The elements that match: in document order over the main tree, then over shadow trees and frames.
    #[must_use]
    pub fn select<'p>(&'p self, selector: &Selector) -> Vec<Node<'p>> {
        let places = 0..self.trees.len();
        places
            .flat_map(|place| self.select_all(place, selector))
            .collect()
    }

    /// The matching elements of one tree.
    pub(super) fn select_all<'p>(&'p self, place: usize, selector: &Selector) -> Vec<Node<'p>> {
        if let Some(meant) = self.meant(selector, |keys| of_tree(keys, place)) {
            let nodes = meant.into_iter().filter_map(|key| self.node(key));
            return nodes
                .filter(|node| selector.matches_found(node.element(), None))
                .collect();
        }
        let html = self.trees.get(place).map(|tree| &tree.html);
        let found = html.map(|html| selector.all(html)).unwrap_or_default();
        found
            .into_iter()
            .map(|element| Node::new(self, place, element))
            .collect()
    }

    /// The matching descendants of an element in its own tree; `:scope` is the element.
    pub(super) fn select_in<'p>(&'p self, scope: Node<'p>, selector: &Selector) -> Vec<Node<'p>> {
        let (top, behind) = (scope.id(), scope.behind());
        let inside = |keys| between(of_tree(keys, top.tree()), top, behind);
        if let Some(meant) = self.meant(selector, inside) {
            let matches =
                |node: &Node<'_>| selector.matches_found(node.element(), Some(scope.element()));
            let nodes = meant.into_iter().filter_map(|key| self.node(key));
            return nodes.filter(matches).collect();
        }
        let found = selector.within(scope.element()).into_iter();
        found.map(|element| scope.beside(element)).collect()
    }

    /// The elements of a part of the page of which some may match, in the page's order, each once. None where they are no
    /// easier told than by looking at every element.
    fn meant<'p>(
        &'p self,
        selector: &Selector,
        part: impl Fn(&'p [NodeKey]) -> &'p [NodeKey],
    ) -> Option<Vec<NodeKey>> {
        let (first, others) = selector.wanted().split_first()?;
        let mut keys = part(self.names.called(first)).to_vec();
        for wanted in others {
            keys = merged(&keys, part(self.names.called(wanted)));
        }
        keys.dedup();
        (!selector.remembers() || keys.len() <= FEW).then_some(keys)
    }

    fn node(&self, key: NodeKey) -> Option<Node<'_>> {
        let html = &self.trees.get(key.tree())?.html;
        let element = html.tree.get(key.node()).and_then(ElementRef::wrap)?;
        Some(Node::new(self, key.tree(), element))
    }

    /// Whether any element matches.
    #[must_use]
    pub fn holds(&self, selector: &Selector) -> bool {
        match self.meant(selector, |keys| keys) {
            Some(meant) => {
                let mut nodes = meant.into_iter().filter_map(|key| self.node(key));
                nodes.any(|node| selector.matches_found(node.element(), None))
            }
            None => self.trees.iter().any(|tree| selector.is_in(&tree.html)),
        }
    }

    /// Whether an element may match a selector, as its text says: a quick no for most pages.
    #[must_use]
    pub fn may_hold(&self, selector: &str) -> bool {
        names::may_match(selector, &self.names)
    }

    pub(super) fn tree(&self, place: usize) -> Option<&PageTree> {
        self.trees.get(place)
    }

    /// The element that a tree hangs on.
    pub(super) fn host_of(&self, tree: &PageTree) -> Option<Node<'_>> {
        let (place, node) = tree.host?;
        self.node(NodeKey::new(place, node))
    }

    /// The trees that hang on one element.
    pub(super) fn hosted_by(
        &self,
        place: usize,
        node: NodeId,
    ) -> impl Iterator<Item = (usize, &PageTree)> {
        let places = self
            .hosted
            .get(&(place, node))
            .map(Vec::as_slice)
            .unwrap_or_default();
        places
            .iter()
            .filter_map(|&place| Some((place, self.trees.get(place)?)))
    }

    /// The trees other than the document's.
    pub(super) fn hosted(&self) -> impl Iterator<Item = (usize, &PageTree)> {
        self.trees.iter().enumerate().skip(1)
    }
}

/// Those of one tree, of keys that rise.
fn of_tree(keys: &[NodeKey], place: usize) -> &[NodeKey] {
    let start = keys.partition_point(|key| key.tree() < place);
    let end = keys.partition_point(|key| key.tree() <= place);
    keys.get(start..end).unwrap_or_default()
}

/// The keys behind one of them and before another, of keys that rise.
fn between(keys: &[NodeKey], after: NodeKey, before: Option<NodeKey>) -> &[NodeKey] {
    let start = keys.partition_point(|key| *key <= after);
    let end = before.map_or(keys.len(), |before| {
        keys.partition_point(|key| *key < before)
    });
    keys.get(start..end).unwrap_or_default()
}

/// Two lists of keys that rise, as one.
fn merged(one: &[NodeKey], other: &[NodeKey]) -> Vec<NodeKey> {
    let mut merged = Vec::with_capacity(one.len().saturating_add(other.len()));
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(left), Some(right)) = (one.peek(), other.peek()) {
        let least = if left <= right {
            one.next()
        } else {
            other.next()
        };
        merged.extend(least);
    }
    merged.extend(one);
    merged.extend(other);
    merged
}

fn is_secret(meta: &Meta) -> bool {
    [&meta.name, &meta.property]
        .into_iter()
        .flatten()
        .any(|name| attributes::looks_secret(name))
}

fn read_trees(
    text: &TreeText,
    stem: Stem<'_>,
    allowed: &AllowedAttributes,
) -> Result<(Vec<PageTree>, Vec<Unreachable>), SnapshotError> {
    let mut budget = Budget::new(Limits::default());
    let mut waiting = VecDeque::from([Pending {
        text,
        stem,
        host: None,
        depth: 0,
    }]);
    let (mut trees, mut unreachable) = (Vec::new(), Vec::new());
    while let Some(Pending {
        text,
        stem,
        host,
        depth,
    }) = waiting.pop_front()
    {
        budget.stand_at(depth);
        let built = build(text, stem, allowed, &mut budget)?;
        let shadows = text
            .shadows
            .iter()
            .map(|shadow| (shadow.host, &shadow.tree, Stem::Fragment));
        let frames = text
            .frames
            .iter()
            .map(|frame| (frame.host, &frame.tree, Stem::Document(&[])));
        for (number, text, stem) in shadows.chain(frames) {
            let node = host_node(&built, number)?;
            let above = built
                .html
                .tree
                .get(node)
                .map_or(0, |node| node.ancestors().count());
            waiting.push_back(Pending {
                text,
                stem,
                host: Some((trees.len(), node)),
                depth: depth.saturating_add(above),
            });
        }
        unreachable.extend_from_slice(&text.unreachable);
        trees.push(PageTree {
            slots: first_slots(&built.html),
            html: built.html,
            live: built.live,
            host,
        });
    }
    Ok((trees, unreachable))
}

fn elements(html: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    html.tree.nodes().filter_map(ElementRef::wrap)
}

fn first_slots(html: &Html) -> SortedMap<String, NodeId> {
    let mut slots = SortedMap::new();
    for element in elements(html) {
        if element.value().name() == "slot" {
            slots
                .entry(element.attr("name").unwrap_or_default().to_owned())
                .or_insert(element.id());
        }
    }
    slots
}

fn by_host(trees: &[PageTree]) -> SortedMap<(usize, NodeId), Vec<usize>> {
    let mut hosted: SortedMap<_, Vec<_>> = SortedMap::new();
    for (place, tree) in trees.iter().enumerate() {
        if let Some(host) = tree.host {
            hosted.entry(host).or_default().push(place);
        }
    }
    hosted
}

fn host_node(built: &Built, number: u32) -> Result<NodeId, SnapshotError> {
    let place = usize::try_from(number).unwrap_or(usize::MAX);
    built
        .numbered
        .get(place)
        .copied()
        .ok_or(SnapshotError::Inconsistent {
            written: place.saturating_add(1),
            read: built.numbered.len(),
        })
}

impl fmt::Debug for Page {
    /// Counts only: a page's text belongs in no log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Page")
            .field("trees", &self.trees.len())
            .field("unreachable", &self.unreachable.len())
            .finish_non_exhaustive()
    }
}
