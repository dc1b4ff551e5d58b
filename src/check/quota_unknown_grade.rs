//! ## What it does
//!
//! Finds quotas on a grade that the document does not have, where it has others.
//!
//! ## Why it matters
//!
//! Nobody can tell which units the quota limits.
//!
//! ## Example
//!
//! > 分为好、较好、一般三个等次，优秀比例不超过30%。
//!
//! There is no 优秀.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which grade is meant, and amend the quota in the review.

use crate::{
    check::{Check, naming, view::View},
    diagnostic::{Findings, Severity},
    ruleset::Quota,
};

/// The check `quota-unknown-grade`.
pub(super) static QUOTA_UNKNOWN_GRADE: Check = Check {
    code: "quota-unknown-grade",
    severity: Severity::Error,
    docs: include_str!("quota_unknown_grade.rs"),
    docs_zh: include_str!("quota_unknown_grade.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let unknown = |it: &&Quota| !naming::is_known(view.ruleset, &it.grade);
    for quota in
        view.ruleset.quotas.iter().filter(unknown).filter(|_| !view.ruleset.grades.is_empty())
    {
        findings.push(check.at(&quota.source).arg("name", &quota.grade));
    }
}
