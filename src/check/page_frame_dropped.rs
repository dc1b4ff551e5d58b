//! ## What it does
//!
//! Repeats how much of a web page was left out as its navigation and frame.
//!
//! ## Why it matters
//!
//! What looks like a frame and belongs to the notice (a list of attachments, a box with the bands) would be lost.
//!
//! ## Example
//!
//! > 首页 > 通知公告 > 正文　……　版权所有
//!
//! The path and the foot of the page are no text of the notice.
//!
//! ## Remedy
//!
//! Check that nothing of the notice is missing.

use crate::{check::Check, diagnostic::Severity};

/// The check `page-frame-dropped`.
pub(super) static PAGE_FRAME_DROPPED: Check = Check {
    code: "page-frame-dropped",
    severity: Severity::Note,
    docs: include_str!("page_frame_dropped.rs"),
    docs_zh: include_str!("page_frame_dropped.zh.md"),
    run: None,
};
