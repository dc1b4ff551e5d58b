//! ## What it does
//!
//! Repeats where one number stands twice in a list (一、二、二).
//!
//! ## Why it matters
//!
//! References to that number are ambiguous, and one of the two may have been meant for another place.
//!
//! ## Example
//!
//! > 一、组织领导　二、制度建设　二、工作实效
//!
//! Which one is the second?
//!
//! ## Remedy
//!
//! Look at the place; where an item does not belong there, reject it in the review.

use crate::{check::Check, diagnostic::Severity};

/// The check `numbering-repeat`.
pub(super) static NUMBERING_REPEAT: Check = Check {
    code: "numbering-repeat",
    severity: Severity::Warning,
    docs: include_str!("numbering_repeat.rs"),
    docs_zh: include_str!("numbering_repeat.zh.md"),
    run: None,
};
