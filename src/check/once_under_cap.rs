//! ## What it does
//!
//! Finds rules that move points once (no 每次, 每件 …) with a cap of their own that is larger than their amount. Caps
//! that several conditions share, caps of a case and rules that a doubling applies to are left alone: a cap at the end of
//! a cell in which something else is deducted each time may be that of the cell.
//!
//! ## Why it matters
//!
//! A cap that can never be reached says that something is missing: most often the counted unit (每次), so that a
//! repeated fault is deducted once where several times are meant.
//!
//! ## Example
//!
//! > 未按时报送的，扣0.5分，最多扣5分。
//!
//! Nothing says that the deduction is repeated, and yet it is capped at ten times its amount.
//!
//! ## Remedy
//!
//! Look whether the amount is meant each time, and amend `per` in the review; or ask the office that issued the
//! document.

use crate::{
    check::{Check, view::View},
    diagnostic::{Confidence, Findings, Severity},
    number::{Decimal, shortest},
    ruleset::{Effect, Rule},
};

/// The check `once-under-cap`.
pub(super) static ONCE_UNDER_CAP: Check = Check {
    code: "once-under-cap",
    severity: Severity::Warning,
    docs: include_str!("once_under_cap.rs"),
    docs_zh: include_str!("once_under_cap.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for home in &view.rules {
        let Some((amount, cap)) = unreached(home.rule) else { continue };
        let shared = |it: &Rule| {
            let repeated = it.effect == home.rule.effect && it.per.is_some() && it.cap.is_none();
            it.id != home.rule.id
                && (it.effect == Effect::Multiply
                    || ((repeated || it.cap == home.rule.cap)
                        && it.source.at == home.rule.source.at))
        };
        // 每 in the words: the unit is there and was not read.
        if home.beside.iter().any(shared) || home.rule.source.quote.contains('每') {
            continue;
        }
        let finding = check.at(&home.rule.source).item(&*home.rule.id);
        let finding = finding.confidence(Confidence::Medium).arg("amount", shortest(amount));
        findings.push(finding.arg("cap", shortest(cap)));
    }
}

/// The amount and the cap of a rule that falls once and stays under its own cap.
fn unreached(rule: &Rule) -> Option<(Decimal, Decimal)> {
    let moves = matches!(rule.effect, Effect::Deduct | Effect::Add);
    let once = rule.per.is_none() && rule.tiers.is_empty() && rule.formula.is_none();
    let amount = rule.amount.filter(|_| moves && once && rule.case.is_none())?.most();
    rule.cap.filter(|it| *it > amount).map(|it| (amount, it))
}
