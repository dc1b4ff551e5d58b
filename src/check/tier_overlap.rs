//! ## What it does
//!
//! Finds measured values that lie in two tiers of one rule that give different amounts. Thresholds that reach to the
//! same side (低于80%、70%、60%分别扣1、2、3分) are one ladder, where the tightest holds. A single number that the document
//! leaves on the border is the matter of `tier-bound-undecided`.
//!
//! ## Why it matters
//!
//! Such a value has two amounts.
//!
//! ## Example
//!
//! > 完成率85%以上得5分，80%至90%得3分。
//!
//! A rate of 88% is worth 5 points and 3.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which tier holds these values, and amend the bound in the review.

use crate::{
    check::{Check, bands, tiers, tree, view::View},
    diagnostic::{Findings, Severity},
    ruleset::{Bounds, Tier},
};

/// The check `tier-overlap`.
pub(super) static TIER_OVERLAP: Check = Check {
    code: "tier-overlap",
    severity: Severity::Warning,
    docs: include_str!("tier_overlap.rs"),
    docs_zh: include_str!("tier_overlap.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        for ladder in tiers::ladders(home.rule) {
            for (nth, lower) in ladder.iter().enumerate() {
                for upper in ladder.iter().skip(nth + 1) {
                    let Some(shared) = clash(lower, upper) else { continue };
                    let rule = home.rule;
                    let finding = check.at(tiers::source(rule, upper)).item(&*rule.id);
                    let finding = finding.arg("rule", tree::title(rule));
                    findings.push(finding.arg("values", bands::formula(&shared)));
                }
            }
        }
    }
}

/// The values to which two tiers give different amounts.
fn clash(lower: &Tier, upper: &Tier) -> Option<Bounds> {
    let same = lower.amount == upper.amount && lower.effect == upper.effect;
    if same || bands::are_thresholds(&lower.bounds, &upper.bounds) {
        return None;
    }
    let shared = bands::overlap(&lower.bounds, &upper.bounds)?;
    let one = shared.lower.zip(shared.upper).is_some_and(|(from, to)| from.value == to.value);
    let open = lower.doubts.iter().chain(&upper.doubts).any(|it| it.ends_with("undecided"));
    (!(one && open)).then_some(shared)
}
