//! ## What it does
//!
//! Finds deductions and additions of zero points, and multipliers that change nothing. A tier with zero points and an
//! award of zero (得0分) are meant.
//!
//! ## Why it matters
//!
//! A rule that moves nothing was hardly worth writing: the number is most likely misread or misprinted (05分 for
//! 0.5分).
//!
//! ## Example
//!
//! > 迟到的，每次扣0分。
//!
//! The rule has no effect.
//!
//! ## Remedy
//!
//! Compare the number with the document, and amend it in the review.

use crate::{
    check::{Check, tree, view::View},
    diagnostic::{Findings, Severity},
    number::Decimal,
    ruleset::Effect,
};

/// The check `zero-amount`.
pub(super) static ZERO_AMOUNT: Check = Check {
    code: "zero-amount",
    severity: Severity::Warning,
    docs: include_str!("zero_amount.rs"),
    docs_zh: include_str!("zero_amount.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let rule = home.rule;
        let nothing = match rule.effect {
            Effect::Deduct | Effect::Add => rule.amount.is_some_and(|it| it.most().is_zero()),
            Effect::Multiply => rule.times == Some(Decimal::ONE),
            Effect::Award | Effect::Zero | Effect::Unstated => false,
        };
        if nothing {
            let finding = check.at(&rule.source).item(&*rule.id);
            findings.push(finding.arg("rule", tree::title(rule)));
        }
    }
}
