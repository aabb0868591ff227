//! Whether a page is the cart's own page, as its address and its title say.

use crate::snapshot::Page;
use crate::supplier::{Location, Mark, Words};

/// Marks between the parts of a title.
const BETWEEN_PARTS: [char; 6] = ['|', '–', '—', '·', '•', '»'];

/// Last words of the address of a page that hands a basket over to a purchasing system.
const HANDOVER: [&str; 4] = ["oci", "punchout", "punch-out", "transfer"];

/// Whether a part of the address or of the title is a word for a cart, and nothing says that the page is another one.
pub(super) fn is_cart_page(page: &Page, at: Location<'_>, words: &Words) -> bool {
    let says = |mark: Mark| {
        let is = |text: &str| words.marks.is(text, mark);
        segments(at).any(is) || title_parts(page.title()).any(is)
    };
    let is_product = page
        .meta("og:type")
        .is_some_and(|kind| kind.starts_with("product"));
    let goes_on = segments(at)
        .last()
        .is_some_and(|last| words.marks.is(last, Mark::Checkout));
    says(Mark::Cart) && !says(Mark::Orders) && !says(Mark::WishList) && !is_product && !goes_on
}

/// Whether the page hands a basket over to a purchasing system.
pub(super) fn hands_over(at: Location<'_>) -> bool {
    let last = segments(at).last();
    last.is_some_and(|last| HANDOVER.iter().any(|word| last.eq_ignore_ascii_case(word)))
}

/// The parts of the path, without the ending of a file: `shop` and `cart` of `/shop/cart.html`.
fn segments<'a>(at: Location<'a>) -> impl Iterator<Item = &'a str> {
    let parts = at.path.split('/').filter(|part| !part.is_empty());
    parts.map(|part| part.rsplit_once('.').map_or(part, |(name, _)| name))
}

/// `Your cart` and `Acme` of `Your cart (2) - Acme`.
fn title_parts(title: &str) -> impl Iterator<Item = &str> {
    let parts = title
        .split(BETWEEN_PARTS)
        .flat_map(|part| part.split(" - "));
    parts.map(|part| part.split_once('(').map_or(part, |(name, _)| name))
}
