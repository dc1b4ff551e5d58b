//! ## What it does
//!
//! Looks for items for which the document states two different numbers of points, or two weights.
//!
//! ## Why it matters
//!
//! Only one of them can count. The ruleset has the first; where the second one is meant, every score is wrong.
//!
//! ## Example
//!
//! > 组织建设（20分）……　附表：组织建设 | 25分
//!
//! The item has 20 points in the text and 25 in the table.
//!
//! ## Remedy
//!
//! Ask the office that issued the notice which number holds, and amend the points in the review.

use crate::{check::Check, diagnostic::Severity};

/// The check `points-differ`.
pub(super) static POINTS_DIFFER: Check = Check {
    code: "points-differ",
    severity: Severity::Warning,
    docs: include_str!("points_differ.rs"),
    docs_zh: include_str!("points_differ.zh.md"),
    run: None,
};
