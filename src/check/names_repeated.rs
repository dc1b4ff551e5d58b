//! ## What it does
//!
//! Repeats which names a table states again after a page end; each is read once.
//!
//! ## Why it matters
//!
//! A name that is counted twice doubles its points.
//!
//! ## Example
//!
//! > 组织建设（21分） at the foot of one page and again at the head of the next.
//!
//! ## Remedy
//!
//! Compare the rows at the page ends with the original document.

use crate::{check::Check, diagnostic::Severity};

/// The check `names-repeated`.
pub(super) static NAMES_REPEATED: Check = Check {
    code: "names-repeated",
    severity: Severity::Note,
    docs: include_str!("names_repeated.rs"),
    docs_zh: include_str!("names_repeated.zh.md"),
    run: None,
};
