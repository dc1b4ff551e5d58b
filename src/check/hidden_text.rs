//! ## What it does
//!
//! Repeats how many stretches of hidden text a document holds; they are not read.
//!
//! ## Why it matters
//!
//! Hidden text may be an older version that must not count, or a part of the notice that somebody hid by mistake.
//!
//! ## Example
//!
//! > 迟到的，每次扣0.5分（隐藏：原为1分）
//!
//! The words in the brackets are not printed.
//!
//! ## Remedy
//!
//! If the hidden text belongs to the notice, unhide it in Word and save the file.

use crate::{check::Check, diagnostic::Severity};

/// The check `hidden-text`.
pub(super) static HIDDEN_TEXT: Check = Check {
    code: "hidden-text",
    severity: Severity::Note,
    docs: include_str!("hidden_text.rs"),
    docs_zh: include_str!("hidden_text.zh.md"),
    run: None,
};
