//! An element of a page, with what a person sees of it.

use std::fmt;

use ego_tree::NodeId;
use scraper::ElementRef;

use crate::css::Selector;

use super::page::{Page, PageTree};
use super::visible::{self, Scope};

/// An element of one tree of a page.
#[derive(Clone, Copy)]
pub struct Node<'p> {
    page: &'p Page,
    tree: usize,
    element: ElementRef<'p>,
}

/// Identifies an element within its page; rises in document order, shadow trees and frames after the main tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeKey {
    tree: usize,
    node: NodeId,
}

impl NodeKey {
    pub(super) fn new(tree: usize, node: NodeId) -> Self {
        Self { tree, node }
    }

    pub(super) fn tree(self) -> usize {
        self.tree
    }

    pub(super) fn node(self) -> NodeId {
        self.node
    }
}

impl<'p> Node<'p> {
    pub(super) fn new(page: &'p Page, tree: usize, element: ElementRef<'p>) -> Self {
        Self {
            page,
            tree,
            element,
        }
    }

    pub(super) fn element(&self) -> ElementRef<'p> {
        self.element
    }

    pub(super) fn tree(&self) -> usize {
        self.tree
    }

    fn own_tree(&self) -> Option<&'p PageTree> {
        self.page.tree(self.tree)
    }

    /// The element of the same tree that stands at this place.
    pub(super) fn beside(&self, element: ElementRef<'p>) -> Self {
        Self { element, ..*self }
    }

    /// The descendants that match, entering shadow trees and frames that hang on this element or below it.
    ///
    /// As in `querySelectorAll`, the selector's leading compounds may match ancestors, and `:scope` is this element.
    #[must_use]
    pub fn select(&self, selector: &Selector) -> Vec<Self> {
        let own = self.page.select_in(*self, selector).into_iter();
        let inner = self.page.hosted().filter(|(_, tree)| self.holds(tree));
        let inner = inner.flat_map(|(place, _)| self.page.select_all(place, selector));
        own.chain(inner).collect()
    }

    /// Whether a tree hangs on this element or below it.
    fn holds(&self, tree: &PageTree) -> bool {
        let mut host = self.page.host_of(tree);
        while let Some(node) = host {
            if node.id() == self.id() {
                return true;
            }
            host = node.parent();
        }
        false
    }

    /// The first element of its tree that stands behind it and not in it.
    pub(super) fn behind(&self) -> Option<NodeKey> {
        let mut here = *self.element;
        loop {
            if let Some(next) = here.next_sibling() {
                return Some(NodeKey::new(self.tree, next.id()));
            }
            here = here.parent()?;
        }
    }

    /// Whether this element matches.
    #[must_use]
    pub fn matches(&self, selector: &Selector) -> bool {
        selector.matches(self.element)
    }

    /// Its local name, lower case in HTML.
    #[must_use]
    pub fn name(&self) -> &'p str {
        self.element.value().name()
    }

    /// The attribute of that name, if it is one of the allowed.
    #[must_use]
    pub fn attr(&self, name: &str) -> Option<&'p str> {
        self.element
            .value()
            .attrs()
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value)
    }

    /// The value as the page holds it now.
    ///
    /// Of an input or text area what has been typed, else the markup's; of a select the chosen option's; of anything
    /// else the `value` attribute. `None` where there is none, or where it is private (passwords, payment data).
    #[must_use]
    pub fn value(&self) -> Option<String> {
        if let Some(typed) = self.live_value() {
            return Some(typed.to_owned());
        }
        match self.name() {
            "select" => self.chosen_option()?.value(),
            "option" => Some(
                self.attr("value")
                    .map_or_else(|| self.text(), str::to_owned),
            ),
            "textarea" => Some(self.element.text().collect()),
            _ => self.attr("value").map(str::to_owned),
        }
    }

    /// The option that a select shows: the live choice, else what the markup says, else, where the list drops down,
    /// the first that can be chosen.
    pub(super) fn chosen_option(&self) -> Option<Self> {
        if self.live_value().is_some() {
            return None;
        }
        let options = || {
            self.element
                .descendent_elements()
                .map(|option| self.beside(option))
                .filter(Self::is_option)
        };
        let mut chosen = options().filter(Self::checked);
        if self.attr("multiple").is_some() {
            return chosen.next();
        }
        let drops_down = self
            .attr("size")
            .is_none_or(|size| matches!(size.trim(), "" | "0" | "1"));
        let first = || options().find(|option| option.attr("disabled").is_none());
        chosen
            .last()
            .or_else(|| if drops_down { first() } else { None })
    }

    /// What has been typed, where it differs from the markup; for a select, an empty text where nothing is chosen.
    fn live_value(&self) -> Option<&'p str> {
        self.own_tree()?.live.value(self.element.id())
    }

    fn is_option(&self) -> bool {
        self.name() == "option"
    }

    /// Whether a box or radio button is checked, or an option is selected, as the page holds it now.
    #[must_use]
    pub fn checked(&self) -> bool {
        let live = self.own_tree().map(|tree| &tree.live);
        let (live, attribute) = if self.is_option() {
            (
                live.and_then(|live| live.selected(self.element.id())),
                "selected",
            )
        } else {
            (
                live.and_then(|live| live.checked(self.element.id())),
                "checked",
            )
        };
        live.unwrap_or_else(|| self.attr(attribute).is_some())
    }

    /// Whether this element and all that it stands in can be seen.
    #[must_use]
    pub fn is_visible(&self) -> bool {
        let mut node = *self;
        loop {
            let Some(tree) = node.own_tree() else {
                return false;
            };
            if tree.live.is_hidden(node.element.id()) {
                return false;
            }
            match node.host() {
                Some(host) => node = host,
                None => return true,
            }
        }
    }

    /// Whether it is struck through: `<del>`, `<s>`, `<strike>` or a style sheet, here or above.
    #[must_use]
    pub fn is_struck(&self) -> bool {
        let mut node = Some(*self);
        while let Some(here) = node {
            if here.is_struck_here() {
                return true;
            }
            node = here.parent();
        }
        false
    }

    /// Whether it is struck through by itself.
    pub(super) fn is_struck_here(&self) -> bool {
        let by_style = self
            .own_tree()
            .is_some_and(|tree| tree.live.is_struck(self.element.id()));
        by_style || matches!(self.name(), "del" | "s" | "strike")
    }

    /// The text that a person sees here, white space folded.
    ///
    /// Blocks, cells, `<br>`, `<sup>` and struck text are set apart by a space. A select gives its chosen option;
    /// inputs and text areas give nothing (ask [`Node::value`]). Direction and zero-width characters are left out.
    #[must_use]
    pub fn visible_text(&self) -> String {
        self.visible_text_without(None)
    }

    /// The same but for the text of some elements inside it.
    #[must_use]
    pub fn visible_text_without(&self, without: Option<&Selector>) -> String {
        self.seen_text(Scope::Visible, without)
    }

    /// The visible text as a price is to be read: as [`Node::visible_text`], but digits that stand in different
    /// elements are set apart by U+2003, which groups no thousands: `14<span>98</span>` is never 1498, and
    /// `<td>3</td><td>120.00</td>` never 3120.00.
    #[must_use]
    pub fn printed_text(&self) -> String {
        self.printed_text_without(None)
    }

    /// The same but for the text of some elements inside it.
    #[must_use]
    pub fn printed_text_without(&self, without: Option<&Selector>) -> String {
        self.seen_text(Scope::Printed, without)
    }

    fn seen_text(&self, scope: Scope, without: Option<&Selector>) -> String {
        match self.host() {
            Some(host) if !host.is_visible() => String::new(),
            _ => visible::text(*self, scope, without),
        }
    }

    /// What can be seen in the element itself, without the elements in it; texts with elements between them are set apart
    /// as [`Self::printed_text`] does.
    #[must_use]
    pub fn own_text(&self) -> String {
        if self.is_visible() {
            visible::own_printed_text(*self)
        } else {
            String::new()
        }
    }

    /// What can be seen in each line of the element, read as [`Self::printed_text`] does; lines end at `<br>`.
    #[must_use]
    pub fn broken_lines(&self) -> Vec<String> {
        visible::broken_lines(*self)
    }

    /// All text, seen or not, white space folded as in [`Node::visible_text`].
    #[must_use]
    pub fn text(&self) -> String {
        self.text_without(None)
    }

    /// The same but for the text of some elements inside it.
    #[must_use]
    pub fn text_without(&self, without: Option<&Selector>) -> String {
        visible::text(*self, Scope::All, without)
    }

    /// Whether its own tree's text holds direction or zero-width characters, which no text of this type gives out.
    ///
    /// Soft hyphens do not count: they are part of good typesetting.
    #[must_use]
    pub fn hides_characters(&self) -> bool {
        let hides = |text: &str| text.chars().any(|c| c != '\u{ad}' && visible::is_unseen(c));
        self.element.text().any(hides)
    }

    /// The element around it; the host, for the top of a shadow tree or a frame.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        match self.element.parent().and_then(ElementRef::wrap) {
            Some(parent) => Some(self.beside(parent)),
            None => self.host(),
        }
    }

    /// The elements in it, then the top elements of the shadow tree or frame that hangs on it.
    #[must_use]
    pub fn children(&self) -> Vec<Self> {
        let own = self
            .element
            .child_elements()
            .map(|child| self.beside(child));
        let tops = self.hosted().flat_map(|(place, tree)| {
            let tops = tree
                .html
                .tree
                .root()
                .children()
                .filter_map(ElementRef::wrap);
            tops.map(move |top| Self::new(self.page, place, top))
        });
        own.chain(tops).collect()
    }

    /// The trees that hang on this element.
    pub(super) fn hosted(&self) -> impl Iterator<Item = (usize, &'p PageTree)> + use<'p> {
        self.page.hosted_by(self.tree, self.element.id())
    }

    /// The element that this element's tree hangs on.
    pub(super) fn host(&self) -> Option<Self> {
        self.page.host_of(self.own_tree()?)
    }

    /// The element at a place of the page.
    pub(super) fn at(&self, tree: usize, element: ElementRef<'p>) -> Self {
        Self::new(self.page, tree, element)
    }

    /// Whether live state hides this element within its own tree.
    pub(super) fn is_hidden_here(&self) -> bool {
        self.own_tree()
            .is_some_and(|tree| tree.live.is_hidden(self.element.id()))
    }

    /// Whether it is the slot that takes its host's children: of several with one name, the first.
    pub(super) fn is_first_slot(&self) -> bool {
        let name = self.attr("name").unwrap_or_default();
        self.own_tree()
            .is_some_and(|tree| tree.slots.get(name) == Some(&self.element.id()))
    }

    /// Identifies this element within its page.
    #[must_use]
    pub fn id(&self) -> NodeKey {
        NodeKey {
            tree: self.tree,
            node: self.element.id(),
        }
    }
}

impl fmt::Debug for Node<'_> {
    /// Its name and place only: a page's text belongs in no log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Node")
            .field("name", &self.name())
            .field("id", &self.id())
            .finish()
    }
}
