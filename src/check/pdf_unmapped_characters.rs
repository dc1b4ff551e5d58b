//! ## What it does
//!
//! Repeats how many characters of a PDF have a font without a mapping to text and could not be read.
//!
//! ## Why it matters
//!
//! A lost character may be a number, or 不.
//!
//! ## Example
//!
//! > 迟到的，每次扣�分
//!
//! The page shows the number, the file does not say which it is.
//!
//! ## Remedy
//!
//! Look for � in the text and compare with the original.

use crate::{check::Check, diagnostic::Severity};

/// The check `pdf-unmapped-characters`.
pub(super) static PDF_UNMAPPED_CHARACTERS: Check = Check {
    code: "pdf-unmapped-characters",
    severity: Severity::Error,
    docs: include_str!("pdf_unmapped_characters.rs"),
    docs_zh: include_str!("pdf_unmapped_characters.zh.md"),
    run: None,
};
