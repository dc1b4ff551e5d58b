//! ## What it does
//!
//! Finds caps on deductions that are larger than the full marks of the indicator that they belong to: the cap of a rule, of a
//! case that several rules share, or of a row without points of its own.
//!
//! ## Why it matters
//!
//! An indicator never falls under zero, so such a cap limits nothing: either the cap or the points are not what was meant.
//!
//! ## Example
//!
//! > 信息报送（2分）：迟报的，每次扣0.5分，最多扣5分。
//!
//! After four times the two points are gone; the cap of 5 is never reached.
//!
//! ## Remedy
//!
//! Compare cap and points with the document and amend the wrong one in the review, or ask the office that issued it.

use crate::{
    check::{Check, view::View},
    diagnostic::{Finding, Findings, Severity},
    number::{Decimal, shortest},
    ruleset::{Effect, Indicator},
};

/// The check `cap-over-indicator`.
pub(super) static CAP_OVER_INDICATOR: Check = Check {
    code: "cap-over-indicator",
    severity: Severity::Warning,
    docs: include_str!("cap_over_indicator.rs"),
    docs_zh: include_str!("cap_over_indicator.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for node in &view.nodes {
        let Some((owner, marks)) = node.marked() else { continue };
        let it = node.indicator;
        let only_adds = !it.rules.is_empty() && it.rules.iter().all(|it| it.effect == Effect::Add);
        if let Some(cap) = it.cap.filter(|it| *it > marks && !only_adds) {
            let finding = check.at(&it.source).item(&*it.id);
            findings.push(said(finding, cap, owner, marks));
        }
        for rule in it.rules.iter().filter(|it| it.effect != Effect::Add) {
            let case = rule.case.as_ref().and_then(|it| it.cap);
            if let Some(cap) = rule.cap.or(case).filter(|it| *it > marks) {
                let finding = check.at(&rule.source).item(&*rule.id);
                findings.push(said(finding, cap, owner, marks));
            }
        }
    }
}

fn said(finding: Finding, cap: Decimal, owner: &Indicator, marks: Decimal) -> Finding {
    let finding = finding.arg("cap", shortest(cap)).arg("name", &owner.name);
    finding.arg("marks", shortest(marks))
}
