//! ## What it does
//!
//! Repeats how many rows of a table lacked the empty cell of a merged column and were moved one column to the right.
//!
//! ## Why it matters
//!
//! Without that, contents would be read as points and points as rules.
//!
//! ## Example
//!
//! > 考勤　5分　迟到的，每次扣0.5分　（缺少第一列的空单元格）
//!
//! The name belongs to the second column.
//!
//! ## Remedy
//!
//! Compare the columns of these rows with the original table.

use crate::{check::Check, diagnostic::Severity};

/// The check `rows-realigned`.
pub(super) static ROWS_REALIGNED: Check = Check {
    code: "rows-realigned",
    severity: Severity::Note,
    docs: include_str!("rows_realigned.rs"),
    docs_zh: include_str!("rows_realigned.zh.md"),
    run: None,
};
