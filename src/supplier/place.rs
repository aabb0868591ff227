//! Where a page was loaded from, and which definitions name that place.

/// Host and path of a tab, as the browser says it and never as the page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The host without port, in small letters.
    pub host: &'a str,
    /// The path from its first `/`, without query.
    pub path: &'a str,
}

/// Whether `pattern`, in which `*` stands for any characters, is the whole of `text`.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

/// Whether two patterns can match the same text: exactly, or one as a text of the other.
pub(super) fn overlap(one: &str, two: &str) -> bool {
    let (Some((one_start, one_rest)), Some((two_start, two_rest))) =
        (one.split_once('*'), two.split_once('*'))
    else {
        return matches(one, two) || matches(two, one);
    };
    let end = |rest: &str| rest.rsplit('*').next().unwrap_or_default().to_owned();
    let (one_end, two_end) = (end(one_rest), end(two_rest));
    let starts = one_start.starts_with(two_start) || two_start.starts_with(one_start);
    starts && (one_end.ends_with(&two_end) || two_end.ends_with(&one_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        assert!(matches("/cart", "/cart"));
        assert!(!matches("/cart", "/cart/2"));
        assert!(matches("/cart/*", "/cart/2"));
        assert!(matches("*.example.com", "shop.example.com"));
        assert!(!matches("*.example.com", "example.com"));
        assert!(matches("/*/cart/*", "/de/cart/1/2"));
        assert!(!matches("/*/cart", "/de/basket"));
    }

    #[test]
    fn patterns_overlap_where_one_text_could_match_both() {
        assert!(overlap("www.example.com", "*.example.com"));
        assert!(overlap("/cart/*", "/cart/view*"));
        assert!(!overlap("/cart", "/basket"));
        assert!(overlap("*.example.com", "*.shop.example.com"));
        assert!(!overlap("*.example.com", "*.example.org"));
    }
}
