//! ## What it does
//!
//! Finds measured values that lie between two tiers of one rule. Ranks, times and people are whole numbers: nothing
//! lies between 3 and 4 of them; between 89% and 90% there is 89.5%. Where a formula stands beside the tiers (按比例得分)
//! it may hold what lies between. What lies beyond the first and the last tier is no gap: most lists of deductions
//! end where nothing is wrong.
//!
//! ## Why it matters
//!
//! A unit whose value lies in the gap gets no amount, and nothing says whether that means all points or none.
//!
//! ## Example
//!
//! > 完成率90%以上得5分，80%至85%得3分，80%以下不得分。
//!
//! A rate of 87% has no tier.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which tier holds these values, and amend the bound in the review.

use crate::{
    check::{Check, bands, tiers, tree, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
    ruleset::Bounds,
};

/// The check `tier-gap`.
pub(super) static TIER_GAP: Check = Check {
    code: "tier-gap",
    severity: Severity::Warning,
    docs: include_str!("tier_gap.rs"),
    docs_zh: include_str!("tier_gap.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let rule = home.rule;
        // A formula (按比例得分) may hold what lies between.
        if rule.tiers.is_empty() || home.beside.iter().any(|it| it.formula.is_some()) {
            continue;
        }
        let step = tiers::step(rule);
        for ladder in tiers::ladders(rule) {
            let list: Vec<&Bounds> = ladder.iter().map(|it| &it.bounds).collect();
            for (below, _, gap) in bands::gaps(&list, step) {
                let (Some(tier), Some(example)) = (ladder.get(below), bands::sample(&gap, step))
                else {
                    continue;
                };
                let finding = check.at(tiers::source(rule, tier)).item(&*rule.id);
                let finding = finding.arg("rule", tree::title(rule));
                let finding = finding.arg("values", bands::formula(&gap));
                findings.push(finding.arg("example", shortest(example)));
            }
        }
    }
}
