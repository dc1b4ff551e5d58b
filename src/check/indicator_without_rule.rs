//! ## What it does
//!
//! Finds indicators at the end of the tree that have points and of which nothing says how these are won or lost: no
//! rule, no formula, no person who gives a number, here or above. One finding for the items of a group. Items whose
//! rules stand in an attachment (见附件) are left alone.
//!
//! ## Why it matters
//!
//! Two assessors will score such an item in two ways, and a program cannot score it at all.
//!
//! ## Example
//!
//! > 制度建设（5分）：建立健全各项制度。
//!
//! What costs a point, and what is worth all five?
//!
//! ## Remedy
//!
//! Look whether the rules stand elsewhere in the document; add them in the review, or amend the indicator's method to
//! `assessed` where people give the number.

use crate::{
    check::{
        Check,
        tree::{self, Node},
        view::View,
    },
    diagnostic::{Findings, Severity},
    ruleset::{Indicator, Method},
};

/// The check `indicator-without-rule`.
pub(super) static INDICATOR_WITHOUT_RULE: Check = Check {
    code: "indicator-without-rule",
    severity: Severity::Warning,
    docs: include_str!("indicator_without_rule.rs"),
    docs_zh: include_str!("indicator_without_rule.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let nodes: Vec<&Node<'_>> = view.nodes.iter().filter(|it| is_unruled(it)).collect();
    for group in nodes.chunk_by(|one, other| one.parent_id() == other.parent_id()) {
        let Some(first) = group.first().map(|it| it.indicator) else { continue };
        let names: Vec<&str> = group.iter().map(|it| it.indicator.name.as_str()).collect();
        let finding = check.at(&first.source).item(&*first.id).arg("names", tree::some(&names));
        findings.push(finding.arg("count", names.len()));
    }
}

fn is_unruled(node: &Node<'_>) -> bool {
    let it = node.indicator;
    let leaf = it.indicators.is_empty() && it.points.is_some();
    let ruled = |it: &Indicator| {
        !it.rules.is_empty()
            || it.formula.is_some()
            || it.method == Some(Method::Assessed)
            || it.notes.iter().any(|it| it.contains("附件") || it.contains("附表"))
    };
    leaf && !node.upwards().any(ruled)
}
