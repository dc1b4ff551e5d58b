//! ## What it does
//!
//! Repeats how many pictures a document holds; their text is not read.
//!
//! ## Why it matters
//!
//! A table that was pasted as a picture is missing from the ruleset.
//!
//! ## Example
//!
//! > 附件1　评分表（图片）
//!
//! The numbers are in a picture.
//!
//! ## Remedy
//!
//! If a picture holds rules, type them as text.

use crate::{check::Check, diagnostic::Severity};

/// The check `pictures-not-read`.
pub(super) static PICTURES_NOT_READ: Check = Check {
    code: "pictures-not-read",
    severity: Severity::Note,
    docs: include_str!("pictures_not_read.rs"),
    docs_zh: include_str!("pictures_not_read.zh.md"),
    run: None,
};
