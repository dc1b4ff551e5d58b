//! ## What it does
//!
//! Repeats how many parts of a PDF do not match their checksum, so that text may be wrong or missing.
//!
//! ## Why it matters
//!
//! A damaged number is scored as it stands.
//!
//! ## Example
//!
//! > 传输中出错的PDF
//!
//! Some bytes of the file are not those that were written.
//!
//! ## Remedy
//!
//! Export the PDF again, or compare with the original.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-damaged-parts`.
pub(super) static PDF_DAMAGED_PARTS: Check = Check {
    code: "pdf-damaged-parts",
    severity: Severity::Error,
    docs: include_str!("pdf_damaged_parts.rs"),
    docs_zh: include_str!("pdf_damaged_parts.zh.md"),
    run: None,
};
