//! ## What it does
//!
//! Adds up the points of the first level and compares the sum with the total that the document states. Bonus items and lists
//! of deductions do not count, and a second complete rubric is right by itself.
//!
//! ## Why it matters
//!
//! Everything that follows from the score (grades, ranks, quotas) is written for the stated total.
//!
//! ## Example
//!
//! > 实行百分制：日常考核90分，民主测评5分。
//!
//! The two add up to 95.
//!
//! ## Remedy
//!
//! Compare the first level with the document: add what is missing in the review, or ask the office that issued it which
//! number is right.

use crate::{
    check::{Check, sums, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
};

/// The check `total-sum`.
pub(super) static TOTAL_SUM: Check = Check {
    code: "total-sum",
    severity: Severity::Error,
    docs: include_str!("total_sum.rs"),
    docs_zh: include_str!("total_sum.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let Some(group) = sums::first_level(view.ruleset) else { return };
    let Some(sum) = group.wrong_points() else { return };
    let finding = check.at(group.source).arg("sum", shortest(sum));
    findings.push(finding.arg("marks", shortest(group.marks)));
}
