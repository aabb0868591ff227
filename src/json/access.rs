//! What a value is made of, as `serde` asks for it.

use serde::de::{self, DeserializeSeed, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Node, Unknown};
use super::{JsonError, Value};

/// The entries of an array.
pub(super) struct Entries<'v> {
    pub(super) rest: std::slice::Iter<'v, Value>,
    pub(super) unknown: Unknown,
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

/// The properties of an object, with names that no struct knows.
pub(super) struct Properties<'v> {
    pub(super) rest: std::slice::Iter<'v, (String, Value)>,
    pub(super) value: Node<'v>,
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

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_i64(visitor)
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
        bool i8 i16 i32 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant, with its content where it has one.
pub(super) struct Variant<'v> {
    pub(super) name: &'v str,
    pub(super) content: Content<'v>,
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
pub(super) struct Content<'v>(pub(super) Node<'v>);

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
