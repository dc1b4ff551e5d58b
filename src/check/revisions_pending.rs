//! ## What it does
//!
//! Repeats how many tracked changes of a Word document nobody has accepted or rejected; it is read as if all were
//! accepted.
//!
//! ## Why it matters
//!
//! A number that somebody proposed is scored as if it had been decided.
//!
//! ## Example
//!
//! > 每次扣~~0.5~~1分
//!
//! Read as 1.
//!
//! ## Remedy
//!
//! Settle the changes in Word, save the file and compile it again.

use crate::{check::Check, diagnostic::Severity};

/// The check `revisions-pending`.
pub(super) static REVISIONS_PENDING: Check = Check {
    code: "revisions-pending",
    severity: Severity::Note,
    docs: include_str!("revisions_pending.rs"),
    docs_zh: include_str!("revisions_pending.zh.md"),
    run: None,
};
