//! Reads JSON with little code.
//!
//! `serde_json` compiles its whole parser into the reader of every type, and brings tables for binary floating point,
//! which has no place here; in the wasm that was a third of the core. Here one parser makes a [`Value`], and the readers
//! of all types walk that by functions that are compiled once. An error says what was expected, never what was there:
//! it may be text of a page or a token.

mod parse;
mod value;

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

pub use value::Value;

/// Why a text is not the JSON that was wanted.
///
/// A pointer, because every field of every struct may hand one on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.words)]
pub struct JsonError(Box<Reason>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Reason {
    words: String,
}

impl JsonError {
    #[inline(never)]
    fn new(words: String) -> Self {
        Self(Box::new(Reason { words }))
    }

    #[inline(never)]
    fn lacking() -> Self {
        Self::new("expected more entries".to_owned())
    }
}

impl de::Error for JsonError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    /// Inlined, so that the words of every struct for itself are left out.
    #[inline(always)]
    fn invalid_length(_length: usize, _expected: &dyn Expected) -> Self {
        Self::lacking()
    }

    fn unknown_variant(_found: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("expected one of {}", expected.join(", ")))
    }
}

/// Reads a text; properties that a type does not know are passed over.
///
/// What a type says of unknown properties (`deny_unknown_fields`) is not asked: the reader is, by the function called.
///
/// # Errors
/// [`JsonError`] with the place where the text is no JSON, or with what a property should have been.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    T::deserialize(Node::of(Some(&parse(text)?), Unknown::PassedOver))
}

/// Reads a text that people write, so that a property that no type knows is a slip and refused.
///
/// # Errors
/// As [`read`], and with the name of the first property that is not known.
pub fn read_strictly<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    T::deserialize(Node::of(Some(&parse(text)?), Unknown::Refused))
}

/// Reads a text whose type is known only when it is looked at.
///
/// # Errors
/// [`JsonError`] with the place where the text is no JSON.
#[inline(never)]
pub fn parse(text: &str) -> Result<Value, JsonError> {
    parse::parse(text).map_err(|place| {
        let before = text.as_bytes().get(..place).unwrap_or_default();
        let line_start = before.iter().rposition(|byte| *byte == b'\n');
        JsonError::new(format!(
            "no JSON at line {}, column {}",
            before.iter().filter(|byte| **byte == b'\n').count() + 1,
            place.saturating_sub(line_start.map_or(0, |place| place + 1)) + 1
        ))
    })
}

/// What becomes of properties that a type does not know.
#[derive(Clone, Copy)]
enum Unknown {
    PassedOver,
    Refused,
}

/// A value under way to a type; none where an object lacks the property.
#[derive(Clone, Copy)]
struct Node<'v> {
    value: Option<&'v Value>,
    unknown: Unknown,
}

impl<'v> Node<'v> {
    fn of(value: Option<&'v Value>, unknown: Unknown) -> Self {
        Self { value, unknown }
    }

    /// The type's own words are not asked: they are a text for each type.
    #[inline(never)]
    fn unfit(expected: &str) -> JsonError {
        JsonError::new(format!("expected {expected}"))
    }

    #[inline(never)]
    fn text(self) -> Result<&'v str, JsonError> {
        match self.value {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(Self::unfit("a string")),
        }
    }

    #[inline(never)]
    fn number<N: FromStr>(self) -> Result<N, JsonError> {
        let number = match self.value {
            Some(Value::Number(digits)) => digits.parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| Self::unfit("a whole number"))
    }

    #[inline(never)]
    fn entries(self) -> Result<Entries<'v>, JsonError> {
        match self.value {
            Some(Value::List(values)) => Ok(Entries {
                rest: values.iter(),
                unknown: self.unknown,
            }),
            _ => Err(Self::unfit("a list")),
        }
    }

    #[inline(never)]
    fn properties(self) -> Result<Properties<'v>, JsonError> {
        match self.value {
            Some(Value::Object(properties)) => Ok(Properties {
                rest: properties.iter(),
                value: Self::of(None, self.unknown),
            }),
            _ => Err(Self::unfit("an object")),
        }
    }

    /// Where this is no object, or has properties that it should not have, the fields tell so.
    #[inline(never)]
    fn fields(self, names: &'static [&'static str]) -> Fields<'v> {
        let error = match self.value {
            Some(Value::Object(properties)) => {
                let unknown = properties
                    .iter()
                    .find(|(name, _)| !names.contains(&name.as_str()));
                match (self.unknown, unknown) {
                    (Unknown::Refused, Some((name, _))) => {
                        Some(de::Error::unknown_field(name, names))
                    }
                    _ => None,
                }
            }
            _ => Some(Self::unfit("an object")),
        };
        Fields {
            object: self,
            names: names.iter(),
            absent: None,
            error,
        }
    }

    #[inline(never)]
    fn variant(self) -> Result<Variant<'v>, JsonError> {
        let (name, content) = match self.value {
            Some(Value::Text(name)) => (name, None),
            Some(Value::Object(properties)) => match properties.as_slice() {
                [(name, content)] => (name, Some(content)),
                _ => return Err(Self::unfit("a variant")),
            },
            _ => return Err(Self::unfit("a variant")),
        };
        Ok(Variant {
            name,
            content: Content(Self::of(content, self.unknown)),
        })
    }
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = JsonError;

    #[inline(never)]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.value {
            None => Err(Self::unfit("a value")),
            Some(Value::Null) => visitor.visit_unit(),
            Some(Value::Bool(value)) => visitor.visit_bool(*value),
            // A number with a fraction is handed on by its digits, not as binary.
            Some(Value::Number(digits)) => match (digits.parse(), digits.parse()) {
                (Ok(value), _) => visitor.visit_u64(value),
                (_, Ok(value)) => visitor.visit_i64(value),
                _ => visitor.visit_str(digits),
            },
            Some(Value::Text(text)) => visitor.visit_str(text),
            Some(Value::List(_)) => visitor.visit_seq(self.entries()?),
            Some(Value::Object(_)) => visitor.visit_map(self.properties()?),
        }
    }

    #[inline(never)]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.value {
            Some(Value::Bool(value)) => visitor.visit_bool(*value),
            _ => Err(Self::unfit("true or false")),
        }
    }

    #[inline(never)]
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let number = self.number()?;
        visitor.visit_i64(number)
    }

    #[inline(never)]
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let number = self.number()?;
        visitor.visit_u64(number)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_u64(visitor)
    }

    #[inline(never)]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let text = self.text()?;
        visitor.visit_str(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_str(visitor)
    }

    #[inline(never)]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.value {
            None | Some(Value::Null) => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        visitor.visit_newtype_struct(self)
    }

    #[inline(never)]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        let entries = self.entries()?;
        visitor.visit_seq(entries)
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
        let properties = self.properties()?;
        visitor.visit_map(properties)
    }

    /// The fields are handed on in the type's own order. Its reader of unordered properties, with the names to tell
    /// apart and the fields to keep meanwhile, is three times as large, and is not compiled.
    #[inline(never)]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        let mut fields = self.fields(names);
        match visitor.visit_seq(Reading(&mut fields)) {
            Ok(read) if fields.error.is_none() => Ok(read),
            _ => Err(flaw(fields)),
        }
    }

    #[inline(never)]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        let variant = self.variant()?;
        visitor.visit_enum(variant)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char bytes byte_buf unit unit_struct identifier
    }
}

