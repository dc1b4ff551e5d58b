//! ## What it does
//!
//! Repeats where a list begins again at 1 although no heading stands before it.
//!
//! ## Why it matters
//!
//! The items hang under the heading before, or under none: their points are counted in the wrong place, and the sums
//! of two groups are wrong.
//!
//! ## Example
//!
//! > （二）……10. 总结。　1. 制定方案。2. 分解任务。
//!
//! The heading （三） is not in the text.
//!
//! ## Remedy
//!
//! Look at the place in the original, and add the heading with its points in the review.

use crate::{check::Check, diagnostic::Severity};

/// The check `heading-lost`.
pub(super) static HEADING_LOST: Check = Check {
    code: "heading-lost",
    severity: Severity::Warning,
    docs: include_str!("heading_lost.rs"),
    docs_zh: include_str!("heading_lost.zh.md"),
    run: None,
};
