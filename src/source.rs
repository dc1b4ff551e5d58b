//! Where things come from: files, the spans within their text, and places that a person can follow.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A file handed to the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name without its folder, as it appears in rulesets and messages.
    pub name: String,
    /// The file's contents.
    pub bytes: Vec<u8>,
}

/// A stretch of a document's text, counted in Unicode scalar values (never bytes).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The first character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The number of characters.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no character.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a character.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The least span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Where something stands, as a reader of the document would look for it. All numbers count from one.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Place {
    /// The page, where the format states pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The table, counted through the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// The row of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The column of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The paragraph, counted through the document outside of tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
}

impl fmt::Display for Place {
    /// Writes 第4页 表2 第3行 第2列, or 第12段 where there is no table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.page, "第", "页"),
            (self.table, "表", ""),
            (self.row, "第", "行"),
            (self.column, "第", "列"),
            (self.paragraph, "第", "段"),
        ];
        let mut first = true;
        for (number, before, after) in parts {
            let Some(number) = number else { continue };
            if !first {
                f.write_str(" ")?;
            }
            first = false;
            f.write_str(before)?;
            fmt::Display::fmt(&number, f)?;
            f.write_str(after)?;
        }
        Ok(())
    }
}
