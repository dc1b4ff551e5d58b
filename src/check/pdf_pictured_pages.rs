//! ## What it does
//!
//! Repeats which pages of a PDF are pictures without text and could not be read.
//!
//! ## Why it matters
//!
//! Everything on these pages is missing from the ruleset.
//!
//! ## Example
//!
//! > 第5页（扫描的盖章页）
//!
//! The page holds a picture and no characters.
//!
//! ## Remedy
//!
//! Recognise the text of these pages first (OCR), or use the Word original.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-pictured-pages`.
pub(super) static PDF_PICTURED_PAGES: Check = Check {
    code: "pdf-pictured-pages",
    severity: Severity::Error,
    docs: include_str!("pdf_pictured_pages.rs"),
    docs_zh: include_str!("pdf_pictured_pages.zh.md"),
    run: None,
};
