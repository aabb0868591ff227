//! What an element must be called to be matched, as the text of a selector tells.

use scraper::{CaseSensitivity, ElementRef};

/// The name that the last compound of a selector asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A class.
    Class(String),
    /// An `id`.
    Id(String),
    /// A local name.
    Element(String),
    /// The name of an attribute.
    Attribute(String),
}

impl Wanted {
    /// One name for each of the selectors between commas, a class before an id before an attribute's before an element's; none at
    /// all where one of them may match what is called anything, or has escapes or namespaces.
    pub(super) fn of(selectors: &str) -> Vec<Self> {
        if selectors.contains(['\\', '|', '&']) {
            return Vec::new();
        }
        let Some(plain) = without_brackets(selectors) else {
            return Vec::new();
        };
        let names: Option<Vec<Self>> = plain.split(',').map(Self::of_one).collect();
        names.unwrap_or_default()
    }

    fn of_one(selector: &str) -> Option<Self> {
        let is_combinator = |c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~');
        let last = selector.trim_end().rsplit(is_combinator).next()?;
        let name_after = |sign: char| {
            let (_, after) = last.split_once(sign)?;
            Some(leading_name(after)).filter(|name| !name.is_empty())
        };
        let named = |sign: char, of: fn(String) -> Self| Some(of(name_after(sign)?.to_owned()));
        named('.', Self::Class)
            .or_else(|| named('#', Self::Id))
            .or_else(|| named('[', Self::Attribute))
            .or_else(|| {
                let name = leading_name(last);
                (!name.is_empty()).then(|| Self::Element(name.to_owned()))
            })
            .filter(Self::is_exact)
    }

    /// Whether the page writes it as the selector does: names of elements and attributes have small letters there, whatever a
    /// selector's have.
    fn is_exact(&self) -> bool {
        match self {
            Self::Class(_) | Self::Id(_) => true,
            Self::Element(name) | Self::Attribute(name) => {
                !name.contains(|c: char| c.is_ascii_uppercase())
            }
        }
    }

    /// Whether an element is called so.
    pub(super) fn admits(&self, element: ElementRef<'_>) -> bool {
        let element = element.value();
        match self {
            Self::Class(class) => element.has_class(class, CaseSensitivity::CaseSensitive),
            Self::Id(id) => element.id() == Some(id),
            Self::Element(name) => element.name() == name,
            Self::Attribute(name) => element.attrs().any(|(own, _)| own == name),
        }
    }
}

/// Selectors without what stands in parentheses, and of what stands in brackets the attribute's name; none where one of them
/// is never closed.
fn without_brackets(selectors: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = selectors;
    while let Some(place) = rest.find(['[', '(']) {
        let (before, brackets) = rest.split_at_checked(place)?;
        plain.push_str(before);
        // What follows a bracket is still of the same compound, but not of the name before it.
        plain.push(':');
        if let Some(inside) = brackets.strip_prefix('[') {
            plain.push('[');
            plain.push_str(leading_name(inside.trim_start()));
            plain.push(':');
        }
        rest = past_brackets(brackets)?;
    }
    plain.push_str(rest);
    Some(plain)
}

/// What follows the bracket that ends those at the start of `text`; `None` where it never comes.
pub(crate) fn past_brackets(text: &str) -> Option<&str> {
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

/// The name that a text begins with.
fn leading_name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_compound_of_each_selector_tells_one_name() {
        let class = |name: &str| Wanted::Class(name.to_owned());
        let element = |name: &str| Wanted::Element(name.to_owned());
        let attribute = |name: &str| Wanted::Attribute(name.to_owned());
        for (selector, wanted) in [
            ("td.product-price .amount", vec![class("amount")]),
            ("li#x.a.b", vec![class("a")]),
            ("a .b:not(.c)", vec![class("b")]),
            ("a:has(> .c, .d) ~ [e='. f'].b", vec![class("b")]),
            ("div > a[href]", vec![attribute("href")]),
            ("div > a:not([href])", vec![element("a")]),
            ("p #x ", vec![Wanted::Id("x".to_owned())]),
            ("input[name='a, b']", vec![attribute("name")]),
            (".a,\n.b > i", vec![class("a"), element("i")]),
            (".a, [ data-x*=y ]", vec![class("a"), attribute("data-x")]),
            (".a, *", Vec::new()),
            ("a [viewBox]", Vec::new()),
            ("*", Vec::new()),
            ("P", Vec::new()),
            (":is(.a, b)", Vec::new()),
            (":scope > cx-b2", vec![element("cx-b2")]),
            (".a\\.b", Vec::new()),
            ("a[b", Vec::new()),
        ] {
            assert_eq!(Wanted::of(selector), wanted, "{selector}");
        }
    }
}
