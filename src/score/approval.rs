//! What stands behind a ruleset: whether people approved it, and what its items are called.

use super::error::Pending;
use crate::{
    review::{self, InForce, Status},
    ruleset::{
        Ruleset,
        print::{ItemKind, ItemRef},
    },
};

/// What stands behind a ruleset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Approval {
    /// The items that nobody has decided on.
    pub pending: Vec<Pending>,
    /// The ids of the limits in force, in their order (`l1`, `l2` …); without a review they count from one.
    pub limits: Vec<String>,
    /// The ids of the quotas in force.
    pub quotas: Vec<String>,
    /// The SHA-256 of the ruleset's file, for the receipt.
    pub ruleset: String,
    /// The SHA-256 of the review log, for the receipt; nothing where there is none.
    pub review: Option<String>,
}

impl Approval {
    /// What people decided about the ruleset in force.
    #[must_use]
    pub fn of(in_force: &InForce) -> Self {
        let pending = review::pending(in_force).into_iter().map(|it| Pending {
            id: it.id.clone(),
            code: if it.kind == ItemKind::Unread { "pending-unread" } else { "pending-review" },
            quote: it.quote.clone(),
            at: it.at.clone(),
        });
        let ids = |kind| in_force_ids(in_force, kind);
        Self {
            pending: pending.collect(),
            limits: ids(ItemKind::Limit),
            quotas: ids(ItemKind::Quota),
            ..Self::default()
        }
    }

    /// The same with the hashes of the two files.
    #[must_use]
    pub fn with_hashes(self, ruleset: String, review: Option<String>) -> Self {
        Self { ruleset, review, ..self }
    }

    /// The ids of the limits of the ruleset that is executed.
    pub(super) fn limit_ids(&self, ruleset: &Ruleset) -> Vec<String> {
        named_or_counted(&self.limits, 'l', ruleset.limits.len())
    }

    /// The ids of its quotas.
    pub(super) fn quota_ids(&self, ruleset: &Ruleset) -> Vec<String> {
        named_or_counted(&self.quotas, 'q', ruleset.quotas.len())
    }
}

/// The ids of the items of a kind that are in force: the rejected ones are not there any more.
fn in_force_ids(in_force: &InForce, kind: ItemKind) -> Vec<String> {
    let gone = |it: &ItemRef| matches!(in_force.status.get(&it.id), Some(Status::Rejected(_)));
    let own = in_force.items.iter().filter(|it| it.kind == kind && !gone(it));
    own.map(|it| it.id.clone()).collect()
}

fn named_or_counted(names: &[String], letter: char, count: usize) -> Vec<String> {
    if names.len() == count {
        return names.to_vec();
    }
    (1..=count).map(|nth| format!("{letter}{nth}")).collect()
}
