//! ## What it does
//!
//! Finds indicators with zero points or less, or a weight of zero or less.
//!
//! ## Why it matters
//!
//! Such an indicator can neither win nor lose anything; the number is most likely misread or misprinted.
//!
//! ## Example
//!
//! > 考勤（0分）
//!
//! Nothing that happens there matters.
//!
//! ## Remedy
//!
//! Compare the number with the document, and amend it in the review.

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
};

/// The check `points-zero`.
pub(super) static POINTS_ZERO: Check = Check {
    code: "points-zero",
    severity: Severity::Warning,
    docs: include_str!("points_zero.rs"),
    docs_zh: include_str!("points_zero.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for node in &view.nodes {
        let it = node.indicator;
        let numbers = it.points.into_iter().chain(it.weight);
        let Some(number) = numbers.into_iter().find(|it| *it <= Decimal::ZERO) else { continue };
        let finding = check.at(&it.source).item(&*it.id).arg("name", &it.name);
        findings.push(finding.arg("number", shortest(number)));
    }
}
