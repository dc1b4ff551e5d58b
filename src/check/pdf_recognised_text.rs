//! ## What it does
//!
//! Repeats that the text of a PDF is the recognised layer of a scan.
//!
//! ## Why it matters
//!
//! Recognition takes 0.5 for 05 and 扣 for 口, and a wrong amount is scored without anybody noticing.
//!
//! ## Example
//!
//! > 扫描后识别的PDF
//!
//! Behind the picture of each page stands the text that a program saw in it.
//!
//! ## Remedy
//!
//! Compare numbers and names with the original.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-recognised-text`.
pub(super) static PDF_RECOGNISED_TEXT: Check = Check {
    code: "pdf-recognised-text",
    severity: Severity::Warning,
    docs: include_str!("pdf_recognised_text.rs"),
    docs_zh: include_str!("pdf_recognised_text.zh.md"),
    run: None,
};
