//! CSS selectors, tried first by the name that an element must have: most elements of a page are not meant, and that is
//! told without the whole of matching.

mod wanted;

use ego_tree::NodeRef;
use scraper::error::SelectorErrorKind;
use scraper::{ElementRef, Html, Node};

pub use wanted::Wanted;

/// A selector of [Selectors Level 4](https://www.w3.org/TR/selectors-4/), as far as `scraper` knows it.
#[derive(Clone, Debug)]
pub struct Selector {
    whole: scraper::Selector,
    wanted: Wanted,
    /// Whether matching remembers what it found of an element for the next one: places among siblings, descendants.
    remembers: bool,
}

impl Selector {
    /// Reads a selector, or several with commas between them.
    ///
    /// # Errors
    /// Where it is none, or one of a kind that is not known.
    pub fn parse(text: &str) -> Result<Self, SelectorErrorKind> {
        Ok(Self {
            whole: scraper::Selector::parse(text)?,
            wanted: Wanted::of(text),
            remembers: text.contains(':'),
        })
    }

    /// The name that an element must have to match.
    #[must_use]
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Whether an element matches.
    #[must_use]
    pub fn matches(&self, element: ElementRef<'_>) -> bool {
        self.wanted.admits(element) && self.whole.matches(&element)
    }

    /// The matching descendants of an element, in document order; `:scope` is the element.
    #[must_use]
    pub fn within<'p>(&self, scope: ElementRef<'p>) -> Vec<ElementRef<'p>> {
        if self.remembers {
            return scope.select(&self.whole).collect();
        }
        descendants(*scope)
            .filter_map(ElementRef::wrap)
            .filter(|element| self.wanted.admits(*element))
            .filter(|element| self.whole.matches_with_scope(element, Some(scope)))
            .collect()
    }

    /// The matching elements of a tree, in document order.
    #[must_use]
    pub fn all<'p>(&self, html: &'p Html) -> Vec<ElementRef<'p>> {
        if self.remembers {
            return html.select(&self.whole).collect();
        }
        let elements = html.tree.nodes().filter_map(ElementRef::wrap);
        elements.filter(|element| self.matches(*element)).collect()
    }

    /// Whether a tree has a matching element.
    #[must_use]
    pub fn is_in(&self, html: &Html) -> bool {
        if self.remembers {
            return html.select(&self.whole).next().is_some();
        }
        let mut elements = html.tree.nodes().filter_map(ElementRef::wrap);
        elements.any(|element| self.matches(element))
    }
}

/// The nodes below one, in document order.
fn descendants<'p>(top: NodeRef<'p, Node>) -> impl Iterator<Item = NodeRef<'p, Node>> {
    let after = move |node: NodeRef<'p, Node>| {
        let mut here = node;
        while here != top {
            if let Some(next) = here.next_sibling() {
                return Some(next);
            }
            here = here.parent()?;
        }
        None
    };
    std::iter::successors(top.first_child(), move |node| {
        node.first_child().or_else(|| after(*node))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKUP: &str = r#"<div id="cart" class="a b-c"><p class="Über x1">1<i>2</i></p><P TITLE="a.b #c">3</P><ul><li>4</li><li class="a">5</li></ul></div>"#;

    #[test]
    fn what_is_found_is_what_scraper_finds() {
        let html = Html::parse_document(MARKUP);
        let top = html.root_element();
        for text in [
            "*",
            "p",
            "P",
            ".a",
            "#cart",
            "div.b-c p",
            "ul > li.a",
            "p + p",
            "p ~ ul li",
            ".a, i",
            "[title]",
            "p[title='a.b #c']",
            ":scope > body",
            "li:nth-child(2)",
            "div:has(> p) i",
            ".Über",
            ".über",
            ".b\\-c",
            "*|p",
            "p:not(.x1)",
            ":is(i, li)",
            "li.a.a",
            "body .a .a",
            "div#cart.a",
        ] {
            let own = Selector::parse(text).unwrap();
            let whole = scraper::Selector::parse(text).unwrap();
            let found: Vec<_> = html.select(&whole).collect();
            assert_eq!(own.all(&html), found, "{text}");
            assert_eq!(own.is_in(&html), !found.is_empty(), "{text}");
            assert_eq!(
                own.within(top),
                top.select(&whole).collect::<Vec<_>>(),
                "{text}"
            );
            for element in html.tree.nodes().filter_map(ElementRef::wrap) {
                assert_eq!(own.matches(element), whole.matches(&element), "{text}");
                assert_eq!(
                    own.within(element),
                    element.select(&whole).collect::<Vec<_>>(),
                    "{text}"
                );
            }
        }
    }
}
