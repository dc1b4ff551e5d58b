//! ## What it does
//!
//! Adds up the points of items that carry them in brackets in running text and that have no parts of their own, and
//! compares the sum with the points of the item that they belong to. Parts in a table or a tree are the matter of
//! `points-sum`.
//!
//! ## Why it matters
//!
//! Points in brackets are easily overlooked and easily forgotten when a text is rewritten; what no bracket holds can
//! be neither won nor lost.
//!
//! ## Example
//!
//! > 基层建设（4分）：落实台账（1分），按时换届（1分），培训骨干（0.9分）。
//!
//! The brackets hold 2.9 of the 4 points.
//!
//! ## Remedy
//!
//! Compare the brackets with the document: add what is missing in the review, or ask the office that issued it which
//! number is right.

use crate::{
    check::{Check, sums, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
};

/// The check `sub-items`.
pub(super) static SUB_ITEMS: Check = Check {
    code: "sub-items",
    severity: Severity::Error,
    docs: include_str!("sub_items.rs"),
    docs_zh: include_str!("sub_items.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for group in sums::groups(view) {
        let Some((parent, sum)) = group.parent.zip(group.wrong_points()) else { continue };
        if !group.is_bracketed() {
            continue;
        }
        let finding = check.at(group.source).item(&*parent.id).arg("name", &parent.name);
        findings.push(finding.arg("sum", shortest(sum)).arg("marks", shortest(group.marks)));
    }
}
