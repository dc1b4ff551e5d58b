//! ## What it does
//!
//! Finds nodes of the tree that hold nothing at all: no points, no weight, no cap, no rules, no parts, nobody who
//! assesses.
//!
//! ## Why it matters
//!
//! A heading without anything below it usually lost its rows: the table goes on elsewhere, or was cut off.
//!
//! ## Example
//!
//! > 三、廉洁自律（下无内容）
//!
//! Where are its indicators?
//!
//! ## Remedy
//!
//! Look at the place in the document: add what belongs there in the review, or reject the node.

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
    ruleset::Method,
};

/// The check `empty-group`.
pub(super) static EMPTY_GROUP: Check = Check {
    code: "empty-group",
    severity: Severity::Warning,
    docs: include_str!("empty_group.rs"),
    docs_zh: include_str!("empty_group.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for node in &view.nodes {
        let it = node.indicator;
        let numbers = it.points.or(it.weight).or(it.cap);
        let assessed = it.method == Some(Method::Assessed) || it.formula.is_some();
        let below = it.rules.is_empty() && it.indicators.is_empty() && it.notes.is_empty();
        if numbers.is_none() && !assessed && below {
            findings.push(check.at(&it.source).item(&*it.id).arg("name", &it.name));
        }
    }
}
