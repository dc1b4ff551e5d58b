//! ## What it does
//!
//! Repeats which lines were dropped because they are printed at the top or the foot of several pages.
//!
//! ## Why it matters
//!
//! A running head in the middle of a sentence would tear it; a line of the text that looks like one would be lost.
//!
//! ## Example
//!
//! > —3—　新河区考核办法　—4—　新河区考核办法
//!
//! The title of the document on each page is no text.
//!
//! ## Remedy
//!
//! Nothing, unless the line belongs to the text.

use crate::{check::Check, diagnostic::Severity};

/// The check `running-head-dropped`.
pub(super) static RUNNING_HEAD_DROPPED: Check = Check {
    code: "running-head-dropped",
    severity: Severity::Note,
    docs: include_str!("running_head_dropped.rs"),
    docs_zh: include_str!("running_head_dropped.zh.md"),
    run: None,
};
