//! ## What it does
//!
//! Repeats how many paragraphs of a Word document refer to automatic numbers that the file does not define.
//!
//! ## Why it matters
//!
//! Headings are told by their numbers: a paragraph without its number may stand at the wrong depth.
//!
//! ## Example
//!
//! > A paragraph that belongs to list 7 of a file that defines lists 1 to 5.
//!
//! ## Remedy
//!
//! Compare these paragraphs with the original document.

use crate::{check::Check, diagnostic::Severity};

/// The check `numbers-missing`.
pub(super) static NUMBERS_MISSING: Check = Check {
    code: "numbers-missing",
    severity: Severity::Note,
    docs: include_str!("numbers_missing.rs"),
    docs_zh: include_str!("numbers_missing.zh.md"),
    run: None,
};
