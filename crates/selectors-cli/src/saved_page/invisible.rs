//! What cannot be seen in a saved page, as far as the file tells.

use std::collections::BTreeSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};

use super::Unseen;
use super::css::{self, Condition, Effect};

/// What browsers hide without being told.
const NEVER_SEEN: &str = "head, script, style, noscript, template, datalist, dialog:not([open]), \
                          details:not([open]) > :not(summary), input[type=hidden], [hidden]";

/// The elements that hide or strike what is in them.
///
/// A rule of a `<style>` hides an element when it always holds and no rule shows the same element: which of two rules
/// wins is not worked out, and a line that is wrongly seen is a finding, a line that is wrongly hidden is lost.
#[derive(Debug, Default)]
pub(super) struct Invisible {
    hidden: BTreeSet<NodeId>,
    struck: BTreeSet<NodeId>,
}

impl Invisible {
    /// Looks through the page's style sheets, `style` and `hidden` attributes.
    pub(super) fn of(document: &Html) -> Self {
        let sheets: String = select(document, "style")
            .iter()
            .flat_map(ElementRef::text)
            .collect();
        let sheet = css::without_comments(&sheets);
        let mut invisible = Self::default();
        let mut shows = Vec::new();
        invisible.hidden.extend(
            select(document, NEVER_SEEN)
                .iter()
                .map(|element| element.id()),
        );
        for rule in css::rules(&sheet) {
            let selectors = rule
                .selectors
                .iter()
                .filter_map(|css| Selector::parse(css).ok());
            match (rule.effect, rule.condition) {
                (Effect::Shows, _) => shows.extend(selectors),
                (Effect::Hides, Condition::Always) => {
                    add(&mut invisible.hidden, document, selectors)
                }
                (Effect::Strikes, Condition::Always) => {
                    add(&mut invisible.struck, document, selectors)
                }
                (_, Condition::Sometimes) => {}
            }
        }
        invisible
            .hidden
            .retain(|node| !is_shown(document, *node, &shows));
        invisible.apply_inline_styles(document);
        invisible
    }

    /// An element's own style outweighs every rule.
    fn apply_inline_styles(&mut self, document: &Html) {
        for element in select(document, "[style]") {
            match element.attr("style").and_then(css::effect) {
                Some(Effect::Hides) => {
                    self.hidden.insert(element.id());
                }
                Some(Effect::Shows) => {
                    self.hidden.remove(&element.id());
                }
                Some(Effect::Strikes) => {
                    self.struck.insert(element.id());
                }
                None => {}
            }
        }
    }

    /// The elements themselves.
    pub(super) fn into_unseen(self) -> Unseen {
        Unseen {
            hidden: self.hidden,
            struck: self.struck,
        }
    }

    /// Whether this element hides itself and what is in it.
    pub(super) fn hides(&self, element: ElementRef<'_>) -> bool {
        self.hidden.contains(&element.id())
    }

    /// Whether this element strikes what is in it through.
    pub(super) fn strikes(&self, element: ElementRef<'_>) -> bool {
        self.struck.contains(&element.id())
    }
}

fn add(nodes: &mut BTreeSet<NodeId>, document: &Html, selectors: impl Iterator<Item = Selector>) {
    for selector in selectors {
        nodes.extend(document.select(&selector).map(|element| element.id()));
    }
}

fn is_shown(document: &Html, node: NodeId, shows: &[Selector]) -> bool {
    let element = document.tree.get(node).and_then(ElementRef::wrap);
    element.is_some_and(|element| shows.iter().any(|selector| selector.matches(&element)))
}

fn select<'d>(document: &'d Html, css: &str) -> Vec<ElementRef<'d>> {
    Selector::parse(css)
        .map(|selector| document.select(&selector).collect())
        .unwrap_or_default()
}
