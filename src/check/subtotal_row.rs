//! ## What it does
//!
//! Repeats where a row or a sentence of the document states a sum (小计, 合计, 共20分) that the numbers above it do not
//! give.
//!
//! ## Why it matters
//!
//! Either a row is missing or one of the numbers is wrong.
//!
//! ## Example
//!
//! > 考勤5分　会风5分　小计12分
//!
//! The rows give 10.
//!
//! ## Remedy
//!
//! Compare the rows with the document, and add what is missing in the review or ask the office that issued it.

use crate::{
    check::{Check, repeat},
    diagnostic::Severity,
};

/// The check `subtotal-row`.
pub(super) static SUBTOTAL_ROW: Check = Check {
    code: "subtotal-row",
    severity: Severity::Error,
    docs: include_str!("subtotal_row.rs"),
    docs_zh: include_str!("subtotal_row.zh.md"),
    run: repeat,
};
