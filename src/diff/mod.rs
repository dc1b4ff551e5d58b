//! What changed from one year's ruleset to the next (docs/diff.md).
//!
//! [`diff`] pairs the indicators of the two (`nodes`), then their rules (`rules`), then grades, quotas, limits and shares
//! (`whole`), and says of each pair what is different, with the words of both documents. It is a pure function: the same
//! two rulesets give the same changes, in the same order.

mod compare;
mod json;
mod likeness;
mod nodes;
mod pairing;
mod rules;
mod text;
mod whole;

pub use self::{json::to_json, text::to_text};
use crate::{
    number::Decimal,
    ruleset::{Ruleset, SourceRef},
};

/// What is different between two rulesets, the most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The earlier one.
    pub old: Edition,
    /// The later one.
    pub new: Edition,
    /// The document that the later one says it replaces.
    pub replaces: Option<Replaces>,
    /// The changes: those that move more points of the total first, then those that move none.
    pub changes: Vec<Change>,
    /// How many items of the two are the same.
    pub unchanged: usize,
}

/// One of the two rulesets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// The ruleset's name.
    pub name: String,
    /// The document's title.
    pub title: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// The year that is assessed.
    pub year: Option<String>,
}

/// What the later document says of the one that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaces {
    /// Its words.
    pub words: String,
    /// Whether they name the earlier of the two.
    pub is_old: bool,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The full marks of the whole, rounding and periods.
    Total,
    /// An indicator.
    Indicator,
    /// A rule.
    Rule,
    /// A list of adjustments.
    Adjustment,
    /// A grade.
    Grade,
    /// An event that forbids or forces a grade.
    Limit,
    /// How many units a grade may have.
    Quota,
    /// A part in another assessment.
    Share,
}

impl Subject {
    /// Its name in outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Indicator => "indicator",
            Self::Rule => "rule",
            Self::Adjustment => "adjustment",
            Self::Grade => "grade",
            Self::Limit => "limit",
            Self::Quota => "quota",
            Self::Share => "share",
        }
    }
}

/// What happened to an item; several may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Only the later ruleset has it.
    Added,
    /// Only the earlier ruleset has it.
    Removed,
    /// One became several.
    Split,
    /// Several became one.
    Merged,
    /// It counts differently: points, weight, cap, amount, bounds …
    Changed,
    /// It stands under another node.
    Moved,
    /// It has another name.
    Renamed,
    /// Its words are different; what they give is not.
    Reworded,
}

impl How {
    /// Its name in outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
            Self::Reworded => "reworded",
        }
    }
}

/// One item that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// What happened, sorted.
    pub how: Vec<How>,
    /// The item in the earlier ruleset; several where they were merged, none where it was added.
    pub old: Vec<Side>,
    /// The item in the later ruleset; several where it was split, none where it was removed.
    pub new: Vec<Side>,
    /// What is different, key by key of the format.
    pub fields: Vec<Field>,
    /// The points of the total that can move by it at most; nothing where no points do.
    pub points: Option<Decimal>,
}

/// An item in one of the two rulesets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Its id.
    pub id: String,
    /// The names from the top down to it, or to the node that holds it.
    pub path: Vec<String>,
    /// Where it stands in the document.
    pub at: String,
    /// The words that state it.
    pub quote: String,
}

/// One value that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The key of the format.
    pub key: &'static str,
    /// The earlier value; nothing where there was none.
    pub old: Option<String>,
    /// The later value; nothing where there is none.
    pub new: Option<String>,
}

impl Side {
    fn new(id: &str, path: &[String], source: &SourceRef) -> Self {
        Self {
            id: id.to_owned(),
            path: path.to_vec(),
            at: source.at.clone(),
            quote: source.quote.clone(),
        }
    }
}

impl Edition {
    fn of(ruleset: &Ruleset) -> Self {
        Self {
            name: ruleset.name.clone(),
            title: ruleset.document.title.clone(),
            number: ruleset.document.number.clone(),
            year: ruleset.document.year.clone(),
        }
    }
}

/// Compares two rulesets.
#[must_use]
pub fn diff(old: &Ruleset, new: &Ruleset) -> Changes {
    let mut found = Found::default();
    // First the tree: which node of this year is which node of last year.
    let trees = nodes::align(old, new);
    // Then the rules, within the nodes that are pairs and, for the rest, anywhere.
    let rules = rules::align(&trees);
    nodes::report(&trees, &rules, &mut found);
    rules::report(&trees, &rules, &mut found);
    // Then what stands beside the tree.
    whole::report(old, new, &mut found);
    found.changes.sort_by_key(order);
    Changes {
        old: Edition::of(old),
        new: Edition::of(new),
        replaces: replaces(old, new),
        changes: found.changes,
        unchanged: found.unchanged,
    }
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found {
    changes: Vec<Change>,
    unchanged: usize,
}

impl Found {
    /// Adds a change, or counts an item that is the same.
    fn push(&mut self, mut change: Change) {
        if change.how.is_empty() {
            self.unchanged += 1;
            return;
        }
        change.how.sort_unstable();
        change.how.dedup();
        self.changes.push(change);
    }
}

/// More points first, then what moves none; equal ones in the order of the documents.
fn order(change: &Change) -> (std::cmp::Reverse<Option<Decimal>>, u8, Subject) {
    let rank = match change.how.first() {
        Some(How::Reworded) => 2,
        Some(How::Renamed | How::Moved) => 1,
        _ => 0,
    };
    (std::cmp::Reverse(change.points), rank, change.subject)
}

fn replaces(old: &Ruleset, new: &Ruleset) -> Option<Replaces> {
    let words = new.document.replaces.clone()?;
    let names = [&old.document.title, &old.document.number];
    let folded = likeness::folded(&words);
    let is_old = names.into_iter().flatten().any(|it| {
        let name = likeness::folded(it);
        !name.is_empty() && folded.contains(&name)
    });
    Some(Replaces { words, is_old })
}
