//! ## What it does
//!
//! Repeats that the text of a PDF was read by the second reader, without tables and pages.
//!
//! ## Why it matters
//!
//! A rubric without its table loses which points belong to which item.
//!
//! ## Example
//!
//! > 首选方式读不出文字的PDF
//!
//! The text is there, the grid is not.
//!
//! ## Remedy
//!
//! Use the Word original, or compare the tables with the original.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-second-reader`.
pub(super) static PDF_SECOND_READER: Check = Check {
    code: "pdf-second-reader",
    severity: Severity::Warning,
    docs: include_str!("pdf_second_reader.rs"),
    docs_zh: include_str!("pdf_second_reader.zh.md"),
    run: None,
};
