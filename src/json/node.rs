//! A value under way to a type.

use std::str::FromStr;

use serde::de::{self, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Content, Entries, Properties, Variant};
use super::fields::Fields;
use super::{JsonError, Value};

/// What becomes of properties that a type does not know.
#[derive(Clone, Copy)]
pub(super) enum Unknown {
    PassedOver,
    Refused,
}

/// A value under way to a type; none where an object lacks the property.
#[derive(Clone, Copy)]
pub(super) struct Node<'v> {
    pub(super) value: Option<&'v Value>,
    pub(super) unknown: Unknown,
}

impl<'v> Node<'v> {
    pub(super) fn of(value: Option<&'v Value>, unknown: Unknown) -> Self {
        Self { value, unknown }
    }

    /// The type's own words are not asked: they are a text for each type.
    #[inline(never)]
    pub(super) fn unfit(expected: &str) -> JsonError {
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
        Fields::new(self, names, error)
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
        self.fields(names).read(visitor)
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
