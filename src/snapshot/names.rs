//! Which names a page uses, so that most selectors that match nowhere need not be tried on every element.

use scraper::ElementRef;

use crate::css::Wanted;

/// Bits of [`Names`], a power of two: a page of 20,000 different names fills a third of them.
const BITS: usize = 1 << 16;

/// The names of a page's elements and attributes, classes and ids, as a Bloom filter: a name that is in it may be a stranger's,
/// one that is not is nowhere in the page.
#[derive(Debug)]
pub(super) struct Names {
    bits: Vec<bool>,
}

/// What a name is of, as selectors mark it.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Element,
    Class,
    Id,
    Attribute,
}

impl Names {
    fn place(kind: Kind, name: &str) -> usize {
        let mark: u32 = match kind {
            Kind::Element => 0,
            Kind::Class => 1,
            Kind::Id => 2,
            Kind::Attribute => 3,
        };
        // FNV-1a: <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>.
        let hash = name.bytes().fold(0x811c_9dc5 ^ mark, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        usize::try_from(hash ^ (hash >> 16)).map_or(0, |hash| hash & (BITS - 1))
    }

    fn add(&mut self, kind: Kind, name: &str) {
        if let Some(bit) = self.bits.get_mut(Self::place(kind, name)) {
            *bit = true;
        }
    }

    /// Whether an element of the page may be called so.
    pub(super) fn may_be(&self, wanted: &Wanted) -> bool {
        match wanted {
            Wanted::Class(class) => self.may_have(Kind::Class, class),
            Wanted::Id(id) => self.may_have(Kind::Id, id),
            Wanted::Element(name) => self.may_have(Kind::Element, name),
            Wanted::Anything => true,
        }
    }

    fn may_have(&self, kind: Kind, name: &str) -> bool {
        let bit = self.bits.get(Self::place(kind, name));
        bit.copied().unwrap_or(true)
    }
}

impl<'p> FromIterator<ElementRef<'p>> for Names {
    fn from_iter<Elements: IntoIterator<Item = ElementRef<'p>>>(elements: Elements) -> Self {
        let bits = vec![false; BITS];
        let mut names = Self { bits };
        for element in elements {
            names.add(Kind::Element, element.value().name());
            for (attribute, value) in element.value().attrs() {
                names.add(Kind::Attribute, attribute);
                match attribute {
                    "class" => {
                        let classes = value.split_ascii_whitespace();
                        classes.for_each(|class| names.add(Kind::Class, class));
                    }
                    "id" => names.add(Kind::Id, value),
                    _ => {}
                }
            }
        }
        names
    }
}

/// Whether a selector may match something in a page with these names.
///
/// Of what stands in brackets only the attribute's name is looked at, and nothing in parentheses; a selector with escapes or namespaces, or one that is none,
/// may match.
pub(super) fn may_match(selector: &str, names: &Names) -> bool {
    if selector.contains(['\\', '|']) {
        return true;
    }
    let lacks = |kind, name: &str| is_exact(name) && !names.may_have(kind, name);
    let mut rest = selector;
    let mut kind = Some(Kind::Element);
    // Of selectors between commas, one that may match is enough.
    let mut is_denied = false;
    loop {
        let end = rest.find(|c: char| !is_of_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        is_denied |= kind.is_some_and(|kind| lacks(kind, name));
        let mut characters = after.chars();
        kind = match characters.next() {
            None => return !is_denied,
            Some(',') if !is_denied => return true,
            Some('.') => Some(Kind::Class),
            Some('#') => Some(Kind::Id),
            Some(':' | '[' | '(') => None,
            Some(_) => Some(Kind::Element),
        };
        if after.starts_with(',') {
            is_denied = false;
        }
        rest = if after.starts_with(['[', '(']) {
            let Some(behind) = past_brackets(after) else {
                return true;
            };
            is_denied |= wanted_attribute(after).is_some_and(|name| lacks(Kind::Attribute, name));
            behind
        } else {
            characters.as_str()
        };
    }
}

/// Whether a name is written as the page must write it: names of elements have small letters there, whatever a
/// selector's have.
fn is_exact(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_ascii_uppercase())
}

/// The attribute that an element must have, where `text` starts with the bracket that says so.
fn wanted_attribute(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(|c: char| !is_of_name(c))?;
    inside.get(..end)
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_') || !character.is_ascii()
}

/// What follows the bracket that ends those at the start of `text`; `None` where it never comes.
fn past_brackets(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (place, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[') => depth = depth.saturating_add(1),
            (None, ')' | ']') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return text.get(place.saturating_add(1)..);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    const MARKUP: &str = r#"<div id="cart" class="a b-c"><cx-line class="Über x1"><p title="y.z, (.q">t</p></cx-line></div>"#;

    fn names(html: &Html) -> Names {
        html.tree.nodes().filter_map(ElementRef::wrap).collect()
    }

    #[test]
    fn a_selector_that_matches_is_never_denied() {
        let html = Html::parse_fragment(MARKUP);
        for selector in [
            "#cart",
            "div.a.b-c#cart cx-line > p",
            "*|p",
            "[title*='('], .absent",
            ".absent, [title*=','], .gone",
            "cx-line.Über",
            "DIV",
            ".absent, p",
            "p[title='y.z, (.q']",
            "p[title=\"y.z, (.q\"]:not(.absent)",
            "div:not(.absent):has(p)",
            ":is(.absent, p)",
            "div:nth-child(2n + 1), .absent",
            ".b\\-c",
            ".x1 ~ .absent, .x1 > :first-child",
            "*",
            ":not(:has(.absent))",
        ] {
            let parsed = Selector::parse(selector).expect("a selector");
            assert!(html.select(&parsed).next().is_some(), "{selector}");
            assert!(may_match(selector, &names(&html)), "{selector}");
        }
    }

    #[test]
    fn a_selector_with_a_name_that_the_page_lacks_is_denied() {
        let html = Html::parse_fragment(MARKUP);
        for selector in [
            "#absent",
            ".absent p",
            "p.absent[title], div#absent",
            "cx-lines",
            "div > .absent:has(p)",
            "p:first-child.absent",
            "div[id='cart'] absent",
            "#a",
            "p[data-absent='x']",
            ".cart",
        ] {
            assert!(!may_match(selector, &names(&html)), "{selector}");
        }
    }

    #[test]
    fn what_is_no_selector_is_left_to_those_who_compile_it() {
        let html = Html::parse_fragment(MARKUP);
        for selector in ["p[", "p:has(", "", ","] {
            assert!(may_match(selector, &names(&html)), "{selector}");
        }
    }
}
