//! Which elements of a page have which names: most selectors are then tried on the few elements that they can mean.

use scraper::ElementRef;

use crate::css::{Wanted, past_brackets};

use super::node::NodeKey;
use super::page::PageTree;

/// Lists of [`Names`], a power of two: a page of 20,000 different names has something in a third of them.
const LISTS: usize = 1 << 16;

/// The elements of a page by the names of themselves and their attributes, by classes and ids. Names share lists, as their
/// hashes do: an element in a list may be called otherwise, one that is not in it is not called so.
#[derive(Debug)]
pub(super) struct Names {
    /// Where each list starts.
    starts: Vec<usize>,
    /// The lists one after the other, each in the page's order; one element may stand in it several times, side by side.
    elements: Vec<NodeKey>,
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
    pub(super) fn of(trees: &[PageTree]) -> Self {
        let named = named(trees);
        let mut starts = vec![0_usize; LISTS];
        for (list, _) in &named {
            if let Some(count) = starts.get_mut(*list) {
                *count = count.saturating_add(1);
            }
        }
        let mut end = 0_usize;
        for start in &mut starts {
            end = end.saturating_add(*start);
            *start = end;
        }
        // They are the ends as yet: filled from the back, each list's place comes down to its start.
        let mut elements: Vec<NodeKey> = named.iter().map(|(_, key)| *key).collect();
        for (list, key) in named.iter().rev() {
            if let Some(start) = starts.get_mut(*list) {
                *start = start.saturating_sub(1);
                if let Some(element) = elements.get_mut(*start) {
                    *element = *key;
                }
            }
        }
        Self { starts, elements }
    }

    /// The elements that may be called so, in the page's order.
    pub(super) fn called(&self, wanted: &Wanted) -> &[NodeKey] {
        match wanted {
            Wanted::Class(class) => self.list(Kind::Class, class),
            Wanted::Id(id) => self.list(Kind::Id, id),
            Wanted::Element(name) => self.list(Kind::Element, name),
            Wanted::Attribute(name) => self.list(Kind::Attribute, name),
        }
    }

    fn list(&self, kind: Kind, name: &str) -> &[NodeKey] {
        let place = list_of(kind, name);
        let start = self.starts.get(place).copied().unwrap_or_default();
        let end = self.starts.get(place.saturating_add(1)).copied();
        let list = self.elements.get(start..end.unwrap_or(self.elements.len()));
        list.unwrap_or_default()
    }

    fn may_have(&self, kind: Kind, name: &str) -> bool {
        !self.list(kind, name).is_empty()
    }
}

fn list_of(kind: Kind, name: &str) -> usize {
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
    usize::try_from(hash ^ (hash >> 16)).map_or(0, |hash| hash & (LISTS - 1))
}

/// Every name of every element, as the list that it is in.
fn named(trees: &[PageTree]) -> Vec<(usize, NodeKey)> {
    let mut named = Vec::new();
    for (place, tree) in trees.iter().enumerate() {
        for element in tree.html.tree.nodes().filter_map(ElementRef::wrap) {
            let key = NodeKey::new(place, element.id());
            let mut add = |kind, name: &str| named.push((list_of(kind, name), key));
            add(Kind::Element, element.value().name());
            for (attribute, value) in element.value().attrs() {
                add(Kind::Attribute, attribute);
                match attribute {
                    "class" => value
                        .split_ascii_whitespace()
                        .for_each(|class| add(Kind::Class, class)),
                    "id" => add(Kind::Id, value),
                    _ => {}
                }
            }
        }
    }
    named
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

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;
    use crate::snapshot::live::Live;
    use crate::sorted::SortedMap;

    const MARKUP: &str = r#"<div id="cart" class="a b-c"><cx-line class="Über x1"><p title="y.z, (.q">t</p></cx-line></div>"#;

    fn names(html: &Html) -> Names {
        Names::of(&[PageTree {
            html: html.clone(),
            live: Live::default(),
            host: None,
            slots: SortedMap::new(),
        }])
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
