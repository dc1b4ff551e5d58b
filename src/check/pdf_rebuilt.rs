//! ## What it does
//!
//! Repeats that the index of a PDF is damaged and was rebuilt from its contents, so that pages may be missing.
//!
//! ## Why it matters
//!
//! A page that was not found is not in the ruleset.
//!
//! ## Example
//!
//! > 文件传输中断的PDF
//!
//! The end of the file, where the index stands, is lost.
//!
//! ## Remedy
//!
//! Count the pages, or export the PDF again.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-rebuilt`.
pub(super) static PDF_REBUILT: Check = Check {
    code: "pdf-rebuilt",
    severity: Severity::Warning,
    docs: include_str!("pdf_rebuilt.rs"),
    docs_zh: include_str!("pdf_rebuilt.zh.md"),
    run: None,
};
