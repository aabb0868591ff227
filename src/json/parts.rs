//! The parts of a value on their way to a type: entries, fields, names, variants.

use serde::de::{self, DeserializeSeed, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::node::Node;
use super::{JsonError, Unknown, Value};

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

/// The properties of an object as the fields of a struct, in the struct's order.
pub(super) struct Fields<'v> {
    pub(super) object: &'v Value,
    pub(super) names: std::slice::Iter<'static, &'static str>,
    /// The last field, where there is no such property.
    pub(super) absent: Option<&'static str>,
    /// Why a property that is there could not be read.
    pub(super) error: Option<JsonError>,
    pub(super) unknown: Unknown,
}

impl<'v> Fields<'v> {
    #[inline(never)]
    fn next(&mut self) -> Option<Node<'v>> {
        let name = self.names.next()?;
        let value = self.object.property(name);
        self.absent = if value.is_none() { Some(name) } else { None };
        Some(Node::of(value, self.unknown))
    }

    /// Why the struct could not be made: a property that could not be read, or the last, which is absent and needed.
    #[inline(never)]
    pub(super) fn flaw(&mut self, made: bool) -> Option<JsonError> {
        if self.error.is_none() && !made {
            self.error = Some(de::Error::missing_field(self.absent.unwrap_or_default()));
        }
        self.error.take()
    }

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

impl<'de> de::SeqAccess<'de> for Fields<'_> {
    type Error = JsonError;

    /// An absent field that is an option is `None`; what becomes of any other, the struct says. An error waits until
    /// the struct is made or not: that spares every struct its own way out for every field.
    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, JsonError> {
        Ok(self.field(seed))
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
pub(super) struct Name<'v>(pub(super) &'v str);

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
            Some(_) => Err(JsonError("expected a variant without content".to_owned())),
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
