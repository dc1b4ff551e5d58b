//! ## What it does
//!
//! Repeats how many embedded objects (workbooks, charts and the like) a document holds; their text is not read.
//!
//! ## Why it matters
//!
//! A rubric that was pasted as a workbook is missing from the ruleset.
//!
//! ## Example
//!
//! > 附件1　评分表（嵌入的工作表）
//!
//! The table is a picture to the reader of the document.
//!
//! ## Remedy
//!
//! Paste the text of the objects as paragraphs or tables and save the file.

use crate::{check::Check, diagnostic::Severity};

/// The check `embedded-not-read`.
pub(super) static EMBEDDED_NOT_READ: Check = Check {
    code: "embedded-not-read",
    severity: Severity::Warning,
    docs: include_str!("embedded_not_read.rs"),
    docs_zh: include_str!("embedded_not_read.zh.md"),
    run: None,
};
