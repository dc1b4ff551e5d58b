//! ## What it does
//!
//! Lists the items that were read through a likely error of a scan: 05分 for 0.5分, 口 for 扣, O for 0, a doubled 得得分.
//!
//! ## Why it matters
//!
//! The reading is a guess; a wrong amount is scored without anybody noticing.
//!
//! ## Example
//!
//! > 迟到的，每次口0.5分。
//!
//! Read as 扣0.5分.
//!
//! ## Remedy
//!
//! Compare each with the original, and approve or amend it in the review.

use crate::{
    check::{Check, view::View, words},
    diagnostic::{Findings, Severity},
};

/// The check `scan-error`.
pub(super) static SCAN_ERROR: Check = Check {
    code: "scan-error",
    severity: Severity::Warning,
    docs: include_str!("scan_error.rs"),
    docs_zh: include_str!("scan_error.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let mut doubted = words::doubted(view, "scan-error");
    // Several items may come of one sentence.
    doubted.dedup_by_key(|it| (&it.source.at, &it.source.quote));
    for it in doubted {
        let finding = check.at(it.source).arg("words", it.text);
        findings.push(match it.item {
            Some(id) => finding.item(id),
            None => finding,
        });
    }
}
