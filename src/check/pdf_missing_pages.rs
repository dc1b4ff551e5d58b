//! ## What it does
//!
//! Repeats how many pages a PDF says that it has beyond those that can be found.
//!
//! ## Why it matters
//!
//! The rules of these pages are missing from the ruleset.
//!
//! ## Example
//!
//! > 自称6页而只找到4页的PDF
//!
//! Two pages are lost.
//!
//! ## Remedy
//!
//! Count the pages, or export the PDF again.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-missing-pages`.
pub(super) static PDF_MISSING_PAGES: Check = Check {
    code: "pdf-missing-pages",
    severity: Severity::Error,
    docs: include_str!("pdf_missing_pages.rs"),
    docs_zh: include_str!("pdf_missing_pages.zh.md"),
    run: None,
};
