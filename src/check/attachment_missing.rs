//! ## What it does
//!
//! Repeats where the document names an attachment that is not part of it (评分细则见附件2).
//!
//! ## Why it matters
//!
//! The attachment often holds the rules themselves; without it the indicators have points and nobody knows how they
//! are lost.
//!
//! ## Example
//!
//! > 具体评分细则见附件2。（文件只有附件1）
//!
//! There is no second attachment.
//!
//! ## Remedy
//!
//! Ask for the attachment and compile it together with the document.

use crate::{check::Check, diagnostic::Severity};

/// The check `attachment-missing`.
pub(super) static ATTACHMENT_MISSING: Check = Check {
    code: "attachment-missing",
    severity: Severity::Warning,
    docs: include_str!("attachment_missing.rs"),
    docs_zh: include_str!("attachment_missing.zh.md"),
    run: None,
};
