//! ## What it does
//!
//! Adds up the points of an indicator's parts and compares the sum with the points of the indicator itself, at every level.
//! An indicator that has only a weight has 100 points to share, or, where its parts count points of the whole, what the
//! weight gives it of these (40% of 100, and parts of 12, 12 and 16). Bonus items and lists of deductions do not count; parts
//! without points share what the others leave, so that only too much is wrong there; several complete rubrics that stand
//! one after the other (one for each kind of unit) are each right by themselves. Points in brackets in running text are the
//! matter of `sub-items`.
//!
//! ## Why it matters
//!
//! Points that are given to no part can never be won or lost, and parts that hold too many make a full score unreachable or
//! meaningless. Often a part has been overlooked, or a number is misprinted.
//!
//! ## Example
//!
//! > 项目推进（35分）：集中开工（14分）；现场观摩（14分）。
//!
//! The parts hold 28 of the 35 points.
//!
//! ## Remedy
//!
//! Compare the parts with the document: add what is missing in the review, or ask the office that issued it which number
//! is right.

use crate::{
    check::{Check, sums, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
};

/// The check `points-sum`.
pub(super) static POINTS_SUM: Check = Check {
    code: "points-sum",
    severity: Severity::Error,
    docs: include_str!("points_sum.rs"),
    docs_zh: include_str!("points_sum.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for group in sums::groups(view) {
        let Some((parent, sum)) = group.parent.zip(group.wrong_points()) else { continue };
        if group.is_bracketed() {
            continue;
        }
        let finding = check.at(group.source).item(&*parent.id).arg("name", &parent.name);
        findings.push(finding.arg("sum", shortest(sum)).arg("marks", shortest(group.marks)));
    }
}
