//! ## What it does
//!
//! Repeats where the numbers of a list leave one out (一、二、四).
//!
//! ## Why it matters
//!
//! The item that is missing may have rules; or the document was changed and nobody counted again.
//!
//! ## Example
//!
//! > 一、组织领导　二、制度建设　四、工作实效
//!
//! Where is the third?
//!
//! ## Remedy
//!
//! Look at the place: where an item is missing, ask the office that issued the document and add it in the review.

use crate::{check::Check, diagnostic::Severity};

/// The check `numbering-gap`.
pub(super) static NUMBERING_GAP: Check = Check {
    code: "numbering-gap",
    severity: Severity::Warning,
    docs: include_str!("numbering_gap.rs"),
    docs_zh: include_str!("numbering_gap.zh.md"),
    run: None,
};
