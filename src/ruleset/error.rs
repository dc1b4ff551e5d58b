//! Why a ruleset or a review log cannot be read.

use std::fmt;

use thiserror::Error;

/// Why a ruleset or a review log cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct RulesetError {
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong in a ruleset or a review log.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// The text is no YAML.
    #[error("this is no YAML: {reason}")]
    Syntax {
        /// What the parser says.
        reason: String,
    },
    /// The text passes a bound of [`crate::limits`].
    #[error("{what} is over {bound}")]
    TooLarge {
        /// What passes the bound.
        what: &'static str,
        /// The bound.
        bound: usize,
    },
    /// The file holds nothing, or several documents.
    #[error("the file must hold exactly one YAML document")]
    Documents,
    /// An anchor, an alias or a tag.
    #[error("{what} is not allowed here")]
    Forbidden {
        /// Which of them.
        what: &'static str,
    },
    /// A key that stands twice in one map.
    #[error("the key `{key}` stands here twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A key that is unknown, or known elsewhere only.
    #[error("unknown key `{key}`{}; known here: {known}", perhaps(.nearest))]
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that is most like it.
        nearest: Option<String>,
        /// The keys that are known here.
        known: String,
    },
    /// A key that must be there.
    #[error("the key `{key}` is missing")]
    MissingKey {
        /// The key.
        key: String,
    },
    /// A word that is not one of a closed list.
    #[error("unknown value `{value}`{}; known here: {known}", perhaps(.nearest))]
    UnknownValue {
        /// The word.
        value: String,
        /// The known word that is most like it.
        nearest: Option<String>,
        /// The words that are known here.
        known: String,
    },
    /// A value of another kind than the key wants.
    #[error("a {wanted} is wanted here, not a {found}")]
    Kind {
        /// The kind that is wanted, a term of the catalogue.
        wanted: String,
        /// The kind that stands there: scalar, list or map.
        found: String,
    },
    /// A bare scalar where text is wanted, that other readers take for a boolean, a date, a number or nothing.
    #[error("`{text}` needs quotes: other readers do not take it for text")]
    Bare {
        /// The scalar.
        text: String,
    },
    /// A key without a value.
    #[error("the value is missing; leave the key out where there is none")]
    Null,
    /// Something that is no number.
    #[error("`{text}` is no number (as in 16, 0.5, -2)")]
    Number {
        /// What stands there.
        text: String,
    },
    /// A number with too many digits.
    #[error("`{text}` has more than {bound} significant digits")]
    Digits {
        /// The number.
        text: String,
        /// The most digits.
        bound: usize,
    },
    /// An id that two items have.
    #[error("the id `{id}` stands here a second time")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A format that this program does not read.
    #[error("format version {found} is not read by this program")]
    Version {
        /// The version that the file states.
        found: String,
    },
    /// Keys that contradict each other.
    #[error("{0}")]
    Conflict(Conflict),
}

/// Keys that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Conflict {
    /// `from` beside `above`.
    #[error("`from` and `above` exclude each other")]
    LowerBounds,
    /// `to` beside `below`.
    #[error("`to` and `below` exclude each other")]
    UpperBounds,
    /// A range whose `min` is over its `max`.
    #[error("`min` is over `max`")]
    Range,
    /// A `span` that ends before it starts.
    #[error("`span` ends before it starts")]
    Span,
    /// `times` on a rule that multiplies nothing.
    #[error("`times` belongs to `multiply`")]
    Times,
    /// `of` on a rule that multiplies nothing.
    #[error("`of` belongs to `multiply`")]
    Of,
    /// An amount on a rule whose effect has none.
    #[error("this effect has no `amount`")]
    Amount,
    /// An empty id.
    #[error("an id must not be empty")]
    Id,
    /// A date that is no day.
    #[error("a date is written YYYY-MM-DD")]
    Date,
    /// A review entry whose keys do not fit its action.
    #[error("these keys do not fit the action")]
    Action,
}

