//! The ledger: every scoring mention of a document, and what became of it.
//!
//! A *scoring mention* is a place where points move or are given, and every number with 分, %, 名, 次 and the like beside
//! it. Each is in exactly one of three states: *read* (an item of the ruleset holds it), *context* (with its kind), or
//! *unread* (an entry of the ruleset that a person settles). Nothing falls between.

pub mod from_outline;

use crate::source::{Place, Span};

/// What became of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// An item of the ruleset holds it.
    Read,
    /// It is no scoring: a date, an article, a count …
    Context(&'static str),
    /// Nobody has read it yet.
    Unread,
}

/// One scoring mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The characters of the mention.
    pub span: Span,
    /// Where it stands.
    pub place: Place,
    /// The words of the mention.
    pub text: String,
    /// What became of it.
    pub state: State,
}

/// All mentions of a document, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The mentions.
    pub entries: Vec<Entry>,
}

/// How many mentions are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All mentions: `read + context + unread`.
    pub found: usize,
    /// Those that an item of the ruleset holds.
    pub read: usize,
    /// Those that are no scoring.
    pub context: usize,
    /// Those that nobody has read.
    pub unread: usize,
}

impl Ledger {
    /// Counts the mentions by state.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { found: self.entries.len(), ..Counts::default() };
        for entry in &self.entries {
            match entry.state {
                State::Read => counts.read += 1,
                State::Context(_) => counts.context += 1,
                State::Unread => counts.unread += 1,
            }
        }
        counts
    }
}
