//! ## What it does
//!
//! Finds bounds of tiers of which the document does not say whether the number itself is in or out (以上, 以下, a bare
//! range such as 92%—98%). Where the neighbouring tier or a rule of the document decides it, it is silent; a bound
//! that only the Civil Code decides (article 1259) is a note. The ends of the whole ladder, 0 and 100%, need no
//! decision, nor those of a range that no other tier touches (3至4人).
//!
//! ## Why it matters
//!
//! A unit with exactly that value has two amounts or none.
//!
//! ## Example
//!
//! > 98%以上得0.2分、92%—98%得0.1分。
//!
//! A rate of exactly 98% is worth 0.2 points or 0.1.
//!
//! ## Remedy
//!
//! Ask the office that issued the document, and amend the bound in the review.

use crate::{
    check::{
        Check, tiers, tree,
        undecided::{self, Interval},
        view::View,
    },
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
};

/// The check `tier-bound-undecided`.
pub(super) static TIER_BOUND_UNDECIDED: Check = Check {
    code: "tier-bound-undecided",
    severity: Severity::Warning,
    docs: include_str!("tier_bound_undecided.rs"),
    docs_zh: include_str!("tier_bound_undecided.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let rule = home.rule;
        for ladder in tiers::ladders(rule) {
            let items: Vec<Interval<'_>> = ladder
                .iter()
                .map(|it| Interval {
                    bounds: it.bounds,
                    doubts: &it.doubts,
                    source: tiers::source(rule, it),
                })
                .collect();
            for open in undecided::bounds(&items, Some(Decimal::ONE_HUNDRED)) {
                let finding = check.at(open.source).item(&*rule.id);
                let finding = finding.arg("rule", tree::title(rule));
                findings.push(open.graded(finding.arg("value", shortest(open.value))));
            }
        }
    }
}
