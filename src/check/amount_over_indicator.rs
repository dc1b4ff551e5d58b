//! ## What it does
//!
//! Finds deductions whose single amount is larger than the full marks of the indicator that they belong to. A deduction that
//! goes below zero in so many words (倒扣) is left alone, and so is one in a negative list: that moves the total.
//!
//! ## Why it matters
//!
//! An indicator never falls under zero, so the amount cannot take effect as written: either the amount or the points are not
//! what was meant, or the rule belongs elsewhere.
//!
//! ## Example
//!
//! > 值班工作（1分）：无人值班的，每次扣2分。
//!
//! The indicator has one point to lose.
//!
//! ## Remedy
//!
//! Compare amount and points with the document and amend the wrong one in the review, or ask the office that issued it.

use crate::{
    check::{Check, tree, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
    ruleset::{Amount, Effect},
};

/// The check `amount-over-indicator`.
pub(super) static AMOUNT_OVER_INDICATOR: Check = Check {
    code: "amount-over-indicator",
    severity: Severity::Warning,
    docs: include_str!("amount_over_indicator.rs"),
    docs_zh: include_str!("amount_over_indicator.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let Some((owner, marks)) = home.node.as_ref().and_then(tree::Node::marked) else {
            continue;
        };
        let rule = home.rule;
        let most = tree::amounts(rule, Effect::Deduct).map(Amount::most).max();
        let Some(amount) = most.filter(|it| *it > marks) else { continue };
        if rule.source.quote.contains("倒扣") {
            continue;
        }
        let finding = check.at(&rule.source).item(&*rule.id).arg("amount", shortest(amount));
        findings.push(finding.arg("name", &owner.name).arg("marks", shortest(marks)));
    }
}
