//! ## What it does
//!
//! Finds rules that move points without saying how many: 扣分 without a number, 酌情扣分, and rules that have neither an
//! amount nor tiers nor a formula. An addition that states only its cap (至多加3分) is complete.
//!
//! ## Why it matters
//!
//! Nobody can compute a score from such a rule, and two assessors will not choose the same number.
//!
//! ## Example
//!
//! > 每月组织一次学习，缺1次扣分。
//!
//! One absence costs points, and nothing says how many.
//!
//! ## Remedy
//!
//! Look whether the number stands elsewhere in the document, ask the office that issued it, and amend the rule in the review.

use crate::{
    check::{Check, tree, view::View},
    diagnostic::{Findings, Severity},
    ruleset::{Effect, Rule},
};

/// The check `amount-missing`.
pub(super) static AMOUNT_MISSING: Check = Check {
    code: "amount-missing",
    severity: Severity::Error,
    docs: include_str!("amount_missing.rs"),
    docs_zh: include_str!("amount_missing.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in view.rules.iter().filter(|it| lacks_amount(it.rule)) {
        let finding = check.at(&home.rule.source).item(&*home.rule.id);
        findings.push(finding.arg("rule", tree::title(home.rule)));
    }
}

fn lacks_amount(rule: &Rule) -> bool {
    let nothing = rule.amount.is_none() && rule.tiers.is_empty() && rule.formula.is_none();
    match rule.effect {
        Effect::Unstated => rule.formula.is_none(),
        Effect::Deduct | Effect::Award => nothing,
        Effect::Add => nothing && rule.cap.is_none(),
        Effect::Multiply => rule.times.is_none(),
        Effect::Zero => false,
    }
}
