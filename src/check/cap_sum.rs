//! ## What it does
//!
//! Adds up the caps of rows that have a cap and no points of their own (此项最多扣5分) and compares the sum with the points
//! of the group that they stand in. Rows that only add points do not count; where a row has no cap, it is silent.
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
    check::{Check, sums},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
    ruleset::{Indicator, Ruleset},
};

/// The check `cap-sum`.
pub(super) static CAP_SUM: Check = Check {
    code: "cap-sum",
    severity: Severity::Warning,
    docs: include_str!("cap_sum.rs"),
    docs_zh: include_str!("cap_sum.zh.md"),
    run,
};

fn run(check: &Check, ruleset: &Ruleset, findings: &mut Findings) {
    for group in sums::groups(ruleset) {
        let Some(parent) = group.parent.filter(|it| !it.highest) else { continue };
        let Some(sum) = sum_of_caps(group.parts) else { continue };
        if sum != group.marks {
            let finding = check.at(group.source).item(&*parent.id).arg("name", &parent.name);
            findings.push(finding.arg("sum", shortest(sum)).arg("marks", shortest(group.marks)));
        }
    }
}

/// What the caps add up to, where each part is a row with a cap.
fn sum_of_caps(parts: &[Indicator]) -> Option<Decimal> {
    let rows: Vec<&Indicator> = parts.iter().filter(|it| !sums::is_extra(it)).collect();
    let caps = rows.iter().map(|it| it.cap.filter(|_| it.is_criterion()));
    let caps: Option<Vec<Decimal>> = caps.collect();
    caps.filter(|it| !it.is_empty()).map(|it| it.iter().sum())
}
