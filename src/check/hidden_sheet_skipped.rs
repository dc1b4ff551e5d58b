//! ## What it does
//!
//! Repeats which sheets of a workbook are hidden and were not read.
//!
//! ## Why it matters
//!
//! A hidden sheet may be an older version that must not count, or a rubric that somebody hid by mistake.
//!
//! ## Example
//!
//! > 评分表.xlsx：工作表“评分细则”“旧稿”（隐藏）
//!
//! The second sheet is not read.
//!
//! ## Remedy
//!
//! Show the sheet in the workbook if it belongs to the notice, and compile it again.

use crate::{check::Check, diagnostic::Severity};

/// The check `hidden-sheet-skipped`.
pub(super) static HIDDEN_SHEET_SKIPPED: Check = Check {
    code: "hidden-sheet-skipped",
    severity: Severity::Note,
    docs: include_str!("hidden_sheet_skipped.rs"),
    docs_zh: include_str!("hidden_sheet_skipped.zh.md"),
    run: None,
};
