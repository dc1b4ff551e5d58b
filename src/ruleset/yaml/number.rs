//! Numbers: decimals, plain or quoted, of at most 15 significant digits, read and written exactly.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::{limits::MAX_DIGITS, number::Decimal, ruleset::error::Fault};

/// A number as a ruleset holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) Decimal);

/// The form of a number: an optional minus, no needless zero in front, digits on both sides of a point.
pub(crate) const NUMBER_PATTERN: &str = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$";

/// Reads a number in its one form.
///
/// # Errors
///
/// Says that the text is no number of this form, or that it has more digits than a binary double holds.
pub(crate) fn parse(text: &str) -> Result<Decimal, Fault> {
    let fault = || Fault::Number { text: text.to_owned() };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !plain(whole) || !plain(part) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(fault());
    }
    let number = Decimal::from_str_exact(text).map_err(|_| fault())?.normalize();
    if significant_digits(number) > MAX_DIGITS {
        return Err(Fault::Digits { text: text.to_owned(), bound: MAX_DIGITS });
    }
    // A negative zero has no meaning of its own.
    Ok(if number.is_zero() { Decimal::ZERO } else { number })
}

fn significant_digits(number: Decimal) -> usize {
    let digits = number.mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len()
}

/// The name by which the reader of nodes knows that a number is wanted.
pub(crate) const NUMBER: &str = "chidu number";

/// The name by which it knows that a number or a map is wanted.
pub(crate) const AMOUNT: &str = "chidu amount";

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_newtype_struct(NUMBER, NumberVisitor)
    }
}

struct NumberVisitor;

impl de::Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        parse(text).map(Number).map_err(E::custom)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A decimal of at most 15 significant digits, plain or in quotes",
            "anyOf": [{ "type": "number" }, { "type": "string", "pattern": NUMBER_PATTERN }]
        })
    }
}
