//! ## What it does
//!
//! Repeats where an item is printed a second time, at the top of the next page or in a second column, and was counted once.
//!
//! ## Why it matters
//!
//! Counted twice, its points would make every sum wrong. If the two are different items of one name, one of them is missing
//! now.
//!
//! ## Example
//!
//! > 第4页末：组织建设（21分）……　第5页首：组织建设（21分）……
//!
//! One indicator with 21 points, not two.
//!
//! ## Remedy
//!
//! Look at the place: where the document means two items, add the second one in the review.

use crate::{check::Check, diagnostic::Severity};

/// The check `repeated-item`.
pub(super) static REPEATED_ITEM: Check = Check {
    code: "repeated-item",
    severity: Severity::Note,
    docs: include_str!("repeated_item.rs"),
    docs_zh: include_str!("repeated_item.zh.md"),
    run: None,
};
