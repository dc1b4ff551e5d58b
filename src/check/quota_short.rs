//! ## What it does
//!
//! Finds sets of quotas that cover every grade and leave room for less than all units.
//!
//! ## Why it matters
//!
//! When the quotas are full some units can have no grade at all.
//!
//! ## Example
//!
//! > 分为优秀、合格、不合格：优秀不超过20%，合格不超过60%，不合格不超过10%。
//!
//! A tenth of the units fits nowhere.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which grade takes the rest, and reject its quota in the review.

use crate::{
    check::{Check, bands, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
    ruleset::{Grade, Quota},
};

/// The check `quota-short`.
pub(super) static QUOTA_SHORT: Check = Check {
    code: "quota-short",
    severity: Severity::Warning,
    docs: include_str!("quota_short.rs"),
    docs_zh: include_str!("quota_short.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let Some(first) = view.ruleset.quotas.first() else { return };
    let grades = view.ruleset.grades.iter().filter(|it| it.within.is_none());
    let most = |grade: &Grade| {
        let own =
            |it: &&Quota| bands::same_name(&it.grade, &grade.name) && it.within == first.within;
        view.ruleset.quotas.iter().find(own).and_then(|it| it.max)
    };
    let all: Option<Vec<Decimal>> = grades.map(most).collect();
    let Some(sum) = all.filter(|it| !it.is_empty()).map(|it| it.iter().sum::<Decimal>()) else {
        return;
    };
    if sum < Decimal::ONE_HUNDRED {
        findings.push(check.at(&first.source).arg("sum", shortest(sum)));
    }
}
