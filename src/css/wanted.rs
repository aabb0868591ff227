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
    /// Nothing that is told by a look at the text.
    Anything,
}

impl Wanted {
    /// One name is looked for, a class before an id before an element's. Selectors with commas, escapes or namespaces want
    /// anything.
    pub(super) fn of(selector: &str) -> Self {
        let Some(last) = last_compound(selector) else {
            return Self::Anything;
        };
        let name_after = |sign: char| {
            let (_, after) = last.split_once(sign)?;
            Some(leading_name(after)).filter(|name| !name.is_empty())
        };
        if let Some(class) = name_after('.') {
            Self::Class(class.to_owned())
        } else if let Some(id) = name_after('#') {
            Self::Id(id.to_owned())
        } else {
            match leading_name(last) {
                name if name.is_empty() || name.contains(|c: char| !c.is_ascii_lowercase()) => {
                    Self::Anything
                }
                name => Self::Element(name.to_owned()),
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
            Self::Anything => true,
        }
    }
}

/// The last compound, up to its first bracket or colon; none where the text cannot be told by a look.
fn last_compound(selector: &str) -> Option<&str> {
    if selector.contains(['\\', '|', ',', '&']) {
        return None;
    }
    // What stands in brackets may hold anything: only what follows the last of them is looked at, or comes before the first.
    let end = selector.find(['[', '(', ':']).unwrap_or(selector.len());
    let (head, tail) = selector.split_at_checked(end)?;
    if tail.contains([' ', '>', '+', '~', '\t', '\n']) {
        return None;
    }
    head.rsplit([' ', '>', '+', '~', '\t', '\n']).next()
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
    fn the_last_compound_tells_one_name() {
        let class = |name: &str| Wanted::Class(name.to_owned());
        for (selector, wanted) in [
            ("td.product-price .amount", class("amount")),
            ("li#x.a.b", class("a")),
            ("a .b:not(.c)", class("b")),
            ("div > a[href]", Wanted::Element("a".to_owned())),
            ("p #x", Wanted::Id("x".to_owned())),
            ("input[name='a b']", Wanted::Anything),
            (".a, .b", Wanted::Anything),
            ("a [title]", Wanted::Anything),
            ("*", Wanted::Anything),
            ("P", Wanted::Anything),
            (":scope > b", Wanted::Anything),
        ] {
            assert_eq!(Wanted::of(selector), wanted, "{selector}");
        }
    }
}
