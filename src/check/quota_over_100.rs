//! ## What it does
//!
//! Finds quotas of more than 100% or of nothing.
//!
//! ## Why it matters
//!
//! Such a quota limits nobody, or forbids the grade altogether; the number is most likely misread or misprinted.
//!
//! ## Example
//!
//! > 优秀比例不超过300%。
//!
//! 30% is more likely.
//!
//! ## Remedy
//!
//! Compare the number with the document, and amend it in the review.

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
};

/// The check `quota-over-100`.
pub(super) static QUOTA_OVER_100: Check = Check {
    code: "quota-over-100",
    severity: Severity::Warning,
    docs: include_str!("quota_over_100.rs"),
    docs_zh: include_str!("quota_over_100.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for quota in &view.ruleset.quotas {
        let Some(max) = quota.max else { continue };
        if max > Decimal::ONE_HUNDRED || max <= Decimal::ZERO {
            let finding = check.at(&quota.source).arg("name", &quota.grade);
            findings.push(finding.arg("max", shortest(max)));
        }
    }
}
