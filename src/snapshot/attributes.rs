//! Which attributes reach the core's tree.

/// Attributes that readers of carts use, in alphabetical order.
const STANDARD: &[&str] = &[
    "action",
    "alt",
    "autocomplete",
    "checked",
    "class",
    "cols",
    "colspan",
    "content",
    "contenteditable",
    "datetime",
    "dir",
    "disabled",
    "for",
    "headers",
    "height",
    "hidden",
    "href",
    "hreflang",
    "id",
    "inert",
    "inputmode",
    "itemid",
    "itemprop",
    "itemref",
    "itemscope",
    "itemtype",
    "label",
    "lang",
    "list",
    "max",
    "maxlength",
    "method",
    "min",
    "minlength",
    "multiple",
    "name",
    "open",
    "part",
    "pattern",
    "placeholder",
    "readonly",
    "rel",
    "required",
    "role",
    "rows",
    "rowspan",
    "scope",
    "selected",
    "size",
    "slot",
    "span",
    "step",
    "tabindex",
    "target",
    "title",
    "type",
    "value",
    "width",
];

/// Bytes of a `data-*` value beyond which it is state of a script rather than a mark on an element.
const LONGEST_DATA_VALUE: usize = 512;

/// Parts of names whose values belong to a person or a session.
const SECRET: &[&str] = &[
    "auth", "csrf", "customer", "e-mail", "email", "form-key", "form_key", "formkey", "nonce",
    "passw", "secret", "session", "token", "user", "xsrf",
];

/// The attributes that may reach the core's tree; everything else stays behind while the markup is read.
///
/// The standard set is what readers of carts use: identity and class, what forms and tables need, microdata,
/// addresses of links, `aria-*`, and `data-*` up to 512 bytes whose name does not look like a secret
/// (`csrf`, `token`, `session`, `customer`, `email`, …). Definitions add the names that they use.
/// Event handlers, `style` and `srcdoc` never pass: visibility comes from the live state instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedAttributes {
    /// Distinct, in alphabetical order.
    added: Vec<String>,
}

/// Which values of an attribute may reach the core's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    Any,
    Short,
    None,
}

impl Admission {
    pub(super) fn takes(self, value_bytes: usize) -> bool {
        match self {
            Self::Any => true,
            Self::Short => value_bytes <= LONGEST_DATA_VALUE,
            Self::None => false,
        }
    }
}

impl AllowedAttributes {
    /// The standard set.
    #[must_use]
    pub fn standard() -> Self {
        Self::default()
    }

    /// The same with these names, whatever the length of their values.
    #[must_use]
    pub fn and<Name: Into<String>>(mut self, names: impl IntoIterator<Item = Name>) -> Self {
        for name in names.into_iter().map(Into::into) {
            if let Err(place) = self.added.binary_search(&name) {
                self.added.insert(place, name);
            }
        }
        self
    }

    fn is_added(&self, name: &str) -> bool {
        self.added
            .binary_search_by(|added| added.as_str().cmp(name))
            .is_ok()
    }

    /// Whether an attribute of this name with a value of so many bytes may pass.
    #[must_use]
    pub fn admits(&self, name: &str, value_bytes: usize) -> bool {
        self.admission(name).takes(value_bytes)
    }

    /// Which values of an attribute may pass.
    pub(super) fn admission(&self, name: &str) -> Admission {
        if name.starts_with("on") || matches!(name, "style" | "srcdoc") {
            return Admission::None;
        }
        if self.is_added(name) || STANDARD.binary_search(&name).is_ok() || name.starts_with("aria-")
        {
            return Admission::Any;
        }
        if name.starts_with("data-") && !looks_secret(name) {
            Admission::Short
        } else {
            Admission::None
        }
    }
}

/// Whether a name says that its value belongs to a person or a session.
pub(super) fn looks_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_part = |rest: &[u8], part: &[u8]| rest.first() == part.first() && rest.starts_with(part);
    let begins = |rest: &[u8]| SECRET.iter().any(|part| is_part(rest, part.as_bytes()));
    (0..name.len()).any(|place| name.as_bytes().get(place..).is_some_and(begins))
}

