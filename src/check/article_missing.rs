//! ## What it does
//!
//! Repeats where the document refers to an article or a section of its own that does not exist (第二十条 in a document of
//! fifteen articles).
//!
//! ## Why it matters
//!
//! The rule depends on something that nobody can look up; often the articles were numbered anew and the reference was
//! forgotten.
//!
//! ## Example
//!
//! > 未达到第二十条要求的，扣2分。（全文共十五条）
//!
//! Which article is meant?
//!
//! ## Remedy
//!
//! Ask the office that issued the document, and amend the rule in the review.

use crate::{check::Check, diagnostic::Severity};

/// The check `article-missing`.
pub(super) static ARTICLE_MISSING: Check = Check {
    code: "article-missing",
    severity: Severity::Warning,
    docs: include_str!("article_missing.rs"),
    docs_zh: include_str!("article_missing.zh.md"),
    run: None,
};
