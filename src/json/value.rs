//! A text's value before it has a type.

/// What a JSON text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object with its properties in the order of the text. Of several with one name, the last counts.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The value of a property, where this is an object that has it.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Self> {
        let Self::Object(properties) = self else {
            return None;
        };
        let (_, value) = properties.iter().rfind(|(own, _)| own == name)?;
        Some(value)
    }

    /// The value at a JSON Pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        let tokens = pointer.strip_prefix('/')?.split('/');
        tokens.into_iter().try_fold(self, |value, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            match value {
                Self::List(values) => values.get(index(&token)?),
                _ => value.property(&token),
            }
        })
    }
}

/// The index that a token is: digits without a leading zero.
fn index(token: &str) -> Option<usize> {
    let has_form = !token.starts_with('+') && (token == "0" || !token.starts_with('0'));
    has_form.then(|| token.parse().ok())?
}

#[cfg(test)]
mod tests {
    use crate::json::parse;

    /// The example of RFC 6901, 5, with a list of its own.
    const EXAMPLE: &str = r#"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#;

    #[test]
    fn a_pointer_leads_where_serde_json_says() {
        let own = parse(EXAMPLE).unwrap();
        let reference: serde_json::Value = serde_json::from_str(EXAMPLE).unwrap();
        for pointer in [
            "", "/foo", "/foo/0", "/foo/1", "/foo/2", "/foo/01", "/foo/+1", "/foo/-", "/", "/a~1b",
            "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n", "/m~01n", "foo", "/foo/0/x",
        ] {
            let reference = reference.pointer(pointer);
            let own = own.pointer(pointer);
            let written = reference.map(|reference| parse(&reference.to_string()).unwrap());
            assert_eq!(own.is_some(), written.is_some(), "{pointer}");
            if !pointer.is_empty() {
                assert_eq!(own, written.as_ref(), "{pointer}");
            }
        }
    }

    #[test]
    fn of_several_properties_with_one_name_the_last_counts() {
        let value = parse(r#"{"a":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(value.property("a"), parse("3").ok().as_ref());
    }
}
