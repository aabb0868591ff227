//! CSS selectors that tell the names that an element must have: most elements of a page are not meant, and that is told
//! without the whole of matching.

mod wanted;

use scraper::error::SelectorErrorKind;
use scraper::{ElementRef, Html};

pub use wanted::Wanted;
pub(crate) use wanted::past_brackets;

/// A selector of [Selectors Level 4](https://www.w3.org/TR/selectors-4/), as far as `scraper` knows it.
#[derive(Clone, Debug)]
pub struct Selector {
    whole: scraper::Selector,
    wanted: Vec<Wanted>,
    /// Whether matching is quicker where it remembers what it found of an element for the next one: places among siblings,
    /// descendants.
    remembers: bool,
}

impl Selector {
    /// Reads a selector, or several with commas between them.
    ///
    /// # Errors
    /// Where it is none, or one of a kind that is not known.
    pub fn parse(text: &str) -> Result<Self, SelectorErrorKind> {
        let remembered = [":nth-", ":has(", "-of-type"];
        Ok(Self {
            whole: scraper::Selector::parse(text)?,
            wanted: Wanted::of(text),
            remembers: remembered.iter().any(|part| text.contains(part)),
        })
    }

    /// The names of which an element must have one to match; none where any element may.
    #[must_use]
    pub fn wanted(&self) -> &[Wanted] {
        &self.wanted
    }

    /// Whether many elements are better looked for with [`Self::within`] or [`Self::all`], whoever they may be.
    #[must_use]
    pub fn remembers(&self) -> bool {
        self.remembers
    }

    /// Whether an element matches.
    #[must_use]
    pub fn matches(&self, element: ElementRef<'_>) -> bool {
        let mut wanted = self.wanted.iter();
        (self.wanted.is_empty() || wanted.any(|wanted| wanted.admits(element)))
            && self.whole.matches(&element)
    }

    /// Whether an element matches that has been found by its name; `:scope` is the element given, else the root.
    #[must_use]
    pub fn matches_found(&self, element: ElementRef<'_>, scope: Option<ElementRef<'_>>) -> bool {
        self.whole.matches_with_scope(&element, scope)
    }

    /// The matching descendants of an element, in document order; `:scope` is the element.
    #[must_use]
    pub fn within<'p>(&self, scope: ElementRef<'p>) -> Vec<ElementRef<'p>> {
        scope.select(&self.whole).collect()
    }

    /// The matching elements of a tree, in document order.
    #[must_use]
    pub fn all<'p>(&self, html: &'p Html) -> Vec<ElementRef<'p>> {
        html.select(&self.whole).collect()
    }

    /// Whether a tree has a matching element.
    #[must_use]
    pub fn is_in(&self, html: &Html) -> bool {
        html.select(&self.whole).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKUP: &str = r#"<div id="cart" class="a b-c"><p class="Über x1">1<i>2</i></p><P TITLE="a.b #c">3</P><ul><li>4</li><li class="a">5</li></ul></div>"#;

    #[test]
    fn an_element_that_scraper_matches_is_never_passed_over() {
        let html = Html::parse_document(MARKUP);
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
            "[title='a, b'], .a",
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
            for element in html.tree.nodes().filter_map(ElementRef::wrap) {
                assert_eq!(own.matches(element), whole.matches(&element), "{text}");
            }
        }
    }
}