/// Whether a form control's value stays in the page: passwords, files, contact and payment data, tokens.
pub(super) fn is_private_control(attribute: impl Fn(&str) -> Option<String>) -> bool {
    let text = |name: &str| attribute(name).unwrap_or_default().to_ascii_lowercase();
    let of_a_person = match text("type").as_str() {
        "password" | "file" | "email" => true,
        "tel" => !names_a_quantity(&text("name")) && !is_count(&text("value")),
        _ => false,
    };
    of_a_person
        || text("autocomplete")
            .split_ascii_whitespace()
            .any(is_private_autofill)
        || looks_secret(&text("name"))
}

/// Whether a field for telephone numbers is one for quantities: shops choose that type for its keys on phones.
fn names_a_quantity(name: &str) -> bool {
    name.contains("qty") || name.contains("quantit")
}

/// Whether the page wrote a number into a field that is too short for a telephone's.
fn is_count(value: &str) -> bool {
    let (whole, part) = value.split_once(['.', ',']).unwrap_or((value, "0"));
    let is_number = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_number(whole, 5) && is_number(part, 3)
}

/// Autofill fields of <https://html.spec.whatwg.org/#autofill> that name payment data and credentials.
fn is_private_autofill(field: &str) -> bool {
    field.starts_with("cc-")
        || matches!(
            field,
            "one-time-code" | "current-password" | "new-password" | "webauthn"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_set_is_in_order_so_that_it_can_be_searched() {
        assert!(STANDARD.is_sorted());
    }

    #[test]
    fn marks_pass_and_state_style_and_secrets_stay_behind() {
        let allowed = AllowedAttributes::standard();
        for name in [
            "class",
            "href",
            "aria-label",
            "data-sku",
            "itemprop",
            "data-qty",
        ] {
            assert!(allowed.admits(name, 20), "{name}");
        }
        for name in [
            "style",
            "onclick",
            "srcdoc",
            "@click",
            ":class",
            "src",
            "srcset",
            "d",
            "data-csrf-token",
        ] {
            assert!(!allowed.admits(name, 20), "{name}");
        }
        assert!(!allowed.admits("data-product-json", 513));
    }

    #[test]
    fn a_definition_adds_names_but_never_style_or_handlers() {
        let allowed = AllowedAttributes::standard().and([
            "data-product-json",
            "data-cart-token",
            "style",
            "onclick",
        ]);
        assert!(allowed.admits("data-product-json", 100_000));
        assert!(allowed.admits("data-cart-token", 20));
        assert!(!allowed.admits("style", 1));
        assert!(!allowed.admits("onclick", 1));
    }

    #[test]
    fn values_of_passwords_cards_and_tokens_are_private() {
        let with = |key: &'static str, value: &'static str| {
            is_private_control(move |name| (name == key).then(|| value.to_owned()))
        };
        assert!(with("type", "PASSWORD"));
        assert!(with("autocomplete", "section-a billing cc-number"));
        assert!(with("name", "form_key"));
        assert!(!with("name", "cart[17][qty]"));
        assert!(!with("autocomplete", "off"));
    }

    #[test]
    fn a_telephone_number_is_private_and_a_quantity_with_its_keys_is_not() {
        let named = |name: &'static str| {
            is_private_control(move |key| match key {
                "type" => Some("tel".to_owned()),
                "name" => Some(name.to_owned()),
                _ => None,
            })
        };
        assert!(named("phone"));
        assert!(named(""));
        assert!(!named("qty-4711"));
        assert!(!named("items[1][quantity]"));
        let holding = |value: &'static str| {
            is_private_control(move |key| match key {
                "type" => Some("tel".to_owned()),
                "value" => Some(value.to_owned()),
                _ => None,
            })
        };
        assert!(!holding("12"));
        assert!(!holding("2.5"));
        assert!(holding("0441234567"));
        assert!(holding("+41 44"));
    }
}
