//! Reads JSON with little code.
//!
//! `serde_json` compiles its whole parser into the reader of every type; in the wasm that was a third of the core. Here
//! one parser makes a [`Value`], and the readers of all types walk that by functions that are compiled once. An error
//! says what was expected, never what was there: it may be text of a page or a token.

use std::fmt;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

/// Why a text is not the JSON that was wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct JsonError(String);

impl de::Error for JsonError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }

    fn unknown_variant(_found: &str, expected: &'static [&'static str]) -> Self {
        Self(format!("expected one of {}", expected.join(", ")))
    }
}

/// Reads a text.
///
/// # Errors
/// [`JsonError`] with the place where the text is no JSON, or with what a property should have been.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    T::deserialize(Node(&parse(text)?))
}

#[inline(never)]
fn parse(text: &str) -> Result<Value, JsonError> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        JsonError(format!("no JSON at line {line}, column {column}"))
    })
}

/// A value under way to a type.
#[derive(Clone, Copy)]
struct Node<'v>(&'v Value);

impl Node<'_> {
    #[inline(never)]
    fn unfit(visitor: &dyn Expected) -> JsonError {
        de::Error::invalid_type(Unexpected::Other(""), visitor)
    }
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = JsonError;

    #[inline(never)]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (_, Some(value)) => visitor.visit_i64(value),
                // A number with a fraction is handed on in its shortest digits: money comes as text, and
                // what comes as a number is exact to 15 of them.
                _ => visitor.visit_string(number.to_string()),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(values) => visitor.visit_seq(Entries(values.iter())),
            Value::Object(properties) => visitor.visit_map(Properties::of(properties)),
        }
    }

    #[inline(never)]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::String(text) => visitor.visit_str(text),
            _ => Err(Self::unfit(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_str(visitor)
    }

    #[inline(never)]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    #[inline(never)]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        visitor.visit_newtype_struct(self)
    }

    #[inline(never)]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Array(values) => visitor.visit_seq(Entries(values.iter())),
            _ => Err(Self::unfit(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.deserialize_seq(visitor)
    }

    #[inline(never)]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::Object(properties) => visitor.visit_map(Properties::of(properties)),
            _ => Err(Self::unfit(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.deserialize_map(visitor)
    }

    #[inline(never)]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        match self.0 {
            Value::String(variant) => visitor.visit_enum(Variant {
                name: variant,
                content: None,
            }),
            Value::Object(properties) if properties.len() == 1 => match properties.iter().next() {
                Some((name, content)) => visitor.visit_enum(Variant {
                    name,
                    content: Some(content),
                }),
                None => Err(Self::unfit(&visitor)),
            },
            _ => Err(Self::unfit(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct identifier
    }
}

/// The entries of an array.
struct Entries<'v>(std::slice::Iter<'v, Value>);

impl<'de> de::SeqAccess<'de> for Entries<'_> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, JsonError> {
        self.0
            .next()
            .map(|value| seed.deserialize(Node(value)))
            .transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The properties of an object.
struct Properties<'v> {
    rest: serde_json::map::Iter<'v>,
    value: Option<&'v Value>,
}

impl<'v> Properties<'v> {
    fn of(properties: &'v Map<String, Value>) -> Self {
        Self {
            rest: properties.iter(),
            value: None,
        }
    }
}

impl<'de> de::MapAccess<'de> for Properties<'_> {
    type Error = JsonError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, JsonError> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(Name(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, JsonError> {
        seed.deserialize(Node(self.value.take().unwrap_or(&Value::Null)))
    }
}

/// The name of a property: a text, or a number written as one.
struct Name<'v>(&'v str);

impl<'de> Deserializer<'de> for Name<'_> {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        visitor.visit_str(self.0)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0.parse() {
            Ok(number) => visitor.visit_i64(number),
            Err(_) => Err(Node::unfit(&visitor)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        visitor.visit_enum(Variant {
            name: self.0,
            content: None,
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant, with its content where it has one.
struct Variant<'v> {
    name: &'v str,
    content: Option<&'v Value>,
}

impl<'de, 'v> de::EnumAccess<'de> for Variant<'v> {
    type Error = JsonError;
    type Variant = Content<'v>;

    fn variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<(T::Value, Content<'v>), JsonError> {
        Ok((seed.deserialize(Name(self.name))?, Content(self.content)))
    }
}

/// The content of a variant.
struct Content<'v>(Option<&'v Value>);

impl Content<'_> {
    fn node(&self) -> Node<'_> {
        Node(self.0.unwrap_or(&Value::Null))
    }
}

impl<'de> de::VariantAccess<'de> for Content<'_> {
    type Error = JsonError;

    fn unit_variant(self) -> Result<(), JsonError> {
        match self.0 {
            None | Some(Value::Null) => Ok(()),
            Some(_) => Err(JsonError("expected a variant without content".to_owned())),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, JsonError> {
        seed.deserialize(self.node())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, JsonError> {
        self.node().deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.node().deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Shape {
        Plain,
        Newtype(u32),
        Named {
            list: Vec<Option<i64>>,
            text: String,
        },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Tagged {
        One { flag: bool },
        Two,
    }

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(transparent)]
    struct Key(i64);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Whole {
        shapes: Vec<Shape>,
        tagged: Vec<Tagged>,
        by_number: BTreeMap<Key, String>,
        pair: (u8, String),
        #[serde(default)]
        absent: Option<String>,
    }

    #[test]
    fn what_serde_json_writes_is_read_back() {
        let whole = Whole {
            shapes: vec![
                Shape::Plain,
                Shape::Newtype(7),
                Shape::Named {
                    list: vec![Some(-1), None],
                    text: "ä \"quoted\"".to_owned(),
                },
            ],
            tagged: vec![Tagged::One { flag: true }, Tagged::Two],
            by_number: BTreeMap::from([(Key(-5), "x".to_owned())]),
            pair: (1, "two".to_owned()),
            absent: None,
        };
        let text = serde_json::to_string(&whole).unwrap();
        assert_eq!(read::<Whole>(&text), Ok(whole));
    }

    #[test]
    fn an_error_never_repeats_what_was_there() {
        for text in [
            r#""secret""#,
            r#"{"secret":1}"#,
            r#"["secret"]"#,
            r#"{"list":"secret"}"#,
            "secret",
        ] {
            let error = read::<Shape>(text).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_number_with_a_fraction_is_handed_on_by_its_digits() {
        assert_eq!(read::<Value>("8.1"), Ok(Value::String("8.1".to_owned())));
        assert!(read::<String>("true").is_err());
    }
}
