//! ## What it does
//!
//! Finds indicators whose only rule is a ladder of awards that ends below the full marks.
//!
//! ## Why it matters
//!
//! Nobody can reach full marks there: either a tier is missing or a number is not what was meant.
//!
//! ## Example
//!
//! > 信息报送（4分）：目标完成98%以上得3分，98%以下得1分。
//!
//! The fourth point is out of reach.
//!
//! ## Remedy
//!
//! Compare tiers and points with the document, and amend the wrong one in the review or ask the office that issued
//! it.

use crate::{
    check::{Check, tree, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
    ruleset::{Amount, Effect},
};

/// The check `award-under-indicator`.
pub(super) static AWARD_UNDER_INDICATOR: Check = Check {
    code: "award-under-indicator",
    severity: Severity::Warning,
    docs: include_str!("award_under_indicator.rs"),
    docs_zh: include_str!("award_under_indicator.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for node in &view.nodes {
        let it = node.indicator;
        let ([rule], Some(marks)) = (it.rules.as_slice(), it.points) else { continue };
        // Where a tier states no amount (按比例得分), nothing is known of the most.
        let all =
            rule.tiers.iter().all(|it| it.amount.is_some() || it.effect == Some(Effect::Zero));
        let ladder = rule.effect == Effect::Award && all && it.indicators.is_empty();
        let amounts = tree::amounts(rule, Effect::Award).map(Amount::most);
        let Some(most) = amounts.max().filter(|_| ladder && rule.tiers.len() > 1) else { continue };
        if most < marks && rule.formula.is_none() && rule.per.is_none() {
            let finding = check.at(&rule.source).item(&*rule.id).arg("name", &it.name);
            findings.push(finding.arg("most", shortest(most)).arg("marks", shortest(marks)));
        }
    }
}