/// Every conflict with the key of its message.
const CONFLICTS: [(Conflict, &str); 10] = [
    (Conflict::LowerBounds, "ruleset-lower-bounds"),
    (Conflict::UpperBounds, "ruleset-upper-bounds"),
    (Conflict::Range, "ruleset-range"),
    (Conflict::Span, "ruleset-span"),
    (Conflict::Times, "ruleset-times"),
    (Conflict::Of, "ruleset-of"),
    (Conflict::Amount, "ruleset-amount"),
    (Conflict::Id, "ruleset-id"),
    (Conflict::Date, "ruleset-date"),
    (Conflict::Action, "ruleset-action"),
];

impl Conflict {
    /// The conflict whose message this is: serde hands errors on as text only.
    fn from_message(message: &str) -> Option<Self> {
        CONFLICTS.iter().map(|it| it.0).find(|it| it.to_string() == message)
    }

    fn code(self) -> &'static str {
        CONFLICTS.iter().find(|it| it.0 == self).map_or("ruleset-syntax", |it| it.1)
    }
}

impl Fault {
    /// The fault at a place.
    pub(crate) const fn at(self, line: usize, column: usize) -> RulesetError {
        RulesetError { line, column, fault: self }
    }
}

impl RulesetError {
    /// The key of its message in the catalogue.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.fault {
            Fault::Syntax { .. } => "ruleset-syntax",
            Fault::TooLarge { .. } if self.line == 0 => "ruleset-too-large-file",
            Fault::TooLarge { .. } => "ruleset-too-large",
            Fault::Documents => "ruleset-documents",
            Fault::Forbidden { .. } => "ruleset-forbidden",
            Fault::DuplicateKey { .. } => "ruleset-duplicate-key",
            Fault::UnknownKey { nearest: Some(_), .. } => "ruleset-unknown-key-nearest",
            Fault::UnknownKey { .. } => "ruleset-unknown-key",
            Fault::MissingKey { .. } => "ruleset-missing-key",
            Fault::UnknownValue { nearest: Some(_), .. } => "ruleset-unknown-value-nearest",
            Fault::UnknownValue { .. } => "ruleset-unknown-value",
            Fault::Kind { .. } => "ruleset-kind",
            Fault::Bare { .. } => "ruleset-bare",
            Fault::Null => "ruleset-null",
            Fault::Number { .. } => "ruleset-number",
            Fault::Digits { .. } => "ruleset-digits",
            Fault::DuplicateId { .. } => "ruleset-duplicate-id",
            Fault::Version { .. } => "ruleset-version",
            Fault::Conflict(it) => it.code(),
        }
    }

    /// The values of its message.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        let mut args = vec![("line", self.line.to_string()), ("column", self.column.to_string())];
        match self.fault.clone() {
            Fault::Syntax { reason } => args.push(("reason", reason)),
            Fault::TooLarge { what, bound } => {
                args.extend([("what", what.to_owned()), ("bound", bound.to_string())]);
            }
            Fault::Forbidden { what } => args.push(("what", what.to_owned())),
            Fault::DuplicateKey { key } | Fault::MissingKey { key } => args.push(("key", key)),
            Fault::UnknownKey { key, nearest, known } => {
                args.extend([("key", key), ("nearest", nearest.unwrap_or_default())]);
                args.push(("known", known));
            }
            Fault::UnknownValue { value, nearest, known } => {
                args.extend([("value", value), ("nearest", nearest.unwrap_or_default())]);
                args.push(("known", known));
            }
            Fault::Kind { wanted, found } => args.extend([("wanted", wanted), ("found", found)]),
            Fault::Bare { text } | Fault::Number { text } => args.push(("text", text)),
            Fault::Digits { text, bound } => {
                args.extend([("text", text), ("bound", bound.to_string())]);
            }
            Fault::DuplicateId { id } => args.push(("id", id)),
            Fault::Version { found } => args.push(("found", found)),
            Fault::Documents | Fault::Null | Fault::Conflict(_) => {}
        }
        args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The same error at a place, where it has none yet.
    pub(crate) fn or_at(self, line: usize, column: usize) -> Self {
        if self.line == 0 { Self { line, column, fault: self.fault } } else { self }
    }
}