/// The entries of an array.
struct Entries<'v> {
    rest: std::slice::Iter<'v, Value>,
    unknown: Unknown,
}

impl<'de> de::SeqAccess<'de> for Entries<'_> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, JsonError> {
        match self.rest.next() {
            Some(value) => seed
                .deserialize(Node::of(Some(value), self.unknown))
                .map(Some),
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The properties of an object as the fields of a struct, in the struct's order.
struct Fields<'v> {
    object: Node<'v>,
    names: std::slice::Iter<'static, &'static str>,
    /// The last field, where there is no such property.
    absent: Option<&'static str>,
    /// Why this is no such object, or why a property that is there could not be read.
    error: Option<JsonError>,
}

impl<'v> Fields<'v> {
    #[inline(never)]
    fn next(&mut self) -> Option<Node<'v>> {
        if self.error.is_some() {
            return None;
        }
        let name = self.names.next()?;
        let value = self.object.value?.property(name);
        self.absent = if value.is_none() { Some(name) } else { None };
        Some(Node::of(value, self.object.unknown))
    }

    /// An absent field that is an option is `None`; what becomes of any other, the struct says.
    #[inline(never)]
    fn field<'de, T: DeserializeSeed<'de>>(&mut self, seed: T) -> Option<T::Value> {
        let node = self.next()?;
        match seed.deserialize(node) {
            Ok(value) => Some(value),
            Err(_) if node.value.is_none() => None,
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }
}

/// Why a struct could not be made: a property that could not be read, or the last, which is absent and needed.
#[inline(never)]
fn flaw(fields: Fields<'_>) -> JsonError {
    let missing = || de::Error::missing_field(fields.absent.unwrap_or_default());
    fields.error.unwrap_or_else(missing)
}

/// A struct could not be made; [`Fields`] knows why.
#[derive(Debug, thiserror::Error)]
#[error("not made")]
struct NotMade;

impl de::Error for NotMade {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    #[inline(always)]
    fn invalid_length(_length: usize, _expected: &dyn Expected) -> Self {
        Self
    }
}

/// Gives a struct its fields. An error waits until the struct is made or not: that spares every struct its own way out
/// for every field. Inlined for the same reason.
struct Reading<'f, 'v>(&'f mut Fields<'v>);

impl<'de> de::SeqAccess<'de> for Reading<'_, '_> {
    type Error = NotMade;

    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, NotMade> {
        Ok(self.0.field(seed))
    }

    #[inline(always)]
    fn next_element<T: de::Deserialize<'de>>(&mut self) -> Result<Option<T>, NotMade> {
        Ok(self.0.field(PhantomData))
    }
}

/// The properties of an object, with names that no struct knows.
struct Properties<'v> {
    rest: std::slice::Iter<'v, (String, Value)>,
    value: Node<'v>,
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
        self.value.value = Some(value);
        seed.deserialize(Name(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, JsonError> {
        seed.deserialize(self.value)
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
            Err(_) => Err(Node::unfit("a whole number")),
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
            content: Content(Node::of(None, Unknown::PassedOver)),
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
    content: Content<'v>,
}

impl<'de, 'v> de::EnumAccess<'de> for Variant<'v> {
    type Error = JsonError;
    type Variant = Content<'v>;

    fn variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<(T::Value, Content<'v>), JsonError> {
        Ok((seed.deserialize(Name(self.name))?, self.content))
    }
}

/// The content of a variant.
struct Content<'v>(Node<'v>);

impl<'de> de::VariantAccess<'de> for Content<'_> {
    type Error = JsonError;

    #[inline(never)]
    fn unit_variant(self) -> Result<(), JsonError> {
        match self.0.value {
            None | Some(Value::Null) => Ok(()),
            Some(_) => Err(JsonError::new(
                "expected a variant without content".to_owned(),
            )),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, JsonError> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, JsonError> {
        self.0.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.0.deserialize_struct("", names, visitor)
    }
}

#[cfg(test)]
mod tests;
