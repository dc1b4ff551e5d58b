//! ## What it does
//!
//! Finds additions for each occurrence that no cap limits: neither their own nor that of their case, their indicator
//! or their list, and no points of a bonus item. 加分不封顶 says so and is left alone. One finding for each indicator or
//! list.
//!
//! ## Why it matters
//!
//! A single diligent unit can outweigh everything else; most documents mean to limit their bonus and forget to say
//! how.
//!
//! ## Example
//!
//! > 信息被采用的，每条加0.5分。
//!
//! Two hundred reports are worth a hundred points.
//!
//! ## Remedy
//!
//! Ask the office that issued the document for the cap, and add it in the review.

use crate::{
    check::{
        Check, sums,
        tree::{self, Home},
        view::View,
    },
    diagnostic::{Findings, Severity},
    ruleset::{Effect, Indicator, Rule},
};

/// The check `bonus-without-cap`.
pub(super) static BONUS_WITHOUT_CAP: Check = Check {
    code: "bonus-without-cap",
    severity: Severity::Warning,
    docs: include_str!("bonus_without_cap.rs"),
    docs_zh: include_str!("bonus_without_cap.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let mut told: Option<&[Rule]> = None;
    for home in view.rules.iter().filter(|it| is_unlimited(it)) {
        if told.is_some_and(|it| std::ptr::eq(it, home.beside)) {
            continue;
        }
        told = Some(home.beside);
        let rule = home.rule;
        let finding = check.at(&rule.source).item(&*rule.id);
        findings.push(finding.arg("rule", tree::title(rule)));
    }
}

fn is_unlimited(home: &Home<'_>) -> bool {
    let rule = home.rule;
    let bonus_item = |it: &Indicator| it.points.is_some() && sums::is_extra(it);
    let limited = || {
        home.caps().next().is_some()
            || home.node.iter().flat_map(tree::Node::upwards).any(bonus_item)
            || rule.source.quote.contains("不封顶")
            || home.adjustment.is_some_and(|it| it.highest)
            || rule.highest
    };
    rule.effect == Effect::Add && rule.per.is_some() && !limited()
}
