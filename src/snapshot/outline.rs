//! What can be seen of a page, as one list.

use scraper::ElementRef;

use super::node::Node;
use super::page::Page;
use super::visible;

/// The elements that can be seen, in document order, shadow trees and frames at the elements that they hang on.
#[derive(Debug)]
pub struct Outline<'p> {
    entries: Vec<Entry<'p>>,
}

/// One element of an [`Outline`].
#[derive(Debug)]
pub struct Entry<'p> {
    /// The element.
    pub node: Node<'p>,
    /// The place of the nearest element around it that can be seen; its own, for the first.
    pub parent: usize,
    /// The place after the last element in it.
    pub end: usize,
    /// Its own text without that of the elements in it, white space folded.
    pub text: String,
    /// Whether it is struck through, here or above.
    pub is_struck: bool,
}

/// An element that is still to be entered, or one whose inside ends.
enum Step<'p> {
    Enter(Node<'p>, usize, bool),
    Leave(usize),
}

impl Page {
    /// What can be seen of the page.
    ///
    /// The options of a select and the text of an area for typing are not: they are values.
    #[must_use]
    pub fn outline(&self) -> Outline<'_> {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        let mut steps: Vec<Step<'_>> = self
            .tops()
            .into_iter()
            .rev()
            .map(|top| Step::Enter(top, 0, false))
            .collect();
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave(place) => {
                    let end = entries.len();
                    if let Some(entry) = entries.get_mut(place) {
                        entry.end = end;
                    }
                }
                Step::Enter(node, parent, struck) => {
                    let place = entries.len();
                    let is_struck = struck || node.is_struck_here();
                    let is_seen = !node.is_hidden_here();
                    let above = if is_seen { place } else { parent };
                    if is_seen {
                        entries.push(Entry {
                            node,
                            parent,
                            end: place.saturating_add(1),
                            text: visible::own_text(node),
                            is_struck,
                        });
                        steps.push(Step::Leave(place));
                    }
                    if !matches!(node.name(), "select" | "textarea" | "template") {
                        let inside = node.children().into_iter().rev();
                        steps.extend(inside.map(|child| Step::Enter(child, above, is_struck)));
                    }
                }
            }
        }
        Outline { entries }
    }

    fn tops(&self) -> Vec<Node<'_>> {
        let main = self.tree(0).into_iter();
        main.flat_map(|tree| tree.html.tree.root().children())
            .filter_map(ElementRef::wrap)
            .map(|element| Node::new(self, 0, element))
            .collect()
    }
}

impl<'p> Outline<'p> {
    /// The elements.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'p>] {
        &self.entries
    }

    /// The element at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Entry<'p>> {
        self.entries.get(place)
    }

    /// The place after the last element in the one at `place`.
    #[must_use]
    pub fn end(&self, place: usize) -> usize {
        self.get(place).map_or(place, |entry| entry.end)
    }

    /// The element at a place and those in it, with their places.
    pub fn within(&self, place: usize) -> impl Iterator<Item = (usize, &Entry<'p>)> {
        let inside = self.entries.get(place..self.end(place));
        (place..).zip(inside.unwrap_or_default())
    }

    /// The place of the element around the one at `place`; `None` for the top.
    #[must_use]
    pub fn parent(&self, place: usize) -> Option<usize> {
        let parent = self.get(place)?.parent;
        (parent != place).then_some(parent)
    }

    /// The places of the elements around the one at `place`, the nearest first.
    pub fn ancestors(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(place), |place| self.parent(*place))
    }

    /// Whether the element at `inner` is that at `outer`, or in it.
    #[must_use]
    pub fn holds(&self, outer: usize, inner: usize) -> bool {
        (outer..self.end(outer)).contains(&inner)
    }

    /// The places of the elements directly in the one at `place`.
    pub fn children(&self, place: usize) -> impl Iterator<Item = usize> {
        let end = self.end(place);
        let first = place.saturating_add(1);
        std::iter::successors((first < end).then_some(first), move |child| {
            let next = self.end(*child);
            (next < end).then_some(next)
        })
    }
}
