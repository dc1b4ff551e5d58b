//! ## What it does
//!
//! Repeats how often the header of a table was printed again on a new page and was dropped there.
//!
//! ## Why it matters
//!
//! Taken for a row, 分值 and 评分标准 would become an indicator and its rule.
//!
//! ## Example
//!
//! > 序号　考核内容　分值　评分标准　（每页重复）
//!
//! One header, however many pages.
//!
//! ## Remedy
//!
//! Nothing: the repeated rows hold no text of their own.

use crate::{check::Check, diagnostic::Severity};

/// The check `header-repeated`.
pub(super) static HEADER_REPEATED: Check = Check {
    code: "header-repeated",
    severity: Severity::Note,
    docs: include_str!("header_repeated.rs"),
    docs_zh: include_str!("header_repeated.zh.md"),
    run: None,
};
