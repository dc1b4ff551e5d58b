//! ## What it does
//!
//! Finds ladders of tiers whose amounts do not fall in step with the measure: they go up and then down again.
//!
//! ## Why it matters
//!
//! A better result would cost more than a worse one. Usually two numbers changed places or one is misprinted.
//!
//! ## Example
//!
//! > 完成率90%以上得5分，80%—90%得2分，70%—80%得3分，70%以下不得分。
//!
//! 75% is worth more than 85%.
//!
//! ## Remedy
//!
//! Compare the amounts with the document, and amend the wrong one in the review; where a middle value is really the
//! best, dismiss the finding with `--allow tier-order`.

use crate::{
    check::{Check, bands, tiers, tree, view::View},
    diagnostic::{Findings, Severity},
    number::Decimal,
    ruleset::Tier,
};

/// The check `tier-order`.
pub(super) static TIER_ORDER: Check = Check {
    code: "tier-order",
    severity: Severity::Warning,
    docs: include_str!("tier_order.rs"),
    docs_zh: include_str!("tier_order.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let rule = home.rule;
        for ladder in tiers::ladders(rule) {
            let worths: Vec<(&Tier, Decimal)> =
                ladder.iter().filter_map(|it| Some((*it, tiers::worth(rule, it)?))).collect();
            let Some((tier, _)) = worths.get(turn(&worths)) else { continue };
            let finding = check.at(tiers::source(rule, tier)).item(&*rule.id);
            let finding = finding.arg("rule", tree::title(rule));
            findings.push(finding.arg("values", bands::formula(&tier.bounds)));
        }
    }
}

/// The place of the first tier at which the amounts turn round, or the length of the list.
fn turn(worths: &[(&Tier, Decimal)]) -> usize {
    let mut rising: Option<bool> = None;
    for (nth, (one, next)) in worths.iter().zip(worths.iter().skip(1)).enumerate() {
        if one.1 == next.1 {
            continue;
        }
        let up = next.1 > one.1;
        if rising.is_some_and(|it| it != up) {
            return nth + 1;
        }
        rising = Some(up);
    }
    worths.len()
}
