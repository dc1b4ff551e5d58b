//! ## What it does
//!
//! Adds up the caps of rows that have a cap and no points of their own (此项最多扣5分) and compares the sum with the points
//! of the group that they stand in. A rule beside the rows counts with its own cap, or with its amount where it falls
//! once. Rows that only add points do not count; where a row or such a rule has no bound, where there is one row
//! only, or where a person assesses the group, it is silent.
//!
//! ## Why it matters
//!
//! Caps that add up to less leave points that nobody can lose; caps that add up to more promise deductions that
//! cannot take place.
//!
//! ## Example
//!
//! > 作风建设（10分）：考勤（最多扣4分）；着装（最多扣4分）。
//!
//! Two of the ten points can never be lost.
//!
//! ## Remedy
//!
//! Compare the caps with the document, and amend the wrong one in the review or ask the office that issued it.

use crate::{
    check::{Check, sums, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
    ruleset::{Amount, Effect, Indicator, Method, Rule},
};

/// The check `cap-sum`.
pub(super) static CAP_SUM: Check = Check {
    code: "cap-sum",
    severity: Severity::Warning,
    docs: include_str!("cap_sum.rs"),
    docs_zh: include_str!("cap_sum.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for group in sums::groups(view) {
        // In an assessed group somebody gives what the rows leave.
        let shared = |it: &&Indicator| !it.highest && it.method != Some(Method::Assessed);
        let Some(parent) = group.parent.filter(shared) else { continue };
        let rows = rows(group.parts).zip(loose(&parent.rules));
        let Some(sum) = rows.map(|(rows, loose)| rows + loose) else { continue };
        if sum != group.marks {
            let finding = check.at(group.source).item(&*parent.id).arg("name", &parent.name);
            findings.push(finding.arg("sum", shortest(sum)).arg("marks", shortest(group.marks)));
        }
    }
}

/// What the caps of rows add up to, where each part is a row with a cap.
fn rows(parts: &[Indicator]) -> Option<Decimal> {
    let rows: Vec<&Indicator> = parts.iter().filter(|it| !sums::is_extra(it)).collect();
    let caps = rows.iter().map(|it| it.cap.filter(|_| it.is_criterion()));
    let caps: Option<Vec<Decimal>> = caps.collect();
    // A single row divides nothing.
    caps.filter(|it| it.len() > 1).map(|it| it.iter().sum())
}

/// The most that the rules beside the rows can take: the cap of each, or its amount where it falls once. Unknown where one
/// falls again and again.
fn loose(rules: &[Rule]) -> Option<Decimal> {
    let takes = rules.iter().filter(|it| !matches!(it.effect, Effect::Add | Effect::Multiply));
    let most = takes.map(|it| {
        let once = it.amount.map(Amount::most).filter(|_| it.per.is_none() && it.tiers.is_empty());
        it.cap.or(once)
    });
    most.sum()
}
