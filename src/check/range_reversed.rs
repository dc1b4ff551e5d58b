//! ## What it does
//!
//! Finds intervals that are upside down: a grade's band or a tier whose lower bound is over its upper one, and an
//! amount whose least is over its most. A falling range in the document (100-90分) is read the right way round and is
//! no fault.
//!
//! ## Why it matters
//!
//! Nothing lies in such an interval, so the grade or the tier can never apply.
//!
//! ## Example
//!
//! > 良好：90分以上、80分以下。
//!
//! No score is over 90 and under 80.
//!
//! ## Remedy
//!
//! Compare the numbers with the document, and amend them in the review.

use crate::{
    check::{Check, bands, tiers, tree, view::View},
    diagnostic::{Findings, Severity},
    ruleset::{Amount, Bounds, Effect},
};

/// The check `range-reversed`.
pub(super) static RANGE_REVERSED: Check = Check {
    code: "range-reversed",
    severity: Severity::Error,
    docs: include_str!("range_reversed.rs"),
    docs_zh: include_str!("range_reversed.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for grade in view.ruleset.grades.iter().filter(|it| is_reversed(&it.bounds)) {
        let finding = check.at(&grade.source).arg("name", &grade.name);
        findings.push(finding.arg("range", bands::formula(&grade.bounds)));
    }
    for home in &view.rules {
        let rule = home.rule;
        let tiers = rule.tiers.iter().filter(|it| is_reversed(&it.bounds));
        let bounds = tiers.map(|it| (tiers::source(rule, it), bands::formula(&it.bounds)));
        let effects = [Effect::Deduct, Effect::Add, Effect::Award].into_iter();
        let amounts = effects.flat_map(|it| tree::amounts(rule, it)).filter(|it| is_falling(*it));
        let amounts = amounts.map(|it| (&rule.source, it.to_string()));
        for (source, range) in bounds.chain(amounts) {
            let finding = check.at(source).item(&*rule.id).arg("name", tree::title(rule));
            findings.push(finding.arg("range", range));
        }
    }
}

fn is_reversed(bounds: &Bounds) -> bool {
    bounds.lower.zip(bounds.upper).is_some_and(|(lower, upper)| {
        lower.value > upper.value
            || (lower.value == upper.value && !(lower.inclusive && upper.inclusive))
    })
}

fn is_falling(amount: Amount) -> bool {
    matches!(amount, Amount::Range(min, max) if min > max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::{Adjustment, Rule, Ruleset};

    /// A file cannot hold such an amount: its reader refuses it. A pass of the compiler could.
    #[test]
    fn a_falling_amount_is_found() {
        let found = |min: u32, max: u32| {
            let amount = Some(Amount::Range(min.into(), max.into()));
            let rules = vec![Rule { amount, ..Rule::default() }];
            let adjustments = vec![Adjustment { rules, ..Adjustment::default() }];
            let mut findings = Findings::default();
            let ruleset = Ruleset { adjustments, ..Ruleset::default() };
            run(&RANGE_REVERSED, &View::of(&ruleset), &mut findings);
            findings.iter().count()
        };
        assert_eq!((found(3, 1), found(1, 3), found(2, 2)), (1, 0, 0));
    }
}
