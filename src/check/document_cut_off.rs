//! ## What it does
//!
//! Repeats where the text ends in the middle of a sentence, a table or a list.
//!
//! ## Why it matters
//!
//! What follows is not in the ruleset, and nothing else shows that it is missing.
//!
//! ## Example
//!
//! > 4. 落实首问负责制，推行一窗
//!
//! The sentence has no end.
//!
//! ## Remedy
//!
//! Ask for the whole document and compile that.

use crate::{check::Check, diagnostic::Severity};

/// The check `document-cut-off`.
pub(super) static DOCUMENT_CUT_OFF: Check = Check {
    code: "document-cut-off",
    severity: Severity::Warning,
    docs: include_str!("document_cut_off.rs"),
    docs_zh: include_str!("document_cut_off.zh.md"),
    run: None,
};
