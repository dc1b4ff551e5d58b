//! Why no score was computed.

use thiserror::Error;

use super::{DataError, exact::Overflow};

/// Something that a person has to decide before scores may be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The id of the item.
    pub id: String,
    /// What is to be decided, a key of the catalogue (`pending-…`).
    pub code: &'static str,
    /// The words of the document.
    pub quote: String,
    /// Where they stand.
    pub at: String,
}

/// Why no score was computed. Each variant is a key of the catalogue (`score-…`); the text here is the English one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScoreError {
    /// Rules are not approved, clauses are unread, or a rule that an event names states no amount.
    #[error("{} items wait for a person: {}", .0.len(), ids(.0))]
    Refused(Vec<Pending>),
    /// The data do not fit the ruleset, or cannot be read.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Nothing states the full marks.
    #[error("neither the total nor any indicator states points")]
    NoFullMarks,
    /// The ruleset names something that it does not hold.
    #[error("{item} names {name:?}, which the ruleset does not hold")]
    Unknown {
        /// The item.
        item: String,
        /// What it names.
        name: String,
    },
    /// Two items have one id.
    #[error("two items have the id {0}")]
    RepeatedId(String),
    /// There are more rules, or more kinds of modifiers, than fit.
    #[error("there are more than {bound} {what}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The bound.
        bound: u64,
    },
    /// A number cannot be computed exactly.
    #[error("a number of {0} is too large to be computed exactly")]
    TooLarge(String),
}

impl ScoreError {
    /// The key of its message in the catalogue; an error of the data has its own.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "score-refused",
            Self::Data(it) => it.code(),
            Self::NoFullMarks => "score-no-full-marks",
            Self::Unknown { .. } => "score-unknown-item",
            Self::RepeatedId(_) => "score-repeated-id",
            Self::TooMany { .. } => "score-too-many",
            Self::TooLarge(_) => "score-too-large",
        }
    }

    /// The values of its message.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &dyn std::fmt::Display| (name.to_owned(), value.to_string());
        match self {
            Self::Refused(items) => vec![pair("count", &items.len())],
            Self::Data(it) => it.args(),
            Self::NoFullMarks => Vec::new(),
            Self::Unknown { item, name } => vec![pair("item", item), pair("name", name)],
            Self::RepeatedId(id) => vec![pair("id", id)],
            Self::TooMany { what, bound } => vec![pair("what", what), pair("bound", bound)],
            Self::TooLarge(of) => vec![pair("of", of)],
        }
    }
}

impl From<Overflow> for ScoreError {
    fn from(_: Overflow) -> Self {
        Self::TooLarge(String::new())
    }
}

fn ids(items: &[Pending]) -> String {
    items.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(" ")
}
