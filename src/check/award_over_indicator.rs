//! ## What it does
//!
//! Finds awards that give more points than the full marks of the indicator that they belong to.
//!
//! ## Why it matters
//!
//! An indicator never exceeds its full marks, so the award cannot take effect as written: either the award or the
//! points are not what was meant.
//!
//! ## Example
//!
//! > 信息报送（4分）：目标完成98%以上得5分。
//!
//! The indicator has four points to win.
//!
//! ## Remedy
//!
//! Compare award and points with the document, and amend the wrong one in the review or ask the office that issued
//! it.

use crate::{
    check::{Check, tree, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
    ruleset::{Amount, Effect},
};

/// The check `award-over-indicator`.
pub(super) static AWARD_OVER_INDICATOR: Check = Check {
    code: "award-over-indicator",
    severity: Severity::Warning,
    docs: include_str!("award_over_indicator.rs"),
    docs_zh: include_str!("award_over_indicator.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let rule = home.rule;
        let marked = home.node.as_ref().and_then(tree::Node::marked);
        let most = tree::amounts(rule, Effect::Award).map(Amount::most).max();
        let Some(((owner, marks), amount)) = marked.zip(most) else { continue };
        if amount > marks {
            let finding = check.at(&rule.source).item(&*rule.id).arg("amount", shortest(amount));
            findings.push(finding.arg("name", &owner.name).arg("marks", shortest(marks)));
        }
    }
}
