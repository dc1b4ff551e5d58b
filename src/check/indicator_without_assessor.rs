//! ## What it does
//!
//! Finds indicators at the end of the tree that name nobody who assesses them, in documents where most others do. An
//! assessor of a group holds for its items. One finding for the items of a group.
//!
//! ## Why it matters
//!
//! Nobody will send in the score, and it is noticed when the others are complete.
//!
//! ## Example
//!
//! > 考勤：人事科；会风：办公室；着装：（空）。
//!
//! Who assesses 着装?
//!
//! ## Remedy
//!
//! An empty cell often means the one above (同上): amend the assessor in the review, or ask the office that issued the
//! document.

use crate::{
    check::{
        Check,
        tree::{self, Node},
        view::View,
    },
    diagnostic::{Findings, Severity},
};

/// The check `indicator-without-assessor`.
pub(super) static INDICATOR_WITHOUT_ASSESSOR: Check = Check {
    code: "indicator-without-assessor",
    severity: Severity::Note,
    docs: include_str!("indicator_without_assessor.rs"),
    docs_zh: include_str!("indicator_without_assessor.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let leaves: Vec<&Node<'_>> = view.nodes.iter().filter(|it| is_scored_leaf(it)).collect();
    let (with, without): (Vec<_>, Vec<_>) = leaves.into_iter().partition(|it| has_assessor(it));
    if with.len() <= without.len() {
        return;
    }
    for group in without.chunk_by(|one, other| one.parent_id() == other.parent_id()) {
        let Some(first) = group.first().map(|it| it.indicator) else { continue };
        let names: Vec<&str> = group.iter().map(|it| it.indicator.name.as_str()).collect();
        let finding = check.at(&first.source).item(&*first.id).arg("names", tree::some(&names));
        findings.push(finding.arg("count", names.len()));
    }
}

const fn is_scored_leaf(node: &Node<'_>) -> bool {
    node.indicator.indicators.is_empty() && !node.indicator.is_criterion()
}

fn has_assessor(node: &Node<'_>) -> bool {
    node.upwards().any(|it| !it.assessor.is_empty())
}
