//! ## What it does
//!
//! Repeats that some text of a PDF is set in a font that cannot be read and is lost.
//!
//! ## Why it matters
//!
//! The words that are lost may be a whole rule.
//!
//! ## Example
//!
//! > 字体损坏的PDF
//!
//! The page shows the text, its font cannot be opened.
//!
//! ## Remedy
//!
//! Look for missing text, or use the Word original.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-unread-fonts`.
pub(super) static PDF_UNREAD_FONTS: Check = Check {
    code: "pdf-unread-fonts",
    severity: Severity::Error,
    docs: include_str!("pdf_unread_fonts.rs"),
    docs_zh: include_str!("pdf_unread_fonts.zh.md"),
    run: None,
};