impl serde::de::Error for RulesetError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let reason = message.to_string();
        let fault =
            Conflict::from_message(&reason).map_or(Fault::Syntax { reason }, Fault::Conflict);
        fault.at(0, 0)
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        let (nearest, known) = (nearest_name(key, known), known.join(" "));
        Fault::UnknownKey { key: key.to_owned(), nearest, known }.at(0, 0)
    }

    fn unknown_variant(value: &str, known: &'static [&'static str]) -> Self {
        let (nearest, known) = (nearest_name(value, known), known.join(" "));
        Fault::UnknownValue { value: value.to_owned(), nearest, known }.at(0, 0)
    }

    fn missing_field(key: &'static str) -> Self {
        Fault::MissingKey { key: key.to_owned() }.at(0, 0)
    }

    fn duplicate_field(key: &'static str) -> Self {
        Fault::DuplicateKey { key: key.to_owned() }.at(0, 0)
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Fault::Kind { wanted: "list-of-other-length".to_owned(), found: "list".to_owned() }.at(0, 0)
    }

    fn invalid_type(found: serde::de::Unexpected<'_>, wanted: &dyn serde::de::Expected) -> Self {
        let found = match found {
            serde::de::Unexpected::Seq => "list",
            serde::de::Unexpected::Map => "map",
            _ => "scalar",
        };
        Fault::Kind { wanted: wanted.to_string(), found: found.to_owned() }.at(0, 0)
    }
}

/// The known name that is most like a name, where one is like it at all.
fn nearest_name(name: &str, known: &[&str]) -> Option<String> {
    let like = |it: &&str| edits(name, it) <= 1 + it.chars().count() / 4;
    known.iter().copied().filter(like).min_by_key(|it| edits(name, it)).map(str::to_owned)
}

/// How many characters must be put in, left out or changed to make one word of the other.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    // No known name is longer than 32 characters.
    for (i, a) in one.chars().take(32).enumerate() {
        let mut next = vec![i + 1];
        for ((b, up), diagonal) in other.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or(0);
            next.push((diagonal + usize::from(a != *b)).min(up + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

fn perhaps(name: &Option<String>) -> String {
    name.as_ref().map(|it| format!(", perhaps `{it}`")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Catalogue, Lang};

    fn faults() -> Vec<Fault> {
        let text = || "x".to_owned();
        let nearest = || [None, Some(text())];
        let mut faults = vec![
            Fault::Syntax { reason: text() },
            Fault::TooLarge { what: "depth", bound: 1 },
            Fault::Documents,
            Fault::Forbidden { what: "anchor" },
            Fault::DuplicateKey { key: text() },
            Fault::MissingKey { key: text() },
            Fault::Kind { wanted: "text".to_owned(), found: "list".to_owned() },
            Fault::Bare { text: text() },
            Fault::Null,
            Fault::Number { text: text() },
            Fault::Digits { text: text(), bound: 15 },
            Fault::DuplicateId { id: text() },
            Fault::Version { found: text() },
        ];
        faults.extend(CONFLICTS.iter().map(|it| Fault::Conflict(it.0)));
        for nearest in nearest() {
            let (key, value, known) = (text(), text(), text());
            faults.push(Fault::UnknownKey { key, nearest: nearest.clone(), known: known.clone() });
            faults.push(Fault::UnknownValue { value, nearest, known });
        }
        faults
    }

    #[test]
    fn every_fault_has_a_message_in_both_languages() {
        let errors = faults().into_iter().flat_map(|it| [it.clone().at(0, 0), it.at(3, 5)]);
        for error in errors {
            for lang in Lang::ALL {
                let catalogue = Catalogue::get(lang);
                assert!(catalogue.has(error.code()), "{}", error.code());
                let message = catalogue.with(error.code(), &error.args());
                assert!(!message.contains('{'), "{message}");
            }
        }
    }

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["points", "weight", "periods", "per", "when", "id"];
        let table = [
            ("point", Some("points")),
            ("pionts", Some("points")),
            ("period", Some("periods")),
            ("wieght", Some("weight")),
            ("Id", Some("id")),
            ("colour", None),
            ("分值", None),
            ("", None),
        ];
        for (name, nearest) in table {
            assert_eq!(nearest_name(name, &known).as_deref(), nearest, "{name}");
        }
    }
}
