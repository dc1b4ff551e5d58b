//! ## What it does
//!
//! Repeats which pages of a PDF have damaged contents, so that text may be missing.
//!
//! ## Why it matters
//!
//! Rules of these pages may be missing from the ruleset.
//!
//! ## Example
//!
//! > 第3页（内容流损坏）
//!
//! The page shows less than it held.
//!
//! ## Remedy
//!
//! Export the PDF again, or compare these pages with the original.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-damaged-pages`.
pub(super) static PDF_DAMAGED_PAGES: Check = Check {
    code: "pdf-damaged-pages",
    severity: Severity::Error,
    docs: include_str!("pdf_damaged_pages.rs"),
    docs_zh: include_str!("pdf_damaged_pages.zh.md"),
    run: None,
};
