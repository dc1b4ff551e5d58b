//! ## What it does
//!
//! Repeats how many automatic numbers of a Word document have a format that is not known; they are written in
//! decimal.
//!
//! ## Why it matters
//!
//! The structure of a notice is its numbering: 一、 read as 1. may put items on the wrong level.
//!
//! ## Example
//!
//! > 甲、组织领导　乙、制度建设
//!
//! Read as 1. and 2.
//!
//! ## Remedy
//!
//! Compare these numbers with the original document.

use crate::{check::Check, diagnostic::Severity};

/// The check `number-format-unknown`.
pub(super) static NUMBER_FORMAT_UNKNOWN: Check = Check {
    code: "number-format-unknown",
    severity: Severity::Warning,
    docs: include_str!("number_format_unknown.rs"),
    docs_zh: include_str!("number_format_unknown.zh.md"),
    run: None,
};
