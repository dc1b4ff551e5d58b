//! ## What it does
//!
//! Finds vetoes and limits that name a grade that the document does not have, where it has others.
//!
//! ## Why it matters
//!
//! Nobody can tell what becomes of the unit.
//!
//! ## Example
//!
//! > 分为好、较好、一般三个等次；发生重大事故的，直接确定为不合格。
//!
//! There is no 不合格.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which grade is meant, and amend the limit in the review.

use crate::{
    check::{Check, naming, view::View},
    diagnostic::{Findings, Severity},
};

/// The check `limit-unknown-grade`.
pub(super) static LIMIT_UNKNOWN_GRADE: Check = Check {
    code: "limit-unknown-grade",
    severity: Severity::Error,
    docs: include_str!("limit_unknown_grade.rs"),
    docs_zh: include_str!("limit_unknown_grade.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for limit in view.ruleset.limits.iter().filter(|_| !view.ruleset.grades.is_empty()) {
        let Some(name) = limit.grade.as_deref() else { continue };
        if !naming::is_known(view.ruleset, name) {
            findings.push(check.at(&limit.source).arg("name", name));
        }
    }
}
