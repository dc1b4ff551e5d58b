//! Exact decimals.
//!
//! A number is a [`Decimal`] from the document to the score, and never a float.

pub use rust_decimal::Decimal;

/// The number in its shortest form: `0.50` is `0.5`, `10.0` is `10`.
#[must_use]
pub fn shortest(number: Decimal) -> String {
    number.normalize().to_string()
}
