//! ## What it does
//!
//! Repeats that a file is of another kind than its name says; it was read by its content.
//!
//! ## Why it matters
//!
//! It may be another file than the one that was meant.
//!
//! ## Example
//!
//! > 通知.doc（内容为网页）
//!
//! A web page that was saved under the name of a Word document.
//!
//! ## Remedy
//!
//! Nothing: check that it is the file you meant.

use crate::{check::Check, diagnostic::Severity};

/// The check `name-contradicts-content`.
pub(super) static NAME_CONTRADICTS_CONTENT: Check = Check {
    code: "name-contradicts-content",
    severity: Severity::Note,
    docs: include_str!("name_contradicts_content.rs"),
    docs_zh: include_str!("name_contradicts_content.zh.md"),
    run: None,
};
