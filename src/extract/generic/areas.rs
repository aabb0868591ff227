//! Parts of a page that are no cart: saved for later, recommended, small carts in the page's head.

use crate::supplier::Mark;

use super::scene::Scene;

/// Parts of classes and ids of such parts.
const NAMES: &[&str] = &[
    "minicart",
    "mini-cart",
    "mini_cart",
    "cart-dropdown",
    "cart-preview",
    "cart-flyout",
    "savedforlater",
    "saved-for-later",
    "saveforlater",
    "save-for-later",
    "saved-cart",
    "saved-items",
    "wishlist",
    "wish-list",
    "recommend",
    "related",
    "crosssell",
    "cross-sell",
    "upsell",
    "up-sell",
    "recently-viewed",
    "also-bought",
    "suggestion",
    "bestseller",
];

/// The longest text that heads a part of a page, in bytes.
const LONGEST_HEADING: usize = 80;

/// Ranges of places that are beside the cart.
#[derive(Debug)]
pub(super) struct Areas {
    beside: Vec<std::ops::Range<usize>>,
}

impl Areas {
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        let mut beside = Vec::new();
        for (place, entry) in scene.entries() {
            if is_named_so(scene, place) {
                beside.push(place..entry.end);
            } else if let Some(mark) = heading(scene, place)
                && matches!(mark, Mark::Later | Mark::Recommended | Mark::WishList)
            {
                beside.push(headed(scene, place));
            }
        }
        Self { beside }
    }

    /// Whether a place is in such a part, or in the page's head or navigation.
    pub(super) fn are_beside(&self, scene: &Scene<'_>, place: usize) -> bool {
        self.beside.iter().any(|range| range.contains(&place)) || in_head(scene, place)
    }
}

fn is_named_so(scene: &Scene<'_>, place: usize) -> bool {
    let Some(node) = scene.node(place) else {
        return false;
    };
    if matches!(node.name(), "body" | "html" | "main") {
        return false;
    }
    let names = [node.attr("class"), node.attr("id")];
    names.into_iter().flatten().any(|name| {
        let name = name.to_ascii_lowercase();
        NAMES.iter().any(|part| name.contains(part))
    })
}

/// What a heading says; `None` where the element is no heading, or says nothing that is known.
fn heading(scene: &Scene<'_>, place: usize) -> Option<Mark> {
    let entry = scene.outline.get(place)?;
    if entry.text.is_empty() || entry.text.len() > LONGEST_HEADING {
        return None;
    }
    let is_heading = |place: usize| {
        scene.node(place).is_some_and(|node| {
            matches!(
                node.name(),
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "legend" | "caption" | "summary"
            ) || node.attr("role") == Some("heading")
        })
    };
    let headed = is_heading(place) || scene.outline.parent(place).is_some_and(is_heading);
    headed
        .then(|| scene.words.marks.meaning(&entry.text))
        .flatten()
}

/// From a heading to the end of what it heads: the next heading beside it, or the end of the element that holds more
/// than it.
fn headed(scene: &Scene<'_>, place: usize) -> std::ops::Range<usize> {
    let outline = &scene.outline;
    let is_alone = |parent: usize| {
        scene.short_text(parent, LONGEST_HEADING) == scene.short_text(place, LONGEST_HEADING)
    };
    let mut top = place;
    while let Some(parent) = outline.parent(top)
        && is_alone(parent)
    {
        top = parent;
    }
    let end = outline
        .parent(top)
        .map_or(outline.end(top), |parent| outline.end(parent));
    let name = |place: usize| scene.node(place).map(|node| node.name());
    let next = outline
        .parent(top)
        .into_iter()
        .flat_map(|parent| outline.children(parent));
    let next = next.skip_while(|child| *child <= top).find(|child| {
        name(*child) == name(top) && name(top).is_some_and(|name| name.starts_with('h'))
    });
    place..next.unwrap_or(end)
}

/// Whether a place is in the page's own head, foot or navigation, not in those of a part of it.
fn in_head(scene: &Scene<'_>, place: usize) -> bool {
    let around = scene.outline.ancestors(place);
    let names = around
        .filter_map(|place| scene.node(place))
        .map(|node| node.name());
    let names: Vec<&str> = names.collect();
    let is_part = |name: &&str| matches!(*name, "main" | "article" | "section" | "form");
    let inner = names
        .iter()
        .rposition(is_part)
        .map_or(0, |place| place.saturating_add(1));
    let page = names.get(inner..).unwrap_or_default();
    names.contains(&"nav") || page.iter().any(|name| matches!(*name, "footer" | "header"))
}
