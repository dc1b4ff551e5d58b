//! ## What it does
//!
//! Adds up the weights of indicators that stand side by side. Where all of them have a weight, the sum must be 100%; where
//! some have none, it must not be more. Equal weights that cannot be written exactly (33.3% three times) are right.
//!
//! ## Why it matters
//!
//! A score is the weighted sum of its parts: with 90% nobody reaches full marks, with 110% everybody has points to spare.
//!
//! ## Example
//!
//! > 平时考核占60%，年终考核占30%。
//!
//! A tenth of the score comes from nowhere.
//!
//! ## Remedy
//!
//! Compare the weights with the document: add what is missing in the review, or ask the office that issued it which number
//! is right.

use crate::{
    check::{Check, sums::Group, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
    ruleset::Indicator,
};

/// The check `weight-sum`.
pub(super) static WEIGHT_SUM: Check = Check {
    code: "weight-sum",
    severity: Severity::Error,
    docs: include_str!("weight_sum.rs"),
    docs_zh: include_str!("weight_sum.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    look(check, None, &view.ruleset.indicators, findings);
    for node in &view.nodes {
        look(check, Some(node.indicator), &node.indicator.indicators, findings);
    }
}

fn look(check: &Check, parent: Option<&Indicator>, parts: &[Indicator], findings: &mut Findings) {
    // The place is that of the first weight: the group itself need not state one.
    let Some(first) = parts.iter().find(|it| it.weight.is_some()) else { return };
    let group = Group { parent, source: &first.source, marks: Decimal::ONE_HUNDRED, parts };
    let Some(sum) = group.wrong_weights() else { return };
    let names: Vec<&str> =
        parts.iter().filter(|it| it.weight.is_some()).map(|it| it.name.as_str()).collect();
    let finding = check.at(group.source).item(&*first.id).arg("names", names.join("、"));
    findings.push(finding.arg("sum", shortest(sum)));
}
