//! An object as a struct.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Expected, Visitor};

use super::JsonError;
use super::node::Node;

/// The properties of an object as the fields of a struct, in the struct's order.
pub(super) struct Fields<'v> {
    object: Node<'v>,
    names: std::slice::Iter<'static, &'static str>,
    /// The last field, where there is no such property.
    absent: Option<&'static str>,
    /// Why this is no such object, or why a property that is there could not be read.
    error: Option<JsonError>,
}

impl<'v> Fields<'v> {
    pub(super) fn new(
        object: Node<'v>,
        names: &'static [&'static str],
        error: Option<JsonError>,
    ) -> Self {
        Self {
            object,
            names: names.iter(),
            absent: None,
            error,
        }
    }

    /// Has the struct made.
    #[inline(always)]
    pub(super) fn read<'de, V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, JsonError> {
        match visitor.visit_seq(Reading(&mut self)) {
            Ok(read) if self.error.is_none() => Ok(read),
            _ => Err(self.flaw()),
        }
    }

    /// Why the struct could not be made: a property that could not be read, or the last, which is absent and needed.
    #[inline(never)]
    fn flaw(self) -> JsonError {
        match (self.error, self.absent) {
            (Some(error), _) => error,
            (None, Some(name)) => de::Error::missing_field(name),
            (None, None) => JsonError::lacking(),
        }
    }

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
