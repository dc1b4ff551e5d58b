//! ## What it does
//!
//! Finds rules whose single amount is larger than the cap that holds for it: its own, that of its case, or that of
//! the row or list that it stands in.
//!
//! ## Why it matters
//!
//! The amount can never take effect in full: either the cap or the amount is not what was meant.
//!
//! ## Example
//!
//! > 因工作不力被通报的，扣3分，最多扣2分。
//!
//! One report costs 2 points, not 3.
//!
//! ## Remedy
//!
//! Compare amount and cap with the document, and amend the wrong one in the review or ask the office that issued it.

use crate::{
    check::{Check, tree, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
    ruleset::{Amount, Effect},
};

/// The check `amount-over-cap`.
pub(super) static AMOUNT_OVER_CAP: Check = Check {
    code: "amount-over-cap",
    severity: Severity::Warning,
    docs: include_str!("amount_over_cap.rs"),
    docs_zh: include_str!("amount_over_cap.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let rule = home.rule;
        let Some(cap) = home.caps().min() else { continue };
        let moves =
            [Effect::Deduct, Effect::Add].into_iter().flat_map(|it| tree::amounts(rule, it));
        let Some(amount) = moves.map(Amount::most).max().filter(|it| *it > cap) else {
            continue;
        };
        let finding = check.at(&rule.source).item(&*rule.id);
        findings.push(finding.arg("amount", shortest(amount)).arg("cap", shortest(cap)));
    }
}
