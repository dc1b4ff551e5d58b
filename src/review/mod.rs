//! The review: what people decided about a ruleset, kept apart from what the document says.
//!
//! `compile` writes `NAME.rules.yaml` and never touches `NAME.review.yaml`, a log to which decisions are only ever added
//! ([`log`]). Each decision holds its item by print and path, not by number ([`bind`](self)), so that it outlives a
//! recompile. The ruleset in force is the first with the second applied ([`apply`]).

mod amend;
mod apply;
mod bind;
mod decide;
pub mod log;
pub mod verify;

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

pub use self::{
    apply::{apply, pending},
    decide::{Verb, decide, parse_addition},
};
use crate::ruleset::{
    Adjustment, Grade, Indicator, Limit, Quota, Rule, Ruleset, RulesetError, Share, Total,
    print::{ItemKind, ItemRef},
};

/// Everything that people decided about one ruleset, in the order in which they did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The name of the ruleset.
    pub name: String,
    /// The decisions, the oldest first.
    pub decisions: Vec<Decision>,
}

/// Who decided, when and why. The clock and the name come from the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// When, as RFC 3339 writes it.
    pub when: String,
    /// Who.
    pub by: String,
    /// Why; may be empty for an approval.
    pub why: String,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who, when and why.
    pub stamp: Stamp,
    /// What was decided.
    pub action: Action,
}

/// What a person can decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The item is right as it stands.
    Approve(Target),
    /// The item is right with these fields changed, each a key of the format and its new value (empty: none).
    Amend(Target, Vec<(String, String)>),
    /// The item is wrong and does not count.
    Reject(Target),
    /// The unread mention is no scoring, or settled elsewhere.
    Dismiss(Target),
    /// The document says something that the ruleset lacks.
    Add(Box<Addition>),
}

impl Action {
    /// Its name in the log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Approve(_) => "approve",
            Self::Amend(..) => "amend",
            Self::Reject(_) => "reject",
            Self::Dismiss(_) => "dismiss",
            Self::Add(_) => "add",
        }
    }
}

/// The item that a decision is about, as the compiler gave it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// Its id at the time of the decision.
    pub item: String,
    /// Its print.
    pub print: String,
    /// Its path of names.
    pub path: Vec<String>,
}

impl From<&ItemRef> for Target {
    fn from(it: &ItemRef) -> Self {
        Self { item: it.id.clone(), print: it.print.clone(), path: it.path.clone() }
    }
}

/// An item that a person adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// The indicator or list that it belongs to; none for what stands at the top.
    pub parent: Option<Target>,
    /// The unread mentions that it settles.
    pub settles: Vec<Target>,
    /// The item.
    pub item: Added,
}

/// The item of an addition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Added {
    /// A rule.
    Rule(Rule),
    /// An indicator with all that is below it.
    Indicator(Indicator),
    /// A negative list or bonus list with its rules.
    Adjustment(Adjustment),
    /// The full marks.
    Total(Total),
    /// A grade.
    Grade(Grade),
    /// A quota.
    Quota(Quota),
    /// A limit.
    Limit(Limit),
    /// A share.
    Share(Share),
}

/// Where an item stands between the document and its use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Status {
    /// Nobody has decided yet, or what was decided was about other words.
    #[default]
    Pending,
    /// In force as compiled, or as amended before.
    Approved(Stamp),
    /// In force with changes.
    Amended(Stamp),
    /// In force, and not from the compiler.
    Added(Stamp),
    /// Not in force.
    Rejected(Stamp),
    /// An unread mention that needs nothing more.
    Dismissed(Stamp),
}

impl Status {
    /// Its name for people and programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved(_) => "approved",
            Self::Amended(_) => "amended",
            Self::Added(_) => "added",
            Self::Rejected(_) => "rejected",
            Self::Dismissed(_) => "dismissed",
        }
    }

    /// Who decided, when and why.
    #[must_use]
    pub const fn stamp(&self) -> Option<&Stamp> {
        match self {
            Self::Pending => None,
            Self::Approved(it)
            | Self::Amended(it)
            | Self::Added(it)
            | Self::Rejected(it)
            | Self::Dismissed(it) => Some(it),
        }
    }
}

/// A ruleset with the decisions applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    /// The ruleset: amended, without what was rejected or dismissed, with what was added.
    pub ruleset: Ruleset,
    /// All items, those that are rejected too, as they were before amendments. Their ids are those of `status`.
    pub items: Vec<ItemRef>,
    /// What was decided about each item, by id.
    pub status: BTreeMap<String, Status>,
    /// Decisions that hold, although their item stands elsewhere than when it was decided on.
    pub moved: Vec<Moved>,
    /// Decisions that no longer hold.
    pub orphaned: Vec<Orphan>,
    /// The ruleset amended and with what was added, before anything is taken out: what ids by order count.
    whole: Ruleset,
}

