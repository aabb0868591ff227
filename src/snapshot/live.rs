//! The live state beside a tree, by node.

use ego_tree::NodeId;

use super::format::LiveState;
use crate::sorted::SortedMap;

/// What the markup of one tree cannot say, by node. Nodes rise in document order, so sorted lists are searched.
#[derive(Debug, Default)]
pub(super) struct Live {
    hidden: Vec<NodeId>,
    struck: Vec<NodeId>,
    values: SortedMap<NodeId, String>,
    checked: SortedMap<NodeId, bool>,
    selected: SortedMap<NodeId, bool>,
}

impl Live {
    /// Whether the element or one of its ancestors in the same tree cannot be seen.
    pub(super) fn is_hidden(&self, node: NodeId) -> bool {
        self.hidden.binary_search(&node).is_ok()
    }

    /// Whether the element is struck through, itself or by an ancestor in the same tree.
    pub(super) fn is_struck(&self, node: NodeId) -> bool {
        self.struck.binary_search(&node).is_ok()
    }

    /// The live value, where it differs from the markup.
    pub(super) fn value(&self, node: NodeId) -> Option<&str> {
        self.values.get(&node).map(String::as_str)
    }

    /// The live checkedness, where it differs from the markup.
    pub(super) fn checked(&self, node: NodeId) -> Option<bool> {
        self.checked.get(&node).copied()
    }

    /// The live selectedness, where it differs from the markup.
    pub(super) fn selected(&self, node: NodeId) -> Option<bool> {
        self.selected.get(&node).copied()
    }
}

/// How an element is seen, itself or by inheritance.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Appearance {
    /// It cannot be seen.
    pub(super) hidden: bool,
    /// It is struck through.
    pub(super) struck: bool,
}

/// Elements by number.
type Numbers = SortedMap<u32, ()>;

/// Moves the writer's side table, keyed by number, to nodes while the tree grows.
#[derive(Debug)]
pub(super) struct LiveByNumber<'a> {
    values: SortedMap<u32, &'a str>,
    checked: SortedMap<u32, bool>,
    selected: SortedMap<u32, bool>,
    hidden: Numbers,
    shown: Numbers,
    struck: Numbers,
    by_node: Live,
}

impl<'a> LiveByNumber<'a> {
    pub(super) fn new(state: &'a LiveState) -> Self {
        Self {
            values: state
                .values
                .iter()
                .map(|(number, value)| (*number, value.as_str()))
                .collect(),
            checked: state.checked.iter().copied().collect(),
            selected: state.selected.iter().copied().collect(),
            hidden: numbers(&state.hidden),
            shown: numbers(&state.shown),
            struck: numbers(&state.struck),
            by_node: Live::default(),
        }
    }

    /// Takes over what is known about element `number`, now `node`, below an element that looks like `parent`.
    pub(super) fn place(&mut self, number: u32, node: NodeId, parent: Appearance) -> Appearance {
        let hidden = self.hidden.contains_key(&number)
            || (parent.hidden && !self.shown.contains_key(&number));
        let appearance = Appearance {
            hidden,
            struck: parent.struck || self.struck.contains_key(&number),
        };
        if appearance.hidden {
            self.by_node.hidden.push(node);
        }
        if appearance.struck {
            self.by_node.struck.push(node);
        }
        if let Some(&checked) = self.checked.get(&number) {
            self.by_node.checked.insert(node, checked);
        }
        if let Some(&selected) = self.selected.get(&number) {
            self.by_node.selected.insert(node, selected);
        }
        appearance
    }

    /// Takes over the live value of element `number`, now `node`.
    pub(super) fn place_value(&mut self, number: u32, node: NodeId) {
        if let Some(value) = self.values.get(&number) {
            self.by_node.values.insert(node, (*value).to_owned());
        }
    }

    /// The state by node.
    pub(super) fn finish(self) -> Live {
        self.by_node
    }
}

fn numbers(list: &[u32]) -> Numbers {
    list.iter().map(|number| (*number, ())).collect()
}
