//! ## What it does
//!
//! Finds caps of zero or less: of a rule, a case, a row or a list.
//!
//! ## Why it matters
//!
//! Nothing could move under such a cap; the number is most likely misread or misprinted.
//!
//! ## Example
//!
//! > 迟到的，每次扣0.5分，最多扣0分。
//!
//! No deduction would ever take place.
//!
//! ## Remedy
//!
//! Compare the cap with the document, and amend it in the review.

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
    ruleset::SourceRef,
};

/// The check `cap-zero`.
pub(super) static CAP_ZERO: Check = Check {
    code: "cap-zero",
    severity: Severity::Warning,
    docs: include_str!("cap_zero.rs"),
    docs_zh: include_str!("cap_zero.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let mut say = |id: &str, source: &SourceRef, cap: Option<Decimal>| {
        if let Some(cap) = cap.filter(|it| *it <= Decimal::ZERO) {
            findings.push(check.at(source).item(id).arg("cap", shortest(cap)));
        }
    };
    for node in &view.nodes {
        say(&node.indicator.id, &node.indicator.source, node.indicator.cap);
    }
    for adjustment in &view.ruleset.adjustments {
        say(&adjustment.id, &adjustment.source, adjustment.cap);
    }
    for home in &view.rules {
        let case = home.rule.case.as_ref().and_then(|it| it.cap);
        say(&home.rule.id, &home.rule.source, home.rule.cap.or(case));
    }
}
