//! From nodes to types: a serde deserializer that knows the place of every key and value.

use serde::{
    Deserialize,
    de::{
        self, Deserializer, IntoDeserializer, Visitor,
        value::{MapAccessDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    node::{Key, Node, Value},
    number::{self, AMOUNT, NUMBER},
    scalar::is_typed,
};
use crate::{
    number::shortest,
    ruleset::{
        error::{Fault, RulesetError},
        raw::YEAR,
    },
};

/// Reads a type from a node.
///
/// # Errors
///
/// Says what does not fit, and where.
pub(crate) fn decode<'de, T: Deserialize<'de>>(node: &'de Node) -> Result<T, RulesetError> {
    T::deserialize(node).map_err(|it| it.or_at(node.line, node.column))
}

impl Node {
    fn fault(&self, fault: Fault) -> RulesetError {
        fault.at(self.line, self.column)
    }

    fn kind_fault(&self, wanted: &str) -> RulesetError {
        let found = self.value.kind().to_owned();
        self.fault(Fault::Kind { wanted: wanted.to_owned(), found })
    }

    /// The text of a scalar, whatever it looks like.
    fn scalar(&self, wanted: &str) -> Result<&str, RulesetError> {
        match &self.value {
            Value::Plain(text) if text.is_empty() || text == "~" || text == "null" => {
                Err(self.fault(Fault::Null))
            }
            Value::Plain(text) | Value::Quoted(text) => Ok(text),
            Value::List(_) | Value::Map(_) => Err(self.kind_fault(wanted)),
        }
    }

    /// The text of a scalar that every reader takes for text.
    fn text(&self) -> Result<&str, RulesetError> {
        let text = self.scalar("text")?;
        if matches!(self.value, Value::Plain(_)) && is_typed(text) {
            return Err(self.fault(Fault::Bare { text: text.to_owned() }));
        }
        Ok(text)
    }
}

impl Node {
    /// A year: a whole number, or a text.
    fn year(&self) -> Result<&str, RulesetError> {
        match &self.value {
            Value::Plain(text) if text.starts_with('0') => self.text(),
            Value::Plain(text) if text.bytes().all(|it| it.is_ascii_digit()) => self.scalar("year"),
            _ => self.text(),
        }
    }

    /// Hands over all items; some left over are an error.
    fn visit_items<'de, V: Visitor<'de>>(
        &self,
        items: &'de [Self],
        visitor: V,
    ) -> Result<V::Value, RulesetError> {
        let mut rest = Items(items.iter());
        let value = visitor.visit_seq(&mut rest)?;
        match rest.0.next() {
            None => Ok(value),
            Some(it) => Err(it.kind_fault("list-of-other-length")),
        }
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = RulesetError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        match &self.value {
            Value::Plain(_) | Value::Quoted(_) => visitor.visit_borrowed_str(self.text()?),
            Value::List(items) => self.visit_items(items, visitor),
            Value::Map(entries) => {
                visitor.visit_map(Entries { entries: entries.iter(), value: None })
            }
        }
        .map_err(|it| it.or_at(self.line, self.column))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        match &self.value {
            Value::Plain(text) if text == "true" => visitor.visit_bool(true),
            Value::Plain(text) if text == "false" => visitor.visit_bool(false),
            _ => {
                let value = self.scalar("boolean")?.to_owned();
                let known = "true false".to_owned();
                Err(self.fault(Fault::UnknownValue { value, nearest: None, known }))
            }
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        let text = self.scalar("number")?;
        let fault = || self.fault(Fault::Number { text: text.to_owned() });
        let number = number::parse(text).map_err(|it| self.fault(it))?;
        // Only numbers of the document may stand in quotes; these are the format's own.
        let own = matches!(self.value, Value::Plain(_)) && number.scale() == 0;
        visitor.visit_u32(u32::try_from(number).ok().filter(|_| own).ok_or_else(fault)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, RulesetError> {
        let scalar = matches!(self.value, Value::Plain(_) | Value::Quoted(_));
        if name == NUMBER || (name == AMOUNT && scalar) {
            let number = number::parse(self.scalar("number")?).map_err(|it| self.fault(it))?;
            return visitor.visit_string(shortest(number));
        }
        match name {
            AMOUNT => self.deserialize_any(visitor),
            YEAR => visitor.visit_str(self.year()?),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RulesetError> {
        if let Value::Map(entries) = &self.value {
            // A tagged value: a map with the tag as its one key.
            let tagged = Entries { entries: entries.iter(), value: None };
            return match entries.as_slice() {
                [_] => visitor.visit_enum(MapAccessDeserializer::new(tagged)),
                _ => Err(self.kind_fault("map-of-one-key")),
            };
        }
        let text: StrDeserializer<'_, RulesetError> = self.text()?.into_deserializer();
        visitor.visit_enum(text).map_err(|it| it.or_at(self.line, self.column))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        let text = self.text()?;
        visitor
            .visit_borrowed_str(text)
            .map_err(|it: RulesetError| it.or_at(self.line, self.column))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        match &self.value {
            Value::List(_) => self.deserialize_any(visitor),
            _ => Err(self.kind_fault("list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RulesetError> {
        match &self.value {
            Value::Map(_) => self.deserialize_any(visitor),
            _ => Err(self.kind_fault("map")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RulesetError> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
    }
}

/// The items of a list.
struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> de::SeqAccess<'de> for &mut Items<'de> {
    type Error = RulesetError;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, RulesetError> {
        let Some(node) = self.0.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|it| it.or_at(node.line, node.column))
    }
}

/// The entries of a map.
struct Entries<'de> {
    entries: std::slice::Iter<'de, (Key, Node)>,
    value: Option<&'de Node>,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = RulesetError;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, RulesetError> {
        let Some((key, node)) = self.entries.next() else { return Ok(None) };
        self.value = Some(node);
        let name: StrDeserializer<'_, RulesetError> = key.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|it| it.or_at(key.line, key.column))
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, RulesetError> {
        let Some(node) = self.value.take() else { return Err(Fault::Null.at(0, 0)) };
        seed.deserialize(node).map_err(|it| it.or_at(node.line, node.column))
    }
}