/// A decision whose item stands elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The item's id now.
    pub id: String,
    /// Where it stood when it was decided on.
    pub from: Vec<String>,
    /// Where it stands now.
    pub to: Vec<String>,
}

/// A decision that no longer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// The decision.
    pub decision: Decision,
    /// Why it does not hold.
    pub reason: OrphanReason,
}

/// Why a decision does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrphanReason {
    /// No item has its print: the words or what was read from them changed, or they are gone.
    Changed,
    /// Several items have its print, and no path settles which.
    Several,
    /// The indicator or list that an addition belongs to is gone or there are several.
    NoParent,
    /// The amendment does not fit the item.
    Unfit,
}

impl OrphanReason {
    /// Its name for people and programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Several => "several",
            Self::NoParent => "no-parent",
            Self::Unfit => "unfit",
        }
    }
}

/// Why a decision cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReviewError {
    /// There is no such item.
    #[error("there is no item `{0}`")]
    NoItem(String),
    /// The action does not apply to items of this kind.
    #[error("`{action}` does not apply to `{id}`: it is of the kind {kind}", kind = .kind.name())]
    Action {
        /// The item.
        id: String,
        /// Its kind.
        kind: ItemKind,
        /// The action.
        action: &'static str,
    },
    /// A field that cannot be amended.
    #[error("`{field}` is no field of `{id}` that can be amended")]
    Field {
        /// The item.
        id: String,
        /// The field.
        field: String,
    },
    /// A value that the field does not take.
    #[error("`{field}={value}` is refused: {}", .fault.fault)]
    Value {
        /// The field.
        field: String,
        /// The value.
        value: String,
        /// Why.
        fault: Box<RulesetError>,
    },
    /// An addition that cannot be read.
    #[error("the addition cannot be read: {0}")]
    Addition(Box<RulesetError>),
    /// An addition without the node that it belongs to.
    #[error("an added rule needs the `parent` that it belongs to")]
    NoParent,
    /// An addition with an id that is taken.
    #[error("the id `{0}` is taken")]
    Taken(String),
    /// A decision without a name.
    #[error("a decision needs the name of the person who makes it")]
    NoName,
    /// An amendment, a rejection, an addition or a dismissal without a reason.
    #[error("`{0}` needs a reason")]
    NoReason(&'static str),
}

impl ReviewError {
    /// The key of its message in the catalogue.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoItem(_) => "review-no-item",
            Self::Action { .. } => "review-action",
            Self::Field { .. } => "review-field",
            Self::Value { .. } => "review-value",
            Self::Addition(_) => "review-addition",
            Self::NoParent => "review-no-parent",
            Self::Taken(_) => "review-taken",
            Self::NoName => "review-no-name",
            Self::NoReason(_) => "review-no-reason",
        }
    }

    /// The values of its message. `review-value` and `review-addition` have a cause with a message of its own.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        let args = match self {
            Self::NoItem(id) | Self::Taken(id) => vec![("id", id.clone())],
            Self::Action { id, kind, action } => vec![
                ("id", id.clone()),
                ("kind", kind.name().to_owned()),
                ("action", (*action).to_owned()),
            ],
            Self::Field { id, field } => vec![("id", id.clone()), ("field", field.clone())],
            Self::Value { field, value, .. } => {
                vec![("field", field.clone()), ("value", value.clone())]
            }
            Self::NoReason(action) => vec![("action", (*action).to_owned())],
            Self::Addition(_) | Self::NoParent | Self::NoName => Vec::new(),
        };
        args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// What is wrong with the value or the addition.
    #[must_use]
    pub fn cause(&self) -> Option<&RulesetError> {
        match self {
            Self::Value { fault, .. } | Self::Addition(fault) => Some(fault),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        message::{Catalogue, Lang},
        ruleset::Fault,
    };

    #[test]
    fn every_error_has_a_message_in_both_languages() {
        let text = || "x".to_owned();
        let fault = || Box::new(Fault::Null.at(1, 1));
        let errors = [
            ReviewError::NoItem(text()),
            ReviewError::Action { id: text(), kind: ItemKind::Unread, action: "approve" },
            ReviewError::Field { id: text(), field: text() },
            ReviewError::Value { field: text(), value: text(), fault: fault() },
            ReviewError::Addition(fault()),
            ReviewError::NoParent,
            ReviewError::Taken(text()),
            ReviewError::NoName,
            ReviewError::NoReason("reject"),
        ];
        for error in errors {
            for lang in Lang::ALL {
                let catalogue = Catalogue::get(lang);
                assert!(catalogue.has(error.code()), "{}", error.code());
                let message = catalogue.with(error.code(), &error.args());
                assert!(!message.contains('{'), "{message}");
            }
        }
    }
}
