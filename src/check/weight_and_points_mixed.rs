//! ## What it does
//!
//! Finds indicators that stand side by side, some with points and some with a weight, where the two do not fill the
//! full marks together and neither does so alone. 90分 beside 10% of 100 points is right.
//!
//! ## Why it matters
//!
//! Whether 10% is ten points or a tenth of something else decides the score, and the document does not say.
//!
//! ## Example
//!
//! > 日常考核（90分）；民主测评（占20%权重）。
//!
//! 90 points and 20% of 100 make 110.
//!
//! ## Remedy
//!
//! Ask the office that issued the document what the weight is of, and amend it in the review.

use crate::{
    check::{
        Check,
        sums::{self, Group},
        view::View,
    },
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
    ruleset::Indicator,
};

/// The check `weight-and-points-mixed`.
pub(super) static WEIGHT_AND_POINTS_MIXED: Check = Check {
    code: "weight-and-points-mixed",
    severity: Severity::Warning,
    docs: include_str!("weight_and_points_mixed.rs"),
    docs_zh: include_str!("weight_and_points_mixed.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let first = sums::first_level(view.ruleset);
    for group in first.into_iter().chain(sums::groups(view)) {
        // Each by itself may be right: the weights are then those of another sum (季度考核占70%，年终测评占30%).
        let percent = Group { marks: Decimal::ONE_HUNDRED, ..group };
        if group.adds_up(|it| it.points) || percent.adds_up(|it| it.weight) {
            continue;
        }
        let Some(sum) = mixed_sum(&group).filter(|it| *it != group.marks) else { continue };
        let Some(weighted) = group.parts.iter().find(|it| has_weight_alone(it)) else { continue };
        let finding = check.at(&weighted.source).item(&*weighted.id);
        let finding = finding.arg("name", &weighted.name).arg("sum", shortest(sum));
        findings.push(finding.arg("marks", shortest(group.marks)));
    }
}

/// What points and weights add up to, where a group has both and nothing else.
fn mixed_sum(group: &Group<'_>) -> Option<Decimal> {
    let parts: Vec<_> = group.parts.iter().filter(|it| !sums::is_extra(it)).collect();
    let both =
        parts.iter().any(|it| it.points.is_some()) && parts.iter().any(|it| has_weight_alone(it));
    let worth = |weight: Decimal| weight * group.marks / Decimal::ONE_HUNDRED;
    let numbers = parts.iter().map(|it| it.points.or_else(|| it.weight.map(worth)));
    let numbers: Option<Vec<Decimal>> = numbers.collect();
    numbers.filter(|_| both).map(|it| it.iter().sum())
}

const fn has_weight_alone(indicator: &Indicator) -> bool {
    indicator.points.is_none() && indicator.weight.is_some()
}
