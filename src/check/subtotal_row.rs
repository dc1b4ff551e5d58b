//! ## What it does
//!
//! Repeats where a row of a table states a sum (小计, 合计, 总计). Such a row is compared (`subtotal-sum`) and is no
//! indicator.
//!
//! ## Why it matters
//!
//! Counted as an indicator it would double the points of its table.
//!
//! ## Example
//!
//! > 考勤5分　会风5分　小计10分
//!
//! Ten points, not twenty.
//!
//! ## Remedy
//!
//! Nothing, unless the row is an item of its own: then add it in the review.

use crate::{check::Check, diagnostic::Severity};

/// The check `subtotal-row`.
pub(super) static SUBTOTAL_ROW: Check = Check {
    code: "subtotal-row",
    severity: Severity::Note,
    docs: include_str!("subtotal_row.rs"),
    docs_zh: include_str!("subtotal_row.zh.md"),
    run: None,
};
