//! Elements: more of them, fewer, and others.

use crate::markup::{Element, Node};

use super::{Chance, hashed};

/// Elements that may hold one more `div`.
const BLOCKS: [&str; 9] = [
    "article", "aside", "dd", "div", "footer", "li", "main", "section", "td",
];

/// Children that only their own parent may hold.
const BOUND: [&str; 12] = [
    "dd", "dt", "li", "option", "source", "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Puts what is in every third block or `span` into one more of its kind.
pub(super) fn add_wrappers(page: &mut Element, seed: u64) {
    let mut chance = Chance::new(seed);
    page.change_all(&mut |element| {
        let wrapper = match element.name.as_str() {
            "span" => "span",
            name if BLOCKS.contains(&name) => "div",
            _ => return,
        };
        let is_free = element
            .elements()
            .all(|child| !BOUND.contains(&child.name.as_str()));
        if is_free && !element.children.is_empty() && chance.below(3) == 0 {
            let class = hashed(seed, &format!("wrapper{}", chance.below(9)));
            let children = std::mem::take(&mut element.children);
            element.children = vec![Node::Element(Element::new(wrapper, &class, children))];
        }
    });
}

/// Takes away every other `div`, `span` and `section` that holds one element and nothing else.
pub(super) fn remove_wrappers(page: &mut Element, seed: u64) {
    let mut chance = Chance::new(seed);
    page.replace_all(&mut |mut element| {
        let is_wrapper = matches!(element.name.as_str(), "div" | "section" | "span")
            && element.elements().count() == 1
            && !element.has_own_text()
            && !element
                .attributes
                .iter()
                .any(|(name, _)| says_something(name));
        if is_wrapper && chance.below(2) == 0 {
            std::mem::take(&mut element.children)
        } else {
            vec![Node::Element(element)]
        }
    });
}

/// Whether a person, or a reader of the screen, would miss the attribute.
fn says_something(name: &str) -> bool {
    matches!(name, "hidden" | "role" | "style" | "title") || name.starts_with("aria-")
}

/// Makes tables of `div`s; by an even seed with roles, by an odd one without.
pub(super) fn tables_to_divs(page: &mut Element, seed: u64) {
    page.change_all(&mut |element| {
        let role = match element.name.as_str() {
            "table" => "table",
            "thead" | "tbody" | "tfoot" => "rowgroup",
            "tr" => "row",
            "th" if element.attribute("scope") == Some("row") => "rowheader",
            "th" => "columnheader",
            "td" => "cell",
            "caption" => "caption",
            _ => return,
        };
        "div".clone_into(&mut element.name);
        for name in [
            "align",
            "border",
            "cellpadding",
            "cellspacing",
            "colspan",
            "rowspan",
            "scope",
        ] {
            element.remove(name);
        }
        if seed.is_multiple_of(2) && element.attribute("role").is_none() {
            element.set("role", role);
        }
    });
    page.replace_all(&mut |element| match element.name.as_str() {
        "colgroup" => Vec::new(),
        _ => vec![Node::Element(element)],
    });
}

/// Makes lists of `div`s.
pub(super) fn lists_to_divs(page: &mut Element) {
    page.change_all(&mut |element| {
        if matches!(
            element.name.as_str(),
            "dd" | "dl" | "dt" | "li" | "ol" | "ul"
        ) {
            "div".clone_into(&mut element.name);
        }
    });
}

/// Makes `div` and `span` of elements that say what they are for; what is struck stays so.
pub(super) fn plain_tags(page: &mut Element) {
    page.change_all(&mut |element| {
        let plain = match element.name.as_str() {
            "article" | "aside" | "figure" | "section" => "div",
            "b" | "bdi" | "em" | "i" | "ins" | "small" | "strong" => "span",
            name if name.contains('-') => "div",
            _ => return,
        };
        plain.clone_into(&mut element.name);
    });
}

/// Moves headings to other levels, the lower ones to paragraphs.
pub(super) fn change_headings(page: &mut Element) {
    page.change_all(&mut |element| {
        let other = match element.name.as_str() {
            "h1" => "h2",
            "h2" => "h4",
            "h3" => {
                element.set("role", "heading");
                element.set("aria-level", "3");
                "div"
            }
            "h4" | "h5" | "h6" => "p",
            _ => return,
        };
        other.clone_into(&mut element.name);
    });
}
